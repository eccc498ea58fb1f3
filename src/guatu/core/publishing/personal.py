"""What in a text looks like a person's: numbers that must never hang, telephones and names that somebody looks at."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from guatu.core.fields.normal import typed
from guatu.core.fields.person import PersonName
from guatu.core.kernel.regex import regex
from guatu.core.publishing.content import Content, Paragraph, Sheet, lines_of

Sort = Literal["identity", "account", "mobile", "name"]
FORBIDDEN: frozenset[Sort] = frozenset({"identity", "account"})

# Between the digits people write blanks and hyphens; none of these parts a number.
_GAP = r"[ \-]?"
# Six digits of the place, a day of birth, three digits and a check character (GB 11643). The check is not asked for: a
# number with a digit wrong is still most of somebody's.
_IDENTITY = regex(
    rf"(?<![0-9])[1-9](?:{_GAP}[0-9]){{5}}{_GAP}(?:1{_GAP}9|2{_GAP}0)(?:{_GAP}[0-9]){{2}}"
    rf"{_GAP}(?:0{_GAP}[1-9]|1{_GAP}[0-2]){_GAP}(?:0{_GAP}[1-9]|[12]{_GAP}[0-9]|3{_GAP}[01])"
    rf"(?:{_GAP}[0-9]){{3}}{_GAP}[0-9Xx](?![0-9])"
)
_MOBILE = regex(rf"(?<![0-9])1{_GAP}[3-9](?:{_GAP}[0-9]){{9}}(?![0-9])")
# Cards of banks have sixteen to nineteen digits, the last of which checks the others (ISO/IEC 7812).
_CARD = regex(rf"(?<![0-9])[3-9](?:{_GAP}[0-9]){{15,18}}(?![0-9])")
_PATTERNS: tuple[tuple[Sort, re.Pattern[str]], ...] = (("identity", _IDENTITY), ("account", _CARD), ("mobile", _MOBILE))
LEAST_NAME = 2
"""A name of one character would be found everywhere."""


class Suspect(msgspec.Struct, frozen=True):
    """Something that looks like a person's, as it may be shown: never the number itself."""

    sort: Sort
    shown: str
    line: int
    """Counted from 1 through all that is said."""

    @property
    def is_forbidden(self) -> bool:
        return self.sort in FORBIDDEN


def suspects(content: Content, names: Iterable[str] = ()) -> list[Suspect]:
    """What looks like a person's in all that a notice says; `names` are those of people whom the county knows."""
    known = sorted({name for name in names if len(name) >= LEAST_NAME})
    found: dict[Suspect, None] = {}
    for number, text in enumerate(lines_of(content), 1):
        found |= dict.fromkeys(_in_line(typed(text), number, known))
    return list(found)


def _in_line(text: str, number: int, names: list[str]) -> Iterator[Suspect]:
    taken: list[tuple[int, int]] = []
    for sort, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            digits = "".join(letter for letter in match[0] if letter.isalnum())
            if sort == "account" and not _checks(digits):
                continue
            # The digits of one number are not found once more as another.
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                yield Suspect(sort, f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}", number)
    for name in names:
        if name in text:
            yield Suspect("name", name, number)


def _checks(digits: str) -> bool:
    """Luhn's check of a card's number."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def without_names(content: Content, names: Iterable[str]) -> Content:
    """The same with people's names masked, for a notice that names no individual."""
    # Of two names one of which holds the other the longer is the person that is meant.
    known = sorted({name for name in names if len(name) >= LEAST_NAME}, key=len, reverse=True)

    def masked(text: str) -> str:
        for name in known:
            text = text.replace(name, PersonName().mask(name))
        return text

    def block(one: Paragraph | Sheet) -> Paragraph | Sheet:
        if isinstance(one, Paragraph):
            return msgspec.structs.replace(one, text=masked(one.text))
        rows = tuple(tuple(masked(cell) for cell in row) for row in one.rows)
        return msgspec.structs.replace(one, title=masked(one.title), rows=rows, note=masked(one.note))

    return tuple(block(one) for one in content)
