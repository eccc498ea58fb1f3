"""How alike two texts are: symmetric, and linear in their length."""

from collections import Counter

from guatu.core.kernel.regex import regex

_BLANK = regex(r"\s+")
_DIGITS = regex(r"\d+")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def plain(text: str) -> str:
    """`text` without blanks and with full-width forms made half-width: a change of these is no change of a plan."""
    return _BLANK.sub("", text).translate(_WIDE)


def without_digits(text: str) -> str:
    """A title as it reads in every year."""
    return _DIGITS.sub("", plain(text))


def pairs(text: str) -> Counter[str]:
    """The character pairs of a text with their counts; of a single character, that character."""
    if len(text) < 2:
        return Counter([text] if text else [])
    return Counter(text[i : i + 2] for i in range(len(text) - 1))


def likeness(a: Counter[str], b: Counter[str]) -> float:
    """Dice coefficient of two bags of pairs: 1 for equal, 0 for nothing in common; two empty bags are equal."""
    total = a.total() + b.total()
    if not total:
        return 1.0
    if len(a) > len(b):
        a, b = b, a
    return 2 * sum(min(n, b[pair]) for pair, n in a.items() if pair in b) / total
