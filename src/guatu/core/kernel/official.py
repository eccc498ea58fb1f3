"""A figure's reason as an official paper writes it: no rule, no comparison, no negative number, days and months in
Chinese.

A rule that can stand in a paper has a sentence for it (`Rule.official`), a template over its parts like the others:
`{actual}` is the part's value (3公里, 2026年3月5日), `{due.number}` the same without its unit, `{expected.near}` to two
decimals, `{met.said}` the sentence that the part has itself.
"""

import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from guatu.core.kernel.explained import RATIO, Explained, Part, Unknown

_BLANK = re.compile(r"(?<=[\d%]) (?=[\u4e00-\u9fff㎡㎥])")
_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_PERIODS = (
    (re.compile(r"(?<![\d-])(\d{4})-(0[1-9]|1[0-2])(?![\d-])"), lambda key: f"{key[1]}年{int(key[2])}月"),
    (re.compile(r"(?<![\d-])(\d{4})Q([1-4])(?!\w)"), lambda key: f"{key[1]}年第{'一二三四'[int(key[2]) - 1]}季度"),
    (re.compile(r"(?<![\d-])(\d{4})H([12])(?!\w)"), lambda key: f"{key[1]}年{'上下'[int(key[2]) - 1]}半年"),
    (re.compile(r"(?<![\d-])(\d{4})-W(\d{2})(?!\w)"), lambda key: f"{key[1]}年第{int(key[2])}周"),
)


_NUMBER = re.compile(r"-?[\d,.]+")
_CENT = Decimal("0.01")
_TENTH = Decimal("0.001")


class _Value(str):
    """A part within a sentence of a paper."""

    part: Part

    @property
    def number(self) -> str:
        found = _NUMBER.match(self)
        return found[0] if found else str(self)

    @property
    def near(self) -> str:
        value = self.part.value
        while isinstance(value, Explained):
            value = value.value
        shown = Decimal(repr(value)).quantize(_CENT, ROUND_HALF_UP) if isinstance(value, float) else None
        return str(self) if not shown else self.replace(self.number, f"{shown:,f}".rstrip("0").rstrip("."))

    @property
    def said(self) -> str:
        value = self.part.value
        if isinstance(value, Explained) and not value.official:
            return f"{self.part.zh}{self}"
        return official(value) if isinstance(value, (Explained, Unknown)) else f"{self.part.zh}{self}"


def official(figure: Explained[Any] | Unknown) -> str:
    """The reason in official Chinese; of a rule that has no words for papers its sentence, with days written out."""
    words = {part.key: _value(part) for part in figure.parts}
    if isinstance(figure, Explained):
        words["value"] = _value(Part("value", "", "", figure.word or figure.value, figure.unit))
    return written((figure.official or figure.zh).format_map(words))


def said(names: tuple[str, ...], parts: tuple[Part, ...]) -> str:
    """The template of a sentence that says of each of these parts what it says itself."""
    there = {part.key for part in parts}
    return "，".join(f"{{{name}.said}}" for name in names if name in there)


def written(text: str) -> str:
    """Days and periods of a text as papers write them, and no blank between a number and its unit."""
    text = _DAY.sub(lambda day: f"{int(day[1])}年{int(day[2])}月{int(day[3])}日", text)
    for pattern, name in _PERIODS:
        text = pattern.sub(name, text)
    return _BLANK.sub("", text)


def _value(part: Part) -> _Value:
    made = _Value(_share(part.value) if part.unit == RATIO else written(part.text("zh")))
    made.part = part
    return made


def _share(value: Any) -> str:
    """To a tenth of a percent; what is not the whole is never written as 100 %."""
    if not isinstance(value, (int, float)):
        return "未知"
    exact = Decimal(repr(value))
    near = exact.quantize(_TENTH, ROUND_HALF_UP)
    shown = exact.quantize(_TENTH, ROUND_DOWN) if near == 1 and exact < 1 else near
    return f"{(shown * 100).normalize():f}%"
