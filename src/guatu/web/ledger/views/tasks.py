"""The ledger of tasks, and all that is known of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from guatu.web.base.models import AuditEntry
from guatu.web.ledger import export, extensions
from guatu.web.ledger.models import Duty, Task
from guatu.web.ledger.selectors.names import unit_labels
from guatu.web.ledger.selectors.room import duty_groups, target_cards
from guatu.web.ledger.selectors.tasks import (
    DUE,
    SORTS,
    STATES,
    TaskFilter,
    TaskRow,
    cell_value,
    filtered,
    in_blocks,
    options,
    task_rows,
    totals,
)
from guatu.web.ledger.task_table import TaskTable
from guatu.web.ledger.views.common import needs, visible_task
from guatu.web.ledger.views.fields import id_or_none, text_of

SIZES = (100, 200, 500)
"""Tasks on a page: the first is what is shown where nobody asks for more."""
HISTORY = 50


def filter_of(data: QueryDict) -> TaskFilter:
    """What an address asks for."""
    return TaskFilter(
        plan=id_or_none(data, "plan"),
        unit=id_or_none(data, "unit"),
        role=text_of(data, "role"),
        town=id_or_none(data, "town"),
        domain=text_of(data, "domain"),
        state=text_of(data, "state"),
        due=text_of(data, "due"),
        q=text_of(data, "q")[:100],
        sort=text_of(data, "sort"),
        more={column.name: text_of(data, column.name) for column in extensions.columns},
    )


@needs("plan.view")
def task_list(request: HttpRequest) -> HttpResponse:
    wanted = filter_of(request.GET)
    tasks = filtered(request.actor, wanted)
    sums = totals(tasks, request.actor.today)
    size = next((size for size in SIZES if text_of(request.GET, "rows") == str(size)), SIZES[0])
    paginator = Paginator(tasks, size)
    paginator.count = sums.tasks
    page = paginator.get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "sizes": SIZES if sums.tasks > SIZES[0] else (),
        "size": size,
        "rows": TaskTable(with_plan=wanted.plan is None).html(task_rows(page.object_list, request.actor)),
        "totals": sums,
        "wanted": wanted,
        "choices": options(request.actor),
        "columns": extensions.columns,
        "added_filters": [_added_filter(column, wanted) for column in extensions.columns if column.choices],
        "roles": Duty.Role.choices,
        "states": list(STATES.items()),
        "dues": list(DUE.items()),
        "sorts": list(SORTS),
        "filtering": any(v for k, v in request.GET.items() if k not in ("page", "sort", "rows")),
        "may_edit": request.actor.may("plan.edit"),
    }
    return render(request, "ledger/task_list.html", context)


def _added_filter(column: extensions.Column, wanted: TaskFilter) -> dict[str, Any]:
    choices = column.choices() if column.choices else ()
    return {"name": column.name, "label": column.label, "choices": choices, "value": wanted.more.get(column.name, "")}


@needs("plan.view")
def task_export(request: HttpRequest) -> HttpResponse:
    """Exactly what the list shows, all pages of it, as a workbook or as text."""
    rows = in_blocks(filtered(request.actor, filter_of(request.GET)), request.actor)
    columns = [
        export.Column(_("所属方案"), 28),
        export.Column(_("编号"), 12),
        export.Column(_("任务"), 36),
        export.Column(_("领域"), 18),
        export.Column(_("牵头单位"), 18),
        export.Column(_("责任单位"), 28),
        export.Column(_("配合单位"), 24),
        export.Column(_("指标"), 40),
        export.Column(_("完成时限"), 12),
        export.Column(_("状态"), 10),
        *(export.Column(str(column.label), 12) for column in extensions.columns),
    ]
    kind = "csv" if text_of(request.GET, "format") == "csv" else "xlsx"
    return export.download(_("任务台账"), columns, _cells(rows), kind, request.actor.today)


def _cells(rows: Iterator[TaskRow]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            row.plan,
            row.number,
            row.title,
            row.domain,
            row.lead,
            row.responsible,
            row.support,
            "\n".join(target.words for target in row.targets),
            row.due,
            row.state_label,
            *(cell_value(cell) for cell in row.cells),
        ]


@needs("plan.view")
def task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    task = visible_task(request, pk)
    labels = unit_labels((d.unit_id for d in task.duties.all() if d.unit_id), request.actor.today)
    targets = list(task.targets.all())
    context = {
        "task": task,
        "duties": duty_groups(task, labels),
        "targets": target_cards(targets),
        "milestones": task.milestones.order_by("order", "id"),
        "history": _history(task, [t.pk for t in targets]),
        "panels": [panel(request, task) for panel in extensions.task_panels],
        "may_edit": request.actor.may("plan.edit"),
    }
    return render(request, "ledger/task_detail.html", context)


def _history(task: Task, targets: list[int]) -> list[AuditEntry]:
    """Audit lines of the task and its targets, newest first."""
    own = Q(object_type="ledger.task", object_id=str(task.pk))
    theirs = Q(object_type="ledger.target", object_id__in=[str(pk) for pk in targets])
    return list(AuditEntry.objects.filter(own | theirs).select_related("user").order_by("-id")[:HISTORY])
