"""What every kind of field can do."""

import datetime
from decimal import Decimal
from typing import Generic, TypeVar

import msgspec

from guatu.core.fields.findings import MISSING, FieldFinding, Read, found
from guatu.core.fields.normal import visible
from guatu.core.kernel.finding import Language

V = TypeVar("V")
Cell = str | int | float | bool | Decimal | datetime.date | datetime.time | datetime.timedelta | None
"""What a spreadsheet, a form or JSON hands over."""


class Field(msgspec.Struct, Generic[V], frozen=True, kw_only=True):
    """A kind of field with its limits. `parse` gets what is not empty and returns a value or a finding."""

    required: bool = False

    def read(self, given: Cell) -> Read[V]:
        """The value of a cell, a form or JSON. Never raises."""
        if is_empty(given):
            return Read(None, (found(MISSING),) if self.required else ())
        value = self.parse(given)
        return Read(None, (value,)) if isinstance(value, FieldFinding) else Read(value, self.warn(value))

    def parse(self, given: Cell) -> V | FieldFinding:
        raise NotImplementedError

    def warn(self, value: V) -> tuple[FieldFinding, ...]:
        """What is odd about a value that is taken nevertheless."""
        return ()

    def show(self, value: V | None, language: Language = "zh") -> str:
        """The value as pages show it; `read` gives the same value back."""
        return "" if value is None else str(value)

    def export(self, value: V | None) -> Cell:
        """The value as a cell of a spreadsheet, or of JSON where that has its type."""
        return self.show(value)

    def sort_key(self, value: V | None) -> tuple[bool, object]:
        """Orders values; those that are missing come last."""
        return value is None, value if value is not None else 0

    def same(self, one: V | None, other: V | None) -> bool:
        return one == other

    def mask(self, value: V | None) -> str:
        """The value for who may know that there is one and not which."""
        return "" if value is None else "***"


def is_empty(given: object) -> bool:
    return given is None or (isinstance(given, str) and not visible(given).strip())
