"""A 一 that was meant to be a dash: 5月1日一6月30日, 村收集—镇转运一县处理.

The number 一 and the dash look alike in print; as a number it makes the interval or the chain unreadable.
"""

import re
from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.misread-dash",
    "error",
    zh="“{text}”中的“一”应为“—”",
    en="the 一 in “{text}” should be a dash",
)

_INTERVAL = regex(r"一(?<=[\d日月年%]一)(?=\d)")
# Links of one chain have one length: two and more of them, with a dash before the first.
_CHAIN = regex(r"-(?P<link>[\u4e00-\u9fff]{2,5}?)一(?=[\u4e00-\u9fff]{2,5})")
_LINK_ENDS = frozenset("一-,。、;”)")
_ENDS = regex(r"一(?P<second>[\u4e00-\u9fffxX_]{2,6})一(?P<third>[\u4e00-\u9fff]{2,6})”")
_LINKS = regex(r"“[^“”\n]{2,12}$")


def check(view: LintView) -> Iterator[Finding]:
    norm = view.norm
    for at in sorted({*_intervals(norm), *_chains(norm)}):
        yield view.at(KIND, at, at + 1, text=norm[max(0, at - 4) : at + 5])


def _intervals(norm: str) -> Iterator[int]:
    for match in _INTERVAL.finditer(norm):
        yield match.start()


def _chains(norm: str) -> Iterator[int]:
    for match in _CHAIN.finditer(norm):
        following = match.end() + len(match["link"])
        if norm[following : following + 1] in _LINK_ENDS and norm[following : following + 1]:
            yield match.end("link")
    for match in _ENDS.finditer(norm):
        if _LINKS.search(norm, max(0, match.start() - 14), match.start()) and _is_chain(norm, match):
            yield match.start()


def _is_chain(norm: str, match: re.Match[str]) -> bool:
    """Quoted links that end in bodies (政府, 村, 团队), not 一村一品 and its like."""
    before = norm[max(0, match.start() - 14) : match.start()].rpartition("“")[2]
    return len(before) >= 3 and len(match["third"]) >= 3 and not before.endswith(("一", "、"))
