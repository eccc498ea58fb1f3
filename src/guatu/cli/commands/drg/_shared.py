"""What the commands of this group have in common: schemes and files that do not work out, and a bar."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say

if TYPE_CHECKING:
    from guatu.core.kernel.row_finding import RowFinding
    from guatu.engines.drg.scheme.model import Qy, Scheme

MESSAGES: dict[str, tuple[str, str]] = {
    "drg.scheme-option": (
        "分组方案的文件夹；不写则用随程序附带的示例方案。",
        "Folder of the grouping scheme; without it, the example that comes along.",
    ),
    "drg.scheme-refused": (
        "{name}：方案有 {n} 处错误，不能用来分组。请先更正，再运行 guatu drg scheme check。",
        "{name}: the scheme has {n} errors and cannot be used. Correct them, then run guatu drg scheme check.",
    ),
    "drg.scheme-example": (
        "未指明 --scheme，用的是示例方案，结果不能用于结算。",
        "No --scheme: grouped by the example scheme, not fit for settlement.",
    ),
    "drg.same-file": (
        "{name}：结果不能写回要读的文件，请换一个 -o。",
        "{name}: the result cannot be written over the file that is read: choose another -o.",
    ),
    "drg.severity-error": ("错误", "error"),
    "drg.severity-warning": ("提醒", "warning"),
}


def scheme_option(say: Say) -> click.Option:
    return click.Option(["--scheme"], metavar="DIR", help=say("drg.scheme-option"))


def scheme_at(folder: str | None, say: Say, qy: "Qy | None" = None) -> "Scheme":
    """The scheme of a folder, or the example.

    Raises:
        Stop: it has errors, which have been printed.
    """
    from guatu.engines.drg.content import SCHEME
    from guatu.engines.drg.scheme.loader import SchemeRefused, scheme_of

    if folder is None:
        print(say("drg.scheme-example"), file=sys.stderr)
    try:
        return scheme_of(Path(folder) if folder else SCHEME, qy)
    except SchemeRefused as error:
        for finding in error.findings:
            print(finding_line(error.folder, finding, say), file=sys.stderr)
        raise Stop(Exit.INPUT, say("drg.scheme-refused", name=str(error.folder), n=len(error.findings))) from error


def finding_line(folder: Path, finding: "RowFinding", say: Say) -> str:
    """`folder/table.tsv:12 error scheme.rule ...`"""
    place = finding.row if finding.row == str(folder) else f"{folder}/{finding.row}"
    severity = say(f"drg.severity-{finding.severity}")
    return f"{place} {severity} {finding.code} {finding.message(say.language)}"


@contextmanager
def table_errors(say: Say) -> Iterator[None]:
    """Ends the command with the message of a table that cannot be read (2) or written (3)."""
    from guatu.engines.drg.table_error import UNWRITABLE, TableError

    try:
        yield
    except TableError as error:
        code = Exit.OUTPUT if error.code == UNWRITABLE.code else Exit.INPUT
        raise Stop(code, error.message(say.language)) from error


def not_the_same(source: str, out: str, say: Say) -> None:
    if Path(out).exists() and Path(source).exists() and Path(out).samefile(source):
        raise Stop(Exit.INPUT, say("drg.same-file", name=out))


@contextmanager
def bar(words: str) -> Iterator[Callable[[float], None]]:
    """A bar on standard error where that is a terminal; what it gives takes the share that is done, 0 to 1."""
    if not sys.stderr.isatty():
        yield lambda _fraction: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(words, total=1.0)
        yield lambda fraction: shown.update(task, completed=fraction)
