"""What sites for sharing documents put into a text: page marks that count through it, and lines that praise the site.

The marks (`\\n1、`, `\\n2、`, `\\n3、`) look like items and are none: they count up from the first page to the last, stand
at nearly one distance, and most of them break a sentence or a word. Items of a plan do not.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from guatu.core.kernel.regex import regex

Range = tuple[int, int]

_MARK: Final = regex(r"(?:^|\n)[ \t]*(?P<no>\d{1,4})[、.][ \t]*")
_FEWEST: Final = 3
_BREAKING: Final = 0.6
"""So many of the marks stand inside a sentence; a mark may fall on the end of one."""
_EVEN: Final = 2.0
"""A page is at most so much longer or shorter than the median one; the last ends where the text does."""
_SHORTEST_PAGE: Final = 20
_TORN: Final = 0.1
"""On so many pages something is torn that no item tears: items without a full stop may be even by chance."""
_WINDOW: Final = 600
"""So much of a page is looked at to see how it ends; bounds the work for crafted texts."""
_ENDED: Final = "。!?;:”》"
_CLOSING: Final = frozenset(",。、;:)》”]!?")
_OPEN: Final = {"(": ")", "《": "》", "“": "”", "[": "]"}
_INSIDE: Final = regex(r"[。;:)](?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))")
"""Headings in the middle of a line: the line breaks of the text are gone, so those that are there are the site's."""

_PRAISE: Final = {
    "由会员分享": "《青禾县绿化方案.docx》由会员分享,可在线阅读",
    "可在线阅读": "《青禾县绿化方案.docx》由会员分享,可在线阅读",
    "珍藏版": "更多相关《青禾县绿化方案(3页珍藏版)》",
    "文库上搜索": "请在某某文库上搜索",
    "文库网上搜索": "请在某某文库网上搜索",
    "下载后可任意编辑": "本文下载后可任意编辑",
    "下载可编辑": "精品文档,下载可编辑",
    "本文档由": "本文档由某某网站整理,欢迎下载",
    "欢迎下载": "资料来自网络,欢迎下载使用",
    "版权归原作者": "资料来自网络,版权归原作者所有",
    "文档来源于网络": "文档来源于网络,如有侵权请联系删除",
    "如有侵权": "如有侵权请联系删除",
    "下载积分": "下载积分:10",
    "会员上传": "本文由会员上传,可在线阅读",
    "用户上传": "本文档由用户上传,请勿用于商业用途",
    "下载此文档": "点击下载此文档",
    "下载本文档": "如需下载本文档,请先登录",
    "更多相关文档": "更多相关文档请访问本站",
    "在线阅读全文": "在线阅读全文共3页",
    "会员免费下载": "会员免费下载本文档",
}
"""Words that no plan has, each with a line in which sites write them."""
_SITE: Final = regex("|".join(map(re.escape, _PRAISE)))
_STOP: Final = regex("[\n。]")
# 青禾县绿化方案.docx alone on the first line is the name of the file, not the title of the plan.
_FILE: Final = regex(r"\s*(?P<name>《?[^\n。]{2,80}\.(?:docx?|pdf|wps|txt)》?)[ \t]*(?=\n)", re.IGNORECASE)
_EDGE: Final = 300
"""So far from the beginning and the end of a text a site praises itself."""


def furniture(norm: str) -> list[Range]:
    """Sentences of a site at the beginning and the end of a text."""
    edges = [(0, min(len(norm), _EDGE)), (max(_EDGE, len(norm) - _EDGE), len(norm))]
    found = [part for start, end in edges if start < end for part in _praise(norm, start, end)]
    name = _FILE.match(norm)
    return [*found, name.span("name")] if name else found


def _praise(norm: str, start: int, end: int) -> Iterator[Range]:
    """The sentences of a stretch in which a site praises itself, each with its full stop."""
    at = start
    for match in _SITE.finditer(norm, start, end):
        if match.start() >= at:
            before = max(norm.rfind("\n", at, match.start()), norm.rfind("。", at, match.start()))
            stop = _STOP.search(norm, match.end(), end)
            behind = end if stop is None else stop.start() + (stop[0] == "。")
            yield (at if before < 0 else before + 1), behind
            at = behind


def page_marks(norm: str) -> list[Range]:
    """The marks of pages, each from the line break to the words behind it; empty where the numbers are items."""
    marks = _chain(norm)
    if len(marks) < _FEWEST:
        return []
    pages = [norm[mark.end() : behind.start()] for mark, behind in pairwise(marks)]
    if marks[0]["no"] != "1":
        pages.insert(0, norm[: marks[0].start()].lstrip())
    if not _even([len(page) for page in pages], len(norm) - marks[-1].end()):
        return []
    breaking = sum(_breaks(page) for page in pages)
    if breaking < len(pages) * _BREAKING:
        return []
    ends = marks[-len(pages) :]
    torn = sum(_is_torn(page, norm[mark.end() : mark.end() + 1]) for page, mark in zip(pages, ends, strict=True))
    if torn < max(1, len(pages) * _TORN):
        return []
    return [_range(norm, mark) for mark in marks]


def _range(norm: str, mark: re.Match[str]) -> Range:
    """The mark, with the line break before it where that stands inside a sentence."""
    before = norm[max(0, mark.start() - _WINDOW) : mark.start()]
    return (mark.start() if _breaks(before) else mark.start("no")), mark.end()


def _chain(norm: str) -> list[re.Match[str]]:
    """Marks that count up from the least number on: each the first behind the one before that breaks a sentence.

    Where none does, the first of that number at all. One pass: the marks by number, in order.
    """
    by_number: dict[int, list[re.Match[str]]] = {}
    for match in _MARK.finditer(norm):
        by_number.setdefault(int(match["no"]), []).append(match)
    chain: list[re.Match[str]] = []
    at = 0
    first = min(by_number, default=1)
    for number in range(first, first + len(by_number)):
        found = [match for match in by_number.get(number, []) if match.start() >= at]
        chosen = next((match for match in found if chain and _breaks(_end(norm, at, match.start()))), None)
        chosen = chosen or (found[0] if found else None)
        if chosen is None:
            break
        chain.append(chosen)
        at = chosen.end()
    return chain


def _end(norm: str, start: int, end: int) -> str:
    return norm[max(start, end - _WINDOW) : end]


def _is_torn(page: str, behind: str) -> bool:
    """A bracket open at the end, a comma at the beginning of the next, or headings inside lines."""
    return _leaves_open(page) or behind in _CLOSING or bool(_INSIDE.search(page))


def _even(lengths: Sequence[int], last: int) -> bool:
    middle = median(lengths)
    if middle < _SHORTEST_PAGE:
        return False
    return all(middle / _EVEN <= length <= middle * _EVEN for length in lengths) and last <= middle * _EVEN


def _breaks(page: str) -> bool:
    """Whether a page ends inside a sentence: it has whole sentences and its last one is not ended."""
    text = page.rstrip()
    if not text or text[-1] in _ENDED:
        return False
    if text[-1] == ")" and not _leaves_open(page):
        return False
    return "。" in text or ")" in text or _leaves_open(page)


def _leaves_open(page: str) -> bool:
    """Whether a bracket that opens on a page closes on the next."""
    return any(page.rfind(opening) > page.rfind(closing) for opening, closing in _OPEN.items())
