"""Shares of a whole, between nothing and all: 0.7 · 70% · 7成 · 2/3 · 三分之二."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from guatu.core.fields.findings import NO_SHARE, OUT_OF_RANGE, FieldFinding, found
from guatu.core.fields.kind import Cell, Field
from guatu.core.fields.normal import typed
from guatu.core.fields.number import Written, digits, of_cell
from guatu.core.fields.numerals import spelled
from guatu.core.kernel.finding import Language

_PLACES: Final = 6
_OVER: Final = re.compile(r"(\d{1,9}) ?[/⁄] ?(\d{1,9})", re.ASCII)
_PARTS: Final = re.compile(r"([零一二两三四五六七八九十百千万]{1,9})分之([零一二两三四五六七八九十百千万]{1,9})")
_TENTHS: Final = re.compile(r"([0-9.]{1,9}|[一二两三四五六七八九十]{1,3}) ?成")


class Share(Field[Decimal], frozen=True, kw_only=True):
    """A share as a ratio. 70 without a sign of per cent is refused and not guessed at: it is neither 70 % nor 0.7."""

    least: Decimal = Decimal(0)
    most: Decimal = Decimal(1)

    def parse(self, given: Cell) -> Decimal | FieldFinding:
        value = _ratio(given)
        if isinstance(value, FieldFinding):
            return value
        if value > 1:
            return found(NO_SHARE, given)
        if not self.least <= value <= self.most:
            return found(OUT_OF_RANGE, given, least=self.show(self.least), most=self.show(self.most))
        # Two thirds have no end: six places are more than a meeting has people.
        return Decimal(round(value * 10**_PLACES)).scaleb(-_PLACES).normalize() + 0

    def show(self, value: Decimal | None, language: Language = "zh") -> str:
        return "" if value is None else f"{digits(value * 100)}%"

    def export(self, value: Decimal | None) -> Cell:
        return value


def _ratio(given: Cell) -> Fraction | FieldFinding:
    text = typed(given) if isinstance(given, str) else ""
    found_ = _in_words(text) if text else None
    if found_ is not None:
        return found_
    written = of_cell(given)
    if not isinstance(written, Written) or written.unit not in ("", "%", "‰") or written.value < 0:
        return found(NO_SHARE, given)
    return Fraction(written.value) / {"": 1, "%": 100, "‰": 1000}[written.unit]


def _in_words(text: str) -> Fraction | None:
    """Two numbers of which one is divided by the other, or so many tenths."""
    over, parts, tenths = (pattern.fullmatch(text) for pattern in (_OVER, _PARTS, _TENTHS))
    if over and int(over[2]):
        return Fraction(int(over[1]), int(over[2]))
    if parts and (below := spelled(parts[1])) and (above := spelled(parts[2])) is not None:
        return Fraction(above) / Fraction(below)
    if tenths:
        value = spelled(tenths[1]) if not tenths[1][0].isascii() else _decimal(tenths[1])
        return None if value is None else Fraction(value) / 10
    return None


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"\d+(?:\.\d+)?", text, re.ASCII) else None
