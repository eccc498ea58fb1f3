"""Rules and periods of reporting, for the supervision office; delivery in one period, for all who may see it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from guatu.web.base.actions import perform
from guatu.web.base.language import language
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.base.problems_in_forms import into
from guatu.web.dispatch.actions.close_period import ClosePeriod
from guatu.web.dispatch.actions.open_periods import OpenPeriods
from guatu.web.dispatch.actions.reopen_period import ReopenPeriod
from guatu.web.dispatch.actions.reopen_run import ReopenRun
from guatu.web.dispatch.actions.set_period_rule import SetPeriodRule
from guatu.web.dispatch.models import Period, PeriodRule
from guatu.web.dispatch.selectors.ladder import ladder
from guatu.web.dispatch.selectors.period_pages import (
    LATE,
    MISSING,
    UNITS,
    ladder_rows,
    period_page,
    plans_with_periods,
    rule_blocks,
)
from guatu.web.dispatch.selectors.reopening import reopening, runs
from guatu.web.kit import export
from guatu.web.kit.day_field import DayField
from guatu.web.kit.downloads import kind_of
from guatu.web.kit.forms import Form, posted
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.typed import NOTHING, Typed, typed
from guatu.web.kit.values import day_of, id_or_none, text_of, whole
from guatu.web.ledger.models import Plan
from guatu.web.ledger.selectors.names import unit_labels


class RuleForm(forms.Form):
    """The fields of a rule; what may be in them is said by the action."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    every = forms.ChoiceField(label=gettext_lazy("频率"), choices=PeriodRule.Every.choices)
    due_day = forms.IntegerField(
        label=gettext_lazy("期后第几日截止"), help_text=gettext_lazy("5 即次月(次季、次年首月)5 日前。")
    )
    roll = forms.BooleanField(label=gettext_lazy("截止日遇节假日顺延到下一工作日"), required=False)
    opens_before = forms.IntegerField(label=gettext_lazy("期末前几日开放填报"))
    closes_after = forms.IntegerField(
        label=gettext_lazy("截止后几日关闭"),
        required=False,
        help_text=gettext_lazy("关闭前可以迟报;留空则不自动关闭。"),
    )
    starts_on = DayField(
        label=gettext_lazy("起始日期"),
        help_text=gettext_lazy("从这一天所在的期开始,每一期都要填报。"),
    )
    ends_on = DayField(label=gettext_lazy("结束日期"), required=False)


@needs("period.edit")
def period_list(request: HttpRequest) -> HttpResponse:
    """Rules of a plan and their periods."""
    return _list_page(request)


def _list_page(request: HttpRequest, form: Typed = NOTHING) -> HttpResponse:
    plans = list(plans_with_periods(actor_of(request)))
    chosen = id_or_none(request.GET, "plan")
    plan = next((one for one in plans if one.pk == chosen), plans[0] if plans else None)
    context = {
        "plans": plans,
        "offered": [(one.pk, one.title) for one in plans],
        "plan": plan,
        "blocks": rule_blocks(plan) if plan else [],
        "runs": runs(actor_of(request).today),
        **form.shown(),
    }
    return render(request, "dispatch/period_list.html", context, status=form.status)


@needs("period.edit")
def rule_edit(request: HttpRequest, plan: int, pk: int | None = None) -> HttpResponse:
    """A new rule of a plan, or a standing one."""
    found = get_object_or_404(Plan, pk=plan)
    rule = get_object_or_404(PeriodRule, pk=pk, plan=found) if pk is not None else None
    if request.method != "POST":
        return _rule_page(request, found, rule, RuleForm(initial=_initial(rule, actor_of(request).today)))
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _rule_page(request, found, rule, form, 422)
    try:
        seen = whole(request.POST, "seen", 0)
        perform(SetPeriodRule(found.pk, rule=pk, seen=seen, **form.cleaned_data), context_of(request))
        # The request's key belongs to the rule.
        perform(OpenPeriods(actor_of(request).today, found.pk), replace(context_of(request), key=""))
    except Problem as problem:
        return _rule_page(request, found, rule, into(form, problem), problem.status)
    messages.success(request, _("规则已保存,到时间的期次已开放。"))
    return redirect(f"{reverse('period_list')}?plan={found.pk}")


