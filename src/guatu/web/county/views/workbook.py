"""The workbook of the first hour: taken away with what the county has, looked at when it comes back, then written."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.actions import perform
from guatu.web.base.files import path_of, store
from guatu.web.base.middleware import context_of
from guatu.web.base.models import Attachment
from guatu.web.base.problems import Invalid, Problem
from guatu.web.base.settings import EDIT
from guatu.web.county.actions.load_county import LoadWorkbook, Outcome, tried
from guatu.web.county.selectors.workbook import present_rows
from guatu.web.county.sheets import SHEETS
from guatu.web.county.views.first_steps import onwards
from guatu.web.kit.guard import actor_of, needs, user_of
from guatu.web.kit.sheets import as_download, write_workbook
from guatu.web.kit.typed import NOTHING, Typed, typed

SHOWN = 100
"""So many errors of a sheet are shown on the page."""


@needs(EDIT)
def workbook_file(request: HttpRequest) -> HttpResponseBase:
    rows = present_rows(actor_of(request).today)
    return as_download(f"{_('开始使用')}.xlsx", lambda out: write_workbook(out, SHEETS, rows))


@needs(EDIT)
def workbook_new(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _upload(request, NOTHING)
    try:
        file = request.FILES.get("file")
        if not isinstance(file, UploadedFile):
            raise Invalid(_("请选择要上传的文件。"), field="file", code="file.missing")
        kept = store(file, user_of(request), timezone.now())
    except Problem as problem:
        return _upload(request, typed(request, "workbook", problem))
    return redirect("first_workbook_check", kept.pk)


@needs(EDIT)
def workbook_check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What an uploaded workbook comes to, before and after it is written."""
    kept = get_object_or_404(Attachment, pk=pk, uploaded_by=user_of(request))
    data = path_of(kept).read_bytes()
    try:
        # Read and tried anew each time: the county may have changed since.
        if request.method != "POST":
            return _outcome(request, kept, tried(data, kept.name, context_of(request)))
        action = LoadWorkbook(data, kept.name, only_good="only_good" in request.POST)
        return _outcome(request, kept, perform(action, context_of(request)))
    except Problem as problem:
        return _upload(request, typed(request, "workbook", problem))


def _upload(request: HttpRequest, form: Typed) -> HttpResponseBase:
    context = {"sheets": SHEETS, **form.shown()}
    return render(request, "county/workbook_new.html", context, status=form.status)


def _outcome(request: HttpRequest, kept: Attachment, outcome: Outcome) -> HttpResponseBase:
    context: dict[str, Any] = {"file": kept, "outcome": outcome, "shown": SHOWN}
    if outcome.written:
        # Not behind a redirect: passwords are kept nowhere, not even in the session.
        context["onwards"] = onwards(request)
    return render(request, "county/workbook_check.html", context)
