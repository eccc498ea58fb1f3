"""A section: one part of a pack's folder, with what it reads, and what may not be said there.

Each module of `guatu.core.pack.sections` that has a `SECTION` is one; nobody keeps a list of them. A pack holds the
value of every section, asked for by the section itself: `pack[CLASSES].rows`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec

from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.toml_lines import TomlText

T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)


class Files:
    """The texts of a folder by their path in it (with /); reads tables and keeps what was found on the way."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.toml: dict[str, TomlText] = {}
        self.found: list[FileFinding] = []

    def table(self, name: str, type_: type[S]) -> S | None:
        """The table of a file; None where the file is not there or cannot be read."""
        if name not in self.texts:
            return None
        self.toml[name] = TomlText(name, self.texts[name])
        table, found = self.toml[name].read(type_)
        self.found += found
        return table

    def of(self, owns: Callable[[str], bool]) -> dict[str, str]:
        """The texts that a section owns, in order of their paths."""
        return {name: self.texts[name] for name in sorted(self.texts) if owns(name)}


class Pack(msgspec.Struct, frozen=True, dict=True):
    """All that a pack declares: the value of each section by its name."""

    name: str
    parts: dict[str, Any]

    def __getitem__(self, section: "Section[T]") -> T:
        found: T = self.parts[section.name]
        return found

    def with_part(self, section: "Section[T]", value: T) -> "Pack":
        return Pack(self.name, {**self.parts, section.name: value})


class PackText(msgspec.Struct, frozen=True):
    """The pack and its TOML files with their lines, for checks that name a row."""

    pack: Pack
    toml: dict[str, TomlText]

    def fault(self, kind: Kind, file: str, path: str = "", /, **params: object) -> FileFinding:
        """A finding at a path like `limit[3].amount` of a file; at the whole file where it has no lines."""
        line = self.toml[file].line(path) if file in self.toml else 0
        return file_finding(kind, file, line, path, **params)


def _nothing(text: PackText) -> Iterable[FileFinding]:
    return ()


@dataclass(frozen=True, eq=False)
class Section(Generic[T]):
    """`owns` says which paths of the folder are the section's, `read` makes its value of them, `check` says what is
    wrong with it in this pack."""

    name: str
    owns: Callable[[str], bool]
    read: Callable[[Files], T]
    check: Callable[[PackText], Iterable[FileFinding]] = field(default=_nothing)


def table_of(file: str, type_: type[S], check: Callable[[PackText], Iterable[FileFinding]] = _nothing) -> Section[S]:
    """A section of one TOML file; a file that is not there is an empty table."""
    return Section(file.removesuffix(".toml"), file.__eq__, lambda files: files.table(file, type_) or type_(), check)


def texts_of(name: str, owns: Callable[[str], bool]) -> Section[dict[str, str]]:
    """A section whose files are kept as texts: what they mean is told by the part of the program that runs them."""
    return Section(name, owns, lambda files: files.of(owns))
