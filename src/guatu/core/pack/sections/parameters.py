"""parameters.toml: numbers with the days on which they hold, and their sources."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from guatu.core.kernel.file_finding import FileFinding
from guatu.core.pack.common import in_order, repeated, sourced
from guatu.core.pack.section import PackText, table_of
from guatu.core.pack.sections.manifest import no_words

FILE = "parameters.toml"
Value = Decimal | str | bool


class ParameterRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number that rules use, valid from a day on; old values stay. A number is kept as it is written."""

    name: str
    zh: str
    en: str
    value: Any
    unit: str = ""
    valid_from: date = date.min
    valid_to: date = date.max
    source: str = ""
    unverified: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.value, (int, float)) and not isinstance(self.value, bool):
            # The shortest decimal of a float is what stands in the file: 0.1 is a tenth and not near it.
            msgspec.structs.force_setattr(self, "value", Decimal(repr(self.value)))
        elif not isinstance(self.value, (Decimal, str, bool)):
            raise ValueError("a value is a number, a word, or true or false")

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


class ParameterTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    parameter: tuple[ParameterRow, ...] = ()

    def on(self, name: str, day: date) -> ParameterRow | None:
        """The row of a name that holds on a day; of several the one that began last."""
        rows = [row for row in self.parameter if row.name == name and row.holds_on(day)]
        return max(rows, key=lambda row: row.valid_from, default=None)


def _check(text: PackText) -> Iterator[FileFinding]:
    rows = text.pack[SECTION].parameter
    yield from sourced(text, FILE, "parameter", [row.source for row in rows])
    yield from repeated(text, FILE, "parameter", [f"{row.name} {row.valid_from}" for row in rows])
    for at, row in enumerate(rows):
        yield from in_order(text, FILE, f"parameter[{at}]", row.valid_from, row.valid_to)
        yield from no_words(text, FILE, f"parameter[{at}]", row.zh, row.en)


SECTION = table_of(FILE, ParameterTable, _check)
