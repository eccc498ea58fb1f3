"""A set of parameters: each value with its source and whether anybody has checked it; approvals."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from guatu.engines.drg.parameters.approval import NEEDED
from guatu.engines.drg.parameters.catalogue import PARAMETERS
from guatu.engines.drg.parameters.terms import terms_on
from guatu.web.base.language import language
from guatu.web.drg.actions.approve_parameters import ApproveParameters
from guatu.web.drg.computing.given import parameters_of
from guatu.web.drg.models import Parameters
from guatu.web.drg.selectors.scope import sees_all, visible_runs
from guatu.web.drg.selectors.years import VALUES
from guatu.web.drg.views.common import actor_of
from guatu.web.kit.forms import Form
from guatu.web.kit.pages import Sends, page
from guatu.web.kit.table import Empty, Table, table_export

APPROVE = Form("", "", ApproveParameters, said=_("已批准。"))


@page(
    "drg.view",
    "drg/parameters.html",
    sends=Sends(APPROVE, "drg_parameters", known=lambda request, pk: {"parameters_id": pk}),
)
def parameters(request: HttpRequest, pk: int) -> dict[str, Any] | HttpResponseBase:
    """Hospitals see the set of a run that was published; approving is the insurer's."""
    actor = actor_of(request)
    found = get_object_or_404(Parameters.objects.select_related("region_year", "made_by"), pk=pk)
    if not sees_all(actor) and not visible_runs(actor).filter(parameters=found).exists():
        raise Http404
    rows = _rows(found)
    if "format" in request.GET:
        table: Table[Any, Any] = Table(found.version, lambda actor, wanted: rows, VALUES, Empty(""))
        return table_export(request, table)
    approvals = list(found.approvals.select_related("user").order_by("id"))
    return {
        "parameters": found,
        "year": found.region_year,
        "whole": sees_all(actor),
        "rows": rows,
        "columns": VALUES,
        "unverified": sum(row[-1] for row in rows),
        "approvals": approvals if sees_all(actor) else [],
        "approved": len(approvals),
        "needed": NEEDED,
        "may_approve": actor.may("drg.edit") and all(row.user_id != actor.user.pk for row in approvals if actor.user),
    }


def _rows(found: Parameters) -> list[list[Any]]:
    """Key, name, value, days, source, and 1 where it is unverified; one row for each dated value."""
    read = parameters_of(found.text)
    english = language() == "en"
    rows = []
    for name, spec in PARAMETERS.items():
        for entry in read.entries.get(name, ()):
            terms, _findings = terms_on(read, entry.start)
            shown = terms.part(name).text(language()) if terms is not None else str(entry.value)
            label = spec.en if english else spec.zh
            rows.append([name, label, shown, entry.start, entry.to, entry.source, int(bool(entry.unverified))])
    return rows
