"""What rules may speak of: the facts with their types, units and labels. A declared name may have blanks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal

import msgspec

from guatu.core.kernel.explained import Label

Type = Literal["number", "text", "boolean", "day", "time", "moment", "duration", "list"]

TYPE_WORDS: dict[str, tuple[str, str]] = {
    "number": ("数", "number"),
    "text": ("文字", "text"),
    "boolean": ("是否", "truth value"),
    "day": ("日期", "day"),
    "time": ("时刻", "time of day"),
    "moment": ("日期时刻", "day and time"),
    "duration": ("时长", "duration"),
    "list": ("列表", "list"),
    "null": ("空值", "null"),
}

KEYWORDS = ("true", "false", "null", "and", "or", "not", "in", "between")
FUNCTIONS = ("date and time", "date", "time", "duration", "is defined", "not")
NAME = r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"
# FEEL lets names have signs and single blanks within (DMN 1.3, 10.3.1.4); only what is declared is read so.
_DECLARED = re.compile(r"[^\W\d](?:[\w.'’/+*?-]| (?! ))*(?<![ .])")
_PLAIN = re.compile(NAME)


class Choice(msgspec.Struct, frozen=True):
    """One value that a text may have, with its words."""

    value: str
    zh: str
    en: str


class Term(msgspec.Struct, frozen=True):
    """One fact: its name in rules, its type, its words; unit of a number, choices of a text (none: any text)."""

    name: str
    type: Type
    zh: str
    en: str
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    """Bounds of a number, where they are known."""

    @property
    def label(self) -> Label:
        return Label(self.name, self.zh, self.en)


def sayable(name: str) -> bool:
    """Whether a rule can say the name of a fact, where it is declared."""
    return bool(_DECLARED.fullmatch(name)) and name.split(" ")[0] not in KEYWORDS and name not in FUNCTIONS


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Raises ValueError for two facts of one name and for a name that a rule could not say."""

    terms: tuple[Term, ...]
    names: tuple[str, ...] = ()
    """Names of which nothing more is known than that a rule may say them."""

    def __post_init__(self) -> None:
        for name in (*(term.name for term in self.terms), *self.names):
            if not sayable(name):
                raise ValueError(f"{name!r} cannot be the name of a fact")
        if len(self._by_name) < len(self.terms):
            raise ValueError("two facts have one name")

    @cached_property
    def _by_name(self) -> dict[str, Term]:
        return {term.name: term for term in self.terms}

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Finds the longest declared name with a blank or a sign; other names need no declaration to be read."""
        declared = {*self._by_name, *self.names}
        long = sorted((name for name in declared if not _PLAIN.fullmatch(name)), key=len, reverse=True)
        words = "|".join(r"\s+".join(re.escape(word) for word in name.split(" ")) for name in long)
        return re.compile(rf"(?:{words})(?!\w|\.[^\W\d])") if long else None

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def get(self, name: str) -> Term | None:
        return self._by_name.get(name)

    def label(self, name: str) -> Label:
        """The words for a fact; of one that is not declared, its name."""
        term = self._by_name.get(name)
        return term.label if term else Label(name, name, name)


NO_WORDS = Vocabulary(())


@lru_cache(maxsize=256)
def merged(first: Vocabulary, second: Vocabulary) -> Vocabulary:
    """Both together; of a fact that both name the first says what it is."""
    if not second.terms and not second.names:
        return first
    more = tuple(term for term in second.terms if term.name not in first)
    return Vocabulary((*first.terms, *more), (*first.names, *second.names))
