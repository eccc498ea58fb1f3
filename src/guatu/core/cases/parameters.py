"""Numbers that rules go by, with the days on which they hold: a condition or a decision table names one, and the value
of the day on which a step is done decides."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

import msgspec

from guatu.core.cases.case_fields import kept
from guatu.core.kernel.explained import RATIO
from guatu.core.rules import Term

_PLACES = 6
SATISFIED_STARS = "satisfied_stars"
"""The parameter of a pack from which rating on somebody was satisfied."""


class Parameter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value valid from a day on; old values stay, so that what was decided by them is decided so again. A number is
    kept as it is written; "2/3" is a ratio of six places, as shares are."""

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
        value = self.value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            # The shortest decimal of a float is what stands in the file: 0.1 is a tenth and not near it.
            value = Decimal(repr(value))
            msgspec.structs.force_setattr(self, "value", value)
        if isinstance(value, Decimal) and not value.is_finite():
            raise ValueError(f"{value} is no number that anything could be compared with")
        if not isinstance(value, (Decimal, str, bool)):
            raise ValueError("a value is a number, a word, or true or false")

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to

    @property
    def fact(self) -> Decimal | str | bool:
        """The value as conditions read it."""
        over, _sign, under = self.value.partition("/") if isinstance(self.value, str) else ("", "", "")
        if over.isdecimal() and under.isdecimal() and int(under):
            ratio = round(Fraction(int(over), int(under)) * 10**_PLACES)
            return Decimal(ratio).scaleb(-_PLACES)
        value: Decimal | str | bool = self.value
        return value

    @property
    def term(self) -> Term:
        fact = self.fact
        if isinstance(fact, bool):
            return Term(self.name, "boolean", self.zh, self.en)
        if isinstance(fact, str):
            return Term(self.name, "text", self.zh, self.en)
        # A part of one has no unit in its file, and the unit of shares in a rule; a whole number counts something.
        unit = self.unit or (RATIO if abs(fact) < 1 and fact else "")
        return Term(self.name, "number", self.zh, self.en, unit)


class Parameters(msgspec.Struct, frozen=True, dict=True):
    """The parameters of a pack."""

    rows: tuple[Parameter, ...] = ()

    def row(self, name: str, day: date) -> Parameter | None:
        """The row of a name that holds on a day; of several the one that began last."""
        rows = [row for row in self.rows if row.name == name and row.holds_on(day)]
        return max(rows, key=lambda row: row.valid_from, default=None)

    def on(self, day: date) -> dict[str, Any]:
        """The values of a day by their names; one that holds on no row of the day is not known."""
        return {row.name: row.fact for row in sorted(self.rows, key=lambda row: row.valid_from) if row.holds_on(day)}

    def unset(self, day: date) -> tuple[Parameter, ...]:
        """Of each parameter that has a value on other days and none on this one, its latest row."""
        held = {row.name for row in self.rows if row.holds_on(day)}
        latest = {row.name: row for row in sorted(self.rows, key=lambda row: row.valid_from)}
        return tuple(row for name, row in latest.items() if name not in held)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Each once, as its latest row says it."""
        latest = {row.name: row.term for row in sorted(self.rows, key=lambda row: row.valid_from)}
        return tuple(latest.values())

    @property
    def stored(self) -> dict[str, Any]:
        """As JSON that gives the same when it is read: a number stays a number."""
        return {"rows": [{**msgspec.to_builtins(row), "value": kept(row.value)} for row in self.rows]}

    def over(self, before: "Parameters") -> "Parameters":
        """These, and of before those of which there is none any more: what still runs goes by them."""
        names = {row.name for row in self.rows}
        return Parameters((*self.rows, *(row for row in before.rows if row.name not in names)))
