"""Rules and periods of reporting, for the supervision office; delivery in one period, for all who may see it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import perform
from guatu.web.base.language import joined, language
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.dispatch.actions.close_period import ClosePeriod
from guatu.web.dispatch.actions.open_periods import OpenPeriods
from guatu.web.dispatch.actions.reopen_period import ReopenPeriod
from guatu.web.dispatch.actions.reopen_run import ReopenRun
from guatu.web.dispatch.actions.set_period_rule import SetPeriodRule
from guatu.web.dispatch.models import Period, PeriodRule
from guatu.web.dispatch.selectors.period_pages import (
    LATE,
    MISSING,
    PERIODS,
    PROPOSALS,
    UNITS,
    ladder_rows,
    period_page,
    plans_with_periods,
    rule_blocks,
)
from guatu.web.dispatch.selectors.periods import same_rhythm
from guatu.web.dispatch.selectors.reopening import reopening, runs
from guatu.web.kit import export
from guatu.web.kit.downloads import kind_of
from guatu.web.kit.forms import Form, posted
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import FORM, page
from guatu.web.kit.record import row_values
from guatu.web.kit.typed import NOTHING, Typed, typed
from guatu.web.kit.values import day_of, id_or_none, text_of, whole
from guatu.web.ledger.models import Plan


@page("period.edit", "dispatch/period_list.html")
def period_list(request: HttpRequest) -> dict[str, Any]:
    """Rules of a plan and their periods."""
    plans = list(plans_with_periods(actor_of(request)))
    chosen = id_or_none(request.GET, "plan")
    plan = next((one for one in plans if one.pk == chosen), plans[0] if plans else None)
    return {
        "plans": plans,
        "offered": [(one.pk, one.title) for one in plans],
        "plan": plan,
        "blocks": rule_blocks(plan, actor_of(request).today) if plan else [],
        "period_columns": PERIODS,
        "runs": runs(actor_of(request).today),
    }


RULE = Form("rule", "", SetPeriodRule)


@page("period.edit", FORM)
def rule_edit(
    request: HttpRequest, plan: int, pk: int | None = None, form: Typed = NOTHING
) -> dict[str, Any] | HttpResponseBase:
    """A new rule of a plan, or a standing one."""
    found = get_object_or_404(Plan, pk=plan)
    rule = get_object_or_404(PeriodRule, pk=pk, plan=found) if pk is not None else None
    if request.method == "POST" and form is NOTHING:
        return _save(request, plan, pk)
    usual = PeriodRule(starts_on=actor_of(request).today.replace(day=1), name=_("月调度"))
    values = {"seen": rule.row_version if rule else 0, **row_values(SetPeriodRule, rule or usual)}
    return {
        "page_title": _("修改规则") if rule else _("新建规则"),
        "intro": found.title,
        "note": _("已经开放的期次保持原来公布的日期。") if rule else "",
        "back": _of_plan(plan),
        "page_form": RULE,
        "values": values,
    }


def _save(request: HttpRequest, plan: int, pk: int | None) -> HttpResponseBase:
    try:
        asked = RULE.read(request, plan=plan, rule=pk, seen=whole(request.POST, "seen", 0))
        made = perform(asked, context_of(request))
        # The request's key belongs to the rule.
        perform(OpenPeriods(actor_of(request).today, plan), replace(context_of(request), key=""))
    except Problem as problem:
        return rule_edit(request, plan, pk, form=typed(request, RULE.name, problem))
    messages.success(request, _("规则已保存,到时间的期次已开放。"))
    if others := same_rhythm(made):
        said = _("本方案已有同样频率的规则:%(names)s。同一期一项任务只填报一次:这条规则只开放其他规则没有的期次。")
        messages.warning(request, said % {"names": joined(others)})
    return redirect(_of_plan(plan))


def _of_plan(plan: int) -> str:
    return f"{reverse('period_list')}?plan={plan}"


@require_POST
@needs("period.edit")
def period_open(request: HttpRequest, plan: int) -> HttpResponse:
    """Opens what is due now, without waiting for the hour."""
    made = perform(OpenPeriods(actor_of(request).today, plan), context_of(request))
    messages.success(request, _("新增 %(n)d 份待填报。") % {"n": made} if made else _("到时间的期次都已开放。"))
    return redirect(_of_plan(plan))


def _visible_period(request: HttpRequest, pk: int) -> Period:
    period = get_object_or_404(Period.objects.select_related("rule__plan"), pk=pk)
    if not actor_of(request).may("map.view"):
        raise Http404
    return period


@page("report.view", "dispatch/period_detail.html")
def period_detail(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Rates by unit, what is late or missing, and what the ladder says."""
    actor, period = actor_of(request), _visible_period(request, pk)
    found = period_page(period, actor.today, actor)
    closed = period.state == Period.State.CLOSED
    return {
        "period": period,
        "plan": period.rule.plan,
        "plan_title": found.facts.plan,
        "page": found,
        "unit_columns": UNITS,
        "missing_columns": MISSING,
        "late_columns": LATE,
        "late": [(report, found.facts.unit(report.unit_id)) for report in found.late],
        "missing": [(report, found.facts.unit(report.unit_id)) for report in found.missing],
        "proposals": [] if closed else ladder_rows(period, found, actor.today),
        "proposal_columns": PROPOSALS,
        "may_edit": actor.may("period.edit"),
        "reopening": reopening(period) if closed and actor.may("period.edit") else None,
        "language": language(),
    }


@needs("report.view")
def period_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The table of units as a workbook or text, with numerators and denominators."""
    period = _visible_period(request, pk)
    found = period_page(period, actor_of(request).today, actor_of(request))
    heads = [export.Column(str(one.label), one.width) for one in UNITS]
    lines = ([one.filed(row) for one in UNITS] for row in [*found.units, found.total])
    name = _("填报情况") + f"-{period.key}"
    return export.download(name, heads, lines, kind_of(request), actor_of(request).today)


period_close = posted(
    Form("close", "period_close", ClosePeriod, said=gettext_lazy("本期已关闭,通过的填报已锁定。")),
    "period.edit",
    None,
    "period_detail",
    known=lambda request: {"run": ""},
)


def _until(request: HttpRequest) -> dict[str, Any]:
    return {"closes_on": day_of(request.POST, "closes_on") or actor_of(request).today}


period_reopen = posted(
    Form("reopen", "period_reopen", ReopenPeriod, said=gettext_lazy("本期已重新开放。")),
    "period.edit",
    period_detail,
    "period_detail",
    known=_until,
    sees=_visible_period,
)


@require_POST
@needs("period.edit")
def period_reopen_run(request: HttpRequest) -> HttpResponseBase:
    """Everything that one hourly run closed, of all plans."""
    try:
        done = perform(ReopenRun(text_of(request.POST, "run"), text_of(request.POST, "reason")), context_of(request))
    except Problem as problem:
        return period_list(request, form=typed(request, text_of(request.POST, "run"), problem))
    said = _("已重新开放 %(n)d 期,删除提前开放的 %(m)d 期,亮灯稍后重新计算。")
    messages.success(request, said % {"n": done.reopened, "m": done.removed})
    for period, why in done.left.items():
        messages.warning(request, _("%(period)s 保持关闭,已据此发出:%(why)s。") % {"period": period, "why": why})
    return redirect("period_list")
