"""Facts as rules read them: a value of one of the types of the language, or open with what is lacking.

A fact may be a plain value, `Explained`, `Unknown` or None. It is open where nothing is known, and where what is known
does not fit its type (a typed "70%" is no number): publication has refused the rule, a running case only finds nothing.
"""

from collections.abc import Callable, Mapping, Set
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from numbers import Real
from typing import Any

import msgspec

from guatu.core.kernel.explained import Explained, Unknown
from guatu.core.rules import temporal
from guatu.core.rules.decimals import number
from guatu.core.rules.temporal import Months
from guatu.core.rules.vocabulary import TYPE_WORDS, Vocabulary

Facts = Mapping[str, Any]


class Lack(msgspec.Struct, frozen=True):
    """What leaves a rule open: a fact that is not known, or one whose value does not serve, with the reason why.

    Where it is no fact but a calculation that has no result, `fact` is empty.
    """

    fact: str
    zh: str = ""
    en: str = ""


class Open(msgspec.Struct, frozen=True):
    """No value, and why."""

    lacks: tuple[Lack, ...] = ()


Many = tuple[Any, ...]
Value = Decimal | str | bool | date | datetime | time | timedelta | Months | Many
_NULL = Open((Lack("", "空值", "null"),))
_UNREADABLE = ("读不懂", "cannot be read")


def null() -> Open:
    return _NULL


def is_known(name: str, facts: Facts) -> bool:
    return _inner(facts.get(name)) is not None


def fact(name: str, facts: Facts, vocabulary: Vocabulary) -> Value | Open:
    """The value of a fact, as its type asks where it is declared."""
    inner = _inner(facts.get(name))
    if inner is None:
        return Open((Lack(name),))
    value = _plain(inner)
    term = vocabulary.get(name)
    if value is not None and term and type_of(value) != term.type:
        value = _READ[term.type](value) if isinstance(value, str) and term.type in _READ else None
        return misfit(name, term.type) if value is None else value
    return Open((Lack(name, *_UNREADABLE),)) if value is None else value


def misfit(name: str, wanted: str) -> Open:
    """A value that is there and of another type."""
    zh, en = TYPE_WORDS[wanted]
    return Open((Lack(name, f"不是{zh}", f"is no {en}"),))


def type_of(value: Value) -> str:
    """The type's word in the vocabulary."""
    return next(word for kinds, word in _TYPES if isinstance(value, kinds))


_TYPES: tuple[tuple[Any, str], ...] = (
    (bool, "boolean"),
    (Decimal, "number"),
    (str, "text"),
    (datetime, "moment"),
    (date, "day"),
    (time, "time"),
    ((timedelta, Months), "duration"),
    (tuple, "list"),
)
# JSON has no days: they come as ISO 8601 text. A text is never read as a number.
_READ: dict[str, Callable[[str], Any]] = {
    "day": lambda text: temporal.read("date", text),
    "time": lambda text: temporal.read("time", text),
    "moment": lambda text: temporal.read("date and time", text),
    "duration": lambda text: temporal.read("duration", text),
}


def _inner(value: Any) -> Any:
    """What is known; None where nothing is."""
    while isinstance(value, Explained):
        value = value.value
    return None if isinstance(value, Unknown) else value


def _plain(value: Any) -> Value | None:
    """The value in a type of the language; None where there is none for it."""
    if isinstance(value, (bool, str, date, time, timedelta, Months)):
        return value
    if isinstance(value, (Real, Decimal)):
        return number(value)
    if isinstance(value, (list, tuple, Set)):
        items = [_plain(_inner(one)) for one in value]
        return tuple(one for one in items if one is not None)
    return None
