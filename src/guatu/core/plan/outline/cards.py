"""The card of a government site above a document: 索引号, 发文机关, 成文日期, 标题, 发文字号, each with its value.

It describes the document and is no part of it: its dates are no deadlines, its lines no paragraphs. It stands as lines
of label and value, as several labels on one line, as a label and its value below, or as cells of a table.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, Literal

import msgspec

from guatu.core.fields.day import read_day
from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.forms import DOC_NO
from guatu.core.plan.outline.model import Block, Table

Field = Literal["title", "number", "issuer", "date", "published", "other"]
_Range = tuple[int, int]


def _labels(field: Field, befores: str, behinds: str, value: str) -> dict[str, tuple[Field, str]]:
    """Each word of `befores` with each of `behinds`, with a line in which the first of them stands."""
    return {
        before + behind: (field, f"{before}{behind}:{value}")
        for before in befores.split()
        for behind in behinds.split()
    }


_SURE: Final[dict[str, tuple[Field, str]]] = {
    **_labels("issuer", "发文 发布 制发 制定 公开 公布 印发", "机关 机构 单位 部门", "青禾县人民政府办公室"),
    **_labels("date", "成文 发文 印发 签发 生成 制发 落款", "日期 时间", "2024年3月15日"),
    **_labels("published", "发布 公开 公布 更新 录入 上网", "日期 时间", "2024-03-16"),
    **_labels("number", "发文 公文 文件 文书", "字号 文号 编号", "青政办发〔2024〕3号"),
    **_labels("title", "信息 文件 公文 文档", "名称 标题", "关于印发绿化工作方案的通知"),
    **_labels("other", "索引 索取", "号 编号", "112208820135/2024-00096"),
    **_labels("other", "主题 组配 体裁 内容 信息 公文 文件", "分类 种类 类型 类别", "城乡建设"),
    **_labels("other", "废止 失效 生效", "日期 时间", "2026-12-31"),
    **_labels("other", "浏览 阅读 点击", "次数 数", "128"),
    "信息索引": ("other", "信息索引:112208-2024-00012"),
    "公开方式": ("other", "公开方式:主动公开"),
    "公开范围": ("other", "公开范围:全社会"),
    "有效性": ("other", "有效性:有效"),
    "效力状态": ("other", "效力状态:有效"),
    "信息来源": ("other", "信息来源:县政府办"),
}
"""Labels that only a card has: one of them makes its line a card."""
_BESIDE: Final[dict[str, tuple[Field, str]]] = {
    "标题": ("title", "标题:关于印发绿化工作方案的通知"),
    "名称": ("title", "名称:关于印发绿化工作方案的通知"),
    "文号": ("number", "文号:青政办发〔2024〕3号"),
    "分类": ("other", "分类:农业;通知"),
    "主题词": ("other", "主题词:绿化 方案 通知"),
    "关键词": ("other", "关键词:绿化"),
    "体裁": ("other", "体裁:通知"),
    "来源": ("other", "来源:县政府办"),
    "作者": ("other", "作者:县林业局"),
    "日期": ("published", "日期:2024-03-16"),
    "时间": ("published", "时间:2024-03-16"),
    "有效期": ("other", "有效期:至2026年12月31日"),
    "状态": ("other", "状态:有效"),
    "内容概述": ("other", "内容概述:关于印发方案的通知"),
    "语种": ("other", "语种:中文"),
    "字体": ("other", "字体:大 中 小"),
    "浏览量": ("other", "浏览量:128"),
}
"""Labels that other texts have as well: they count beside sure ones."""
_LABELS: Final = _SURE | _BESIDE


def _spaced(word: str) -> str:
    """索 引 号 and 标  题: sites stretch labels to one width."""
    return " *".join(word)


def _any(words: Iterable[str]) -> str:
    return "|".join(_spaced(word) for word in sorted(words, key=len, reverse=True))


_LABELLED: Final = regex(
    r"(?:^|(?<=[ \t;|\[(]))[\[(]? *(?:"
    rf"(?P<sure>{_any(_SURE)}) *[\])]? *(?:[:\t]|(?=$)|(?<= )(?=[^ ]))"
    rf"|(?P<beside>{_any(_BESIDE)}) *[\])]? *(?:[:\t]|(?=$)))[ \t]*"
)
# 公开目录:交通 between two lines of a card: a label that no table has.
_UNKNOWN: Final = regex(r"[\u4e00-\u9fff ]{2,12} ?:")
_WIDEST_GAP: Final = 2
_FEWEST_CELLS: Final = 2
"""One such label may be the head of a column."""
_HEAD_BLOCKS: Final = 40
_LONGEST: Final = 200


class Card(msgspec.Struct):
    """What a card says of its document, at working positions; `blocks` are its paragraphs."""

    values: dict[Field, _Range] = {}
    blocks: set[int] = set()
    tables: set[int] = set()

    def text(self, field: Field, norm: str) -> str:
        return norm[slice(*self.values[field])].strip() if field in self.values else ""

    def number(self, norm: str) -> str | None:
        match = DOC_NO.search(self.text("number", norm))
        return match[0].replace(" ", "") if match else None

    def day(self, norm: str) -> str | None:
        day = read_day(self.text("date", norm)) if "date" in self.values else None
        return day.isoformat() if isinstance(day, date) else None


class _Entry(msgspec.Struct, frozen=True):
    label: str
    value: _Range


def read_card(norm: str, blocks: Sequence[Block], tables: Sequence[Table]) -> Card:
    """The card above the first item of a file; an empty one where there is none."""
    card = Card(values={}, blocks=set(), tables=set())
    lines = _runs(_with_unknown(_lines(norm, blocks), norm, blocks))
    cells = {i: entries for i, table in _above_items(blocks, tables) if (entries := _of_table(norm, table))}
    entries = [entry for group in (*lines.values(), *cells.values()) for entry in group]
    card.blocks, card.tables = set(lines), set(cells)
    for entry in entries:
        field = _LABELS[entry.label][0]
        if entry.value[0] < entry.value[1]:
            card.values.setdefault(field, entry.value)
    return card


def _sure(entries: Sequence[_Entry]) -> bool:
    return any(entry.label in _SURE for entry in entries)


def _runs(lines: dict[int, list[_Entry]]) -> dict[int, list[_Entry]]:
    """Lines of a card: those that stand together with one that is sure."""
    kept: dict[int, list[_Entry]] = {}
    run: dict[int, list[_Entry]] = {}
    for i, entries in lines.items():
        if i - 1 not in run:
            run = {}
        run[i] = entries
        if _sure([entry for group in run.values() for entry in group]):
            kept |= run
    return kept


def _with_unknown(lines: dict[int, list[_Entry]], norm: str, blocks: Sequence[Block]) -> dict[int, list[_Entry]]:
    """The same lines with those between them that have labels of their own."""
    found = dict(lines)
    for above, below in pairwise(lines):
        between = range(above + 1, below)
        if 0 < len(between) <= _WIDEST_GAP and all(_UNKNOWN.match(norm, blocks[i].start) for i in between):
            found |= {i: [] for i in between}
    return dict(sorted(found.items()))


def _lines(norm: str, blocks: Sequence[Block]) -> dict[int, list[_Entry]]:
    """Entries by the paragraph in which they stand; the value of a label alone on its line stands below it."""
    found: dict[int, list[_Entry]] = {}
    waiting: str | None = None
    for i, block in enumerate(blocks[:_HEAD_BLOCKS]):
        if block.marker:
            break
        entries = _of_line(norm, block.start, block.end) if block.end - block.start <= _LONGEST else []
        if entries:
            found[i] = entries
            last = entries[-1]
            waiting = last.label if last.value[0] >= last.value[1] else None
        elif waiting and found and i - 1 in found and block.end - block.start <= _LONGEST:
            found[i] = [_Entry(waiting, (block.start, block.end))]
            waiting = None
    return found


def _of_line(norm: str, start: int, end: int) -> list[_Entry]:
    """Labels and values of a line that begins with a label."""
    matches = list(_LABELLED.finditer(norm[start:end]))
    if not matches or matches[0].start() > 0:
        return []
    stops = [match.start() for match in matches[1:]] + [end - start]
    return [
        _Entry((match["sure"] or match["beside"]).replace(" ", ""), _bare(norm, start + match.end(), start + stop))
        for match, stop in zip(matches, stops, strict=True)
    ]


def _bare(norm: str, start: int, end: int) -> _Range:
    while end > start and norm[end - 1] in " \t;|":
        end -= 1
    return start, end


def _above_items(blocks: Sequence[Block], tables: Sequence[Table]) -> Iterator[tuple[int, Table]]:
    """The tables before the first numbered item, of those at the top."""
    first = next((block.start for block in blocks if block.marker), None)
    for i, table in enumerate(tables[:3]):
        if first is None or table.start < first:
            yield i, table


def _of_table(norm: str, table: Table) -> list[_Entry]:
    """Entries of a table whose cells are labels and values in turn."""
    cells = [cell for row in table.rows for cell in row.cells]
    found = []
    for cell, behind in zip(cells, [*cells[1:], (0, 0)], strict=True):
        label = norm[slice(*cell)].replace(" ", "").rstrip(":")
        if label in _LABELS:
            found.append(_Entry(label, behind))
        else:
            found += _of_line(norm, *cell) if cell[1] - cell[0] <= _LONGEST else []
    sure = sum(entry.label in _SURE for entry in found)
    return found if sure >= _FEWEST_CELLS and len(found) * 2 >= len(table.rows) else []
