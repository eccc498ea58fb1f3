"""The ledger of tasks, and all that is known of one of them."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from guatu.web.base.models import AuditEntry
from guatu.web.base.shown import Shown, first
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.table import table_export, table_page
from guatu.web.ledger import extensions
from guatu.web.ledger.models import Task
from guatu.web.ledger.selectors.names import unit_labels
from guatu.web.ledger.selectors.room import duty_groups, target_cards
from guatu.web.ledger.selectors.visible import visible_task
from guatu.web.ledger.task_table import task_table

HISTORY = 50


@needs("plan.view")
def task_list(request: HttpRequest) -> HttpResponseBase:
    context = {"may_edit": actor_of(request).may("plan.edit"), "export_url": reverse("task_export")}
    return table_page(request, task_table(), "ledger/task_list.html", context)


@needs("plan.view")
def task_export(request: HttpRequest) -> HttpResponseBase:
    return table_export(request, task_table())


@needs("plan.view")
def task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    task = visible_task(actor_of(request), pk)
    labels = unit_labels((d.unit_id for d in task.duties.all() if d.unit_id), actor_of(request).today)
    targets = list(task.targets.all())
    context = {
        "task": task,
        "duties": duty_groups(task, labels),
        "targets": target_cards(targets),
        "milestones": task.milestones.order_by("order", "id"),
        "history": _history(task, [t.pk for t in targets]),
        "panels": [panel(request, task) for panel in extensions.task_panels],
        "may_edit": actor_of(request).may("plan.edit"),
    }
    return render(request, "ledger/task_detail.html", context)


def _history(task: Task, targets: list[int]) -> Shown[AuditEntry]:
    """Audit lines of the task and its targets, newest first."""
    own = Q(object_type="ledger.task", object_id=str(task.pk))
    theirs = Q(object_type="ledger.target", object_id__in=[str(pk) for pk in targets])
    return first(AuditEntry.objects.filter(own | theirs).select_related("user").order_by("-id"), HISTORY)
