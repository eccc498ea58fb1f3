"""The lists of objects and inspectors: import, export, leave, conflicts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Invalid, Problem
from guatu.web.base.sheets import as_download, write_sheet
from guatu.web.directory.models import Person, Post
from guatu.web.directory.selectors.tree import on_day, unit_tree
from guatu.web.dispatch.views.supervision import Typed, actor_of, kind_of, typed
from guatu.web.inspection.actions.import_objects import ImportObjects
from guatu.web.inspection.actions.save_inspector import SaveInspector
from guatu.web.inspection.actions.set_conflict import SetConflict
from guatu.web.inspection.models import InspectionObject, Inspector, Risk
from guatu.web.inspection.object_columns import COLUMNS
from guatu.web.ledger import export
from guatu.web.ledger.views.common import needs
from guatu.web.ledger.views.fields import day_of, id_or_none, text_of, whole

ROWS = 50
MOST_BYTES = 16 * 2**20


def _objects(request: HttpRequest) -> Any:
    sought, risk = text_of(request.GET, "q")[:80], text_of(request.GET, "risk")
    rows = InspectionObject.objects.order_by("-active", "code")
    if sought:
        rows = rows.filter(Q(code__icontains=sought) | Q(name__icontains=sought) | Q(category__icontains=sought))
    return rows.filter(risk=risk) if risk in Risk.values else rows


@needs("inspection.view")
def inspection_objects(request: HttpRequest) -> HttpResponse:
    return _object_page(request, Typed())


def _object_page(request: HttpRequest, form: Typed) -> HttpResponse:
    actor = actor_of(request)
    page = Paginator(_objects(request), ROWS).get_page(id_or_none(request.GET, "page") or 1)
    tree = unit_tree(actor.today)
    context = {
        "page": page,
        "rows": [(one, tree.label(one.unit_id)) for one in page.object_list],
        "risks": Risk.choices,
        "edits": actor.may("inspection.lists"),
        "sought": text_of(request.GET, "q"),
        "risk": text_of(request.GET, "risk"),
        "errors": form.problem.data.get("errors", []) if form.problem else [],
        **form.shown(),
    }
    return render(request, "inspection/objects.html", context, status=form.status)


@needs("inspection.lists")
@require_POST
def inspection_import(request: HttpRequest) -> HttpResponse:
    try:
        upload = request.FILES.get("file")
        if not isinstance(upload, UploadedFile):
            raise Invalid(_("请选择要上传的文件。"), field="file", code="inspection.no-file")
        if (upload.size or 0) > MOST_BYTES:
            raise Invalid(_("文件超过 %(most)d MB,请拆分后上传。") % {"most": MOST_BYTES // 2**20}, field="file")
        new, changed = perform(ImportObjects(upload.read(), upload.name or ""), context_of(request))
    except Problem as problem:
        return _object_page(request, typed(request, "import", problem))
    said = _("已导入:新增 %(new)d 个,变更 %(changed)d 个。") % {"new": new, "changed": changed}
    messages.success(request, said)
    return redirect("inspection_objects")


@needs("inspection.view")
def inspection_objects_export(request: HttpRequest) -> HttpResponseBase:
    """What the list shows; as xlsx or csv it can be changed and imported again."""
    tree = unit_tree(actor_of(request).today)
    columns = [export.Column(str(column.label), column.width) for column in COLUMNS]
    lines = (
        [
            one.code, one.name, one.category, str(one.get_risk_display()),
            tree.nodes[one.unit_id].code if one.unit_id in tree.nodes else "", one.address,
            _("是") if one.active else _("否"),
        ]
        for one in _objects(request)
    )  # fmt: skip
    return export.download(_("检查对象"), columns, lines, kind_of(request), actor_of(request).today)


@needs("inspection.lists")
def inspection_template(request: HttpRequest) -> HttpResponseBase:
    name = _("检查对象")
    return as_download(f"{name}.xlsx", lambda out: write_sheet(out, name, COLUMNS, ()))


@needs("inspection.lists")
def inspectors(request: HttpRequest) -> HttpResponse:
    """The inspectors with their leave and conflicts; a person of the directory is added here."""
    if request.method != "POST":
        return _inspector_page(request, Typed())
    given = request.POST
    form = text_of(given, "form")
    try:
        if form.startswith("conflict"):
            action: Any = SetConflict(whole(given, "inspector", 0), text_of(given, "code"), text_of(given, "reason"))
        else:
            pk = whole(given, "pk", 0)
            action = SaveInspector(
                pk, whole(given, "seen", 0), whole(given, "person", 0), text_of(given, "number"),
                day_of(given, "away_from"), day_of(given, "away_until"), not pk or text_of(given, "active") == "yes",
            )  # fmt: skip
        perform(action, context_of(request))
    except Problem as problem:
        return _inspector_page(request, typed(request, form, problem))
    messages.success(request, _("已保存。"))
    return redirect("inspectors")


def _inspector_page(request: HttpRequest, form: Typed) -> HttpResponse:
    today = actor_of(request).today
    tree = unit_tree(today)
    rows = (
        Inspector.objects.select_related("person").prefetch_related("conflicts__object").order_by("-active", "number")
    )
    people = Person.objects.filter(inspector__isnull=True, posts__in=_posts(today)).distinct().order_by("name", "pk")
    units = dict(_posts(today).values_list("person_id", "unit_id"))
    context = {
        "rows": [(one, tree.label(one.unit_id)) for one in rows],
        "people": [(one.pk, f"{one.name} · {tree.label(units.get(one.pk))}") for one in people],
        **form.shown(),
    }
    return render(request, "inspection/inspectors.html", context, status=form.status)


def _posts(today: Any) -> Any:
    return Post.objects.filter(on_day(today))
