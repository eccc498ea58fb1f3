"""What a page says about its document outside the text: the title and the document number; and notes to drop."""

import re
from typing import Any

from guatu.adapters.readers.html.tree import attribute, is_shown

_TITLE_NAMES = ("ArticleTitle", "articletitle", "og:title")
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|\s*[-–—]{2,}\s*")
_SHORTEST_TITLE = 6
_DOCUMENT_NUMBER = re.compile(
    r"(?:发文字号|文\s*号)[\s:：\]】]*([\u4e00-\u9fff]{2,12}[〔\[［【（(](?:19|20)\d{2}[〕\]］】）)]\s*第?\s*\d{1,5}\s*号)"
)
_CARD_LABELS = (
    "索引号",
    "主题分类",
    "发布机构",
    "发文机关",
    "发文机构",
    "成文日期",
    "发布日期",
    "发文字号",
    "公开方式",
    "有效性",
)
_LONGEST_CARD = 600
_LONGEST_NOTE = 150
_NOTES = 8
"""Lines at each end of the text among which notes of the site are looked for."""
_HEAD_NOTE = re.compile(
    r"[\[【(（\s]*(?:信息来源|文章来源|来源|发布时间|发布日期|发布机构|发布者|时间|日期|浏览|阅读|点击|访问量|字体|字号|打印|关闭|分享|收藏|作者|编辑|您?当前位置|"
    r"首页\s*[>＞»])"
)
_TAIL_NOTE = re.compile(
    r"[\[【(（\s]*(?:上一篇|下一篇|上一条|下一条|责任编辑|编辑[:：]|审核[:：]|信息来源|来源[:：]|扫一扫|打印|关闭|分享|收藏|返回顶部|相关(?:文档|链接|文件|阅读|解读)|"
    r"版权所有|主办单位?[:：]|承办单位?[:：]|网站标识码|[\u4e00-\u9fff]ICP备|[\u4e00-\u9fff]公网安备|技术支持)"
)


def title(tree: Any) -> str:
    """The document's title: what the page declares, else its only heading, else the title without the site's name."""
    for name in _TITLE_NAMES:
        for meta in tree.css(f'meta[name="{name}"], meta[property="{name}"]'):
            declared = attribute(meta, "content").strip()
            if len(declared) >= _SHORTEST_TITLE:
                return declared
    headings = [_words(node) for node in tree.css("h1") if is_shown(node)]
    headings = [text for text in headings if len(text) >= _SHORTEST_TITLE]
    if len(headings) == 1:
        return headings[0]
    node = tree.css_first("title")
    words = _SITE.split(_words(node))[0] if node is not None else ""
    return words if len(words) >= _SHORTEST_TITLE else ""


def document_number(tree: Any) -> str | None:
    """The number in the page's card (发文字号: 青政发〔2021〕5号)."""
    body = tree.body
    match = _DOCUMENT_NUMBER.search(body.text(deep=True, separator=" ")) if body is not None else None
    return "".join(match[1].split()) if match else None


def is_card(rows_text: str) -> bool:
    """Whether a table is the card that the site keeps about the document rather than part of it."""
    return len(rows_text) < _LONGEST_CARD and sum(label in rows_text for label in _CARD_LABELS) >= 3


def notes(lines: list[str]) -> set[int]:
    """Indexes of lines at either end that the site added: source, date of posting, 打印, 上一篇."""
    dropped: set[int] = set()
    for index, line in enumerate(lines[:_NOTES]):
        if len(line) <= _LONGEST_NOTE and _HEAD_NOTE.match(line):
            dropped.add(index)
    for index in range(max(0, len(lines) - _NOTES), len(lines)):
        if len(lines[index]) <= _LONGEST_NOTE and _TAIL_NOTE.match(lines[index]):
            dropped.add(index)
    return dropped


def _words(node: Any) -> str:
    return "".join(str(node.text(deep=True, separator="")).split())
