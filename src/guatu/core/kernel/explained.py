"""A value that can say why it is so, and its counterpart that says why there is none.

The sentence and the parts are kept with the value, so that explaining prints what was computed and computes nothing
a second time. Both types survive JSON: `msgspec.json.decode(line, type=Explained[float] | Unknown)`.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import isfinite
from string import Formatter
from typing import Any, Generic, TypeVar

import msgspec

from guatu.core.kernel.finding import Language

T = TypeVar("T")

_SHOWN = Decimal("0.0001")
_LARGE = Decimal(10) ** 20
"""From here on a number has no decimals that a binary fraction keeps."""
_WRITTEN = 12
"""So many digits somebody can have written; more are what a division left."""
# The unit of a ratio is "1" (as in the plan model); a number without any unit has "".
RATIO = "1"


@lru_cache(maxsize=4096)
def _fields(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


_UNIT_WORDS = {
    "day": ("天", " days"),
    "working-day": ("个工作日", " working days"),
    "working-hour": ("个工作小时", " working hours"),
    "hour": ("小时", " hours"),
    "minute": ("分钟", " minutes"),
    "month": ("个月", " months"),
    "point": ("个百分点", " percentage points"),
    "period": ("期", " periods"),
    "item": ("项", " items"),
    "time": ("次", " times"),
    "year": ("年", " years"),
    "yuan": (" 元", " yuan"),
    "stay": ("例", " stays"),
    "drg-point": (" 点", " points"),
    "score": (" 分", " points"),
}


class Word(msgspec.Struct, frozen=True, tag="word"):
    """A value that is a word and not a number: 红灯 / red."""

    zh: str
    en: str


class Exact(msgspec.Struct, frozen=True, tag="exact"):
    """A decimal with more digits than a binary fraction keeps; as text, because JSON numbers are such fractions."""

    digits: str

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.digits)


class Part(msgspec.Struct, frozen=True):
    """One number (or word, or explained value) that a figure was made of; dates are ISO 8601 text.

    `unverified` is the source line of a coefficient that nobody has checked against the standard itself.
    """

    key: str
    zh: str
    en: str
    value: "bool | int | float | str | Word | Exact | Explained[Any] | Unknown"
    unit: str = ""
    unverified: str = ""

    def text(self, language: Language = "zh") -> str:
        """The value as a reader expects it, with its unit; what goes in as it is, with all of its digits.

        A reader who computes the figure again from what is printed comes to what is printed. A value that has parts of
        its own is rounded: the reader goes on to these.
        """
        if isinstance(self.value, Explained):
            return self.value.text(language)
        if isinstance(self.value, Unknown):
            return "未知" if language == "zh" else "unknown"
        return show(self.value, self.unit, language, exact=True)


class Label(msgspec.Struct, frozen=True):
    """The name of a kind of part, in both languages."""

    key: str
    zh: str
    en: str

    def of(
        self,
        value: "bool | int | float | str | date | Decimal | Word | Explained[Any] | Unknown",
        unit: str = "",
        unverified: str = "",
    ) -> Part:
        """A part of this name. Raises ValueError for a number that is not finite: JSON and readers have none."""
        return Part(self.key, self.zh, self.en, _plain(value), unit, unverified)


class Rule(msgspec.Struct, frozen=True):
    """How a figure is made: a code of words, a sentence in both languages, and where the rule is from.

    The sentences are `str.format` templates over the keys of the parts, and `{value}`. A sentence that names a part
    which is not given raises KeyError here, where the figure is made, and not on somebody's page.
    """

    code: str
    zh: str
    en: str
    source: str = ""
    official: str = ""
    """The sentence of an official paper (see `kernel.official`), in Chinese; the one in `zh` is that of a page."""

    def gives(self, value: T, *parts: Part, unit: str = "", word: "Word | None" = None) -> "Explained[T]":
        """`value` with its reason, shown by its `word` where only the program calls it so.

        Raises ValueError for a number that is not finite.
        """
        if isinstance(value, float):
            _plain(value)
        self._must_have({"value", *(part.key for part in parts)})
        return Explained(value, self.code, self.zh, self.en, parts, unit, self.source, word, self.official)

    def lacks(self, *parts: Part) -> "Unknown":
        """No value, with the reason why there is none."""
        self._must_have({part.key for part in parts})
        return Unknown(self.code, self.zh, self.en, parts, self.source, self.official)

    def _must_have(self, keys: set[str]) -> None:
        named = {name.split(".")[0] for name in _fields(self.official)}
        missing = (_fields(self.zh) | _fields(self.en) | named) - keys
        if missing:
            raise KeyError(f"{self.code} names parts that are not given: {', '.join(sorted(missing))}")


class Explained(msgspec.Struct, Generic[T], frozen=True, tag="explained"):
    """A value, the rule that gave it, and the parts that went in."""

    value: T
    rule: str
    zh: str
    en: str
    parts: tuple[Part, ...] = ()
    unit: str = ""
    source: str = ""
    word: Word | None = None
    official: str = ""

    def text(self, language: Language = "zh") -> str:
        """The value as a reader expects it, with its unit."""
        return show(self.value if self.word is None else self.word, self.unit, language)

    def sentence(self, language: Language = "zh") -> str:
        words = {part.key: part.text(language) for part in self.parts}
        template = self.zh if language == "zh" else self.en
        return template.format(**{"value": self.text(language), **words})

    def part(self, key: str) -> Part:
        """The part of that key; raises KeyError when there is none."""
        return _part(self.parts, key)

    @property
    def unverified(self) -> tuple[str, ...]:
        """Source lines of all unchecked coefficients in the value, however deep, each once."""
        return tuple(dict.fromkeys(_unverified(self.parts)))


class Unknown(msgspec.Struct, frozen=True, tag="unknown"):
    """No value: the rule that could not give one, and what it lacked."""

    rule: str
    zh: str
    en: str
    parts: tuple[Part, ...] = ()
    source: str = ""
    official: str = ""

    def sentence(self, language: Language = "zh") -> str:
        template = self.zh if language == "zh" else self.en
        return template.format(**{part.key: part.text(language) for part in self.parts})

    def part(self, key: str) -> Part:
        """The part of that key; raises KeyError when there is none."""
        return _part(self.parts, key)


def explain(figure: "Explained[Any] | Unknown", language: Language = "zh", *, codes: bool = True) -> str:
    """The figure's reason as indented lines of text: the sentence, then each part.

    With `codes` each sentence ends with the code of its rule: for who looks it up, not for a page.
    """
    return "\n".join(_lines(figure, language, "", codes))


def show(value: object, unit: str = "", language: Language = "zh", *, exact: bool = False) -> str:
    """A value with its unit: 0.85 of "1" is 85%, 12.5 of 公里 is 12.5 公里. Thousands parted, at most four decimals;
    `exact`: all decimals of a number that somebody can have written, one of up to twelve digits.
    """
    if isinstance(value, bool):
        return _yes_no(value, language)
    if isinstance(value, Exact):
        value = value.decimal
    if isinstance(value, (int, float, Decimal)):
        # A decimal has the digits that somebody wrote, or to which a rule has rounded it.
        digits = _whole if isinstance(value, Decimal) else _exact if exact else _digits
        return _number(value, unit, language, digits)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Word):
        return value.zh if language == "zh" else value.en
    return str(value)


def _number(
    value: int | float | Decimal, unit: str, language: Language, digits: Callable[[int | float | Decimal], str]
) -> str:
    if unit == RATIO:
        # In decimals: 0.57 times 100 is 56.99999999999999 in binary fractions.
        return digits(Decimal(str(value)) * 100) + "%"
    if unit == "%":
        return digits(value) + "%"
    if unit in _UNIT_WORDS:
        return digits(value) + _UNIT_WORDS[unit][language == "en"]
    return f"{digits(value)} {unit}" if unit else digits(value)


def _whole(value: int | float | Decimal) -> str:
    text = f"{value:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _exact(value: int | float | Decimal) -> str:
    number = Decimal(str(value)).normalize()
    return f"{number:,f}" if len(number.as_tuple().digits) <= _WRITTEN else _digits(value)


def _digits(value: int | float | Decimal) -> str:
    """At most four decimals, halves away from zero as everybody rounds; what is small keeps two digits."""
    if isinstance(value, int):
        return f"{value:,}"
    # By its shortest decimal: 2.00005 is stored as a little more, 1.00005 as a little less.
    number = Decimal(str(value))
    near = number.quantize(_SHOWN, ROUND_HALF_UP) if abs(number) < _LARGE else number
    text = f"{near:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if text in ("0", "-0"):
        # What binary fractions leave over is no figure; what is small is not written with an exponent.
        return "0" if -1e-9 < value < 1e-9 else f"{Decimal(f'{value:.2g}'):f}"
    return text


def _yes_no(value: bool, language: Language) -> str:
    if language == "zh":
        return "是" if value else "否"
    return "yes" if value else "no"


def _plain(
    value: "bool | int | float | str | date | Decimal | Word | Explained[Any] | Unknown",
) -> "bool | int | float | str | Word | Exact | Explained[Any] | Unknown":
    if isinstance(value, datetime):
        return show(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} is no figure: give Unknown with the reason")
        # JSON has binary fractions: a decimal that one of them writes again stays a number, any other keeps its digits.
        near = float(value)
        short = isfinite(near) and Decimal(repr(near)) == value and len(value.normalize().as_tuple().digits) <= _WRITTEN
        return near if short else Exact(f"{value:f}")
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(f"{value} is no figure: give Unknown with the reason")
    return value


def _part(parts: tuple[Part, ...], key: str) -> Part:
    for part in parts:
        if part.key == key:
            return part
    raise KeyError(key)


def _unverified(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        if part.unverified:
            yield part.unverified
        if isinstance(part.value, (Explained, Unknown)):
            yield from _unverified(part.value.parts)


_WORDS = {
    "zh": {"source": "依据: ", "unverified": " (系数未与标准原文核对: {})"},
    "en": {"source": "Source: ", "unverified": " (coefficient not checked against the standard: {})"},
}


def _lines(figure: "Explained[Any] | Unknown", language: Language, indent: str, codes: bool) -> Iterator[str]:
    yield f"{indent}{figure.sentence(language)}" + (f" [{figure.rule}]" if codes else "")
    words = _WORDS[language]
    deeper = indent + "  "
    if figure.source:
        yield f"{deeper}{words['source']}{figure.source}"
    for part in figure.parts:
        name = part.zh if language == "zh" else part.en
        mark = words["unverified"].format(part.unverified) if part.unverified else ""
        yield f"{deeper}{name}: {part.text(language)}{mark}"
        if isinstance(part.value, (Explained, Unknown)):
            yield from _lines(part.value, language, deeper + "  ", codes)
