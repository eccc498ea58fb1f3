"""Blanks that part nothing: inside a date, between groups of digits, between the characters of a stretched word.

`2026 年 6 月底前` is one time, `1 200 万元` with a blank that does not break is one amount, `县　水　利　局` one name. Any other
blank may part two names and stays.
"""

from collections.abc import Iterator
from typing import Final

from guatu.core.kernel.regex import regex

_QUICK: Final = regex(r" (?<=[\d年月] )[ ]*[年月日号\d底末]")
"""A blank in what may be a date; it begins with the blank, for which a search is quickest."""
_DATE: Final = regex(
    r"(?<!\d)\d{4}[ ]*年(?:[ ]*\d{1,2}[ ]*月(?:[ ]*\d{1,2}[ ]*[日号])?)?(?:[ ]*[底末](?=[前。,;、:)\n]|之前|以前))?"
    r"|(?<!\d)\d{1,2}[ ]*月(?:[ ]*\d{1,2}[ ]*[日号]|[ ]*[底末](?=[前。,;、:)\n])|(?=[底末初份前至到上中下~-]|之前|以前))"
)
_BLANK: Final = regex(r"[ ]+")
_GROUPS: Final = regex("[\u00a0\u2009\u202f](?<=\\d.)(?=\\d{3}(?!\\d))")
_HAN: Final = "[\u4e00-\u9fff]"
_STRETCHED: Final = regex(rf"(?<!{_HAN}){_HAN}(?:[ ]{{1,3}}{_HAN}){{2,}}(?!{_HAN})")
"""At least three characters, each alone between blanks: two may be 高 洁 or two columns."""
_ALONE: Final = regex(rf" {_HAN} ")
_LISTED: Final = frozenset("一二三四五六七八九十甲乙丙丁戊己是否有无年月日")
"""Characters that stand alone in tables and lists."""


def vanishing(text: str, norm: str) -> Iterator[tuple[int, int]]:
    """Ranges of blanks to leave out. `text` tells blanks that do not break from others, `norm` has one kind."""
    if _QUICK.search(norm):
        for date in _DATE.finditer(norm):
            yield from (blank.span() for blank in _BLANK.finditer(norm, *date.span()))
    if any(blank in text for blank in "\u00a0\u2009\u202f"):
        yield from (blank.span() for blank in _GROUPS.finditer(text))
    for word in _STRETCHED.finditer(norm) if _ALONE.search(norm) else ():
        if not set(word[0].split()) <= _LISTED:
            yield from (blank.span() for blank in _BLANK.finditer(norm, *word.span()))
