"""Scanners and typists put letters for figures: l0 for 10, 2O21 for 2021, (l) for (1), 二O二一 for 二〇二一.

Such a number is not found by a search, is not added up, and sorts wrongly. O2O, 10l of water, and codes such as L98
without a unit behind them are words.
"""

import re
from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView, Place

KIND = Kind(
    "plan.misread-number",
    "error",
    zh="“{text}”中混入了字母，应为“{right}”{more_zh}",
    en="“{text}” has letters where figures belong, read “{right}”{more_en}",
)

_LETTERS_ONLY = regex(r"[OoIlL]+(?![A-Zabcd-km-z])")
_BEFORE = regex(r"[\d.,]{1,12}$")
_AFTER = regex(r"[\dOoIl.,]{0,12}")
_UNIT = regex(
    r"[年月日号时万亿千百亩个项元%座条户人名家公米吨株件处所间套台辆头只羽类种倍架块枚根盏组批次场期支队次棵艘宗例班]"
)
_BRACKETED = regex(r"[lI][\dO]?|\d[lIO]")
_LETTER_OR_SIGN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_/@")
_HAN_YEAR = regex(r"年(?<=(?P<year>[一二][九Oo0〇○零][一二三四五六七八九零〇○Oo0]{2})年)")
_FIGURES = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "L": "1"})
# Nominal sizes of pipes: DN1OO.
_SIZE = regex(r"[DP](?:(?<=D)[Ne]|(?<=P)[NE])(?P<size>\d*[OIl][\dOIl]*)(?![A-Za-z])")
# A figure, a blank and the letter O before a unit: 2 O座.
_SPLIT = regex(r"O(?<=(?P<split>\d )O)(?=[座个处项条万亿元户亩名公米家])")
_CLASSIFIER = frozenset("个座条户名家株件处间套台辆头只架块枚根盏批")
_HAN_ZERO = str.maketrans({"O": "〇", "o": "〇", "0": "〇"})
_LITRES = regex(r"\d[\d.,]*l")
_LIST_LENGTH = 4000


def check(view: LintView) -> Iterator[Finding]:
    return view.folded(KIND, _places(view.norm))


def _places(norm: str) -> Iterator[tuple[str, Place]]:
    last = 0
    for match in _LETTERS_ONLY.finditer(norm) if any(letter in norm for letter in "OoIlL") else ():
        if match.start() < last:
            continue
        start, end = _token(norm, match)
        last = end
        text = norm[start:end]
        if _is_misread(norm, start, end, text):
            yield text, Place(start, end, {"text": text, "right": text.translate(_FIGURES)})
    for match in _SIZE.finditer(norm):
        if any(c.isdecimal() for c in match["size"]):
            right = match[0][:2] + match["size"].translate(_FIGURES)
            yield match[0], Place(match.start(), match.end(), {"text": match[0], "right": right})
    for match in _SPLIT.finditer(norm):
        start, text = match.start("split"), match["split"] + "O"
        yield text, Place(start, match.end(), {"text": text, "right": text.replace(" ", "").translate(_FIGURES)})
    for match in _HAN_YEAR.finditer(norm):
        year = match["year"]
        right = year.translate(_HAN_ZERO)
        if right != year:
            yield year, Place(*match.span("year"), {"text": year, "right": right})


def _token(norm: str, match: re.Match[str]) -> tuple[int, int]:
    """The letters with the figures before and behind them."""
    before = _BEFORE.search(norm, max(0, match.start() - 12), match.start())
    after = _AFTER.match(norm, match.end())
    start = before.start() if before else match.start()
    end = after.end() if after else match.end()
    text = norm[start:end]
    return end - len(text.lstrip(".,")), start + len(text.rstrip(".,"))


def _is_misread(norm: str, start: int, end: int, text: str) -> bool:
    before = norm[start - 1] if start else ""
    after = norm[end] if end < len(norm) else ""
    if before in _LETTER_OR_SIGN or after in _LETTER_OR_SIGN or text == "O2O":
        return False
    if before == "(" and after == ")" and _BRACKETED.fullmatch(text):
        return text != "I" or _is_list_item(norm, end)
    has_unit = _UNIT.match(norm, end) is not None
    if text[0] in "LIl" and after == "号":
        return False
    if not any(c.isdecimal() for c in text):
        return has_unit and (len(text) > 1 or (text in "lI" and after in "月日"))
    if _LITRES.fullmatch(text):
        return bool(after) and (after in "年月日" or after in _CLASSIFIER)
    return has_unit or (text[0].isdecimal() and text[-1].isdecimal())


def _is_list_item(norm: str, end: int) -> bool:
    """`(I)` is a misread `(1)` where the list goes on with `(2)`, a Roman number where it goes on with `(II)`."""
    behind = norm[end : end + _LIST_LENGTH]
    return "(2)" in behind and "(II)" not in behind
