"""classes.toml: classes of cases with their codes, which of them anybody may report, and what a case may be like."""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Language
from guatu.core.pack.common import UNKNOWN_CLASS, repeated
from guatu.core.pack.section import PackText, table_of
from guatu.core.pack.sections.manifest import no_words

FILE = "classes.toml"
ClassKind = Literal["event", "component", "matter"]


class ClassRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A class of cases with its code; a class belongs to the class whose code its own begins with. `public` classes may
    be reported by anybody, unless their flow is confidential. `closing` is what must be so before a case is closed."""

    code: str
    zh: str
    en: str
    kind: ClassKind = "matter"
    public: bool = False
    closing: str = ""
    closing_en: str = ""
    source: str = ""
    unverified: bool = False

    def label(self, language: Language) -> str:
        return self.en if language == "en" else self.zh

    def closed_when(self, language: Language) -> str:
        return self.closing_en if language == "en" else self.closing


class ConditionRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a case of a class may be like, so that another limit holds: tilted, blocked; in words."""

    code: str
    zh: str
    en: str


class ClassTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    rows: tuple[ClassRow, ...] = msgspec.field(name="class", default=())
    condition: tuple[ConditionRow, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(row.code for row in self.rows)

    def row(self, code: str) -> ClassRow | None:
        return next((row for row in self.rows if row.code == code), None)

    def has(self, code: str) -> bool:
        """Whether a class or a group of classes, named by the beginning of its codes, is declared."""
        return any(known.startswith(code) for known in self.codes)


def unknown_classes(text: PackText, file: str, used: Sequence[tuple[str, str]]) -> Iterator[FileFinding]:
    """Of pairs of a path and a code those whose class nobody declared."""
    for path, code in used:
        if code and not text.pack[SECTION].has(code):
            yield text.fault(UNKNOWN_CLASS, file, path, name=code)


def _check(text: PackText) -> Iterator[FileFinding]:
    table = text.pack[SECTION]
    yield from repeated(text, FILE, "class", table.codes)
    yield from repeated(text, FILE, "condition", [row.code for row in table.condition])
    words = {
        "class": [(row.zh, row.en) for row in table.rows],
        "condition": [(row.zh, row.en) for row in table.condition],
    }
    for key, rows in words.items():
        for at, both in enumerate(rows):
            yield from no_words(text, FILE, f"{key}[{at}]", *both)
    for at, row in enumerate(table.rows):
        if row.closing or row.closing_en:
            yield from no_words(text, FILE, f"class[{at}]", row.closing, row.closing_en)


SECTION = table_of(FILE, ClassTable, _check)
