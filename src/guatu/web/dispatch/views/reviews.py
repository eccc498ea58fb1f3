"""Reports to be reviewed: the list, one of them, several at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guatu.web.base.actions import perform
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.parsing import figure_of
from guatu.web.base.problems import Problem
from guatu.web.dispatch.actions.accept_reports import AcceptReports
from guatu.web.dispatch.actions.review_report import ReviewReport
from guatu.web.dispatch.models import Light, Period, Report
from guatu.web.dispatch.selectors.answering import Answering
from guatu.web.dispatch.selectors.checks import findings
from guatu.web.dispatch.selectors.evidence import ask_of, evidence_of
from guatu.web.dispatch.selectors.period_facts import facts_of
from guatu.web.dispatch.selectors.report_form import figure_fields, history, sealed_fields, stored
from guatu.web.dispatch.selectors.review_lists import REVIEWS, peers_said
from guatu.web.dispatch.selectors.reviewing import PERMISSION, Reviewing
from guatu.web.dispatch.selectors.seen import visible_report
from guatu.web.kit.forms import Form
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import exported, listed, page
from guatu.web.kit.sent import sent
from guatu.web.kit.table import queried
from guatu.web.kit.typed import NOTHING, Typed
from guatu.web.kit.values import id_or_none

# First what waits for the reader; what waits for others, was returned or accepted by filter.
review_list = listed(PERMISSION, REVIEWS, "review_export", "dispatch/review_list.html")
review_export = exported(PERMISSION, REVIEWS)


def _decided(after: Report) -> str:
    words: dict[str, str] = {
        Report.State.RETURNED: _("已退回,填报单位会看到原因。"),
        Report.State.SUBMITTED: _("已通过初审,转下一级审核。"),
    }
    return words.get(after.state, _("已通过,亮灯随后更新。"))


def _next(request: HttpRequest, report: Report) -> str:
    """The next report that waits for the reader, in the order of the list; the list when none does."""
    waiting = queried(REVIEWS.sorted(actor_of(request), {"group": "mine"}))
    after = waiting.filter(period=report.period_id).exclude(pk=report.pk).first()
    return reverse("review_detail", args=[after.pk]) if after else reverse("review_list")


@page(PERMISSION, "dispatch/review_detail.html")
def review_detail(request: HttpRequest, pk: int, form: Typed = NOTHING) -> dict[str, Any] | HttpResponseBase:
    actor = actor_of(request)
    report = visible_report(actor, pk)
    if request.method == "POST" and form is NOTHING:
        return sent(
            request,
            lambda: Form("", "", ReviewReport).read(request, report=pk, accept=request.POST.get("do") == "accept"),
            lambda form: review_detail(request, pk, form=form),
            lambda after: _next(request, report),
            _decided,
        )
    evidence = evidence_of(report)
    ask_of((one.file for one in evidence), actor, report=pk)
    answering = Answering([report.task_id])
    answers = answering.reported(report.task_id, report.unit_id)
    values, notes = stored(report)
    numbers = {pk: figure_of(text) for pk, text in values.items() if str(pk) not in report.typed}
    said = [*findings(report, answers, numbers), *peers_said(report, answers, answering)]
    reviewing = Reviewing([report.task_id], actor)
    facts = facts_of([report.period], actor.today)[report.period_id]
    waits = report.state == Report.State.SUBMITTED and reviewing.may_review(report)
    again = report.state == Report.State.ACCEPTED and "supervision" in actor.roles
    return {
        "report": report,
        "task": report.task,
        "period": report.period,
        "unit": facts.unit(report.unit_id),
        "figures": sealed_fields(report, facts, values, notes)
        if facts.sealed
        else figure_fields(report, answers, values, notes, said),
        "evidence": evidence,
        "history": history(report),
        "lights": _lights(report),
        "may_accept": waits,
        "may_return": (waits or again) and report.period.state == Period.State.OPEN,
        "last": reviewing.is_last(report),
    }


def _lights(report: Report) -> list[Light]:
    """The unit's lights for the task, newest first."""
    rows = Light.objects.filter(task=report.task_id, unit=report.unit_id, target=None).select_related("period")
    return list(rows.order_by("-period__ends_on")[:6])


@require_POST
@needs(PERMISSION)
def review_accept(request: HttpRequest) -> HttpResponse:
    """Accepts what was ticked; each tick carries the version that was seen."""
    seen: dict[int, int] = {}
    for ticked in request.POST.getlist("report"):
        pk, _dot, version = ticked.partition(".")
        values: dict[str, Any] = {"pk": pk, "version": version}
        found, at = id_or_none(values, "pk"), id_or_none(values, "version")
        if found is not None and at is not None:
            seen[found] = at
    back = reverse("review_list") + (f"?{request.POST.get('back')}" if request.POST.get("back") else "")
    try:
        done = perform(AcceptReports(seen), context_of(request))
    except Problem as problem:
        messages.error(request, str(problem.message))
        return redirect(back)
    if done.count:
        messages.success(request, ngettext("已通过 %(n)d 份。", "已通过 %(n)d 份。", done.count) % {"n": done.count})
    for text in sorted(set(done.left.values())):
        count = sum(other == text for other in done.left.values())
        words = ngettext("%(n)d 份没有通过:%(why)s", "%(n)d 份没有通过:%(why)s", count)
        messages.warning(request, words % {"n": count, "why": text})
    return redirect(back)
