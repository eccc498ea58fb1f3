"""Grave acts: which steps are grave, what is known when one is decided, and where they are told."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guatu.core.kernel.official import official
from guatu.web.base.actors import Actor
from guatu.web.base.settings_table import setting
from guatu.web.base.templatetags.guatu_tags import light as light_mark
from guatu.web.dispatch.models import Act, Appeal, Circular, LadderEvent, Light, Order, Report
from guatu.web.dispatch.selectors.circular_rows import reason_of
from guatu.web.dispatch.selectors.list_filters import plan_filter, state_mark, unit_filter
from guatu.web.kit.table import Column, Empty, States, Table, Wanted, moment
from guatu.web.ledger.selectors.names import unit_labels

STANDING = (Act.State.TAKEN, Act.State.WITHDRAWING)
OPEN = (Act.State.PROPOSED, Act.State.WITHDRAWING)
"""States in which a second person is waited for."""
CIRCULAR = "circular"
_KNOWN = (*STANDING, Act.State.WITHDRAWN)
_PERIODS = 12


def grave(on: datetime.date) -> dict[str, bool]:
    """The steps that are taken one by one, and whether a second person confirms them."""
    return {row.step: row.second for row in setting("dispatch.grave-steps", on)}


def visible_acts(actor: Actor) -> QuerySet[Act]:
    """All for who takes or confirms them; a unit sees what was done to it, and what was taken back."""
    if actor.may("order.edit") or actor.may("act.confirm"):
        return Act.objects.all()
    rows = Act.objects.filter(state__in=_KNOWN if actor.may("order.view") else ())
    units = actor.units_for("order.view")
    return rows if units is None else rows.filter(unit__in=units)


def facts_of(light: Light, on: datetime.date) -> dict[str, Any]:
    """All that speaks for or against a grave act, as it stands on the day: kept with the act."""
    pair = {"task": light.task_id, "unit": light.unit_id}
    lights = Light.objects.filter(**pair, target=None, period__rule__plan=light.task.plan_id).select_related("period")
    reports = Report.objects.filter(**pair).select_related("period").order_by("-period__ends_on", "-id")
    events = LadderEvent.objects.filter(**pair).order_by("-on", "-id")
    return {
        "on": on.isoformat(),
        "lights": [
            {"id": one.pk, "period": one.period.key, "colour": one.colour, "why": official(reason_of(one.explained))}
            for one in lights.order_by("-period__ends_on", "-id")[:_PERIODS]
        ],
        "reports": [
            {
                "period": one.period.key,
                "due": one.period.due_on.isoformat(),
                "came": timezone.localtime(one.submitted_at).date().isoformat() if one.submitted_at else "",
                "state": one.state,
            }
            for one in reports[:_PERIODS]
        ],
        "orders": [
            {"id": one.pk, "number": one.number, "due": one.due_on.isoformat(), "state": one.state}
            for one in Order.objects.filter(**pair).order_by("-id")[:_PERIODS]
        ],
        "appeals": [
            {"light": one.light_id, "at": timezone.localtime(one.made_at).date().isoformat(), "state": one.state,
             "reason": one.reason}
            for one in Appeal.objects.filter(light__task=light.task_id, light__unit=light.unit_id).order_by("-id")
        ],
        "steps": [
            {"on": one.on.isoformat(), "kind": one.kind, "step": one.step, "reason": one.reason}
            for one in events[:_PERIODS]
        ],
    }  # fmt: skip


def _said(choices: Any, key: str) -> Any:
    return lambda row: dict(choices)[row[key]]


FACT_TABLES: tuple[tuple[str, Any, Sequence[Column[Any]]], ...] = (
    (
        "lights",
        _("各期亮灯"),
        (
            Column("period", _("期次"), lambda row: row["period"]),
            Column(
                "colour",
                _("灯"),
                _said(Light.Colour.choices, "colour"),
                shown=lambda row: light_mark(row["colour"], reverse("light_detail", args=[row["id"]])),
            ),
            Column("why", _("理由"), lambda row: row["why"]),
        ),
    ),
    (
        "reports",
        _("填报"),
        (
            Column("period", _("期次"), lambda row: row["period"]),
            Column("due", _("截止"), lambda row: row["due"]),
            Column("came", _("报送日期"), lambda row: row["came"]),
            Column("state", _("状态"), _said(Report.State.choices, "state")),
        ),
    ),
    (
        "orders",
        _("督办单"),
        (
            Column(
                "number",
                _("编号"),
                lambda row: row["number"],
                link=lambda row: reverse("order_detail", args=[row["id"]]),
            ),
            Column("due", _("反馈时限"), lambda row: row["due"]),
            Column("state", _("状态"), _said(Order.State.choices, "state")),
        ),
    ),
    (
        "appeals",
        _("申诉"),
        (
            Column(
                "at",
                _("提出日期"),
                lambda row: row["at"],
                link=lambda row: reverse("light_detail", args=[row["light"]]),
            ),
            Column("state", _("状态"), _said(Appeal.State.choices, "state")),
            Column("reason", _("理由"), lambda row: row["reason"]),
        ),
    ),
    (
        "steps",
        _("已采取的措施"),
        (
            Column("on", _("日期"), lambda row: row["on"]),
            Column("kind", _("情况"), _said(LadderEvent.Kind.choices, "kind")),
            Column("reason", _("理由"), lambda row: row["reason"]),
        ),
    ),
)


def fact_tables(facts: dict[str, Any]) -> list[tuple[Any, Sequence[Column[Any]], list[Any]]]:
    """Each kind of fact with its columns and rows; one without rows says so."""
    return [(title, columns, facts.get(key, [])) for key, title, columns in FACT_TABLES]


def named_acts(plan_id: int) -> list[Act]:
    """Units that stand to be named in the next circular: no issued one was made since."""
    acts = Act.objects.filter(task__plan=plan_id, step=CIRCULAR, state__in=STANDING)
    last = _last_told(plan_id)
    return list(
        (acts.filter(decided_at__gt=last) if last else acts).select_related("task").order_by("decided_at", "id")
    )


def corrections(plan_id: int) -> list[Act]:
    """Acts that an issued circular told of and that were withdrawn since: the next one says so (更正)."""
    last = _last_told(plan_id)
    acts = Act.objects.filter(task__plan=plan_id, step=CIRCULAR, state=Act.State.WITHDRAWN)
    told = acts.filter(decided_at__lte=last, withdrawn_at__gt=last) if last else acts.none()
    return list(told.select_related("task").order_by("withdrawn_at", "id"))


def _last_told(plan_id: int) -> datetime.datetime | None:
    told = Circular.objects.filter(plan=plan_id, kind=Circular.Kind.CIRCULAR, state=Circular.State.ISSUED)
    return told.order_by("-made_at").values_list("made_at", flat=True).first()


@dataclass(frozen=True)
class ActRow:
    act: Act
    unit: str


def act_rows(acts: Sequence[Act], on: datetime.date) -> list[ActRow]:
    labels = unit_labels({act.unit_id for act in acts}, on)
    return [ActRow(act, labels.get(act.unit_id, "")) for act in acts]


def _groups(actor: Actor) -> list[tuple[str, Any, Q]]:
    """What waits for a second person comes first where somebody confirms."""
    every = ("", _("全部"), Q())
    waiting = ("waiting", _("待确认"), Q(state__in=OPEN))
    states = [(value, label, Q(state=value)) for value, label in Act.State.choices]
    return [every, waiting, *states]


def _rows(actor: Actor, wanted: Wanted) -> QuerySet[Act]:
    return visible_acts(actor).select_related("task__plan", "proposed_by", "decided_by")


ACTS = Table[Act, ActRow](
    title=_("重大措施"),
    rows=_rows,
    lines=lambda acts, actor, wanted: act_rows(acts, actor.today),
    filters=(
        States("state", _("状态"), groups=_groups),
        unit_filter(visible_acts),
        plan_filter(visible_acts, field="task__plan"),
    ),
    columns=(
        Column(
            "label",
            _("措施"),
            lambda row: row.act.label,
            link=lambda row: reverse("act_detail", args=[row.act.pk]),
            head=True,
        ),
        Column("unit", _("单位"), lambda row: row.unit, width=18),
        Column("task", _("任务"), lambda row: f"{row.act.task.number} {row.act.task.title}".strip(), width=36),
        Column("reason", _("理由"), lambda row: row.act.reason, width=40),
        moment("proposed", _("提出时间"), lambda row: row.act.proposed_at, sort="proposed_at"),
        Column("by", _("提出人"), lambda row: row.act.proposed_by or ""),
        Column("decided", _("确认人"), lambda row: row.act.decided_by or ""),
        Column("state", _("状态"), lambda row: row.act.get_state_display(), shown=lambda row: state_mark(row.act)),
    ),
    empty=Empty(_("没有重大措施。"), _("红牌、通报批评、约谈在“建议措施”中逐项提出,确认后列在这里。")),
)
