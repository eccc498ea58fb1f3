"""Photos and files of a report, added and taken away while it is written."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guatu.web.base.actions import perform
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.dispatch.actions.add_evidence import AddEvidence
from guatu.web.dispatch.actions.remove_evidence import RemoveEvidence
from guatu.web.dispatch.models import Report
from guatu.web.dispatch.selectors.seen import visible_report
from guatu.web.kit.guard import actor_of, needs


@require_POST
@needs("report.write")
def report_files(request: HttpRequest, pk: int) -> HttpResponse:
    report = visible_report(actor_of(request), pk)
    return _answer(request, report, store_files(request, report))


def store_files(request: HttpRequest, report: Report) -> list[str]:
    """Stores what came with a form, each file by itself; what is wrong with those that cannot be taken."""
    context = replace(context_of(request), key="")
    wrong = []
    for upload in [*request.FILES.getlist("files"), *request.FILES.getlist("photos")]:
        try:
            perform(AddEvidence(report.pk, upload), context)
        except Problem as problem:
            wrong.append(f"{upload.name}: {problem.message}")
    return wrong


@require_POST
@needs("report.write")
def report_file_remove(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    report = visible_report(actor_of(request), pk)
    wrong = []
    try:
        perform(RemoveEvidence(report.pk, evidence), replace(context_of(request), key=""))
    except Problem as problem:
        wrong.append(str(problem.message))
    return _answer(request, report, wrong)


def _answer(request: HttpRequest, report: Report, wrong: list[str]) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        for message in wrong:
            messages.error(request, message)
        return redirect("report_edit", report.pk)
    context = {"report": report, "evidence": report.evidence.select_related("file").order_by("id"), "wrong": wrong}
    return render(request, "dispatch/_evidence.html", context)
