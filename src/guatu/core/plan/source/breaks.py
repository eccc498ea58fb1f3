"""What a page or a fixed line width put into the text: page marks, and line breaks in the middle of a sentence."""

import itertools
from collections.abc import Iterable

from guatu.core.kernel.regex import regex

# 第 3 页 共 9 页 / — 3 — / - 3 - / 3 / 9 alone on its line
_PAGE_LINE = regex(
    r"\n[ \t]*(?:-{1,3} ?\d{1,4} ?-{1,3}|第 ?\d{1,4} ?页(?:[ ,/]*共 ?\d{1,4} ?页)?|\d{1,4} ?/ ?\d{1,4}|· ?\d{1,4} ?·)[ "
    r"\t]*(?=\n|$)"
)
_PAGE_INLINE = regex(r"(?<=[\u4e00-\u9fff,、;。]) ?-{1,2} ?\d{1,3} ?-{1,2} ?(?=[\u4e00-\u9fff])")
_DASHED_NUMBER = regex(r"-{1,2} ?\d{1,3} ?-")
_HARD_END = "。!?;:”)]"
_ITEM = regex(
    r"[ \t]*(?:第[一二三四五六七八九十百零\d]+[章节条部篇]|[一二三四五六七八九十百]+[、.是要]|\([一二三四五六七八九十百\d]+\)|\d{1,3}[、.)]|[①-⑳⑴-⒇⒈-⒛]|附件|附:|"
    r"#|[ \t]*\||抄送|联系人)"
)
_SHORTEST_WRAPPED = 18


def cuts(norm: str) -> list[tuple[int, int]]:
    """Ranges of `norm` to leave out, in order and disjoint."""
    marks = [m.span() for m in _PAGE_LINE.finditer(norm)]
    wrapped = _wraps(norm)
    inline = [m.span() for m in _PAGE_INLINE.finditer(norm)] if _DASHED_NUMBER.search(norm) else []
    return merged([_with_break(norm, *m) for m in marks] + wrapped + inline)


def merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same ranges in order and disjoint."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


_BLANKS = regex(r"[ \t\n]*")


def _with_break(norm: str, start: int, end: int) -> tuple[int, int]:
    """A page mark, with the line breaks behind it where it stands inside a sentence."""
    before = norm[max(0, start - 200) : start].rstrip()
    start -= len(norm[max(0, start - 200) : start]) - len(before) if before else 0
    rest = _BLANKS.match(norm, end)
    after = rest.end() if rest else end
    if not before or before[-1] in _HARD_END or after >= len(norm) or _ITEM.match(norm, after):
        return start, end
    return start, after


def _wraps(norm: str) -> list[tuple[int, int]]:
    """Line breaks inside sentences, where the text was set in lines of one width."""
    lines = norm.split("\n")
    width = _line_width(lines)
    if width is None:
        return []
    found, at = [], 0
    for line, following in itertools.pairwise(lines):
        end = at + len(line)
        body = line.rstrip()
        if _runs_on(body, following, width):
            skip = len(following) - len(following.lstrip())
            found.append((at + len(body), end + 1 + skip))
        at = end + 1
    return found


def _line_width(lines: list[str]) -> int | None:
    """The width to which a text was wrapped, or None where its lines are paragraphs."""
    lengths = [len(line.rstrip()) for line in lines if len(line.strip()) >= _SHORTEST_WRAPPED]
    if len(lengths) < 6:
        return None
    lengths.sort()
    width = lengths[int(len(lengths) * 0.9)]
    full = [n for n in lengths if width - 3 <= n <= width + 2]
    if width > 80 or len(full) * 2 < len(lengths):
        return None
    return width


_ROW = regex(r"[ \t]*(\d{1,3})[ \t]+[^\s]")


# 序号 工作任务 责任单位 完成时限: the head above the first row.
_HEAD = regex(r"[ \t](?:[^ \t\d]{0,6}(?:单位|部门|主体|领导|责任人|时限|时间|期限|节点|目标|任务|措施|备注|说明))$")


def _are_rows(line: str, following: str) -> bool:
    """1 新建水厂 县水利局 above 2 改造管网 县住建局: rows of a table whose cells stand apart by blanks, or its head above the
    first of them."""
    first, second = _ROW.match(line), _ROW.match(following)
    if second is None:
        return False
    return int(second[1]) == int(first[1]) + 1 if first else second[1] == "1" and _HEAD.search(line) is not None


def _runs_on(body: str, following: str, width: int) -> bool:
    if len(body) < width - 4 or not following.strip() or "\t" in body or "\t" in following:
        return False
    if body[-1] in _HARD_END or _ITEM.match(following) or _are_rows(body, following):
        return False
    return not following.startswith(("    ", "  ")) or body.startswith(
        following[: len(following) - len(following.lstrip())]
    )
