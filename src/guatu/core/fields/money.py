"""Amounts of money: 1,234.50 元 · ¥1,234.5 · 12.5 万元 · 3 亿元 · 壹佰贰拾叁元肆角伍分 · 壹佰万元整."""

import re
from fractions import Fraction
from typing import Final

from guatu.core.fields.findings import BELOW_FEN, COMMA_UNCLEAR, NO_MONEY, OTHER_UNIT, OUT_OF_RANGE, FieldFinding, found
from guatu.core.fields.kind import Cell, Field
from guatu.core.fields.normal import typed
from guatu.core.fields.number import Written, in_unit, of_cell, read_number
from guatu.core.fields.numerals import spelled
from guatu.core.kernel.finding import Language
from guatu.core.kernel.money import FEN_IN_YUAN, Money
from guatu.core.kernel.units import resolve

_YUAN_SIGN: Final = re.compile(
    r"^(?P<minus>-?)(?:人民币|RMB|CNY|[¥￥])[:：]? ?(?P<rest>.*)$", re.IGNORECASE | re.DOTALL
)
_WORDS: Final = re.compile(
    r"(?=.)(?:(?P<yuan>[^元圆角分整正\d.]+)[元圆])?(?:零?(?P<jiao>[^元圆角分整正\d.零])角)?(?:零?(?P<fen>[^元圆角分整正\d.零])分)?[整正]?"
)


def read_money(text: str, unit: str = "元") -> Money | FieldFinding:
    """An amount; a bare number counts in `unit` (元, 万元, 亿元). A fraction of a fen is a finding, never rounded."""
    plain = typed(text)
    signed = _YUAN_SIGN.match(plain)
    if signed:
        plain, unit = signed["minus"] + signed["rest"], "元"
    in_words = _in_words(plain)
    if in_words is not None:
        return in_words
    written = read_number(re.sub("(?<=元)[整正]$", "", plain.replace("圆", "元")))
    if isinstance(written, FieldFinding):
        return written if written.code == COMMA_UNCLEAR.code else found(NO_MONEY, text)
    return _of_written(written, unit, text)


def _in_words(plain: str) -> Money | None:
    match = _WORDS.fullmatch(plain)
    yuan = spelled(match["yuan"] or "零") if match else None
    if match is None or yuan is None or yuan % 1:
        return None
    small = [spelled(match[name] or "零") for name in ("jiao", "fen")]
    if not all(part is not None and part < 10 for part in small):
        return None
    jiao, fen = (int(part or 0) for part in small)
    return Money(int(yuan) * FEN_IN_YUAN + jiao * 10 + fen)


def _of_written(written: Written, unit: str, given: object) -> Money | FieldFinding:
    measure = resolve(unit)
    other = resolve(written.unit) if written.unit else measure
    if measure is None or other is None or other.base != measure.base:
        return found(OTHER_UNIT, given, other=written.unit, unit=unit)
    value = in_unit(written, unit, given)
    if isinstance(value, FieldFinding):
        return value
    fen = Fraction(value) * measure.factor * FEN_IN_YUAN
    return Money(int(fen)) if fen.denominator == 1 else found(BELOW_FEN, given)


class Amount(Field[Money], frozen=True, kw_only=True):
    """An amount of money that is asked for in `unit` (元, 万元, 亿元)."""

    unit: str = "元"
    least: Money | None = None
    most: Money | None = None

    def parse(self, given: Cell) -> Money | FieldFinding:
        value = self._amount(given)
        if isinstance(value, FieldFinding):
            return value
        if (self.least is not None and value < self.least) or (self.most is not None and value > self.most):
            bounds = ("…" if bound is None else str(bound) for bound in (self.least, self.most))
            return found(OUT_OF_RANGE, given, **dict(zip(("least", "most"), bounds, strict=True)))
        return value

    def _amount(self, given: Cell) -> Money | FieldFinding:
        if isinstance(given, str):
            return read_money(given, self.unit)
        written = of_cell(given)
        return _of_written(written, self.unit, given) if isinstance(written, Written) else found(NO_MONEY, given)

    def show(self, value: Money | None, language: Language = "zh") -> str:
        return "" if value is None else str(value)

    def export(self, value: Money | None) -> Cell:
        """Yuan, so that a sum of the column is one."""
        return None if value is None else value.yuan
