"""A unit's reports: what is due, and the form of one."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.web.base.actions import perform
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.parsing import figure_of
from guatu.web.base.problems import Conflict, Invalid, Problem
from guatu.web.dispatch.actions.reports import EDITABLE
from guatu.web.dispatch.actions.save_report import INSTANCE_USED, SaveReport
from guatu.web.dispatch.models import Period, Report
from guatu.web.dispatch.selectors.answering import Answer
from guatu.web.dispatch.selectors.checks import Said, findings
from guatu.web.dispatch.selectors.delivered import DELIVERED
from guatu.web.dispatch.selectors.evidence import evidence_of
from guatu.web.dispatch.selectors.period_facts import facts_of
from guatu.web.dispatch.selectors.report_form import (
    Texts,
    answers_for,
    figure_fields,
    history,
    sealed_fields,
    stored,
    texts_of,
)
from guatu.web.dispatch.selectors.report_lists import REPORTS
from guatu.web.dispatch.selectors.seen import visible_report
from guatu.web.dispatch.views.evidence import store_files
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import exported, listed
from guatu.web.kit.values import text_of, whole

report_list = listed("report.write", REPORTS, "report_export", "dispatch/report_list.html")
report_export = exported("report.write", REPORTS)
delivered_list = listed("report.view", DELIVERED, "delivered_export")
delivered_export = exported("report.view", DELIVERED)


@dataclass
class Form:
    """The form of a report: as it stands, or as it was typed, with what is wrong with it."""

    report: Report
    answers: list[Answer]
    texts: Texts
    values: Mapping[int, str]
    notes: Mapping[int, str]
    seen: int
    instance: str
    problem: Problem | None = None
    file_problems: list[str] = field(default_factory=list)

    @property
    def said(self) -> list[Said]:
        numbers = {}
        units = {answer.target.pk: answer.target.unit_text for answer in self.answers}
        for pk, text in self.values.items():
            try:
                numbers[pk] = figure_of(text, "", units.get(pk))
            except Invalid:
                continue
        return findings(self.report, self.answers, numbers)

    @property
    def warned(self) -> bool:
        return self.problem is not None and self.problem.code in ("report.has-warnings", "report.reason-missing")


def stored_form(report: Report) -> Form:
    values, notes = stored(report)
    return Form(report, answers_for(report), texts_of(report), values, notes, report.row_version, uuid.uuid4().hex)


def typed_form(report: Report, data: Any) -> Form:
    """What a browser sent. Raises `Invalid` where it is no form of ours."""
    answers = answers_for(report)
    ids = [answer.target.pk for answer in answers]
    progress, problems, next_step = (str(data.get(name, "")) for name in ("progress", "problems", "next_step"))
    texts = Texts(progress, problems, next_step, data.get("done") == "1")
    values = {pk: text_of(data, f"figure-{pk}")[:60] for pk in ids}
    notes = {pk: text_of(data, f"note-{pk}") for pk in ids}
    return Form(report, answers, texts, values, notes, whole(data, "seen"), text_of(data, "instance")[:80])


def _action(form: Form, **more: Any) -> SaveReport:
    texts = form.texts
    return SaveReport(
        form.report.pk,
        form.seen,
        texts.progress,
        texts.problems,
        texts.next_step,
        texts.done,
        form.values,
        form.notes,
        instance=form.instance,
        **more,
    )


@needs("report.view")
def report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form where the report can be written; otherwise the report as it stands."""
    report = visible_report(actor_of(request), pk)
    if request.method == "POST":
        return _post(request, report)
    writable = report.state in EDITABLE and report.period.state == Period.State.OPEN
    if not writable or not actor_of(request).may("report.write", report.unit_id):
        return render(request, "dispatch/report_read.html", _page(request, stored_form(report)))
    return render(request, "dispatch/report_edit.html", _page(request, stored_form(report)))


def _post(request: HttpRequest, report: Report) -> HttpResponse:
    form = typed_form(report, request.POST)
    form.file_problems, there = store_files(request, report)
    for said in there:
        messages.info(request, said)
    submit = request.POST.get("do") == "submit"
    try:
        if submit and form.file_problems:
            raise Invalid(_("有附件没有上传成功,请处理后再提交。"), field="files")
        despite = request.POST.get("despite") == "1"
        perform(_action(form, submit=submit, despite=despite), context_of(request))
    except Problem as problem:
        return _again(request, form, problem)
    if not submit:
        messages.success(request, _("已保存为草稿,提交后审核人才能看到。"))
        return redirect("report_edit", report.pk)
    messages.success(request, _("“%(task)s”已提交,等待审核。") % {"task": report.task.title})
    return redirect(f"{reverse('report_list')}?period={report.period.key}")


def _again(request: HttpRequest, form: Form, problem: Problem) -> HttpResponse:
    """The form with what was typed and what is wrong. After a conflict the next save is of what stands there now."""
    form.problem = problem
    context = _page(request, form)
    if isinstance(problem, Conflict) or problem.code == INSTANCE_USED:
        now = stored_form(visible_report(actor_of(request), form.report.pk))
        form.seen, form.instance = now.seen, now.instance
        context["now"] = now.texts
        context["now_figures"] = figure_fields(now.report, now.answers, now.values, now.notes, [])
    return render(request, "dispatch/report_edit.html", context, status=problem.status)


@require_POST
@needs("report.write")
def report_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves by itself while somebody writes; answers with the part of the page that says so."""
    form = typed_form(visible_report(actor_of(request), pk), request.POST)
    # Without the key of the page: a key stands for one content, and each of these saves has another.
    saved = perform(_action(form, quiet=True), replace(context_of(request), key=""))
    return render(request, "dispatch/_draft.html", {"report": saved})


@require_POST
@needs("report.write")
def report_check(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """What the checks say of one figure as it was typed."""
    report = visible_report(actor_of(request), pk)
    answers = [answer for answer in answers_for(report) if answer.target.pk == target]
    problem = None
    said: list[Said] = []
    try:
        unit = answers[0].target.unit_text if answers else None
        value = figure_of(text_of(request.POST, f"figure-{target}"), f"figure-{target}", unit)
        said = findings(report, answers, {target: value})
    except Invalid as found:
        problem = found
    return render(request, "dispatch/_said.html", {"said": said, "problem": problem, "target": target})


def _page(request: HttpRequest, form: Form) -> dict[str, Any]:
    report = form.report
    facts = facts_of([report.period], actor_of(request).today)[report.period_id]
    return {
        "form": form,
        "report": report,
        "task": report.task,
        "period": report.period,
        "unit": facts.unit(report.unit_id),
        "figures": sealed_fields(report, facts, form.values, form.notes)
        if facts.sealed
        else figure_fields(report, form.answers, form.values, form.notes, form.said),
        "evidence": evidence_of(report),
        "history": history(report),
        "problem": form.problem,
        "largest_mb": settings.GUATU_LARGEST_UPLOAD // 2**20,
        "days": (report.period.due_on - actor_of(request).today).days,
    }
