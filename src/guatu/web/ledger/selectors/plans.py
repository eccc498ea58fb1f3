"""Plans as rows of a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guatu.web.base.actors import Actor
from guatu.web.base.addresses import address_form
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Choose, Column, Empty, Search, Table, number
from guatu.web.ledger.models import Duty, Plan, PlanVersion, Task

HEAVY = ("text", "compiled", "findings")
"""Columns of a version that a list does not need."""


@dataclass(frozen=True)
class PlanRow:
    plan: Plan
    version: PlanVersion | None
    open: int
    done: int
    proposed: int
    unlinked: int
    edits: bool

    def tasks(self, state: str) -> str:
        """The address of its tasks in a state, where it has some."""
        return f"{reverse('task_list')}?plan={self.plan.pk}&state={state}" if getattr(self, state) else ""


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    """Drafts are seen by those who edit plans."""
    plans = Plan.objects.all()
    return plans if actor.may("plan.edit") else plans.exclude(state=Plan.State.DRAFT)


def plan_rows(plans: Sequence[Plan], actor: Actor) -> list[PlanRow]:
    """Counts of some plans and their latest version; three queries."""
    ids, edits = [plan.pk for plan in plans], actor.may("plan.edit")
    counts = _counts(ids)
    unlinked = dict(
        Duty.objects.filter(task__plan__in=ids, unit=None, unlinked="")
        .exclude(task__state=Task.State.DROPPED)
        .values_list("task__plan")
        .annotate(n=Count("text", distinct=True))
    )
    versions: dict[int, PlanVersion] = {}
    for version in PlanVersion.objects.filter(plan__in=ids).defer(*HEAVY).select_related("job").order_by("number"):
        versions[version.plan_id] = version
    return [
        PlanRow(plan, versions.get(plan.pk), *counts.get(plan.pk, (0, 0, 0)), unlinked.get(plan.pk, 0), edits)
        for plan in plans
    ]


def _counts(ids: list[int]) -> dict[int, tuple[int, int, int]]:
    rows = (
        Task.objects.filter(plan__in=ids)
        .order_by()
        .values_list("plan")
        .annotate(
            open=Count("pk", filter=Q(state=Task.State.OPEN)),
            done=Count("pk", filter=Q(state=Task.State.DONE)),
            proposed=Count("pk", filter=Q(state=Task.State.PROPOSED)),
        )
    )
    return {plan: (is_open, done, proposed) for plan, is_open, done, proposed in rows}


def state_badge(plan: Plan) -> SafeString:
    colour = {Plan.State.CONFIRMED: "green", Plan.State.DRAFT: "yellow"}.get(Plan.State(plan.state), "secondary")
    return format_html('<span class="badge bg-{}-lt state-badge">{}</span>', colour, plan.get_state_display())


def _title(row: PlanRow) -> SafeString:
    plan = row.plan
    link = format_html('<a class="fw-bold" href="{}">{}</a>', address_form("plan_room") % plan.pk, plan.title)
    if not plan.issued_on:
        return link
    return format_html('{}<div class="text-secondary small">{} {}</div>', link, plan.issuer, plan.issued_on)


def _to_do(name: str, count: Callable[[PlanRow], int]) -> Callable[[PlanRow], str]:
    """The page on which those who edit plans see to what is counted."""
    return lambda row: address_form(name) % row.plan.pk if row.edits and count(row) else ""


PLANS = Table[Plan, PlanRow](
    title=pgettext_lazy("list", "方案"),
    rows=lambda actor, wanted: visible_plans(actor),
    lines=lambda plans, actor, wanted: plan_rows(plans, actor),
    order=Order((By("created_at", down=True), By("id", down=True))),
    filters=(
        Search("q", _("方案名称"), wide=True, fields=("title",)),
        Choose("state", _("状态"), "state", choices=Plan.State.choices),
    ),
    columns=(
        Column("title", pgettext_lazy("list", "方案"), lambda row: row.plan.title, shown=_title),
        Column("doc_no", _("发文字号"), lambda row: row.plan.doc_no),
        Column("state", _("状态"), lambda row: row.plan.get_state_display(), shown=lambda row: state_badge(row.plan)),
        number("open", _("推进中"), lambda row: row.open, link=lambda row: row.tasks("open")),
        number("done", _("已销号"), lambda row: row.done, link=lambda row: row.tasks("done")),
        number(
            "proposed",
            _("待确认"),
            lambda row: row.proposed,
            link=_to_do("plan_check", lambda row: row.proposed),
        ),
        number(
            "unlinked",
            _("未挂接单位"),
            lambda row: row.unlinked,
            link=_to_do("plan_units", lambda row: row.unlinked),
        ),
        Column("version", _("最新版本"), lambda row: "", template="ledger/_plan_version.html"),
    ),
    empty=Empty(
        _("没有方案。"),
        lambda actor: (
            _("在上面选择方案文件,系统会读出任务、单位、指标和时限,由您校核后确认。")
            if actor.may("plan.edit")
            else _("方案确认后会出现在这里。")
        ),
    ),
)
