"""A table whose task column was guessed, or a row of it that is no task and nothing else that has a name.

The heart of most plans is a table. What of it is not understood has to be seen before the ledger is believed: the
column that was taken for the task, and each row that was not taken at all.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.view import LintView, shortened

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
KINDS = (GUESSED, ROW)


def check(view: LintView) -> Iterator[Finding]:
    for table in (table for tables in view.tables for table in tables):
        if table.title is not None and table.guessed:
            head = table.table.rows[0].seen(table.title.index)
            shown = shortened(table.title.head or view.raw[slice(*head)])
            yield view.at(GUESSED, *head, head=shown, rows=table.count("task"))
        for row in table.rows:
            if row.kind == "unread":
                text = shortened(" ".join(view.raw[slice(*cell)] for cell in row.row.cells))
                yield view.at(ROW, row.row.start, row.row.end, text=text)
