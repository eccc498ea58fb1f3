"""A file becomes a compiled plan: read and compiled in a child process within limits, for the server and the command
line."""

from importlib import import_module

import msgspec

from guatu.adapters.bounded import Limits
from guatu.adapters.readers import Places, ReadError, SourceText, read_bytes
from guatu.adapters.readers.base.child import Alive, Refused, read_in_child, refusal
from guatu.adapters.readers.base.places import Piece
from guatu.adapters.readers.base.remarks import Remark
from guatu.core.kernel.finding import Finding, Language
from guatu.core.kernel.regex import build_all
from guatu.core.plan.model import Plan
from guatu.core.plan.source.tables import TableBlock


class Asked(msgspec.Struct, frozen=True):
    """What is wanted of a file: `name` says how it is read, `title` how the plan names its source."""

    name: str
    title: str
    language: Language = "zh"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    """Names and aliases of the county's directory."""
    task_columns: dict[int, int] = {}
    """Which column of a table names its tasks, where a person said so; both counted from 0."""


class Document(msgspec.Struct, frozen=True):
    """A file that was read and compiled. The messages of `plan.findings` are in the language that was asked for."""

    source: SourceText
    plan: Plan
    findings: list[Finding]


class Made(msgspec.Struct, frozen=True, tag="made"):
    """A document as it comes out of the child: its places are the starts and pieces that they are made of."""

    text: str
    format: str
    sha256: str
    encoding: str | None
    starts: list[int]
    pieces: tuple[Piece, ...]
    remarks: tuple[Remark, ...]
    tables: tuple[TableBlock, ...]
    plan: Plan
    findings: list[Finding]


def compile_document(data: bytes, asked: Asked, limits: Limits | None = None, alive: Alive = None) -> Document:
    """The plan of a file. `alive` is called now and then while it is worked on.

    Raises:
        ReadError: whatever is wrong with the file, also that reading it takes more than the limits allow.
    """
    made = read_in_child(make, data, asked, asked.name, limits, alive)
    source = SourceText(
        made.text,
        made.format,
        made.sha256,
        asked.name,
        made.encoding,
        Places(made.text, made.starts, made.pieces),
        made.remarks,
        made.tables,
    )
    return Document(source, made.plan, made.findings)


# The compiler is loaded in the child alone: its caller never needs it.


def make(data: bytes, asked: Asked) -> Made | Refused:
    """The work of the child."""
    from guatu.core.plan.compiler import compile_text

    try:
        source = read_bytes(data, asked.name)
    except ReadError as error:
        return refusal(error)
    compiled = compile_text(
        source.text,
        name=asked.title,
        format=source.format,
        sha256=source.sha256,
        language=asked.language,
        select=asked.select or None,
        ignore=asked.ignore or None,
        tables=source.tables,
        units=asked.units,
        task_columns=asked.task_columns,
    )
    starts, pieces = source.places.parts()
    return Made(
        source.text,
        source.format,
        source.sha256,
        source.encoding,
        starts,
        pieces,
        source.remarks,
        source.tables,
        compiled.plan,
        compiled.findings,
    )


def warm() -> None:
    """All patterns of the compiler, which its children then share."""
    build_all()


def preload() -> None:
    """The parsers, and the tables and patterns of the compiler, which it makes at its first call."""
    from guatu.core.plan.compiler import compile_text

    for library in ("lxml.etree", "pypdfium2", "python_calamine", "selectolax.lexbor"):
        import_module(library)
    compile_text("一、总体目标\n到2027年,新建道路12公里,由县交通局负责。\n")
