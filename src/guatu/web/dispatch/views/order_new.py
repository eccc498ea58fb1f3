"""The form by which an order is issued: from a red light, a problem, a task, or by hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.kernel.official import official
from guatu.web.base.middleware import context_of
from guatu.web.base.templatetags.guatu_tags import counted_day
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.dispatch.actions.issue_order import IssueOrder
from guatu.web.dispatch.actions.take_step import order_words
from guatu.web.dispatch.models import Light, Problem
from guatu.web.dispatch.selectors.circular_rows import reason_of
from guatu.web.dispatch.selectors.orders import default_due
from guatu.web.kit.forms import Form
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import Sends, page
from guatu.web.kit.typed import Typed
from guatu.web.kit.values import id_or_none, iso
from guatu.web.ledger.selectors.running import running_plans, task_or_none, units_with_duties


def _first(request: HttpRequest) -> dict[str, Any]:
    light, problem, task = (id_or_none(request.GET, name) for name in ("light", "problem", "task"))
    if light is not None:
        return _of_light(request, light)
    if problem is not None:
        return _of_problem(problem)
    of_task = {} if task is None else {"task": task, "unit": id_or_none(request.GET, "unit")}
    return {**of_task, "due_on": _usual(request)}


def _usual(request: HttpRequest) -> str:
    return iso(default_due(actor_of(request).today))


def _of_light(request: HttpRequest, pk: int) -> dict[str, Any]:
    light = get_object_or_404(Light.objects.select_related("task"), pk=pk)
    subject, text = order_words(light.task, official(reason_of(light.explained)), context_of(request))
    return {
        "light": light.pk,
        "task": light.task_id,
        "unit": light.unit_id,
        "subject": subject,
        "text": text,
        "due_on": _usual(request),
    }


def _of_problem(pk: int) -> dict[str, Any]:
    problem = get_object_or_404(Problem.objects.select_related("task"), pk=pk)
    return {
        "problem": problem.pk,
        "task": problem.task_id,
        "unit": problem.unit_id,
        "subject": f"{problem.task.title}存在的问题"[:200],
        "text": f"{problem.text}\n请研究解决,明确责任人和完成时间,并反馈办理情况。",
        "due_on": iso(problem.due_on),
    }


@page(
    "order.edit",
    "dispatch/order_new.html",
    sends=Sends(
        Form("new", "order_new", IssueOrder, said=lambda order: _("%(number)s 已下达。") % {"number": order.number}),
        lambda order: reverse("order_detail", args=[order.pk]),
        first=_first,
        known=lambda request: {"unit": id_or_none(request.POST, "unit") or 0},
    ),
)
def order_new(request: HttpRequest, form: Typed) -> dict[str, Any]:
    """The form, filled in as far as its source says; `?light=`, `?problem=` or `?task=` and `?unit=` name it."""
    today = actor_of(request).today
    task = task_or_none(id_or_none(form.values, "task"))
    busy = units_with_duties(task)
    return {
        "task": task,
        "plans": running_plans(),
        "units": [(node.id, node.name) for _depth, node in unit_tree(today).walk() if node.id in busy],
        "default_due": counted_day(default_due(actor_of(request).today)),
    }
