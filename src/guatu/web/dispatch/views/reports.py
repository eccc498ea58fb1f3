"""A unit's reports: what is due, and the form of one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Conflict, Invalid, Problem
from guatu.web.dispatch.actions.reports import EDITABLE
from guatu.web.dispatch.actions.save_report import SaveReport
from guatu.web.dispatch.models import Period, Report
from guatu.web.dispatch.selectors.answering import Answer
from guatu.web.dispatch.selectors.checks import Said, findings
from guatu.web.dispatch.selectors.report_form import (
    Texts,
    answers_for,
    figure_fields,
    history,
    stored,
    texts_of,
)
from guatu.web.dispatch.selectors.report_lists import (
    GROUPS,
    ReportFilter,
    ReportRow,
    choices,
    counts,
    filtered,
    grouped,
    of_group,
    ordered,
    own_reports,
    rows,
)
from guatu.web.dispatch.typed_numbers import number
from guatu.web.dispatch.views.evidence import store_files
from guatu.web.dispatch.views.seen import visible_report
from guatu.web.ledger import export
from guatu.web.ledger.selectors.names import unit_labels
from guatu.web.ledger.views.common import needs
from guatu.web.ledger.views.fields import id_or_none, text_of, whole

PAGE = 100


def filter_of(data: Mapping[str, Any], default: str = "todo") -> ReportFilter:
    """What an address asks for."""
    group = text_of(data, "group")
    return ReportFilter(
        plan=id_or_none(data, "plan"),
        key=text_of(data, "period")[:10],
        group=group if group in GROUPS or group in ("todo", "all") else default,
        unit=id_or_none(data, "unit"),
        q=text_of(data, "q")[:100],
    )


@needs("report.write")
def report_list(request: HttpRequest) -> HttpResponse:
    """What is due first; the rest by group and period."""
    wanted, today = filter_of(request.GET), request.actor.today  # type: ignore[attr-defined]
    own = own_reports(request.actor)  # type: ignore[attr-defined]
    found = grouped(filtered(own, wanted), today)
    page = Paginator(ordered(of_group(found, wanted.group)), PAGE).get_page(request.GET.get("page"))
    totals = counts(found)
    context = {
        "page": page,
        "rows": rows(page.object_list, today),
        "wanted": wanted,
        "groups": [(name, label, totals[name]) for name, label in GROUPS.items()],
        "todo": totals["returned"] + totals["overdue"] + totals["due"],
        "total": sum(totals.values()),
        "choices": choices(own, today),
    }
    return render(request, "dispatch/report_list.html", context)


@needs("report.write")
def report_export(request: HttpRequest) -> HttpResponse:
    """Exactly what the list shows, all pages of it."""
    wanted, today = filter_of(request.GET), request.actor.today  # type: ignore[attr-defined]
    found = ordered(of_group(grouped(filtered(own_reports(request.actor), wanted), today), wanted.group))  # type: ignore[attr-defined]
    return list_download(request, _("我的填报"), rows(found, today))


def list_download(request: HttpRequest, name: str, found: list[ReportRow]) -> HttpResponse:
    """Rows of reports as a workbook, or as text for `?format=csv`."""
    columns = [
        export.Column(_("方案"), 28),
        export.Column(_("编号"), 12),
        export.Column(_("任务"), 36),
        export.Column(_("单位"), 18),
        export.Column(_("期次"), 10),
        export.Column(_("截止"), 12),
        export.Column(_("情况"), 10),
        export.Column(_("状态"), 10),
        export.Column(_("提交时间"), 18),
        export.Column(_("退回原因"), 36),
    ]
    kind = "csv" if text_of(request.GET, "format") == "csv" else "xlsx"
    return export.download(name, columns, _cells(found), kind, request.actor.today)  # type: ignore[attr-defined]


def _cells(found: list[ReportRow]) -> Iterator[list[Any]]:
    for row in found:
        yield [
            row.plan,
            row.number,
            row.title,
            row.unit,
            row.key,
            row.due_on,
            str(row.group_label),
            row.state,
            row.submitted_at,
            row.reason,
        ]


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
        for pk, text in self.values.items():
            try:
                numbers[pk] = number(text, "")
            except Invalid:
                continue
        return findings(self.report, self.answers, numbers)

    @property
    def warned(self) -> bool:
        return self.problem is not None and self.problem.code == "report.has-warnings"


def stored_form(report: Report) -> Form:
    values, notes = stored(report)
    return Form(report, answers_for(report), texts_of(report), values, notes, report.row_version, uuid.uuid4().hex)


def typed_form(report: Report, data: Any) -> Form:
    """What a browser sent. Raises `Invalid` where it is no form of ours."""
    answers = answers_for(report)
    ids = [answer.target.pk for answer in answers]
    texts = Texts(*(str(data.get(name, "")) for name in ("progress", "problems", "next_step")), data.get("done") == "1")
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
    report = visible_report(request, pk)
    if request.method == "POST":
        return _post(request, report)
    writable = report.state in EDITABLE and report.period.state == Period.State.OPEN
    if not writable or not request.actor.may("report.write", report.unit_id):  # type: ignore[attr-defined]
        return render(request, "dispatch/report_read.html", _page(request, stored_form(report)))
    return render(request, "dispatch/report_edit.html", _page(request, stored_form(report)))


def _post(request: HttpRequest, report: Report) -> HttpResponse:
    form = typed_form(report, request.POST)
    form.file_problems = store_files(request, report)
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
    if isinstance(problem, Conflict):
        now = stored_form(visible_report(request, form.report.pk))
        form.seen = now.seen
        context["now"] = now.texts
        context["now_figures"] = figure_fields(now.report, now.answers, now.values, now.notes, [])
    return render(request, "dispatch/report_edit.html", context, status=problem.status)


@require_POST
@needs("report.write")
def report_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves by itself while somebody writes; answers with the part of the page that says so."""
    form = typed_form(visible_report(request, pk), request.POST)
    saved = perform(_action(form, quiet=True), replace(context_of(request), key=""))
    return render(request, "dispatch/_draft.html", {"report": saved})


@require_POST
@needs("report.write")
def report_check(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """What the checks say of one figure as it was typed."""
    report = visible_report(request, pk)
    answers = [answer for answer in answers_for(report) if answer.target.pk == target]
    problem = None
    said: list[Said] = []
    try:
        value = number(text_of(request.POST, f"figure-{target}"), f"figure-{target}")
        said = findings(report, answers, {target: value})
    except Invalid as found:
        problem = found
    return render(request, "dispatch/_said.html", {"said": said, "problem": problem, "target": target})


def _page(request: HttpRequest, form: Form) -> dict[str, Any]:
    report = form.report
    labels = unit_labels([report.unit_id], request.actor.today)  # type: ignore[attr-defined]
    return {
        "form": form,
        "report": report,
        "task": report.task,
        "period": report.period,
        "unit": labels.get(report.unit_id, ""),
        "figures": figure_fields(report, form.answers, form.values, form.notes, form.said),
        "evidence": report.evidence.select_related("file").order_by("id"),
        "history": history(report),
        "problem": form.problem,
        "largest_mb": settings.GUATU_LARGEST_UPLOAD // 2**20,
        "days": (report.period.due_on - request.actor.today).days,  # type: ignore[attr-defined]
    }