def _initial(rule: PeriodRule | None, today: datetime.date) -> dict[str, Any]:
    if rule is None:
        usual = PeriodRule(starts_on=today.replace(day=1), name=_("月调度"))
        return _initial(usual, today)
    names = ("every", "due_day", "roll", "opens_before", "closes_after", "starts_on", "ends_on")
    return {"title": rule.name, **{name: getattr(rule, name) for name in names}}


def _rule_page(
    request: HttpRequest, plan: Plan, rule: PeriodRule | None, form: RuleForm, status: int = 200
) -> HttpResponse:
    return render(request, "dispatch/rule_edit.html", {"plan": plan, "rule": rule, "form": form}, status=status)


@require_POST
@needs("period.edit")
def period_open(request: HttpRequest, plan: int) -> HttpResponse:
    """Opens what is due now, without waiting for the hour."""
    made = perform(OpenPeriods(actor_of(request).today, plan), context_of(request))
    messages.success(request, _("新增 %(n)d 份待填报。") % {"n": made} if made else _("到时间的期次都已开放。"))
    return redirect(f"{reverse('period_list')}?plan={plan}")


def _visible_period(request: HttpRequest, pk: int) -> Period:
    period = get_object_or_404(Period.objects.select_related("rule__plan"), pk=pk)
    if not actor_of(request).may("map.view"):
        raise Http404
    return period


@needs("report.view")
def period_detail(request: HttpRequest, pk: int, form: Typed = NOTHING) -> HttpResponse:
    """Rates by unit, what is late or missing, and what the ladder says."""
    actor, period = actor_of(request), _visible_period(request, pk)
    page = period_page(period, actor.today, actor)
    labels = unit_labels({report.unit_id for report in (*page.late, *page.missing)}, actor.today)
    steps = {step.id: step.zh if language() == "zh" else step.en for step in ladder(actor.today)}
    rows = ladder_rows(period, page, actor.today)
    closed = period.state == Period.State.CLOSED
    context = {
        "period": period,
        "plan": period.rule.plan,
        "page": page,
        "unit_columns": UNITS,
        "missing_columns": MISSING,
        "late_columns": LATE,
        "late": [(report, labels.get(report.unit_id, "")) for report in page.late],
        "missing": [(report, labels.get(report.unit_id, "")) for report in page.missing],
        "proposals": [
            (one, task, unit, one.decision.sentence(language()), steps.get(one.step, "")) for one, task, unit in rows
        ],
        "may_edit": actor.may("period.edit"),
        "reopening": reopening(period) if closed and actor.may("period.edit") else None,
        "language": language(),
        **form.shown(),
    }
    return render(request, "dispatch/period_detail.html", context, status=form.status)


@needs("report.view")
def period_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The table of units as a workbook or text, with numerators and denominators."""
    period = _visible_period(request, pk)
    page = period_page(period, actor_of(request).today, actor_of(request))
    heads = [export.Column(str(one.label), one.width) for one in UNITS]
    lines = ([one.filed(row) for one in UNITS] for row in [*page.units, page.total])
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
def period_reopen_run(request: HttpRequest) -> HttpResponse:
    """Everything that one hourly run closed, of all plans."""
    try:
        done = perform(ReopenRun(text_of(request.POST, "run"), text_of(request.POST, "reason")), context_of(request))
    except Problem as problem:
        return _list_page(request, typed(request, text_of(request.POST, "run"), problem))
    said = _("已重新开放 %(n)d 期,删除提前开放的 %(m)d 期,亮灯稍后重新计算。")
    messages.success(request, said % {"n": done.reopened, "m": done.removed})
    for period, why in done.left.items():
        messages.warning(request, _("%(period)s 保持关闭,已据此发出:%(why)s。") % {"period": period, "why": why})
    return redirect("period_list")
