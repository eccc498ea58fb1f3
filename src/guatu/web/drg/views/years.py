"""Years: the list, and the workbench of one with its tables, parameters and runs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.packs.drg.parameters.approval import NEEDED
from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.drg.actions.create_year import CreateYear
from guatu.web.drg.actions.link_hospital import LinkHospital
from guatu.web.drg.actions.publish import Publish
from guatu.web.drg.actions.run_year import RunYear, newest_tables
from guatu.web.drg.actions.upload_parameters import UploadParameters
from guatu.web.drg.actions.upload_stays import KINDS, UploadStays
from guatu.web.drg.actions.upload_table import UploadTable
from guatu.web.drg.models import Hospital, RegionYear, Run, Table
from guatu.web.drg.selectors.scope import sees_all, visible_runs, visible_years
from guatu.web.drg.views.common import actor_of, needs, whole_year
from guatu.web.drg.words import language
from guatu.web.ledger.views.fields import day_of, id_or_none, text_of, whole

PARAMETERS = "parameters"
RUNS_SHOWN = 30


@needs("drg.view")
def home(request: HttpRequest) -> HttpResponse:
    """The years that the actor may see."""
    if request.method == "POST":
        try:
            made = perform(
                CreateYear(text_of(request.POST, "region"), whole(request.POST, "year", 0)), context_of(request)
            )
        except Problem as problem:
            return _home(request, problem, problem.status)
        return redirect("drg_year", made.pk)
    return _home(request)


def _home(request: HttpRequest, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    years = list(visible_years(actor))
    newest: dict[int, Run] = {}
    for run in visible_runs(actor).filter(region_year__in=years, state=Run.State.DONE).order_by("number"):
        newest[run.region_year_id] = run
    rows = [(year, year.published or newest.get(year.pk), newest.get(year.pk)) for year in years]
    context = {
        "rows": rows, "problem": problem, "whole": sees_all(actor), "may_edit": actor.may("drg.edit"),
        "typed": request.POST, "this_year": actor.today.year,
    }  # fmt: skip
    return render(request, "drg/home.html", context, status=status)


@needs("drg.view")
def year_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _year(request, whole_year(request, pk))


def _year(request: HttpRequest, year: RegionYear, problem: Problem | None = None) -> HttpResponse:
    tables = newest_tables(year)
    parameters = list(year.parameter_sets.prefetch_related("approvals__user").order_by("-id")[:RUNS_SHOWN])
    runs = list(year.runs.select_related("job", "parameters", "made_by").order_by("-number")[:RUNS_SHOWN])
    context: dict[str, Any] = {
        "year": year,
        "tables": [(kind, tables.get(kind.value)) for kind in Table.Kind],
        "parameters": [(row, list(row.approvals.all())) for row in parameters],
        "needed": NEEDED,
        "runs": [(run, [pair[language() == "en"] for pair in run.failure]) for run in runs],
        "kinds": [*Table.Kind.choices, (PARAMETERS, _("参数(TOML)"))],
        "chosen": text_of(request.POST, "kind"),
        "problem": problem,
        "may_edit": actor_of(request).may("drg.edit"),
        "next": reverse("drg_year", args=[year.pk]),
    }
    return render(request, "drg/year.html", context, status=problem.status if problem else 200)


@require_POST
@needs("drg.edit")
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A table or a set of parameters for a year."""
    year, kind, file = whole_year(request, pk), text_of(request.POST, "kind"), request.FILES.get("file")
    try:
        if kind == PARAMETERS:
            made = perform(UploadParameters(year.pk, file), context_of(request))
            return redirect("drg_parameters", made.pk)
        action = UploadStays if kind in KINDS else UploadTable
        perform(action(year.pk, kind, file), context_of(request))
    except Problem as problem:
        return _year(request, year, problem)
    messages.success(request, _("已上传。"))
    return redirect("drg_year", year.pk)


@require_POST
@needs("drg.edit")
def compute(request: HttpRequest, pk: int) -> HttpResponse:
    year = whole_year(request, pk)
    try:
        perform(RunYear(year.pk, whole(request.POST, "seen"), id_or_none(request.POST, "again")), context_of(request))
    except Problem as problem:
        return _year(request, year, problem)
    return redirect("drg_year", year.pk)


@require_POST
@needs("drg.edit")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk` of the year; the run stands in the form."""
    year = whole_year(request, pk)
    try:
        days = whole(request.POST, "answer_days", 0)
        action = Publish(whole(request.POST, "run"), whole(request.POST, "seen"), day_of(request.POST, "until"), days)
        perform(action, context_of(request))
    except Problem as problem:
        return _year(request, year, problem)
    messages.success(request, _("已公布,各医院现在可以查看并提出异议。"))
    return redirect("drg_year", year.pk)


@needs("drg.edit")
def hospitals(request: HttpRequest) -> HttpResponse:
    """Which unit of the directory each hospital is."""
    problem = None
    if request.method == "POST":
        try:
            pk, unit = whole(request.POST, "hospital"), id_or_none(request.POST, "unit")
            perform(LinkHospital(pk, unit, whole(request.POST, "seen")), context_of(request))
        except Problem as error:
            problem = error
        else:
            messages.success(request, _("已保存。"))
            return redirect("drg_hospitals")
    tree = unit_tree(actor_of(request).today)
    units = [(node.id, node.label) for _depth, node in tree.walk()]
    context = {"hospitals": Hospital.objects.order_by("code"), "units": units, "problem": problem}
    return render(request, "drg/hospitals.html", context, status=problem.status if problem else 200)
