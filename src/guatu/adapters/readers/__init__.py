"""Readers: a file becomes a text that the compiler can take, each character with its place in the source.

A format is a module or package here that declares `SUFFIXES` and `read(file) -> SourceText`; being here registers it.
Libraries that are slow to load are imported where they are used.
"""

import pkgutil
import stat
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import msgspec

from guatu.adapters.content import disagreement, sniff, taken_as
from guatu.adapters.readers.base.cells import TooManyCells
from guatu.adapters.readers.base.errors import ReadError
from guatu.adapters.readers.base.limits import FILE_BYTES, LINE_CHARACTERS, TABLE_CELLS, megabytes
from guatu.adapters.readers.base.places import Place, Places
from guatu.adapters.readers.base.remarks import Remark
from guatu.adapters.readers.base.source import RawFile, SourceText

__all__ = ["Place", "Places", "ReadError", "SourceText", "load", "read", "read_bytes", "suffixes"]


def read(path: Path) -> SourceText:
    """The text of a file.

    Raises:
        ReadError: whatever is wrong with the file; nothing else.
    """
    return read_bytes(load(path), path.name)


def load(path: Path) -> bytes:
    """The bytes of a file, which is not understood yet.

    Raises:
        ReadError: there is no such file, it cannot be opened, or it is too large.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError("read.folder", name=path.name)
        if not stat.S_ISREG(status.st_mode):  # reading a pipe or a device might never end
            raise ReadError("read.not-permitted", name=path.name, reason="not a regular file")
        if status.st_size > FILE_BYTES:
            raise _too_large(path.name, status.st_size)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError("read.missing", name=path.name) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ReadError("read.not-permitted", name=path.name, reason=reason) from error


def read_bytes(data: bytes, name: str) -> SourceText:
    """The text of a file that is in memory; its suffix says which reader is asked first.

    Raises:
        ReadError: whatever is wrong with the file; nothing else.
    """
    file = RawFile(name, Path(name).suffix.lower(), data)
    if file.suffix not in _readers():
        raise file.error("read.unknown-format", suffix=file.suffix, known=" ".join(suffixes()))
    if len(data) > FILE_BYTES:
        raise _too_large(name, len(data))
    if not data.strip():
        raise file.error("read.empty")
    if wrong := disagreement(data, name):
        raise ReadError("read.mismatch", **wrong.params())
    try:
        source = _reader_for(file).read(file)
    except (ReadError, MemoryError):
        raise
    except TooManyCells as error:
        raise file.error("read.too-large", size=f"> {TABLE_CELLS:,}", limit=f"{TABLE_CELLS:,}") from error
    except Exception as error:
        # A library met something that no one foresaw: the clerk gets a sentence, not a traceback.
        raise file.error("read.broken", reason=type(error).__name__) from error
    if content := taken_as(data, name):
        said = Remark("read.taken-as", content=content)
        source = msgspec.structs.replace(source, remarks=(said, *source.remarks))
    return _checked(file, source)


def suffixes() -> tuple[str, ...]:
    """The suffixes of the files that can be read, in order."""
    return tuple(sorted(_readers()))


@cache
def _readers() -> dict[str, ModuleType]:
    found: dict[str, ModuleType] = {}
    for entry in pkgutil.iter_modules(__path__):
        module = import_module(f"{__name__}.{entry.name}")
        for suffix in getattr(module, "SUFFIXES", ()):
            found[suffix] = module
    return found


def _reader_for(file: RawFile) -> ModuleType:
    """The reader of the suffix, or that of the content where the suffix stands on something else.

    A reader that declares `CONTENTS` names the kinds of content it reads; one that does not takes what it gets.
    """
    own = _readers()[file.suffix]
    content = sniff(file.data)
    if content is None or content in getattr(own, "CONTENTS", {content}):
        return own
    others = _readers().values()
    return next((other for other in others if content in getattr(other, "CONTENTS", ())), own)


def _too_large(name: str, size: int) -> ReadError:
    return ReadError("read.too-large", name=name, size=megabytes(size), limit=megabytes(FILE_BYTES))


def _checked(file: RawFile, source: SourceText) -> SourceText:
    if not source.text.strip():
        raise file.error("read.empty")
    for number, line in enumerate(source.text.split("\n"), 1):
        if len(line) > LINE_CHARACTERS:
            raise file.error("read.line-too-long", line=number, length=len(line), limit=LINE_CHARACTERS)
    return source
