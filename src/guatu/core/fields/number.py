"""Numbers with or without a unit: 1,234.5 · １２ · 1.5万 · 一百二十 · 12.5% · 3 公里."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

import msgspec

from guatu.core.fields.findings import (
    COMMA_UNCLEAR,
    NO_NUMBER,
    NOT_WHOLE,
    OTHER_UNIT,
    OUT_OF_RANGE,
    SCALE_UNCLEAR,
    TOO_FINE,
    UNIT_UNWANTED,
    FieldFinding,
    found,
)
from guatu.core.fields.kind import Cell, Field
from guatu.core.fields.normal import compared, typed
from guatu.core.fields.numerals import SCALES, spelled
from guatu.core.kernel.finding import Language
from guatu.core.kernel.units import Measure, resolve

_LONGEST: Final = 60
"""A longer text is no number; a limit keeps what follows linear and small."""
_DIGITS: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d{1,3}(?: \d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+"
_SCALE: Final = "万亿|亿|万"
_ARABIC: Final = re.compile(
    rf"(?P<sign>[+-]?) ?(?P<number>{_DIGITS}) ?(?P<scale>{_SCALE})?(?:(?P<more>\d+) ?(?P<more_scale>万))?(?P<unit>.*)",
    re.ASCII | re.DOTALL,
)
_PERCENT: Final = re.compile(r"(?P<sign>[+-]?)百分之(?P<number>.+)")
_CHINESE: Final = re.compile(
    r"(?P<sign>[-+负]?)(?P<number>[零〇一二两三四五六七八九十百千万亿点壹贰叁肆伍陆柒捌玖拾佰仟]+) ?(?P<unit>.*)",
    re.DOTALL,
)
_COMMAS: Final = re.compile(r"[+-]?[\d,]*\d,\d[\d,]*(?:\.\d*)?", re.ASCII)
_GENERAL: Final = frozenset({"个", "次"})
"""Counting words that count anything; 5 座 are 5 个, and no 5 只."""


class Written(msgspec.Struct, frozen=True):
    """A number as it was written: 万 and 亿 are in the value, the unit is what stood behind it ("" for none)."""

    value: Decimal
    unit: str = ""
    scale: str = ""


def read_number(text: str) -> Written | FieldFinding:
    """A number with the unit behind it, whatever that is. What is not read: 3,5 · 1e5 · 约 5 · 5-8."""
    plain = typed(text)
    if len(plain) > _LONGEST:
        return found(NO_NUMBER, text)
    if _COMMAS.match(plain) and not _ARABIC_GROUPED.match(plain):
        return found(COMMA_UNCLEAR, text)
    return _percent(plain) or _in_digits(plain) or _in_words(plain) or found(NO_NUMBER, text)


_ARABIC_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?![\d,])", re.ASCII)
# What may stand behind a number as its unit: no sign of a range or of another number, and no digit but in a unit that
# is known (m2, /10万).
_UNIT: Final = re.compile(r"[^+\-~,.=<>:;!?*'\"()至到余多左约以\s\d/][^+\-~,.=<>:;!?*'\"()至到余多左约以\s\d]{0,11}")


def _unit(text: str) -> str | None:
    """The unit that is written so; None for what is none."""
    bare = text.strip()
    if not bare or _UNIT.fullmatch(bare):
        return bare
    return bare if resolve(bare) else None


def _in_digits(plain: str) -> Written | None:
    match = _ARABIC.fullmatch(plain)
    unit = _unit(match["unit"]) if match else None
    if match is None or unit is None or re.fullmatch(r"[eE]\d+", unit):
        return None
    value = Decimal(re.sub("[, ]", "", match["number"])) * SCALES.get(match["scale"] or "", 1)
    scale = match["scale"] or ""
    if match["more"]:
        # 3亿5000万 is one number, 3万5 is two.
        if scale != "亿" or len(match["more"]) > 4:
            return None
        value += int(match["more"]) * SCALES["万"]
    return Written(-value if match["sign"] == "-" else value, unit, scale)


def _in_words(plain: str) -> Written | None:
    match = _CHINESE.fullmatch(plain)
    value = spelled(match["number"]) if match else None
    # 一般 and 三农 are words: behind a number in words stands a unit that is known, or none.
    unit = match["unit"].strip() if match else ""
    if match is None or value is None or (unit and resolve(unit) is None):
        return None
    return Written(-value if match["sign"] in ("-", "负") else value, unit, match["number"][-1:] if unit else "")


def _percent(plain: str) -> Written | None:
    match = _PERCENT.fullmatch(plain)
    inner = (_in_digits(match["number"]) or _in_words(match["number"])) if match else None
    if match is None or inner is None or inner.unit:
        return None
    return Written(-inner.value if match["sign"] == "-" else inner.value, "%")


def in_unit(written: Written, unit: str, given: object = "") -> Fraction | FieldFinding:
    """The number in `unit`: exactly converted within a dimension, a finding for every other unit.

    `unit` "" is a field that has none: there a number may not have one either.
    """
    if not written.unit:
        scaled = compared(unit)[:1] in ("十", "百", "千", "万", "亿") and written.scale
        return found(SCALE_UNCLEAR, given, unit=unit) if scaled else Fraction(written.value)
    if not unit:
        return found(UNIT_UNWANTED, given, other=written.unit)
    own, wanted = compared(written.unit), compared(unit)
    if own == wanted:
        return Fraction(written.value)
    from_, to = resolve(own), resolve(wanted)
    if from_ is None or to is None or not _convertible(own, from_, wanted, to):
        return found(OTHER_UNIT, given, other=written.unit, unit=unit)
    return Fraction(written.value) * from_.factor / to.factor


def _convertible(own: str, from_: Measure, wanted: str, to: Measure) -> bool:
    if (from_.base, from_.dimension) != (to.base, to.dimension):
        return False
    if from_.dimension not in ("count", "times"):
        return True
    # 800 只 are no 800 座, though either counts one piece.
    kinds = {word.lstrip("十百千万亿") for word in (own, wanted)}
    return len(kinds) == 1 or bool(kinds & _GENERAL)


class Number(Field[Decimal], frozen=True, kw_only=True):
    """A number of a unit, with at most so many decimals, between `least` and `most`."""

    unit: str | None = None
    """None where the unit is not known here: then one behind the number is a finding."""
    places: int = 6
    least: Decimal | None = None
    most: Decimal | None = None

    def parse(self, given: Cell) -> Decimal | FieldFinding:
        written = of_cell(given)
        value = in_unit(written, self.unit or "", given) if isinstance(written, Written) else written
        return value if isinstance(value, FieldFinding) else self._taken(value, given)

    def _taken(self, value: Fraction, given: Cell) -> Decimal | FieldFinding:
        least, most = self.least, self.most
        if (least is not None and value < least) or (most is not None and value > most):
            low, high = ("…" if bound is None else digits(bound) for bound in (least, most))
            return found(OUT_OF_RANGE, given, least=low, most=high)
        scaled = value * 10**self.places
        if scaled.denominator != 1:
            return found(TOO_FINE, given, places=self.places) if self.places else found(NOT_WHOLE, given)
        return Decimal(scaled.numerator).scaleb(-self.places)

    def show(self, value: Decimal | None, language: Language = "zh") -> str:
        if value is None:
            return ""
        return f"{digits(value)}{'' if self.unit in (None, '', '%', '‰') else ' '}{self.unit or ''}"

    def export(self, value: Decimal | None) -> Cell:
        return value


def digits(value: Decimal) -> str:
    """A number with its thousands parted, as short as it is exact."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def of_cell(given: Cell) -> Written | FieldFinding:
    """A typed cell, a text of a form or a value of JSON as a number with its unit."""
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal | str):
        return found(NO_NUMBER, given)
    if isinstance(given, str):
        return read_number(given)
    # Fifteen digits are what a spreadsheet keeps and shows: there 0.1 + 0.2 is 0.3.
    value = Decimal(f"{given:.15g}") if isinstance(given, float) else Decimal(given)
    return Written(value) if value.is_finite() else found(NO_NUMBER, given)
