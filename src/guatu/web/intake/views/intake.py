"""Files of cases: template, upload, what the file comes to, taking it in, and the rows that were not taken."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guatu.core.fields.file import File
from guatu.web.base.actions import perform
from guatu.web.base.files import check, path_of
from guatu.web.base.language import language
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.models import Attachment, Job
from guatu.web.base.problems import Invalid, Problem
from guatu.web.cases.selectors.classes import chosen_class, class_groups
from guatu.web.cases.selectors.visible import visible
from guatu.web.intake.actions.take_file import TAKE, TakeFile
from guatu.web.intake.actions.upload_file import CHECK, UploadFile
from guatu.web.intake.asked import Asked, Kind
from guatu.web.intake.columns import COLUMNS
from guatu.web.intake.drawing import county_map
from guatu.web.intake.selectors.packs import pack_choices
from guatu.web.intake.shown import SAMPLE, SHAPES
from guatu.web.kit import export
from guatu.web.kit.downloads import kind_of
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import page
from guatu.web.kit.sheets import as_download, read_sheet, write_errors, write_sheet
from guatu.web.kit.typed import Typed, typed
from guatu.web.kit.values import files_of, text_of

SHOWN = 200
SUFFIXES: dict[str, tuple[str, ...]] = {"table": (".csv", ".xlsx"), "patches": (".zip", ".geojson", ".json")}
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff")


@needs("case.edit")
def intake_table(request: HttpRequest) -> HttpResponse:
    return _upload(request, "table")


@needs("case.edit")
def intake_patches(request: HttpRequest) -> HttpResponse:
    return _upload(request, "patches")


def _upload(request: HttpRequest, kind: Kind) -> HttpResponse:
    if request.method != "POST":
        return _form(request, kind, Typed())
    try:
        job = perform(_action(request, kind), context_of(request))
    except Problem as problem:
        return _form(request, kind, typed(request, kind, problem))
    return redirect("intake_job", job.pk)


def _action(request: HttpRequest, kind: Kind) -> UploadFile:
    given = request.POST
    if kind == "table":
        pack, code = text_of(given, "pack"), ""
    else:
        pack, code = chosen_class(given)
    file = request.FILES.get("file")
    _known(file, SUFFIXES[kind], "file")
    pictures = files_of(request, "pictures")
    for picture in pictures:
        _known(picture, PICTURES, "pictures")
    return UploadFile(kind, file, pack, code, text_of(given, "origin"), str(get_language()), tuple(pictures))


def _known(file: Any, suffixes: tuple[str, ...], field: str) -> None:
    if not isinstance(file, UploadedFile):
        raise Invalid(_("请选择要上传的文件。"), field=field, code="file.missing")
    check(file, File(endings=suffixes), field)


def _form(request: HttpRequest, kind: Kind, form: Typed) -> HttpResponse:
    context = {
        "kind": kind,
        "packs": pack_choices(language()),
        "groups": class_groups(language()),
        "columns": COLUMNS,
        "accept": ",".join(SUFFIXES[kind]),
        "accept_pictures": ",".join(PICTURES),
        **form.shown(),
    }
    return render(request, f"intake/upload_{kind}.html", context, status=form.status)


@needs("case.edit")
@require_GET
def intake_template(request: HttpRequest) -> HttpResponseBase:
    """An empty table with the heads; the workbook has a second sheet that explains them."""
    name = _("案件导入模板")
    if kind_of(request) == "csv":
        heads = [export.Column(str(column.label), column.width) for column in COLUMNS]
        return export.download(name, heads, [], "csv", actor_of(request).today)
    return as_download(f"{name}.xlsx", lambda out: write_sheet(out, name, COLUMNS, []))


def _job(request: HttpRequest, pk: int) -> tuple[Job, Asked]:
    job = get_object_or_404(Job, pk=pk, kind__in=(CHECK, TAKE), created_by=request.user)
    return job, Asked.of(job.payload)


@require_GET
@page("case.edit", "intake/job.html")
def intake_job(request: HttpRequest, pk: int) -> dict[str, Any]:
    """How far it is; then what the file comes to, or what came of it."""
    job, asked = _job(request, pk)
    stored = Attachment.objects.filter(pk=asked.attachment).first()
    context: dict[str, Any] = {
        "job": job,
        "asked": asked,
        "file": stored.name if stored else "",
        "next": request.path,
        "again": reverse("intake_table" if asked.kind == "table" else "intake_patches"),
        "taking": job.kind == TAKE,
    }
    if job.state == Job.State.DONE:
        context |= _result(request, job, asked)
    return context


def _result(request: HttpRequest, job: Job, asked: Asked) -> dict[str, Any]:
    result = job.outcome
    shown: dict[str, Any] = {"result": result, "errors": result["errors"][:SHOWN]}
    if job.kind == TAKE:
        return shown | {"cases": _cases(request, result["cases"])}
    likely = [(row, why, found) for row, why, found in result["likely"]]
    codes = _codes(request, [found for _row, _why, found in likely if found])
    shown |= {
        "likely": [(row, why, found, codes.get(found)) for row, why, found in likely],
        "same_cases": _cases(request, result["same_cases"]),
        "warnings": result["warnings"][:SHOWN],
        "shape_columns": SHAPES,
        "sample_columns": SAMPLE,
    }
    if asked.kind == "patches":
        shown["map"] = county_map(result["shapes"], actor_of(request).today)
        shown["shapes"] = result["shapes"][:SHOWN]
    return shown


def _codes(request: HttpRequest, ids: list[int]) -> dict[int, str]:
    return dict(visible(actor_of(request)).filter(pk__in=ids[:1000]).values_list("pk", "code"))


def _cases(request: HttpRequest, pairs: list[list[int]]) -> list[tuple[int, int, str]]:
    """Rows with their cases, as far as the user may see these."""
    codes = _codes(request, [pk for _row, pk in pairs])
    return [(row, pk, codes[pk]) for row, pk in pairs if pk in codes]


@needs("case.edit")
@require_POST
def intake_take(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that can be taken, after somebody has seen what the file comes to."""
    job, _asked = _job(request, pk)
    if job.kind != CHECK or job.state != Job.State.DONE:
        return redirect("intake_job", pk)
    made = perform(TakeFile(job.pk), context_of(request))
    return redirect("intake_job", made.pk)


@needs("case.edit")
@require_GET
def intake_errors(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows that cannot be taken as they stood, with what is wrong with each, to be corrected and sent again."""
    job, asked = _job(request, pk)
    if job.state != Job.State.DONE or not job.outcome["errors"]:
        raise Http404
    said: dict[int, list[str]] = {}
    for error in job.outcome["errors"]:
        said.setdefault(error["row"], []).append(f"{error['column']} {error['message']}".strip())
    name = f"{_('没有导入的行')}.xlsx"
    if asked.kind == "patches":
        heads, rows = [_("图斑序号")], [((row,), "\n".join(words)) for row, words in said.items()]
        return as_download(name, lambda out: write_errors(out, heads, rows))
    stored = get_object_or_404(Attachment, pk=asked.attachment)
    sheet = read_sheet(path_of(stored).read_bytes(), stored.name, COLUMNS, texts=True)
    lines = [(row.cells, "\n".join(said[row.number])) for row in sheet.rows if row.number in said]
    return as_download(name, lambda out: write_errors(out, sheet.heads, lines))
