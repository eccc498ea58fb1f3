"""One normaliser of text: what looks the same is the same.

Three grades. `repaired` keeps every position and changes only what nobody typed on purpose (Kangxi radicals, ideographs
of compatibility). `line` is a text to keep: repaired, without what cannot be seen, blanks of one kind. `typed` and
`compared` are for reading and comparing and are never shown.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Unicode DerivedCoreProperties, Default_Ignorable_Code_Point. The joiner and the emoji selector behind an emoji belong
# to it.
_IGNORABLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0e\ufeff\uffa0\U000e0000-\U000e0fff"
)
_EMOJI: Final = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_JOINER: Final = rf"[\u200d\ufe0f](?<![{_EMOJI}].)"
INVISIBLE: Final = re.compile(
    rf"[{_IGNORABLE}\u200d\ufe0f](?:(?<=[{_IGNORABLE}])|(?<![{_EMOJI}].))(?:[{_IGNORABLE}]|{_JOINER})*"
)
"""Characters without width: pages, converters and copying put them inside words, where they part nothing."""

BLANKS: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Blanks beside the one of the keyboard: no-break, of fixed width, ideographic."""

# Unicode EquivalentUnifiedIdeograph for radicals of the supplement that are whole characters; unicodedata does not know
# it.
_RADICALS: Final = dict(
    zip(
        "⺁⺄⺇⺒⺓⺟⺠⺩⺶⺽⻁⻄⻅⻆⻇⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻞⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙几巳幺母民王羊臼虎西见角角贝足车長长门雨青韦页风飞食食首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_ODD: Final = re.compile("[\u2e80-\u2fd5\uf900-\ufad9\U0002f800-\U0002fa1d]")
_UNKEEPABLE: Final = re.compile("[\0\ud800-\udfff]")
"""NUL and halves of characters that JSON can write: no database keeps them."""
_MINUS: Final = str.maketrans(dict.fromkeys("−﹣－–‐‑‒", "-"))


def repaired(text: str) -> str:
    """`text` with radicals and ideographs of compatibility as the characters they look like; same length."""
    return _ODD.sub(lambda match: _ideograph(match[0]), text)


def visible(text: str) -> str:
    """`text` without characters that have no width."""
    return INVISIBLE.sub("", text)


def line(text: str) -> str:
    """A text of one line as it is kept: trimmed, with single blanks, its punctuation as it was typed."""
    return " ".join(lines(text).split())


def lines(text: str) -> str:
    """A text of several lines as it is kept; blanks inside and line breaks stay."""
    kept = _UNKEEPABLE.sub("", visible(repaired(text)))
    return re.sub(f"[{BLANKS}]", " ", kept.replace("\r\n", "\n").replace("\r", "\n")).strip()


def typed(text: str) -> str:
    """A value to be read: half-width digits and signs, one kind of blank and of minus."""
    plain = unicodedata.normalize("NFKC", visible(repaired(text)))
    return " ".join(_UNKEEPABLE.sub("", plain).translate(_MINUS).split())


@lru_cache(maxsize=20_000)
def compared(text: str) -> str:
    """A name to be compared: half-width, without blanks. Two names that look alike are equal."""
    return "".join(unicodedata.normalize("NFKC", visible(repaired(text))).split())


def _ideograph(odd: str) -> str:
    plain = _RADICALS.get(odd) or unicodedata.normalize("NFKC", odd)
    return plain if len(plain) == 1 else odd
