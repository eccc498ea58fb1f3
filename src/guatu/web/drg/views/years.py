"""Years: the list, and the workbench of one with its tables, parameters and runs."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.base.shown import first
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.drg.actions.create_year import CreateYear
from guatu.web.drg.actions.link_hospital import LinkHospital
from guatu.web.drg.actions.publish import Publish
from guatu.web.drg.actions.run_year import RunYear, newest_tables
from guatu.web.drg.actions.upload_parameters import UploadParameters
from guatu.web.drg.actions.upload_stays import KINDS, UploadStays
from guatu.web.drg.actions.upload_table import UploadTable
from guatu.web.drg.models import RegionYear, Run, Table
from guatu.web.drg.selectors.scope import sees_all, visible_runs, visible_years
from guatu.web.drg.selectors.years import HOSPITALS, TABLES, runs, years
from guatu.web.drg.selectors.years import PARAMETERS as PARAMETER_SETS
from guatu.web.drg.views.common import actor_of, needs, whole_year
from guatu.web.kit.sent import sent
from guatu.web.kit.table import table_page
from guatu.web.kit.typed import Typed
from guatu.web.kit.values import day_of, id_or_none, text_of, whole

PARAMETERS = "parameters"
RUNS_SHOWN = 30
"""Each says how many there are in all."""


@needs("drg.view")
def home(request: HttpRequest) -> HttpResponse:
    """The years that the actor may see."""
    if request.method != "POST":
        return _home(request, Typed())
    given, page = request.POST, partial(_home, request)
    return sent(
        request,
        lambda: CreateYear(text_of(given, "region"), whole(given, "year", 0)),
        page,
        lambda made: reverse("drg_year", args=[made.pk]),
        _("已新建。"),
    )


def _home(request: HttpRequest, form: Typed) -> HttpResponse:
    actor = actor_of(request)
    shown = list(visible_years(actor))
    newest: dict[int, Run] = {}
    for run in visible_runs(actor).filter(region_year__in=shown, state=Run.State.DONE).order_by("number"):
        newest[run.region_year_id] = run
    may_edit = actor.may("drg.edit")
    hint = _("医保经办公布结果后会出现在这里。")
    context = {
        "rows": [(year, newest.get(year.pk)) for year in shown], "columns": years(sees_all(actor)),
        "may_edit": may_edit,
        "hint": _("在下面新建一个年度,再上传病例、医院表和参数。") if may_edit else hint, **form.shown(),
    }  # fmt: skip
    return render(request, "drg/home.html", context, status=form.status)


@needs("drg.view")
def year_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _year(request, whole_year(request, pk), Typed())


def _year(request: HttpRequest, year: RegionYear, form: Typed) -> HttpResponse:
    tables = newest_tables(year)
    found = first(year.runs.select_related("job", "parameters", "made_by").order_by("-number"), RUNS_SHOWN)
    context: dict[str, Any] = {
        "year": year,
        "tables": [(kind, tables.get(kind.value)) for kind in Table.Kind],
        "table_columns": TABLES,
        "parameters": first(year.parameter_sets.prefetch_related("approvals__user").order_by("-id"), RUNS_SHOWN),
        "parameter_columns": PARAMETER_SETS,
        "runs": found,
        "run_columns": runs(year),
        "kinds": [*Table.Kind.choices, (PARAMETERS, _("参数(TOML)"))],
        "may_edit": actor_of(request).may("drg.edit"),
        "next": reverse("drg_year", args=[year.pk]),
        **form.shown(),
    }
    return render(request, "drg/year.html", context, status=form.status)


@require_POST
@needs("drg.edit")
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A table or a set of parameters for a year."""
    year, kind, file = whole_year(request, pk), text_of(request.POST, "kind"), request.FILES.get("file")
    page, here = partial(_year, request, year), reverse("drg_year", args=[pk])
    if kind == PARAMETERS:
        return sent(
            request,
            lambda: UploadParameters(year.pk, file),
            page,
            lambda made: reverse("drg_parameters", args=[made.pk]),
            _("已上传。"),
        )
    action = UploadStays if kind in KINDS else UploadTable
    return sent(request, lambda: action(year.pk, kind, file), page, here, _("已上传。"))


@require_POST
@needs("drg.edit")
def compute(request: HttpRequest, pk: int) -> HttpResponse:
    year, given = whole_year(request, pk), request.POST
    return sent(
        request,
        lambda: RunYear(year.pk, whole(given, "seen"), id_or_none(given, "again")),
        partial(_year, request, year),
        reverse("drg_year", args=[pk]),
        _("已开始计算。"),
    )


@require_POST
@needs("drg.edit")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk` of the year; the run stands in the form."""
    year, given = whole_year(request, pk), request.POST

    def action() -> Publish:
        days = whole(given, "answer_days", 0)
        return Publish(whole(given, "run"), whole(given, "seen"), day_of(given, "until"), days)

    here, said = reverse("drg_year", args=[pk]), _("已公布,各医院现在可以查看并提出异议。")
    return sent(request, action, partial(_year, request, year), here, said)


@needs("drg.edit")
def hospitals(request: HttpRequest) -> HttpResponseBase:
    """Which unit of the directory each hospital is."""
    if request.method != "POST":
        return _hospitals(request, Typed())
    given = request.POST
    return sent(
        request,
        lambda: LinkHospital(whole(given, "hospital"), id_or_none(given, "unit"), whole(given, "seen")),
        partial(_hospitals, request),
        request.get_full_path(),
    )


def _hospitals(request: HttpRequest, form: Typed) -> HttpResponseBase:
    tree = unit_tree(actor_of(request).today)
    units = [("", _("未挂接")), *((node.id, node.label) for _depth, node in tree.walk())]
    return table_page(request, HOSPITALS, "drg/hospitals.html", {"units": units, **form.shown()}, form.status)
