"""A total in a table (合计) that differs from the sum of its column, or of its row.

The rows are what the towns are given; the total is what the county reports. Columns that do not add up by their nature
(rates, averages, serial numbers) and tables with subtotals are left alone; a row is looked at only where the other rows
of the table show what its total adds up.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView
from guatu.core.plan.outline.model import Row, Table

KIND = Kind(
    "plan.table-sum-mismatch",
    "error",
    zh="合计栏写的是{total}，{line_zh}相加是{sum}，请核对",
    en="the total says {total}, the {line_en} adds up to {sum}: check the figures",
)

_TOTAL = regex(r"(?:全[县市区镇乡])?(?:合 ?计|总 ?计|共 ?计)")
_SUBTOTAL = regex(r"小 ?计")
_NOT_ADDED = regex(r"序号|编号|率|%|比|平均|人均|户均|标准|单价|年份|电话|名次|得分|时间|日期")
_NUMBER = regex(r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?")
_FEWEST_ROWS = 2
_FIRST_CELLS = 2
# A total row may lack the empty cells at its end.
_BOUND = (0, 3)


def check(view: LintView) -> Iterator[Finding]:
    for document in view.outline.documents:
        for table in document.tables:
            cells = [[view.norm[start:end].strip() for start, end in row.cells] for row in table.rows]
            yield from _in_table(view, table, cells)
            yield from _in_rows(view, table, cells)


def _in_table(view: LintView, table: Table, cells: Sequence[Sequence[str]]) -> Iterator[Finding]:
    totals = [i for i, row in enumerate(cells) if any(_TOTAL.fullmatch(cell) for cell in row[:_FIRST_CELLS])]
    if len(totals) != 1 or any(_SUBTOTAL.search(cell) for row in cells for cell in row[:_FIRST_CELLS]):
        return
    at = totals[0]
    body = cells[1:at] if at == len(cells) - 1 else cells[at + 1 :] if at == 1 else []
    for column in range(1, len(cells[at])):
        if _BOUND[0] <= len(cells[0]) - len(cells[at]) <= _BOUND[1] and not _NOT_ADDED.search(cells[0][column]):
            yield from _compared(view, table.rows[at], cells[at], column, [row for row in body if len(row) > column])


def _compared(
    view: LintView, row: Row, totals: Sequence[str], column: int, body: Sequence[Sequence[str]]
) -> Iterator[Finding]:
    total = _number(totals[column])
    parts = [_number(cells[column]) for cells in body]
    known = [part for part in parts if part is not None]
    if total is None or len(known) < _FEWEST_ROWS or len(known) < len(parts):
        return
    value = sum((part for part, _ in known), Fraction(0))
    slack = total[1] + sum((slack for _, slack in known), Fraction(0)) / 2
    if abs(value - total[0]) > slack:
        start, end = row.cells[column]
        shown = f"{float(value):.10g}"
        yield view.at(KIND, start, end, total=totals[column], sum=shown, line_zh="本列", line_en="column")


def _in_rows(view: LintView, table: Table, cells: Sequence[Sequence[str]]) -> Iterator[Finding]:
    """Rows with a total of their own."""
    header = cells[0] if cells else []
    for column in (i for i, cell in enumerate(header) if _ROW_TOTAL.fullmatch(cell)):
        first = column
        while first > 0 and not _NO_PART.search(header[first - 1]):
            first -= 1
        if column - first < _FEWEST_ROWS:
            continue
        rows = [i for i, row in enumerate(cells[1:], 1) if len(row) > column and not _TOTAL.fullmatch(row[0])]
        figures = [(i, [_number(cell) for cell in cells[i][first : column + 1]]) for i in rows]
        known = [(i, [part[0] for part in parts if part is not None]) for i, parts in figures if None not in parts]
        wrong = [(i, sum(parts[:-1], Fraction(0))) for i, parts in known if sum(parts[:-1], Fraction(0)) != parts[-1]]
        if len(wrong) * _WRONG_AMONG <= len(known) and len(known) - len(wrong) >= _FEWEST_ROWS:
            for i, value in wrong:
                start, end = table.rows[i].cells[column]
                shown = f"{float(value):.10g}"
                yield view.at(KIND, start, end, total=cells[i][column], sum=shown, line_zh="本行", line_en="row")


_ROW_TOTAL = regex(r"(?:合 ?计|小 ?计|总 ?计|共 ?计)(?:\([^()]{1,8}\))?")
_NO_PART = regex(rf"^(?:单位|名称|乡镇|项目|地区|内容|备注)|{_NOT_ADDED.pattern}|{_ROW_TOTAL.pattern}")
_WRONG_AMONG = 4
"""At most one row in so many is wrong; else the total means something else."""


def _number(cell: str) -> tuple[Fraction, Fraction] | None:
    """A figure with half a unit of its last decimal."""
    match = _NUMBER.fullmatch(cell)
    if match is None:
        return None
    decimals = match["decimals"] or ""
    slack = Fraction(1, 2 * 10 ** (len(decimals) - 1)) if decimals else Fraction(0)
    return Fraction(match["whole"].replace(",", "") + decimals), slack
