"""duty.toml: which kind of unit answers for a class; the county says which unit that is, place by place."""

from collections.abc import Iterator

import msgspec

from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Language
from guatu.core.pack.common import sourced
from guatu.core.pack.section import PackText, table_of
from guatu.core.pack.sections.classes import unknown_classes
from guatu.core.pack.sections.manifest import no_words

FILE = "duty.toml"


class DutyRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of unit for a class, or for a group of classes by the beginning of their codes."""

    class_: str = msgspec.field(name="class")
    unit: str
    unit_en: str = ""
    source: str = ""
    unverified: bool = False

    def label(self, language: Language) -> str:
        return self.unit_en if language == "en" else self.unit


class DutyTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    duty: tuple[DutyRow, ...] = ()

    def of(self, code: str) -> DutyRow | None:
        """The row of a class: that with the longest beginning of its code."""
        rows = [row for row in self.duty if code.startswith(row.class_)]
        return max(rows, key=lambda row: len(row.class_), default=None)


def _check(text: PackText) -> Iterator[FileFinding]:
    rows = text.pack[SECTION].duty
    yield from sourced(text, FILE, "duty", [row.source for row in rows])
    yield from unknown_classes(text, FILE, [(f"duty[{at}]", row.class_) for at, row in enumerate(rows)])
    for at, row in enumerate(rows):
        yield from no_words(text, FILE, f"duty[{at}]", row.unit, row.unit_en)


SECTION = table_of(FILE, DutyTable, _check)
