"""A plan made from a template keeps marks where a year, a name or a figure belongs (20xx年, __县, 〔2021〕 号).

Whoever carries the plan out cannot know what was meant; deadlines and targets with such a mark cannot be tracked.
So can a figure that was left blank (新建   公里, 覆盖率达到%以上). Runs of four and more underscores behind a colon are
lines of a form to be filled in by hand, and right.
"""

import re
from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.kernel.span import Span
from guatu.core.plan.lint.view import LintView, shortened

KIND = Kind(
    "plan.placeholder",
    "error",
    zh="“{text}”中的占位符还没有填写，请填上实际内容",
    en="“{text}” has a placeholder that was never filled in: write what belongs here",
)

_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ./@\\-&=?")
_DIGITS = frozenset("0123456789")
_HAN_DIGITS = frozenset("一二三四五六七八九十")
_NOTHING: frozenset[str] = frozenset()
# By the character with which it begins: the pattern of a mark, and the characters that must not stand before it.
_CROSS = (
    (regex(r"[xX×]{2,}(?![A-Za-z0-9@/\\])"), _LATIN),
    (
        regex(r"[xX×](?=(?:[省县市镇乡村年月]|个|项|亩|万|亿元|元|%|户|家|公里)(?!光))"),
        _LATIN | (_DIGITS - {"0", "2"}) | {"×", "x", "X"},
    ),
)
_COUNTED = "(?:[万亿]?元|[万亿]|%|户|公里|平方米|亩|座|处|家|名|株|吨|个|人|条|项|所|米)"
_CIRCLE = ((regex(rf"[○〇◯]{{2,}}(?=[省县市镇乡村年月局]|{_COUNTED})"), _HAN_DIGITS),)
_BRACKET = (
    (regex(r"\[20\d\d\] {0,3}号"), _NOTHING),
    (regex(r".(?:此处|这里|待|请)(?:填写|填报|补充|插入|完善|确定|修改)[^()\[\]<>\n]{0,12}[)\]>]"), _NOTHING),
)
_MARKS: dict[str, tuple[tuple[re.Pattern[str], frozenset[str]], ...]] = {
    **dict.fromkeys("xX×", _CROSS),
    **dict.fromkeys("○〇◯", _CIRCLE),
    **dict.fromkeys("([<", _BRACKET),
    "_": ((regex(r"_{2,}"), _LATIN | {"_"}),),
    "#": ((regex(r"#{2,}(?=[\u4e00-\u9fff])"), frozenset("\n#")),),
    # Between two such marks Markdown sets bold type.
    "*": ((regex(rf"\*{{2,}}(?=[省县市镇乡村年月]|{_COUNTED})(?![^*\n]{{1,60}}\*\*)"), frozenset("*")),),
    "□": ((regex(rf"□+(?={_COUNTED})"), _NOTHING),),
    "%": ((regex(r"(?<=[到至在于过为率约])%(?=以|左|[,。;、)])"), _NOTHING),),
    "某": ((regex(r"某某(?=[省县市镇乡村局]|单位|公司)"), _NOTHING),),
    "年": ((regex(r"年 {1,6}月(?: {0,6}日)?"), _NOTHING),),
    "月": ((regex(r"月 {1,6}日"), frozenset(" ")),),
    "待": ((regex(r"待(?:定|补)(?=[)。;,\n]|$)(?<=[:(]..)"), _NOTHING),),
    "T": ((regex(r"TODO|TBD"), _LATIN),),
}
_BEGIN = regex(r"[xX×○〇◯□%(\[<_#*某待T年月]")
_YEAR_BEFORE = regex(r"(?:20\d?|(?<!\d)\d)$")
_FORM_LINE = regex(r"[:)\d] ?$")
_FORM_LENGTH = 4
_NEAR = 8
_STOPS = regex(r"[。;\n,、“”]")
_CONTEXT_BEFORE = regex(r"[\u4e00-\u9fff“(]{1,4}$")
_CONTEXT_AFTER = regex(r"[\u4e00-\u9fff)”\d]{0,5}")


def check(view: LintView) -> Iterator[Finding]:
    norm = view.norm
    yield from _blanks(view)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(_marks(norm)):
        if joined and start - joined[-1][1] <= _NEAR and not _STOPS.search(norm, joined[-1][1], start):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    for start, end in joined:
        before = _CONTEXT_BEFORE.search(norm, max(0, start - 4), start)
        after = _CONTEXT_AFTER.match(norm, end)
        text = view.raw[before.start() if before else start : after.end() if after else end]
        yield view.at(KIND, start, end, text=shortened(text))


def _blanks(view: LintView) -> Iterator[Finding]:
    """A figure that was left blank; the working text has no such blanks any more."""
    text = view.reading.text
    # Two blanks, or one that is no common one: most texts have neither.
    if not any(blank in text for blank in _BLANKS):
        return
    for match in _LEFT_BLANK.finditer(text):
        before = _WANTS_FIGURE.search(text, max(0, match.start() - 2), match.start())
        if before:
            yield KIND.at(Span(before.start(), match.end()), text=shortened(text[before.start() : match.end()]))


_LEFT_BLANK = regex(rf"[ \t\u3000\xa0]{{2,}}[余多]?{_COUNTED}".replace("%", "[%％]"))
_BLANKS = ("  ", "\t", "\u3000", "\xa0")
_FIGURES = "新建 新增 建设 改造 投资 资金 完成 达到 少于 低于 培训 安排 补助 栽植 引进 创建 约 共"
_WANTS_FIGURE = regex(f"(?:{'|'.join(_FIGURES.split())})$")


def _marks(norm: str) -> Iterator[tuple[int, int]]:
    for begin in _BEGIN.finditer(norm):
        start = begin.start()
        for pattern, forbidden in _MARKS[begin[0]]:
            if start and norm[start - 1] in forbidden:
                continue
            match = pattern.match(norm, start)
            if match is None or _is_layout(norm, start, match.end()):
                continue
            year = _YEAR_BEFORE.search(norm, max(0, start - 3), start)
            if year or not _needs_year(norm, start):
                yield (year.start() if year else start), match.end()


def _needs_year(norm: str, start: int) -> bool:
    """`5年 月` is a date without its month only where a year stands before; 0x万 is no placeholder."""
    if norm[start] == "年":
        return not norm[max(0, start - 4) : start].isdecimal()
    return start > 0 and norm[start - 1] in "02" and norm[start] in "xX×"


def _is_layout(norm: str, start: int, end: int) -> bool:
    """A line of a form, or the second of two marks between which Markdown sets bold type."""
    if norm[start] == "*" and _BOLD.search(norm, max(0, start - _BOLD_LENGTH), start):
        return True
    return _is_form_line(norm, start, end) or _SAMPLE.search(norm, max(0, start - _SAMPLE_LENGTH), start) is not None


# A text that shows how something is to be written: 回复格式:××村于××月××日…
_SAMPLE = regex(r"(?:提示|模板|样式|格式|示例|例如|范本|样表|填写说明|编号规则)[^。;\n]{0,6}[:“][^。;\n]*$")
_SAMPLE_LENGTH = 80


_BOLD = regex(r"\*\*[^*\n]{3,}$")
_BOLD_LENGTH = 62


def _is_form_line(norm: str, start: int, end: int) -> bool:
    """A line to be filled in by hand, as forms in annexes have them."""
    if norm[start] != "_" or end - start < _FORM_LENGTH:
        return False
    return bool(_FORM_LINE.search(norm, max(0, start - 2), start)) or end == len(norm) or norm[end] in "\n _"
