"""Tables whose columns say what is to be done, by whom and by when."""

import re

import msgspec

from guatu.core.plan.commitments.duties import DutyDraft, read_roles
from guatu.core.plan.commitments.tasks import TaskDraft, unique
from guatu.core.plan.commitments.units import split_units
from guatu.core.plan.model import Role
from guatu.core.plan.outline.model import OutlineDocument, Row, Table

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(?:序号?|编号|项次|No\.?)$")),
    ("lead", re.compile(r"牵头|主办|主责|第一责任")),
    ("support", re.compile(r"配合|协办|协同|参与|协助")),
    ("person", re.compile(r"领导|责任人|联系人|负责人|人员$")),
    ("responsible", re.compile(r"(?:责任|实施|承办|落实|承担|负责|建设)(?:单位|部门|主体|科室|机构)|^责任$")),
    ("deadline", re.compile(r"时限|时间|期限|进度|节点|年限|完成日期")),
    ("title", re.compile(r"^(?!目标).*(?:任务|内容|事项|措施|举措)")),
    ("target", re.compile(r"目标|指标|标准|成效|要求|数量|规模")),
    ("title", re.compile(r"任务|内容|事项|项目|措施|举措|工程|清单|名称")),
    ("group", re.compile(r"类别|类型|领域|方面|分类|专项|大项|一级")),
)
_SUM_ROW = re.compile(r"(?:合 ?计|总 ?计|小 ?计|备注|说明|注)(?:[:：]|$)")


_ROLES: tuple[Role, ...] = ("lead", "responsible", "support")


class Columns(msgspec.Struct, frozen=True):
    """Which cell of a row holds what."""

    of: dict[str, list[int]]
    header: int

    def first(self, name: str) -> int | None:
        return next(iter(self.of.get(name, ())), None)


def task_tables(document: OutlineDocument, norm: str) -> list[tuple[Table, Columns]]:
    """The tables of tasks of a document; a table without a head, cut off by a line between, goes on the one above."""
    found: list[tuple[Table, Columns]] = []
    width = 0
    for written in document.tables:
        table = _rejoined(written)
        cols = columns(table, norm)
        if cols is None and found and len(table.rows[0].cells) == width:
            cols = Columns(found[-1][1].of, -1)
        if cols:
            found.append((table, cols))
            width = len(table.rows[0].cells)
    return found


def _rejoined(table: Table) -> Table:
    """Rows that a line break inside a cell took apart are one row again: its halves share the cell that was broken."""
    width = len(table.rows[0].cells)
    rows: list[Row] = []
    for row in table.rows:
        last = rows[-1].cells if rows else ()
        if 1 < len(last) < width and len(last) + len(row.cells) - 1 == width and row.cells[0][0] < row.cells[0][1]:
            broken = (last[-1][0], row.cells[0][1])
            rows[-1] = Row((*last[:-1], broken, *row.cells[1:]))
        else:
            rows.append(row)
    return Table(table.start, table.end, tuple(rows))


def columns(table: Table, norm: str) -> Columns | None:
    """The columns of a table of tasks, or None where it is another table."""
    for i, row in enumerate(table.rows[:3]):
        of: dict[str, list[int]] = {}
        for j, (start, end) in enumerate(row.cells):
            name = _column(norm[start:end].replace(" ", ""))
            if name:
                of.setdefault(name, []).append(j)
        if "title" in of and ({"lead", "responsible"} & of.keys() or ("deadline" in of and "number" in of)):
            return Columns(of, i)
    return None


def _column(text: str) -> str | None:
    if not text or len(text) > 16:
        return None
    return next((name for name, pattern in _COLUMNS if pattern.search(text)), None)


def table_tasks(document: OutlineDocument, norm: str) -> list[TaskDraft]:
    """One task a row; a row without a number or units goes on the row above."""
    found: list[TaskDraft] = []
    for table, cols in task_tables(document, norm):
        found += _rows(document, table, cols, norm)
    return found


def _rows(document: OutlineDocument, table: Table, cols: Columns, norm: str) -> list[TaskDraft]:
    prefix = _above(document, table.start)
    found: list[TaskDraft] = []
    above: dict[str, list[DutyDraft]] = {}
    column = _title_column(table, cols, norm)
    for row in table.rows[cols.header + 1 :]:
        title = _title(row, column, norm)
        if title is None:
            continue
        duties = _duties(row, cols, norm, above)
        number = _cell(row, cols.first("number"), norm).rstrip(".、") or str(len(found) + 1)
        start, end = row.cells[0][0], row.cells[-1][1]
        found.append(TaskDraft((*prefix, number), title, start, end, unique(duties)))
    return found


def _above(document: OutlineDocument, at: int) -> tuple[str, ...]:
    """Path of the item under which a table stands."""
    path: tuple[str, ...] = ()
    for node in document.nodes():
        if node.start > at:
            break
        path = node.path
    return path


def _cell(row: Row, i: int | None, norm: str) -> str:
    if i is None or i >= len(row.cells):
        return ""
    return norm[slice(*row.cells[i])].strip()


def _title_column(table: Table, cols: Columns, norm: str) -> int:
    """Of several columns with words of a task, the first that tells the rows apart; a merged one names groups."""
    candidates = cols.of["title"]
    for i in candidates:
        texts = [_cell(row, i, norm) for row in table.rows[cols.header + 1 :] if not _is_sum(row, norm)]
        if len(set(texts)) == len(texts) and all(texts):
            return i
    return candidates[-1]


def _is_sum(row: Row, norm: str) -> bool:
    return bool(_SUM_ROW.match(norm[slice(*row.cells[0])].strip()))


def _title(row: Row, column: int, norm: str) -> str | None:
    title = _cell(row, column, norm)
    if not title or _is_sum(row, norm) or (_column(title) == "title" and len(title) <= 6):
        return None
    return re.split(r"[。;:\n]", title, maxsplit=1)[0][:80]


def _duties(row: Row, cols: Columns, norm: str, above: dict[str, list[DutyDraft]]) -> list[DutyDraft]:
    """Units of the row. An empty cell of the lead means that of the row above (cells merged downwards).

    So do the other empty cells of a row that names nobody; beside a lead of its own they mean nobody.
    """
    named = {role: _named(row, cols, norm, role) for role in _ROLES}
    above.update({role: drafts for role, drafts in named.items() if drafts})
    nobody = not any(named.values())
    return [
        draft for role in _ROLES for draft in (named[role] or (above.get(role, []) if role == "lead" or nobody else []))
    ]


def _named(row: Row, cols: Columns, norm: str, role: Role) -> list[DutyDraft]:
    return [d for i in cols.of.get(role, []) if i < len(row.cells) for d in _units(*row.cells[i], norm, role)]


def _units(start: int, end: int, norm: str, role: Role) -> list[DutyDraft]:
    named = list(read_roles(norm, start, end))
    if named:
        return named
    return [DutyDraft(role, name, at, stop) for name, at, stop in split_units(norm, start, end)]


def table_limits(document: OutlineDocument, norm: str) -> list[tuple[int, int]]:
    """Cells of the columns that say by when."""
    found = []
    for table, cols in task_tables(document, norm):
        found += [
            row.cells[i]
            for row in table.rows[cols.header + 1 :]
            for i in cols.of.get("deadline", [])
            if i < len(row.cells)
        ]
    return found
