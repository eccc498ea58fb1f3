"""Years: the list, and the workbench of one with its tables, parameters and runs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.base.methods import require_POST
from guatu.web.base.shown import first
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.drg.actions.create_year import CreateYear
from guatu.web.drg.actions.link_hospital import LinkHospital
from guatu.web.drg.actions.publish import Publish
from guatu.web.drg.actions.run_year import RunYear, newest_tables
from guatu.web.drg.actions.upload_parameters import UploadParameters
from guatu.web.drg.actions.upload_stays import KINDS, UploadStays
from guatu.web.drg.actions.upload_table import UploadTable
from guatu.web.drg.models import Run, Table
from guatu.web.drg.selectors.scope import sees_all, visible_runs, visible_years
from guatu.web.drg.selectors.years import HOSPITALS, TABLES, runs, years
from guatu.web.drg.selectors.years import PARAMETERS as PARAMETER_SETS
from guatu.web.drg.views.common import actor_of, needs, whole_year
from guatu.web.kit.forms import Form, posted
from guatu.web.kit.pages import Sends, page
from guatu.web.kit.values import text_of

PARAMETERS = "parameters"
RUNS_SHOWN = 30
"""Each says how many there are in all."""


CREATE = Form("", "", CreateYear, said=_("已新建。"))


@page("drg.view", "drg/home.html", sends=Sends(CREATE, lambda made: reverse("drg_year", args=[made.pk])))
def home(request: HttpRequest) -> dict[str, Any]:
    """The years that the actor may see."""
    actor = actor_of(request)
    shown = list(visible_years(actor))
    newest: dict[int, Run] = {}
    for run in visible_runs(actor).filter(region_year__in=shown, state=Run.State.DONE).order_by("number"):
        newest[run.region_year_id] = run
    may_edit = actor.may("drg.edit")
    hint = _("医保经办公布结果后会出现在这里。")
    return {
        "rows": [(year, newest.get(year.pk)) for year in shown],
        "columns": years(sees_all(actor)),
        "may_edit": may_edit,
        "hint": _("在下面新建一个年度,再上传病例、医院表和参数。") if may_edit else hint,
    }


@page("drg.view", "drg/year.html")
def year_page(request: HttpRequest, pk: int) -> dict[str, Any]:
    year = whole_year(request, pk)
    tables = newest_tables(year)
    return {
        "year": year,
        "tables": [(kind, tables.get(kind.value)) for kind in Table.Kind],
        "table_columns": TABLES,
        "parameters": first(year.parameter_sets.prefetch_related("approvals__user").order_by("-id"), RUNS_SHOWN),
        "parameter_columns": PARAMETER_SETS,
        "runs": first(year.runs.select_related("job", "parameters", "made_by").order_by("-number"), RUNS_SHOWN),
        "run_columns": runs(year),
        "kinds": [*Table.Kind.choices, (PARAMETERS, _("参数(TOML)"))],
        "may_edit": actor_of(request).may("drg.edit"),
        "next": reverse("drg_year", args=[year.pk]),
    }


@require_POST
@needs("drg.edit")
def upload(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A table or a set of parameters for a year: what it is says which action reads it."""
    kind = text_of(request.POST, "kind")
    if kind == PARAMETERS:
        return upload_parameters(request, pk)
    return upload_stays(request, pk) if kind in KINDS else upload_table(request, pk)


UPLOADED = _("已上传。")
STAYS, ROWS = Form("", "", UploadStays, said=UPLOADED), Form("", "", UploadTable, said=UPLOADED)
SET = Form("", "", UploadParameters, said=UPLOADED)
RUN = Form("", "", RunYear, said=_("已开始计算。"))
PUBLISH = Form("", "", Publish, said=_("已公布,各医院现在可以查看并提出异议。"))
upload_stays = posted(STAYS, "drg.edit", year_page, "drg_year", sees=whole_year)
upload_table = posted(ROWS, "drg.edit", year_page, "drg_year", sees=whole_year)
upload_parameters = posted(
    SET, "drg.edit", year_page, lambda made: reverse("drg_parameters", args=[made.pk]), sees=whole_year
)
compute = posted(RUN, "drg.edit", year_page, "drg_year", sees=whole_year)
# The address is that of the year; the run stands in the form.
publish = posted(PUBLISH, "drg.edit", year_page, "drg_year", row=("",), sees=whole_year)


@page("drg.edit", "drg/hospitals.html", HOSPITALS, sends=Sends(Form("", "", LinkHospital)))
def hospitals(request: HttpRequest) -> dict[str, Any]:
    """Which unit of the directory each hospital is."""
    tree = unit_tree(actor_of(request).today)
    units = [("", _("未挂接")), *((node.id, node.label) for _depth, node in tree.walk())]
    return {"units": units, "back": request.get_full_path()}
