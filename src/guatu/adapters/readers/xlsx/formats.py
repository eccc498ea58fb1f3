"""A number as its format shows it (ECMA-376 part 1, 18.8.31), with all its digits: a format may round, we do not.

What a format adds is part of what is said: `0"公里"` makes 20 公里 of 20, `0%` 95% of 0.95, `0!.0,"万元"` 1.2 万元 of
12000. Colours, fillers and conditions say nothing.
"""

import re
from functools import lru_cache

import msgspec

_TOKEN = re.compile(
    r'"([^"]*)"|[\\!](.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|([0#?]+)|(General|G/通用格式)|(.)', re.DOTALL
)
_LITERAL = re.compile(r'"[^"]*"|[\\!_*].|\[[^\]]*\]|General|G/通用格式')
_CONDITION = re.compile(r"\[[<>=]")
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_TELLS_NOTHING = re.compile(r"[0#?,. ;_)()\-+]*|General|G/通用格式|@")
_DIGITS = 12
"""Digits after which the noise of binary fractions begins: 0.1 + 0.2 is shown as 0.3."""
_THOUSAND = 1000


class Section(msgspec.Struct, frozen=True):
    """One of the sections of a format: what stands before and behind the number, and what that is multiplied by.

    `number` says whether there is a place for the number at all; `sure` is False where letters stand inside of it.
    """

    before: str
    behind: str
    factor: float
    number: bool
    sure: bool


def tells(code: str) -> bool:
    """Whether a format says more than how many digits are shown."""
    return not _TELLS_NOTHING.fullmatch(code)


def shown(value: float, code: str) -> tuple[str, bool]:
    """The number as text, and whether the format was understood; where not, the number stands alone."""
    if _CONDITION.search(code):
        return plain(value), False
    sections = _sections(code)
    index = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    section = sections[index]
    before, behind = section.before, section.behind
    if not section.number or not section.sure:
        said = before if section.sure and before.strip("-—") else ""
        return said or plain(value), section.sure
    if index == 0:
        return before + plain(value * section.factor) + behind, True
    # The sections of negative numbers and of zero write their sign themselves, as a minus or as brackets.
    name, behind = before.strip("-(（ "), behind.strip(")） ")
    signed = index == 1 and not _WORDS.search(name)
    return ("-" if signed else "") + name + plain(abs(value) * section.factor) + behind, True


def plain(value: float) -> str:
    if value != value or abs(value) >= 1e15:
        return str(value)
    rounded = round(value, _DIGITS)
    if rounded == int(rounded):
        return str(int(rounded))
    return f"{rounded:.{_DIGITS}f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[Section, ...]:
    parts, quoted = [""], False
    for letter in code:
        quoted ^= letter == '"'
        if letter == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return tuple(map(_section, parts))


def _section(code: str) -> Section:
    if re.search("[EeYyMmDdHhSs/@]", _LITERAL.sub("", code)):
        return Section("", "", 1.0, True, True)
    before = behind = ""
    factor, commas, started, sure = 1.0, 0, False, True
    for quoted, escaped, currency, digits, general, other in _TOKEN.findall(code):
        if digits or general:
            if behind and started:  # 0!.0 divides by ten, as a point would that is only drawn
                sure = sure and behind == "."
                factor /= 10 ** len(digits)
            started, behind, commas = True, "", 0
        elif other == "%":
            factor *= 100
        elif other == ",":
            commas += started
        if (letters := quoted or escaped or currency or (other if other not in ".," else "")) and started:
            behind += letters
        elif letters:
            before += letters
    return Section(before.lstrip(), behind.rstrip(), factor / _THOUSAND**commas, started, sure)
