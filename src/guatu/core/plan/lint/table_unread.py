"""A table that was not understood or not even seen, a task column that was guessed, rows and limits that were not read.

The heart of most plans is a table. What of it is not understood has to be seen before the ledger is believed.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.tables import TableReading, unread_limits
from guatu.core.plan.commitments.targets_places import captions, has_places, shares_out
from guatu.core.plan.ledger.build import WITHOUT_GOALS
from guatu.core.plan.lint.view import LintView, shortened

TABLE = Kind(
    "plan.table-unread",
    "warning",
    zh="这个表格（{rows} 行，表头“{head}”）没有读：看不出哪一列是任务、由谁办，请核对",
    en="this table ({rows} rows, heads “{head}”) was not read: nothing says which column holds tasks or whose they are",
)
GUESSED = Kind(
    "plan.table-guessed",
    "warning",
    zh="表头“{head}”不认识，按内容把这一列当作任务列（{rows} 行），请核对",
    en="the head “{head}” is not known; by its cells this column was taken for the tasks ({rows} rows): check it",
)
ROW = Kind(
    "plan.row-unread",
    "warning",
    zh="表格中的这一行没有读成任务：“{text}”，请核对",
    en="this row of the table was not read as a task: “{text}”: check it",
)
LIMIT = Kind(
    "plan.limit-unread",
    "warning",
    zh="“{head}”一栏写的“{text}”不是时间，这项任务没有时限，请核对",
    en="“{text}” in the column “{head}” is no time, so that the task has no limit: check it",
)
HEADS = Kind(
    "plan.heads-unread",
    "warning",
    zh="“{head}”像是表头，但后面没有读成表格，请核对",
    en="“{head}” looks like the heads of a table, and what follows was not read as one: check it",
)
FIGURES = Kind(
    "plan.figures-unread",
    "warning",
    zh="表格“{caption}”（{rows} 行）的数字没有读成指标，请核对表头，并在表上方写明“单位：…”",
    en="the {rows} rows of “{caption}” were not read as targets: check their heads and write the unit above them",
)
JOINED = Kind(
    "plan.figures-joined",
    "warning",
    zh="这一行各列的数字连在一起（“{text}”），没有读成指标，请用带单元格的原表",
    en="the figures of all columns run together (“{text}”) and were not read: use the table with its cells",
)
KINDS = (TABLE, GUESSED, ROW, LIMIT, HEADS, FIGURES, JOINED)

_NUMBERS: Final = "序号"
_BEHIND: Final = regex(r"[^。;:,()]{0,40}")
_WHO: Final = regex(r"(?:责任|牵头|配合|主办|协办|承办|实施|落实)(?:单位|部门|主体|处室|科室)")
_WHAT: Final = regex(r"任务|措施|内容|事项|项目|工作|指标|目标|问题")


_RUN = regex(r"[\u4e00-\u9fff)]\d{7,}(?:\.\d+)?(?=[\u4e00-\u9fff]|\s|$)")
_FEWEST_RUNS = 3
_NO_FIGURES = regex(r"电话|手机|联系|账号|编号|代码|证")
_TOTAL = regex("合计|总计|小计|单位")


def check(view: LintView) -> Iterator[Finding]:
    yield from _heads(view)
    yield from _joined(view)
    for document, tables in zip(view.documents, view.tables, strict=True):
        spans = [*(one.span for one in document.targets), *(one.span for one in document.funds)] if tables else []
        amounts = sorted(span.start for span in spans)
        words = captions([one.table for one in tables], view.norm)
        for table, above in zip(tables, words, strict=True):
            yield from _rows(view, table)
            yield from _limits(view, table)
            if document.kind not in WITHOUT_GOALS and table.kind == "figures":
                yield from _figures(view, amounts, table, above.caption)


def _figures(view: LintView, amounts: Sequence[int], table: TableReading, caption: str) -> Iterator[Finding]:
    """A table that sets goals, by the words above it or of its heads, of which not one was read."""
    span = view.span(table.table.start, table.table.end)
    read = bisect_left(amounts, span.start) < bisect_left(amounts, span.end)
    if not read and shares_out(caption, table.columns) and has_places(table.columns):
        head = table.table.rows[0]
        yield view.at(FIGURES, head.start, head.end, caption=shortened(caption), rows=len(table.rows) - 1)


def _heads(view: LintView) -> Iterator[Finding]:
    """序号, a word of tasks and one of units close together, where no table was read."""
    read = sorted((one.table.start, one.table.end) for tables in view.tables for one in tables)
    at = view.norm.find(_NUMBERS)
    while at >= 0:
        behind = _BEHIND.match(view.norm, at)
        end = behind.end() if behind else at
        last = read[place - 1] if (place := bisect_right(read, (at, len(view.norm)))) else (0, 0)
        who = _WHO.search(view.norm, at, end)
        if not last[0] <= at < last[1] and who and _WHAT.search(view.norm, at, end):
            yield view.at(HEADS, at, who.end(), head=shortened(view.raw[at : who.end()]))
        at = view.norm.find(_NUMBERS, end + 1)


def _rows(view: LintView, table: TableReading) -> Iterator[Finding]:
    if table.title is not None and table.guessed:
        head = table.table.rows[0].seen(table.title.index)
        shown = shortened(table.title.head or view.raw[slice(*head)])
        yield view.at(GUESSED, *head, head=shown, rows=table.count("task"))
    unread = [row.row for row in table.rows if row.kind == "unread"]
    if unread and table.kind == "other":
        heads = [view.raw[slice(*cell)] for cell in table.table.rows[0].cells]
        shown = shortened(" ".join(filter(None, heads)))
        yield view.at(TABLE, table.table.start, table.table.end, rows=len(unread), head=shown)
        return
    for row in unread:
        text = shortened(" ".join(view.raw[slice(*cell)] for cell in row.cells))
        yield view.at(ROW, row.start, row.end, text=text)


def _limits(view: LintView, table: TableReading) -> Iterator[Finding]:
    heads = table.columns.of("deadline")
    for cell in unread_limits(table, view.norm):
        yield view.at(LIMIT, *cell, head=heads[0].head, text=shortened(view.raw[slice(*cell)]))


def _joined(view: LintView) -> Iterator[Finding]:
    """Lines in which names and the figures of several columns alternate with nothing between."""
    runs: dict[int, list[re.Match[str]]] = {}
    start = end = 0
    for run in _RUN.finditer(view.norm):
        start = view.norm.rfind("\n", end, run.start()) + 1 or start
        end = run.end()
        runs.setdefault(start, []).append(run)
    for start, found in runs.items():
        first, last = found[0], found[-1]
        above = view.norm[max(0, start - _ABOVE) : first.start()]
        line = view.norm[first.start() : last.end() + _ABOVE]
        if (
            len(found) >= _FEWEST_RUNS
            and view.norm.find("。", first.start(), last.end()) < 0
            and _TOTAL.search(above + line)
            and not _NO_FIGURES.search(above)
        ):
            text = view.raw[first.start() : first.end()]
            yield view.at(JOINED, first.start(), last.end(), text=shortened(text))


_ABOVE = 120
