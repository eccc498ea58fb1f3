"""Import of tasks from a spreadsheet: the form, the template, the progress, the rows that were not taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.web.base.actions import perform
from guatu.web.base.files import path_of
from guatu.web.base.middleware import context_of
from guatu.web.base.models import Attachment, Job
from guatu.web.base.problems import Problem
from guatu.web.kit import export
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.values import id_or_none, text_of
from guatu.web.ledger.actions.import_tasks import IMPORT, ImportTasks
from guatu.web.ledger.imports import RowProblem, from_rows
from guatu.web.ledger.models import Plan
from guatu.web.ledger.sheet_heads import HEADS, head_of
from guatu.web.ledger.sheets import SUFFIXES, read_sheet

SHOWN = 200
WIDTHS = {"title": 36, "content": 50, "responsible": 28, "support": 24, "metric": 26, "waiver": 20}


@needs("plan.edit")
def task_import(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "plans": Plan.objects.exclude(state=Plan.State.CLOSED).order_by("-id").values_list("pk", "title"),
        "plan": id_or_none(request.POST or request.GET, "plan"),
        "title": text_of(request.POST, "title"),
        "suffixes": ",".join(SUFFIXES),
        "heads": [label for label, _aliases in HEADS.values()],
    }
    if request.method != "POST":
        return render(request, "ledger/task_import.html", context)
    try:
        action = ImportTasks(request.FILES.get("file"), context["plan"], context["title"])
        job = perform(action, context_of(request))
    except Problem as problem:
        context["problem"] = problem
        return render(request, "ledger/task_import.html", context, status=problem.status)
    return redirect("task_import_result", pk=job.pk)


@needs("plan.edit")
def task_import_template(request: HttpRequest) -> HttpResponseBase:
    """An empty workbook with the heads, and two rows to show how it is filled in."""
    columns = [export.Column(str(label), WIDTHS.get(name, 14)) for name, (label, _aliases) in HEADS.items()]
    rows = [
        ["1", _("新建供水管网"), _("新建供水管网 40 公里。"), _("供水"), _("县水利局"), _("各乡镇"), _("县财政局"), "2026-10-31", _("新建供水管网"), "=",
        40, _("公里"), 0, ""],
        ["", "", "", "", "", "", "", "", _("自来水普及率"), ">=", 96, "%", 91, ""],
    ]  # fmt: skip
    return export.download(_("任务导入模板"), columns, rows, "xlsx", actor_of(request).today)


def _job(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job, pk=pk, kind=IMPORT, created_by=request.user)


@needs("plan.edit")
def task_import_result(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an import is, and what came of it."""
    job = _job(request, pk)
    result = job.outcome or {}
    problems = from_rows(result.get("problems", []))
    context = {
        "job": job,
        "next": reverse("task_import_result", args=[pk]),
        "plan": Plan.objects.filter(pk=job.payload.get("plan")).first(),
        "tasks": result.get("tasks", 0),
        "targets": result.get("targets", 0),
        "problems": problems[:SHOWN],
        "count": len(problems),
        "rows": len({problem.row for problem in problems}),
    }
    return render(request, "ledger/task_import_result.html", context)


@needs("plan.edit")
def task_import_errors(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows that were not taken, with what is wrong, to be put right and imported again."""
    job = _job(request, pk)
    problems = from_rows((job.outcome or {}).get("problems", []))
    if not problems:
        raise Http404
    file = get_object_or_404(Attachment, pk=job.payload["file"])
    sheet = read_sheet(path_of(file).read_bytes(), file.name)
    head = head_of(sheet)
    assert head is not None  # the import has read this file
    titles = [str(value) for value in sheet.rows[head[0]]]
    columns = [
        export.Column(_("问题"), 50),
        export.Column(_("行号"), 8),
        *(export.Column(title, 18) for title in titles),
    ]
    return export.download(_("未导入的行"), columns, _wrong_rows(sheet.rows, problems), "xlsx", actor_of(request).today)


def _wrong_rows(rows: Any, problems: list[RowProblem]) -> Iterator[list[Any]]:
    by_row: dict[int, list[str]] = {}
    for problem in problems:
        by_row.setdefault(problem.row, []).append(f"{problem.label()} {problem.message()}".strip())
    for number, messages in by_row.items():
        yield ["\n".join(messages), number, *rows[number - 1]]
