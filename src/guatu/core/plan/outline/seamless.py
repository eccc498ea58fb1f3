"""A table whose cells were copied right behind one another, without a blank or a line between them.

序号重点任务责任单位1修建水厂。县水利局、县财政局2改造管网… What is left are the heads, the running numbers, and the look of names of
units and of times at the end of each row, or of names at its beginning. A row may have a line of its own.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.column_words import UNIT_NAME, kind_of_head
from guatu.core.plan.outline.model import Range, Row, Table

_WHO: Final = r"(?:责任|牵头|配合|主办|协办|承办|实施|落实|主管|负责)(?:单位|部门|主体|处室|科室)"
_WHEN: Final = r"(?:完成|办结|整改)?(?:时限|期限)|完成时间"
_COLUMN: Final = regex(rf"(?P<who>{_WHO})|(?P<when>{_WHEN})|(?P<remark>备注)")
_HEADS: Final = regex(
    # 序号重点任务完成时限责任单位备注, and 序号责任单位重点任务
    rf"序号(?:(?P<task>[\u4e00-\u9fff()]{{2,16}}?)(?P<rest>(?:{_WHO}|{_WHEN}|备注)+)"
    rf"|(?P<first>{_WHO})(?P<last>[\u4e00-\u9fff()]{{2,16}}?))(?=\n?[1一][^\d、])"
)
MARK: Final = "序号"
"""The head of the running numbers: a line without it has no such table."""
_TIME: Final = regex(
    r"(?:[于在]?(?:20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)?|[一二三四]季度末?|年底|[上下]半年|20\d\d年底?)(?:之?前)?(?:完成)?"
    r"|长期(?:坚持|推进)?|持续(?:推进)?|全年)[。;]?$"
)
_LISTED: Final = regex(r"[、,;]")
_OPENS: Final = regex(r"(?<![省市县区州])(?:[省市县区州镇乡]|各(?=[省市县区州镇乡]))(?=[\u4e00-\u9fff])")
_SEAM: Final = regex(
    r"(?:[局委办部厅府心司会院队室联]|(?<!银)行)(?=[省市县区州镇乡各][\u4e00-\u9fff])(?![省市县区]政府)"
)
"""Where the last of those who have the task ends and the first who helps begins."""
_LONGEST_NAME: Final = 16
_LONGEST_LISTED: Final = 8
_SHORTEST_NAME: Final = 3
_FEWEST_ROWS: Final = 2
_LONGEST_ROW: Final = 1500


class Seamless(NamedTuple):
    before: Range | None
    table: Table
    rest: Range | None


def begins_table(piece: Range, norm: str) -> bool:
    """Whether the heads of such a table end a line, so that its rows are the lines behind."""
    heads = _HEADS.search(norm, piece[0], piece[1] + len("\n10"))
    return heads is not None and heads.end() == piece[1]


def seamless_table(piece: Range, norm: str) -> Seamless | None:
    """The table inside a range of the text, what stands before it, and what is left behind it."""
    heads = _HEADS.search(norm, *piece)
    if heads is None or kind_of_head(heads["task"] or heads["last"]) == "unknown":
        return None
    named = _columns(heads)
    rows = [_row(norm, at, stop, [name for name, _ in named]) for at, stop in _rows(norm, heads, piece[1])]
    task, who = (1 + [name for name, _ in named].index(one) for one in ("task", "who"))
    if len(rows) < _FEWEST_ROWS or not all(_filled(row, task) and _filled(row, who) for row in rows):
        return None
    head = Row(((heads.start(), heads.start() + len(MARK)), *(span for _, span in named)))
    table = Table(heads.start(), rows[-1].end, (head, *rows), head_rows=1)
    before = (piece[0], heads.start()) if norm[piece[0] : heads.start()].strip() else None
    rest = (rows[-1].end, piece[1]) if norm[rows[-1].end : piece[1]].strip() else None
    return Seamless(before, table, rest)


def _columns(heads: re.Match[str]) -> list[tuple[str, Range]]:
    """The columns behind the numbers from left to right; a second one of units is that of those who help."""
    if heads["first"]:
        return [("who", heads.span("first")), ("task", heads.span("last"))]
    found = [("task", heads.span("task"))]
    for column in _COLUMN.finditer(heads.string, *heads.span("rest")):
        name = column.lastgroup or "remark"
        name = "help" if name == "who" and any(one == "who" for one, _ in found) else name
        if all(one != name for one, _ in found):
            found.append((name, column.span()))
    return found if any(name == "who" for name, _ in found) else [*found, ("who", (heads.end(), heads.end()))]


def _filled(row: Row, column: int) -> bool:
    return row.cells[column][0] < row.cells[column][1]


def _rows(norm: str, heads: re.Match[str], end: int) -> Iterator[Range]:
    """From each running number to the next: behind it stand words, and before it a name or a time; or a name behind."""
    number = 1
    at = heads.end() + norm.startswith("\n", heads.end())
    names_first = bool(heads["first"])
    while norm.startswith(str(number), at):
        following = next(
            (
                m
                for m in _row_number(number + 1).finditer(norm, at + 1, min(end, at + _LONGEST_ROW))
                if m.start() < m.start("number")
                or (_LEADING.match(norm, m.end()) if names_first else _ends(norm, at, m.start()))
            ),
            None,
        )
        if following is None:
            yield at, _last(norm, at, end)
            return
        yield at, following.start()
        at, number = following.start("number"), number + 1


@lru_cache(maxsize=512)
def _row_number(number: int) -> re.Pattern[str]:
    return regex(
        rf"(?<=[\u4e00-\u9fff)。;])\n?(?P<number>{number})(?=[\u4e00-\u9fff“《(])(?![年月日号个名项家户亩万元])"
    )


def _ends(norm: str, at: int, stop: int) -> bool:
    """Whether a row may end here: with a name of a unit or a time."""
    text = norm[max(at, stop - _LONGEST_NAME) : stop]
    return bool(UNIT_NAME.search(text) or _TIME.search(text))


def _last(norm: str, at: int, end: int) -> int:
    """Nothing says where the last row ends but the blank, the line or the sentence behind its last name."""
    stops = [stop for stop in (norm.find(" ", at, end), norm.find("\n", at, end)) if stop > 0]
    return min(stops, default=end)


_DIGITS: Final = regex(r"\d+")


def _row(norm: str, at: int, stop: int, columns: list[str]) -> Row:
    figure = _DIGITS.match(norm, at)
    begin = figure.end() if figure else at
    cells: dict[str, Range] = {}
    end = stop
    if columns[0] == "who":
        end = _behind_names(norm, begin, stop)
        return Row(((at, begin), (begin, end), (end, stop)))
    for name in reversed(columns[1:]):
        start = end
        if name == "when" and (time := _TIME.search(norm, max(begin, end - _LONGEST_NAME), end)):
            start = time.start()
        elif name == "who":
            start = _first_name(norm, begin, end)
        elif name == "help":
            start = _helpers(norm, begin, _first_name(norm, begin, end), end)
        cells[name] = (start, end)
        end = start
    cells["task"] = (begin, end)
    return Row(((at, begin), *(cells[name] for name in columns)))


_LEADING: Final = regex(
    r"(?:[省市县区州镇乡][\u4e00-\u9fff]{1,10}?(?:办公室|委员会|管委会|局|委(?![员办会])|部(?!门)|部门|办(?![公事理法])|厅|中心|公司|集团|政府)"
    r"|各(?:乡镇|镇|乡|街道|单位|部门|有关部门))[、,]?"
)


def _behind_names(norm: str, begin: int, end: int) -> int:
    """Where the names at the beginning of a row end."""
    at = begin
    while (name := _LEADING.match(norm, at, end)) and (at == begin or norm[at - 1] in "、,"):
        at = name.end()
    return at


def _helpers(norm: str, begin: int, start: int, end: int) -> int:
    """Where those who help begin among the last names of a row: behind the last name of those who have the task.

    Where only one list of names stands, it is of those who have the task, not of those who help.
    """
    seam = _SEAM.search(norm, start, end)
    if seam is not None:
        return seam.end()
    return start if start > begin and _SEAM.match(norm, start - 1, end) else end


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
