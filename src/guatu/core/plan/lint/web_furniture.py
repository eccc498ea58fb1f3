"""Buttons and labels of the web page that a document was copied from: 分享:, 打印 关闭窗口, 浏览次数.

They are no part of the document, and a document sent on with them looks careless.
"""

import re
from collections.abc import Iterator
from functools import cache

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.lexicon import Lexicon
from guatu.core.plan.lint.view import LintView, shortened

KIND = Kind(
    "plan.web-furniture",
    "error",
    zh="“{text}”是网页上的文字，不属于文件，请删去",
    en="“{text}” comes from a web page and is no part of the document: delete it",
)

_WHOLE_LINE = regex(
    r"(?:分享(?:到|至)?|打印(?:本[页文])?|[\[(]?打印[\])]?|关闭(?:窗口|本页)?|收藏(?:本[页文])?|纠错|返回顶部|字[体号]|下载|朗读|我要纠错|"
    r"上一[篇条]|下一[篇条]|相关(?:文章|新闻|链接|附件|阅读)|推荐阅读|热门推荐|扫一扫.{0,16}|(?:浏览|阅读|点击)(?:次数|量|数)|"
    r"大|中|小|默认|繁体|微信|微博|首页|当前位置)"
)
_SEPARATORS = regex(r"[ \t|:>/\[\]()【】·\d-]+")
# Beginnings that no sentence has, each with what must follow.
_INLINE = {
    "浏览次数": r" ?: ?\d+", "阅读次数": r" ?: ?\d+", "点击次数": r" ?: ?\d+", "浏览量": r" ?: ?\d+", "点击数": r" ?: ?\d+",
    "阅读量": r" ?: ?\d+", "扫一扫在手机": r"上?(?:打开|查看)(?:当前页)?", "责任编辑": r" ?: ?[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])",
    "收藏本网站": "", "收藏本站": "", "关注本站": "",
    "[打印]": r" ?[\[(]关闭[\])]|", "打印 ": r" {0,3}关闭(?:窗口)?", "上一篇": " ?:", "下一篇": " ?:", "当前位置": r" ?: ?首页",
}  # fmt: skip
_LONGEST = 40


def check(view: LintView) -> Iterator[Finding]:
    for span in view.reading.furniture:
        yield KIND.at(span, text=shortened(span.text(view.reading.text).strip()))
    norm = view.norm
    places = [*_lines(norm)]
    seen = {start for start, _ in places}
    for start, end, rest in _inline().find(norm):
        match = rest.match(norm, end)
        if match and start not in seen:
            places.append((start, match.end()))
    for start, end in sorted(places):
        yield view.at(KIND, start, end, text=shortened(view.raw[start:end]))


@cache
def _inline() -> Lexicon[re.Pattern[str]]:
    return Lexicon({words: regex(rest) for words, rest in _INLINE.items()})


def _lines(norm: str) -> Iterator[tuple[int, int]]:
    """Lines that are nothing but buttons."""
    at = 0
    for line in norm.split("\n"):
        text = line.strip()
        if 2 <= len(text) <= _LONGEST and _is_furniture(text):
            start = at + line.index(text[0])
            yield start, start + len(text)
        at += len(line) + 1


def _is_furniture(text: str) -> bool:
    parts = [part for part in _SEPARATORS.split(text) if part]
    if not parts or not all(_WHOLE_LINE.fullmatch(part) for part in parts):
        return False
    return len(text) > 2 or parts[0] not in ("下载", "首页", "微信", "微博")
