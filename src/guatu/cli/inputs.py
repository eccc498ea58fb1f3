"""Which files a call is about, and what is said of one of them."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from guatu.adapters.readers import ReadError, suffixes
from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say

LEDGER_MARK = ".ledger"
"""Before the suffix of every ledger that is written, so that a folder with ledgers can be compiled again."""


@dataclass(frozen=True, slots=True)
class Input:
    """A plan file: where it is, and its name relative to the folder that was given."""

    path: Path
    name: str

    @property
    def shown(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files of a call, and a message for each path that holds none."""

    files: list[Input]
    problems: list[str]
    folders: bool
    """A folder was among the paths."""


def names_in(path: Path, say: Say) -> tuple[str, ...]:
    """The names of a list of units: all cells of its lines.

    Raises:
        Stop: the file is not there, or is no text.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise Stop(Exit.INPUT, say("files.no-names", name=path, reason=reason)) from error
    return tuple(name.strip() for line in text.splitlines() for name in line.split("\t") if name.strip())


def gather(paths: Sequence[str], say: Say) -> Inputs:
    """The plan files under `paths`: files as they are named, folders with everything in them that can be read."""
    files: dict[Path, Input] = {}
    problems: list[str] = []
    for given in paths:
        path = Path(given)
        if not path.is_dir():
            files.setdefault(path.absolute(), Input(path, path.name))
            continue
        found = [Input(file, file.relative_to(path).as_posix()) for file in _in_folder(path, problems, say)]
        if not found and not problems:
            problems.append(say("files.none", name=given, known=" ".join(suffixes())))
        for item in found:
            files.setdefault(item.path.absolute(), item)
    return Inputs(list(files.values()), problems, any(Path(given).is_dir() for given in paths))


def _in_folder(folder: Path, problems: list[str], say: Say) -> Iterator[Path]:
    """Readable files in order; hidden files, those that Word leaves while it works, and ledgers are none."""
    readable = set(suffixes())

    def refused(error: OSError) -> None:
        problems.append(say("files.unlisted", name=error.filename, reason=error.strerror))

    for here, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here, name)
            hidden = name.startswith((".", "~$")) or Path(path.stem).suffix == LEDGER_MARK
            if not hidden and path.suffix.lower() in readable:
                yield path


def exit_of(error: ReadError) -> Exit:
    """The exit code for a file that was not read: it broke the reader down, or something is wrong with it."""
    return Exit.FAULT if error.code == "read.crash" else Exit.INPUT


def said(error: ReadError, path: str, say: Say) -> str:
    """What is wrong with a file, naming it by its whole path: a folder may hold many of one name."""
    message = ReadError(error.code, **{**error.params, "name": path}).message(say.language)
    return f"{message} {say('files.more-room')}" if error.code in ("read.time", "read.memory") else message
