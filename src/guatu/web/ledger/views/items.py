"""Tasks and targets of the plan room, corrected in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from guatu.web.base.actions import perform
from guatu.web.base.language import joined
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Conflict, Invalid, Problem
from guatu.web.directory.selectors.match import matcher
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.values import day_of, iso, number_of, text_of, whole
from guatu.web.ledger.actions.add_target import AddTarget
from guatu.web.ledger.actions.correct_target import CorrectTarget
from guatu.web.ledger.actions.correct_task import CorrectTask
from guatu.web.ledger.actions.drop_target import DropTarget
from guatu.web.ledger.actions.duties import DutyInput
from guatu.web.ledger.models import Duty, Plan, Target, Task
from guatu.web.ledger.room_words import room_words
from guatu.web.ledger.selectors.names import unit_labels
from guatu.web.ledger.selectors.room import duty_groups, target_cards, task_cards
from guatu.web.ledger.selectors.visible import visible_target, visible_task
from guatu.web.ledger.target_fields import target_fields
from guatu.web.ledger.views.room import card
from guatu.web.ledger.wording import plain

MOST_DUTIES = 100


@dataclass(frozen=True)
class DutyLine:
    """A line of the form as it was typed."""

    at: int
    role: str
    text: str
    units: str
    problem: str = ""


@needs("plan.edit")
def task_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a task in place of its card; saved, the card stands there again."""
    task = visible_task(actor_of(request), pk)
    if request.method != "POST":
        return render(request, "ledger/_task_form.html", _form_of(request, task))
    try:
        action = CorrectTask(
            pk,
            whole(request.POST, "row_version"),
            text_of(request.POST, "title"),
            day_of(request.POST, "due"),
            text_of(request.POST, "domain"),
            text_of(request.POST, "waiver"),
            _duties(request, task),
        )
        task = perform(action, context_of(request))
    except Problem as problem:
        context = {**_form_of(request, task), **_typed(request.POST, problem), "problem": problem}
        return render(request, "ledger/_task_form.html", context, status=problem.status)
    return card(request, task)


def _form_of(request: HttpRequest, task: Task) -> dict[str, Any]:
    """The form as the task stands now, with the newest version: whoever saves has seen it."""
    fresh = Task.objects.select_related("plan").prefetch_related("duties", "targets").get(pk=task.pk)
    labels = unit_labels((d.unit_id for d in fresh.duties.all() if d.unit_id), actor_of(request).today)
    groups = duty_groups(fresh, labels)
    return {
        "task": fresh,
        "card": task_cards([fresh], actor_of(request).today)[0],
        "typed_form": f"task-{fresh.pk}",
        "typed": {"title": fresh.title, "due": iso(fresh.due), "domain": fresh.domain, "waiver": fresh.waiver},
        "lines": [DutyLine(at, g.role, g.text, g.units_text) for at, g in enumerate(groups)],
        "roles": Duty.Role.choices,
        "domain_list": f"domains-{fresh.pk}",
        "domains": _domains(fresh.plan),
    }


def _domains(plan: Plan) -> list[str]:
    return sorted(set(plan.tasks.exclude(domain="").values_list("domain", flat=True)))


def _typed(data: QueryDict, problem: Problem) -> dict[str, Any]:
    """What was typed, to be shown again."""
    lines = [
        DutyLine(
            line.at,
            line.role,
            line.text,
            line.units,
            str(problem.message) if problem.field.startswith(f"duty-{line.at}-") else "",
        )
        for line in _lines(data)
    ]
    typed = {name: text_of(data, name) for name in ("title", "due", "domain", "waiver")}
    return {"typed": typed, "lines": lines, "conflict": isinstance(problem, Conflict)}


def _lines(data: QueryDict) -> list[DutyLine]:
    rows = zip(data.getlist("duty_role"), data.getlist("duty_text"), data.getlist("duty_units"), strict=False)
    return [DutyLine(at, role, text.strip(), units.strip()) for at, (role, text, units) in enumerate(rows)]


def _duties(request: HttpRequest, task: Task) -> tuple[DutyInput, ...]:
    """Lines of the form with their units found; a line without words and units is left out."""
    names = matcher(unit_tree(actor_of(request).today))
    reasons = dict(task.duties.filter(unit=None).values_list("text", "unlinked"))
    lines, found = _lines(request.POST), []
    if len(lines) > MOST_DUTIES:
        raise Invalid(_("一项任务最多 %(most)d 行责任。") % {"most": MOST_DUTIES}, field=f"duty-{MOST_DUTIES}-units")
    for line in lines:
        if not line.text and not line.units:
            continue
        ids = []
        for written in filter(
            None, (part.strip() for part in line.units.replace(",", "、").replace("，", "、").split("、"))
        ):
            unit_id = names.known(written)
            if unit_id is None:
                raise Invalid(_unknown(written, names), field=f"duty-{line.at}-units")
            ids.append(unit_id)
        found.append(DutyInput(line.role, line.text or line.units[:120], tuple(ids), reasons.get(line.text, "")))
    return tuple(found)


