"""Raised and lowered letters in a text that has one line only: 10⁴, m², CO2, and the marks that point to notes.

A raised figure beside its base would say another number (5×10⁴ is not 5×104), and beside a name another name (县水利局1).
Unicode has raised figures of its own; a mark that points to a note is no part of the text and is left out.
"""

import re
from typing import Final

_RAISED: Final = dict(zip("0123456789+-−－=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED: Final = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_ENCLOSED: Final = re.compile(r"[\[【〔(（]\s*注?\s*(?:\d{1,3}|[a-z*※])\s*[\]】〕)）]|[①-⑳*＊※†‡]{1,3}")
_PLAIN: Final = re.compile(r"注?\d{1,3}(?:[,，、]\d{1,3})*")
_BASE: Final = re.compile(r"[0-9A-Za-z)）⁰¹²³⁴-⁹⁻]")
_MEASURES: Final = "米里"
"""平方公里 is also written 公里 with a raised 2."""


def is_note_mark(text: str, before: str) -> bool:
    """Whether raised letters behind `before` point to a note: a mark in brackets, or a figure behind no base."""
    mark = "".join(text.split())
    if _ENCLOSED.fullmatch(mark):
        return True
    if not _PLAIN.fullmatch(mark) or _BASE.fullmatch(before[-1:]):
        return False
    return not (before[-1:] in _MEASURES and mark in ("2", "3") and before)


def raised(text: str, before: str) -> str:
    """Raised letters in a line, behind `before`. Words stay as they are: that they are raised changes nothing."""
    letters = "".join(text.split())
    if all(letter in _RAISED for letter in letters) or (re.search(r"\d", letters) and _BASE.fullmatch(before[-1:])):
        return power(letters)
    return text


def power(letters: str) -> str:
    """What a number is raised to, behind that number."""
    if all(letter in _RAISED for letter in letters):
        return "".join(_RAISED[letter] for letter in letters)
    return f"^({letters})" if len(letters) > 1 else f"^{letters}"


def lowered(text: str, before: str) -> str:
    """Lowered letters in a line: CO2 and PM2.5 as everybody writes them, a figure behind a figure as a lowered one."""
    letters = "".join(text.split())
    if before[-1:].isdigit() and letters and all(letter in _LOWERED for letter in letters):
        return "".join(_LOWERED[letter] for letter in letters)
    return text


def fraction(above: str, below: str, before: str) -> str:
    """A fraction in a line, behind `before`: two and a third is 2又1/3, for 21/3 would be another number."""
    parts = (part if re.fullmatch(r"[\w.%]*", part) else f"({part})" for part in (above, below))
    return ("又" if before[-1:].isdigit() else "") + "/".join(parts)
