"""What leaders write on something, and what they are asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.dispatch.actions.instruct import AskLeader, Instruct
from guatu.web.dispatch.models import Instruction
from guatu.web.dispatch.selectors.circulars import visible_circular
from guatu.web.dispatch.selectors.instructions import INSTRUCTIONS, visible_instructions
from guatu.web.dispatch.selectors.orders import default_due
from guatu.web.dispatch.selectors.seen import visible_report
from guatu.web.kit.field import Field
from guatu.web.kit.forms import Form
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import Sends, exported, page
from guatu.web.kit.typed import Typed
from guatu.web.kit.values import id_or_none, iso
from guatu.web.ledger.selectors.running import running_plans, task_or_none, units_with_duties

_PLAN = Field("plan", _("方案"), "select", required=True, choices="plans", none=_("请选择"))
_UNIT = Field("unit", _("落实单位"), "select", choices="units", none=_("请选择"))
INSTRUCT = Form(
    "instruct",
    "",
    Instruct,
    (
        Field("text", _("批示"), "area", required=True, attributes={"rows": 4}),
        _PLAN,
        _UNIT,
        Field("due_on", _("反馈时限"), "date"),
    ),
    button=_("批示"),
    icon="send",
    said=lambda made: str(
        _("已批示,%(number)s 开始办理。") % {"number": made.order.number} if made.order else _("已答复。")
    ),
)
ASK = Form(
    "ask",
    "",
    AskLeader,
    (Field("text", _("请示事项"), "area", required=True, attributes={"rows": 5}), _PLAN),
    button=_("呈报"),
    icon="send",
    said=_("已呈报,领导的首页会显示。"),
)


@page("order.view", "dispatch/instruction_list.html", INSTRUCTIONS, "instruction_export")
def instruction_list(request: HttpRequest) -> dict[str, Any]:
    return {}


instruction_export = exported("order.view", INSTRUCTIONS)


def _given(request: HttpRequest, name: str) -> int | None:
    return id_or_none(request.GET, name)


def _question(request: HttpRequest) -> Instruction | None:
    pk = _given(request, "question")
    return get_object_or_404(visible_instructions(actor_of(request)), pk=pk) if pk is not None else None


def _first(request: HttpRequest) -> dict[str, Any]:
    """The unit that a report or a question is of, and the usual day."""
    found: dict[str, Any] = {"due_on": iso(default_due(actor_of(request).today))}
    question = _question(request)
    report = _given(request, "report")
    if question is not None:
        return {**found, "unit": question.unit_id}
    unit = visible_report(actor_of(request), report).unit_id if report else _given(request, "unit")
    return {**found, "unit": unit}


def _known(request: HttpRequest) -> dict[str, Any]:
    return {name: _given(request, name) for name in ("task", "report", "circular", "question")}


@page(
    "instruction.write",
    "dispatch/instruction_new.html",
    sends=Sends(INSTRUCT, lambda made: reverse("instruction_list"), first=_first, known=_known),
)
def instruction_new(request: HttpRequest, form: Typed) -> dict[str, Any]:
    """`?task=`, `?unit=`, `?report=`, `?circular=` or `?question=` say what it is written on."""
    actor = actor_of(request)
    question, report, circular = _question(request), _given(request, "report"), _given(request, "circular")
    seen = visible_report(actor, report) if report else None
    task = question.task if question else seen.task if seen else task_or_none(_given(request, "task"))
    paper = visible_circular(actor, circular) if circular else None
    settled = task is not None or question is not None or paper is not None
    return {
        "page_title": INSTRUCT.button,
        "task": task,
        "question": question,
        "circular": paper,
        "without": ["plan"] if settled else [],
        "seen": question.row_version if question else "",
        "plans": running_plans(),
        "units": list(_units(actor.today, units_with_duties(task))),
        "back": reverse("instruction_list"),
    }


def _units(on: Any, busy: set[int]) -> Iterable[tuple[int, str]]:
    return ((node.id, node.name) for _depth, node in unit_tree(on).walk() if node.id in busy)


@page(
    "instruction.ask",
    "dispatch/instruction_new.html",
    sends=Sends(
        ASK,
        lambda made: reverse("instruction_list"),
        known=lambda request: {"task": _given(request, "task"), "unit": None},
    ),
)
def instruction_ask(request: HttpRequest) -> dict[str, Any]:
    """A question to the leaders; `?task=` says what it is about."""
    task = task_or_none(_given(request, "task"))
    return {
        "page_title": _("请示领导"),
        "task": task,
        "without": ["plan"] if task else [],
        "plans": running_plans(),
        "back": reverse("instruction_list"),
    }
