"""The milestones of a task: the table, the days counted back, the picture, and how far each one is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.web.base.language import language
from guatu.web.base.methods import require_POST
from guatu.web.base.problems import Invalid
from guatu.web.dispatch.actions.mark_milestone import MarkMilestone
from guatu.web.dispatch.actions.milestone_rights import may_plan
from guatu.web.dispatch.actions.set_milestones import MOST, Row, SetMilestones
from guatu.web.dispatch.selectors.core_rows import calendars
from guatu.web.dispatch.selectors.duties import reporting_units
from guatu.web.dispatch.selectors.gantt import gantt
from guatu.web.dispatch.selectors.milestones import milestones_of, moves, progress_of, schedule
from guatu.web.kit.forms import Form
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import page
from guatu.web.kit.sent import sent
from guatu.web.kit.typed import NOTHING, Typed
from guatu.web.kit.values import day_of, id_or_none, text_of, whole
from guatu.web.ledger.models import Milestone, Task
from guatu.web.ledger.selectors.names import unit_labels
from guatu.web.ledger.selectors.visible import visible_task

EMPTY_ROWS = 3


@dataclass(frozen=True)
class TypedRow:
    """One line of the table as it stands or was typed; `at` counts from 0."""

    at: int
    pk: int | None
    version: int
    title: str
    days: str
    after: str
    unit_id: int | None
    removed: bool = False

    @property
    def number(self) -> int:
        return self.at + 1

    @property
    def is_blank(self) -> bool:
        return self.pk is None and not self.title


def _set(request: HttpRequest, pk: int) -> HttpResponseBase:
    typed = _typed(request.POST)
    done = _("已倒排,各节点的日期如下。") if request.POST.get("do") == "count" else ""
    return sent(
        request,
        lambda: SetMilestones(pk, _rows(typed), _seen(typed), _start(request)),
        lambda form: task_milestones(request, pk, form=form),
        reverse("task_milestones", args=[pk]),
        done,
        "plan",
    )


def _start(request: HttpRequest) -> datetime.date | None:
    if request.POST.get("do") != "count":
        return None
    start = day_of(request.POST, "start")
    if start is None:
        raise Invalid(_("倒排前请填写最早可以开工的日期。"), field="start")
    return start


def _typed(data: Mapping[str, Any]) -> list[TypedRow]:
    """The lines that a browser sent, blank ones too: numbers of predecessors count lines as they were shown."""
    count = min(whole(data, "count", 0), MOST + EMPTY_ROWS)
    return [
        TypedRow(
            at,
            id_or_none(data, f"id-{at}"),
            whole(data, f"version-{at}", 0),
            text_of(data, f"title-{at}"),
            text_of(data, f"days-{at}"),
            text_of(data, f"after-{at}"),
            id_or_none(data, f"unit-{at}"),
            data.get(f"remove-{at}") == "1",
        )
        for at in range(count)
    ]


def _seen(typed: list[TypedRow]) -> dict[int, int]:
    return {row.pk: row.version for row in typed if row.pk is not None}


def _rows(typed: list[TypedRow]) -> list[Row]:
    """Lines that stay. A predecessor that was removed is no predecessor any more."""
    kept = [row for row in typed if not row.removed and not row.is_blank]
    places = {row.at: place for place, row in enumerate(kept)}
    gone = {row.at for row in typed if row.removed}
    return [Row(row.title, _days(row), _after(row, places, gone), row.unit_id, row.pk) for row in kept]


def _days(row: TypedRow) -> int:
    if not row.days.isascii() or not row.days.isdecimal() or len(row.days) > 5:
        raise Invalid(_("工作日请填整数;会议、验收等当天完成的填 0。"), field=f"days-{row.at}")
    return int(row.days)


def _after(row: TypedRow, places: Mapping[int, int], gone: set[int]) -> tuple[int, ...]:
    found = []
    for part in row.after.replace("，", ",").replace("、", ",").replace(" ", ",").split(","):
        if not part:
            continue
        at = int(part) - 1 if part.isascii() and part.isdecimal() and len(part) < 5 else -1
        if at in gone:
            continue
        if at not in places or at == row.at:
            raise Invalid(_("前置节点请填表中其他行的序号,如 1,2。"), field=f"after-{row.at}")
        found.append(places[at])
    return tuple(dict.fromkeys(found))


@page("plan.view", "dispatch/milestones.html")
def task_milestones(request: HttpRequest, pk: int, form: Typed = NOTHING) -> dict[str, Any] | HttpResponseBase:
    task = visible_task(actor_of(request), pk)
    if request.method == "POST" and form is NOTHING:
        return _set(request, pk)
    today: datetime.date = actor_of(request).today
    rows = milestones_of([task.pk]).get(task.pk, [])
    by = calendars(today)
    start = _first_day(task, rows, today, request)
    plan = schedule(task, rows, start, by) if rows else None
    now = moves(rows, today, by)
    placed = {one.id: one for one in plan.rows} if plan else {}
    moved = {one.id: one for one in now}
    units = reporting_units([task.pk]).get(task.pk, [])
    edits = may_plan(actor_of(request), task.pk)
    return {
        "task": task,
        "rows": [(row, progress_of(row), placed.get(str(row.pk)), moved.get(str(row.pk))) for row in rows],
        "lines": _shown(rows, _typed(request.POST) if form.form == "plan" else None) if edits else [],
        "units": list(unit_labels(units, today).items()),
        "findings": [finding.message(language()) for finding in plan.findings] if plan else [],
        "agreed": bool(now),
        "picture": gantt(rows, plan.rows if plan else [], now, today, task.due),
        "start": text_of(request.POST, "start") or start.isoformat(),
        "may_edit": edits,
        "today": today,
    }


def _first_day(task: Task, rows: list[Milestone], today: datetime.date, request: HttpRequest) -> datetime.date:
    """The first day on which work may begin: as agreed, else the day on which the plan was issued, else today."""
    agreed = [row.planned_start for row in rows if row.planned_start]
    if agreed:
        return min(agreed)
    issued = task.plan.issued_on
    return issued if issued and (task.due is None or issued < task.due) else today


def _shown(rows: list[Milestone], typed: list[TypedRow] | None) -> list[TypedRow]:
    """The lines of the form, with some that are empty."""
    if typed is not None:
        lines = [row for row in typed if not row.is_blank]
        versions = {row.pk: row.row_version for row in rows}
        lines = [
            TypedRow(at, r.pk, versions.get(r.pk or 0, r.version), r.title, r.days, r.after, r.unit_id, r.removed)
            for at, r in enumerate(lines)
        ]
    else:
        places = {row.pk: at for at, row in enumerate(rows)}
        lines = [_line(at, row, places) for at, row in enumerate(rows)]
    count = len(lines)
    return lines + [TypedRow(count + at, None, 0, "", "", "", None) for at in range(EMPTY_ROWS)]


def _line(at: int, row: Milestone, places: Mapping[int, int]) -> TypedRow:
    after = ",".join(str(places[one.pk] + 1) for one in row.after.all() if one.pk in places)
    known = progress_of(row)
    return TypedRow(at, row.pk, row.row_version, row.title, str(row.days), after, known.unit_id if known else None)


@require_POST
@needs("plan.view")
def milestone_mark(request: HttpRequest, pk: int) -> HttpResponseBase:
    """When it was begun, when it is expected, when it was done."""
    milestone = get_object_or_404(Milestone.objects.select_related("task"), pk=pk)
    task = visible_task(actor_of(request), milestone.task_id)
    if not may_plan(actor_of(request), task.pk):
        raise Http404
    return sent(
        request,
        lambda: Form("", "milestone_mark", MarkMilestone).read(request, milestone=pk),
        lambda form: task_milestones(request, task.pk, form=form),
        reverse("task_milestones", args=[task.pk]),
        form=str(pk),
    )
