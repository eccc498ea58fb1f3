"""What people write into forms and addresses: the core's fields, and a problem at the field for what they
cannot read."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TypeVar

from guatu.core.fields.day import Day, Edge
from guatu.core.fields.findings import FieldFinding, Read
from guatu.core.fields.geometry import Degrees
from guatu.core.fields.kind import Cell
from guatu.core.fields.number import Number
from guatu.web.base.language import language
from guatu.web.base.problems import Invalid

V = TypeVar("V")
EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)
"""Days that people mean; what lies outside is a slip of the pen."""
LARGEST = Decimal(10) ** 13
"""So large a number can be in a column of figures, with six decimals."""


def problem_of(found: FieldFinding, field: str = "", label: str = "") -> Invalid:
    """A finding of the core as a problem at its field, in the language of the page."""
    said = found.message(language())
    return Invalid(
        f"{label}{said}" if language() == "zh" or not label else f"{label}: {said}", field=field, code=found.code
    )


def taken(read: Read[V], field: str = "", label: str = "") -> V | None:
    """The value of a field; None for nothing. Raises `Invalid` at `field` for what could not be read."""
    if read.error is not None:
        raise problem_of(read.error, field, label)
    return read.value


def day_of(given: Cell, label: str = "", field: str = "", edge: Edge | None = None) -> datetime.date | None:
    """A day in any of its spellings, or the cell of a spreadsheet that is one; None for nothing. Raises `Invalid`."""
    return taken(Day(earliest=EARLIEST, latest=LATEST, edge=edge).read(given), field, label)


def figure_of(text: str | None, field: str = "", unit: str | None = None) -> Decimal | None:
    """A figure, of `unit` where that is known; None for an empty field. Raises `Invalid` at `field`."""
    return taken(Number(unit=unit, least=-LARGEST, most=LARGEST).read(text), field)


def degrees_of(given: Cell, field: str = "", most: int = 180) -> float | None:
    """A coordinate in degrees, from -`most` to `most`; None for nothing. Raises `Invalid` at `field`."""
    return taken(Degrees(most=most).read(given), field)


def number_of(text: str | None) -> int | None:
    """A number of a row; None where it is no number."""
    written = (text or "").strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 16 else None
