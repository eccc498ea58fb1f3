"""The list of targets, in the order of their plans; those of a whole plan stand before those of its tasks."""

from __future__ import annotations

from typing import Any

from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.base.addresses import address_form
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Choose, Column, Empty, Pick, Search, Table, Wanted, day, number
from guatu.web.ledger.models import Allocation, Target, Task
from guatu.web.ledger.selectors.share_gaps import gap_words
from guatu.web.ledger.selectors.tasks import LEDGER_PLANS, plan_choices
from guatu.web.ledger.wording import goal_words


def ledger_targets(actor: Actor, wanted: Wanted) -> QuerySet[Target]:
    """Targets of confirmed plans that the actor may see."""
    targets = Target.objects.filter(plan__state__in=LEDGER_PLANS).exclude(task__state=Task.State.PROPOSED)
    units = actor.units_for("plan.view")
    if units is not None:
        targets = targets.filter(Q(task=None) | Q(task__duties__unit__in=units)).distinct()
    shares = Allocation.objects.filter(target=OuterRef("pk")).order_by().values("target")
    return targets.select_related("plan", "task").annotate(
        place=Coalesce("task__order", Value(-1)),
        shared=Subquery(shares.annotate(sum=Sum("value")).values("sum")),
    )


def _mark(one: Any) -> str:
    """A target whose shares do not make it says so."""
    open_ = one.kind == Target.Kind.CUMULATIVE and one.shared is not None and not one.shares_kept and not one.dropped
    return f"({gap_words(one.value - one.shared, one.unit_text)})" if open_ and one.shared != one.value else ""


def _tracked(value: Any, actor: Actor) -> Q:
    return Q(tracked=value == "1", dropped=False)


TARGETS = Table[Target, Target](
    title=_("指标"),
    rows=ledger_targets,
    lines=lambda targets, actor, wanted: targets,
    order=Order((By("plan_id"), By("place", field=IntegerField()), By("start"), By("id"))),
    size=100,
    filters=(
        Search("q", _("指标或任务"), wide=True, fields=("metric", "task__title")),
        Pick("plan", _("所属方案"), "plan", wide=True, choices=plan_choices, every=_("全部方案")),
        Pick("task", field="task", hidden=True),
        Choose("kind", _("口径"), "kind", choices=Target.Kind.choices),
        Choose(
            "tracked",
            _("调度"),
            choices=(("1", _("纳入调度的")), ("0", _("不调度的"))),
            default="1",
            every=_("全部"),
            which=_tracked,
        ),
    ),
    columns=(
        Column("plan", _("所属方案"), lambda one: one.plan.title, on_page=False, width=28),
        Column("number", _("编号"), lambda one: one.task.number if one.task else "", on_page=False, width=12),
        Column(
            "metric",
            _("指标"),
            lambda one: one.metric,
            link=lambda one: address_form("target_detail") % one.pk,
            shown=lambda one: f"{one.scope} {one.metric}{_mark(one)}",
            css="cell-title",
            width=30,
        ),
        Column(
            "task",
            _("任务"),
            lambda one: one.task.title if one.task else "",
            link=lambda one: address_form("task_detail") % one.task_id if one.task_id else "",
            shown=lambda one: f"{one.task.number} {one.task.title}" if one.task else str(_("全方案")),
            css="cell-title",
            width=30,
        ),
        Column("scope", _("范围"), lambda one: one.scope, on_page=False),
        Column("op", _("要求"), lambda one: one.op, on_page=False, width=8),
        number("base", _("基数"), lambda one: one.base_value, sort="base_value"),
        number("value", _("目标值"), lambda one: one.value, shown=lambda one: f"{goal_words(one)} {one.unit_text}"),
        number("most", _("上限"), lambda one: one.value_max, on_page=False),
        Column("unit", _("计量单位"), lambda one: one.unit_text, on_page=False, width=10),
        day("due", _("时限"), lambda one: one.due, sort="due"),
        Column("kind", _("口径"), lambda one: one.get_kind_display()),
        Column("direction", _("方向"), lambda one: one.get_direction_display(), width=12),
        Column("course", _("进度曲线"), lambda one: one.get_course_display()),
    ),
    empty=Empty(_("没有符合条件的指标。")),
)
