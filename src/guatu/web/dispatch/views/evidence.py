"""Photos and files of a report, added and taken away while it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guatu.web.base.actions import perform
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.dispatch.actions.add_evidence import AddEvidence
from guatu.web.dispatch.actions.remove_evidence import RemoveEvidence
from guatu.web.dispatch.models import Report
from guatu.web.dispatch.selectors.evidence import evidence_of
from guatu.web.dispatch.selectors.seen import visible_report
from guatu.web.kit.guard import actor_of, needs


@require_POST
@needs("report.write")
def report_files(request: HttpRequest, pk: int) -> HttpResponse:
    report = visible_report(actor_of(request), pk)
    return _answer(request, report, *store_files(request, report))


def store_files(request: HttpRequest, report: Report) -> tuple[list[str], list[SafeString]]:
    """Stores what came with a form, each file by itself; what is wrong with those that cannot be taken, and which of
    them were there."""
    context = replace(context_of(request), key="")
    wrong, there = [], []
    for upload in [*request.FILES.getlist("files"), *request.FILES.getlist("photos")]:
        try:
            kept = perform(AddEvidence(report.pk, upload), context)
        except Problem as problem:
            wrong.append(f"{upload.name}: {problem.message}")
            continue
        if kept.repeated:
            link = format_html('<a href="{}">{}</a>', reverse("attachment", args=[kept.file_id]), kept.file.name)
            there.append(format_html(_("“{}”与 {} 内容相同,未重复保存。"), upload.name, link))
    return wrong, there


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


def _answer(request: HttpRequest, report: Report, wrong: list[str], there: Sequence[SafeString] = ()) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        for message in wrong:
            messages.error(request, message)
        for said in there:
            messages.info(request, said)
        return redirect("report_edit", report.pk)
    context = {"report": report, "evidence": evidence_of(report), "wrong": wrong, "there": there}
    return render(request, "dispatch/_evidence.html", context)
