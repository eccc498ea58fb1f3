"""The rows of the task list as HTML.

A page of a hundred tasks is some two thousand small values. Put together here it takes a tenth of the time that the
template language takes for it, and this is the page that everybody opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guatu.web.base.addresses import address_form
from guatu.web.ledger import extensions
from guatu.web.ledger.selectors.tasks import TaskRow


class TaskTable:
    """Rows for one page; `with_plan` names the plan under each task."""

    def __init__(self, with_plan: bool) -> None:
        self.with_plan = with_plan
        self.task, self.target = address_form("task_detail"), address_form("target_detail")
        heads = (_("编号"), _("任务"), _("牵头"), _("责任"), _("配合"), _("指标"), _("时限"), _("状态"))
        self.labels = [escape(head) for head in heads]
        self.more = [escape(str(column.label)) for column in extensions.columns]
        self.overdue = escape(_("已过"))

    def html(self, rows: Iterable[TaskRow]) -> SafeString:
        return mark_safe(
            "".join(f"<tr>{''.join(self._cells(row))}</tr>" for row in rows)
        )  # each value is escaped below

    def _cells(self, row: TaskRow) -> Iterator[str]:
        number, task, lead, responsible, support, targets, due, state = self.labels
        yield f'<td class="text-nowrap" data-label="{number}">{_or_dash(row.number)}</td>'
        yield f'<td class="cell-title" data-label="{task}">{self._task(row)}</td>'
        yield f'<td data-label="{lead}">{_or_dash(row.lead)}</td>'
        yield f'<td data-label="{responsible}">{_or_dash(row.responsible)}</td>'
        yield f'<td data-label="{support}">{_or_dash(row.support)}</td>'
        yield f'<td data-label="{targets}">{self._targets(row)}</td>'
        yield f'<td class="text-nowrap{" sum-off fw-bold" if row.overdue else ""}" data-label="{due}">{self._due(row)}</td>'
        yield f'<td class="text-nowrap" data-label="{state}">{escape(row.state_label)}</td>'
        for label, cell in zip(self.more, row.cells, strict=True):
            # A cell of another app is escaped here unless it says that it is markup.
            yield f'<td class="text-nowrap" data-label="{label}">{escape_once(cell.html) if cell else "—"}</td>'

    def _task(self, row: TaskRow) -> str:
        link = f'<a href="{self.task % row.pk}">{escape(row.title)}</a>'
        below = [row.domain, row.plan if self.with_plan else ""]
        words = " · ".join(escape(part) for part in below if part)
        return f'{link}<div class="text-secondary small">{words}</div>' if words else link

    def _targets(self, row: TaskRow) -> str:
        links = (f'<div><a href="{self.target % t.pk}">{escape(t.words)}</a></div>' for t in row.targets)
        return "".join(links) or "—"

    def _due(self, row: TaskRow) -> str:
        day = row.due.isoformat() if row.due else "—"
        return f'{day} <span class="small">{self.overdue}</span>' if row.overdue else day


def _or_dash(text: str) -> str:
    return escape(text) if text else "—"


def escape_once(html: SafeString | str) -> str:
    """Markup as it is, text escaped."""
    return html if isinstance(html, SafeString) else escape(html)
