"""A table whose cells were copied right behind one another, without a blank or a line between them.

序号重点任务责任单位1修建水厂。县水利局、县财政局2改造管网… What is left are the heads, the running numbers, and the look of names of
units and of times at the end of each row.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from guatu.core.plan.outline.column_words import UNIT_NAME, kind_of_head
from guatu.core.plan.outline.model import Range, Row, Table

_WHO: Final = r"(?:责任|牵头|配合|主办|协办|承办|实施|落实|主管|负责)(?:单位|部门|主体|处室|科室)"
_WHEN: Final = r"(?:完成|办结|整改)?(?:时限|期限)|完成时间"
_HEADS: Final = re.compile(
    rf"序号(?P<task>[\u4e00-\u9fff()]{{2,16}}?)(?P<who>{_WHO})(?P<help>{_WHO})?(?P<when>{_WHEN})?(?P<remark>备注)?"
    r"(?=[1一][^\d、])"
)
_MARK: Final = "序号"
_TIME: Final = re.compile(
    r"(?:[于在]?(?:20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)?|[一二三四]季度末?|年底|[上下]半年|20\d\d年底?)(?:之?前)?(?:完成)?"
    r"|长期(?:坚持|推进)?|持续(?:推进)?|全年)[。;]?$"
)
_LISTED: Final = re.compile(r"[、,;]")
_OPENS: Final = re.compile(r"(?<![省市县区州])(?:[省市县区州镇乡]|各(?=[省市县区州镇乡]))(?=[\u4e00-\u9fff])")
_SEAM: Final = re.compile(
    r"(?:[局委办部厅府心司会院队室联]|(?<!银)行)(?=[省市县区州镇乡各][\u4e00-\u9fff])(?![省市县区]政府)"
)
"""Where the last of those who lead ends and the first who helps begins."""
_LONGEST_NAME: Final = 16
_LONGEST_LISTED: Final = 8
_SHORTEST_NAME: Final = 3
_FEWEST_ROWS: Final = 2
_LONGEST_ROW: Final = 1500


class Seamless(NamedTuple):
    before: Range | None
    table: Table
    rest: Range | None


def seamless_table(piece: Range, norm: str) -> Seamless | None:
    """The table inside a line, what stands before it, and what is left behind it."""
    if norm.find(_MARK, *piece) < 0:
        return None
    heads = _HEADS.search(norm, *piece)
    if heads is None or kind_of_head(heads["task"]) == "unknown":
        return None
    columns = [group for group in ("task", "who", "help", "when", "remark") if heads[group]]
    spans = [(heads.start(), heads.start("task")), *(heads.span(group) for group in columns)]
    rows = [_row(norm, at, stop, columns) for at, stop in _rows(norm, heads.end(), piece[1])]
    if len(rows) < _FEWEST_ROWS or not all(_named(row) for row in rows):
        return None
    table = Table(heads.start(), rows[-1].end, (Row(tuple(spans)), *rows), head_rows=1)
    before = (piece[0], heads.start()) if norm[piece[0] : heads.start()].strip() else None
    rest = (rows[-1].end, piece[1]) if norm[rows[-1].end : piece[1]].strip() else None
    return Seamless(before, table, rest)


def _named(row: Row) -> bool:
    return row.cells[1][0] < row.cells[1][1] and row.cells[2][0] < row.cells[2][1]


def _rows(norm: str, at: int, end: int) -> Iterator[Range]:
    """From each running number to the next: it stands behind a name or the end of a sentence, and words follow it."""
    number = 1
    while norm.startswith(str(number), at):
        behind = re.compile(
            rf"(?<=[\u4e00-\u9fff)。;]){number + 1}(?=[\u4e00-\u9fff“《(])(?![年月日号个名项家户亩万元])"
        )
        stop = next(
            (
                m.start()
                for m in behind.finditer(norm, at + 1, min(end, at + _LONGEST_ROW))
                if _ends(norm, at, m.start())
            ),
            end,
        )
        yield at, stop if stop < end else _last(norm, at, end)
        at, number = stop, number + 1


def _ends(norm: str, at: int, stop: int) -> bool:
    """Whether a row may end here: with a name of a unit or a time."""
    text = norm[max(at, stop - _LONGEST_NAME) : stop]
    return bool(UNIT_NAME.search(text) or _TIME.search(text))


def _last(norm: str, at: int, end: int) -> int:
    """Nothing says where the last row ends but the blank or the sentence behind its last name."""
    blank = norm.find(" ", at, end)
    return blank if blank > 0 else end


def _row(norm: str, at: int, stop: int, columns: list[str]) -> Row:
    figure = re.compile(r"\d+").match(norm, at)
    begin = figure.end() if figure else at
    cells: dict[str, Range] = {}
    end = stop
    if "when" in columns and (time := _TIME.search(norm, max(begin, stop - _LONGEST_NAME), stop)):
        cells["when"] = (time.start(), stop)
        end = time.start()
    cells["who"] = (_first_name(norm, begin, end), end)
    if "help" in columns:
        cells["who"], cells["help"] = _parted(norm, begin, *cells["who"])
    cells["task"] = (begin, cells["who"][0])
    edge = (end, end)
    return Row(((at, begin), *(cells.get(group, edge) for group in columns)))


def _parted(norm: str, begin: int, start: int, end: int) -> tuple[Range, Range]:
    """Those who lead and those who help: where the last name of the one ends, the first of the other begins."""
    seam = _SEAM.search(norm, start, end)
    if seam is not None:
        return (start, seam.end()), (seam.end(), end)
    if start > begin and _SEAM.match(norm, start - 1, end):
        return (_first_name(norm, begin, start), start), (start, end)
    return (start, end), (end, end)


def _first_name(norm: str, begin: int, end: int) -> int:
    """Where the list of names at the end of a row begins."""
    start, stop = end, end
    while stop > begin:
        mark = max(
            (m.start() for m in _LISTED.finditer(norm, max(begin, stop - _LONGEST_NAME * 2), stop)), default=begin - 1
        )
        whole = norm[mark + 1 : stop]
        if not UNIT_NAME.search(whole):
            return start
        listed = norm[mark : mark + 1] == "、" and len(whole) <= _LONGEST_LISTED
        if mark >= begin and len(whole) <= _LONGEST_NAME and (listed or _OPENS.match(norm, mark + 1, stop)):
            start, stop = mark + 1, mark
            continue
        return _inside(norm, max(mark + 1, begin), stop, start)
    return start


def _inside(norm: str, begin: int, stop: int, otherwise: int) -> int:
    """The name that stands right behind the words of the task: from the last letter that names of units begin with."""
    sentence = norm.rfind("。", begin, stop)
    begin = sentence + 1 if sentence >= 0 else begin
    found = [m.start() for m in _OPENS.finditer(norm, begin, stop) if stop - m.start() >= _SHORTEST_NAME]
    if not found and sentence >= 0 and stop - begin <= _LONGEST_NAME:
        return begin
    return found[-1] if found and stop - found[-1] <= _LONGEST_NAME else otherwise