def _unknown(written: str, names: Any) -> str:
    likely = joined(s.name for s in names.suggest(written, 3))
    message = _("机构目录中没有“%(name)s”。") % {"name": written[:60]}
    return message + (_("是否指:%(likely)s?") % {"likely": likely} if likely else _("请先在“机构”中添加。"))


@needs("plan.edit")
def target_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a target in place of its line."""
    target = visible_target(actor_of(request), pk)
    if request.method != "POST":
        return render(request, "ledger/_target_form.html", _target_form(target))
    try:
        values = target_values_of(request.POST)
        perform(CorrectTarget(pk, whole(request.POST, "row_version"), values), context_of(request))
    except Problem as problem:
        return _target_problem(request, Target.objects.get(pk=pk), problem)
    return _target_line(request, Target.objects.select_related("task", "plan").get(pk=pk))


@needs("plan.edit")
def target_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new target of a task."""
    task = visible_task(actor_of(request), pk)
    target = Target(task=task, plan=task.plan, version=task.version, op="=", due=task.due)
    if request.method != "POST":
        return render(request, "ledger/_target_form.html", _target_form(target))
    try:
        perform(AddTarget(pk, target_values_of(request.POST)), context_of(request))
    except Problem as problem:
        return _target_problem(request, target, problem)
    return card(request, task)


@needs("plan.edit")
@require_POST
def target_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Strikes a target out, or brings it back."""
    target = visible_target(actor_of(request), pk)
    dropped = text_of(request.POST, "restore") != "1"
    try:
        target = perform(DropTarget(pk, whole(request.POST, "row_version"), dropped), context_of(request))
    except Problem as problem:
        return _target_line(request, Target.objects.get(pk=pk), problem)
    return _target_line(request, target)


@needs("plan.view")
def target_line(request: HttpRequest, pk: int) -> HttpResponse:
    """The line of a target again, when its form is left."""
    return _target_line(request, visible_target(actor_of(request), pk))


def _target_line(request: HttpRequest, target: Target, problem: Problem | None = None) -> HttpResponse:
    context = {
        "item": target_cards([target])[0],
        "plan": target.plan,
        "may_edit": actor_of(request).may("plan.edit"),
        "problem": problem,
        "w": room_words(),
    }
    return render(request, "ledger/_target.html", context, status=problem.status if problem else 200)


def _target_form(target: Target) -> dict[str, Any]:
    typed = {
        "metric": target.metric,
        "scope": target.scope,
        "op": target.op,
        "value": plain(target.value),
        "value_max": plain(target.value_max),
        "unit_text": target.unit_text,
        "due": iso(target.due),
        "direction": target.direction,
        "kind": target.kind,
        "course": target.course,
        "base_value": plain(target.base_value),
        "tracked": target.tracked,
        "task_id": target.task_id,
    }
    tasks = target.plan.tasks.exclude(state=Task.State.DROPPED).only("annex", "path", "title", "plan_id")
    return {
        "target": target,
        "typed": typed,
        "typed_form": f"target-{target.pk or 'new'}",
        "fields": target_fields([(task.pk, f"{task.number} {task.title}") for task in tasks] if target.pk else ()),
    }


def _target_problem(request: HttpRequest, target: Target, problem: Problem) -> HttpResponse:
    context = _target_form(target)
    typed: dict[str, Any] = {name: text_of(request.POST, name) for name in context["typed"]}
    typed["tracked"] = bool(typed["tracked"])
    context |= {"typed": typed, "problem": problem, "conflict": isinstance(problem, Conflict)}
    return render(request, "ledger/_target_form.html", context, status=problem.status)


def target_values_of(data: QueryDict) -> dict[str, Any]:
    """Fields of a target out of a form; only those that the form has."""
    texts = ("metric", "scope", "op", "unit_text", "direction", "kind", "bound", "change", "reported", "course")
    values: dict[str, Any] = {name: text_of(data, name) for name in texts if name in data}
    values |= {n: number_of(data, n) for n in ("value", "value_max", "base_value", "tolerance") if n in data}
    values |= {name: day_of(data, name) for name in ("due", "base_date") if name in data}
    if "task_id" in data:
        values["task_id"] = whole(data, "task_id") if text_of(data, "task_id") else None
    if "has_tracked" in data:
        values["tracked"] = text_of(data, "tracked") == "1"
    return values
