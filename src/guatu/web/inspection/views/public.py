"""Random inspection in public, without an account: plans, lists, seeds, results, and the means to draw again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from guatu.core.cases.sampling.script import script_of
from guatu.web.base.language import language
from guatu.web.inspection.lists import order_of, published_bytes
from guatu.web.inspection.models import Draw
from guatu.web.inspection.selectors.draws import DRAWN_PUBLIC, OBJECTS, PUBLIC, draw_page
from guatu.web.kit.downloads import attached
from guatu.web.kit.table import table_page


def public_inspections(request: HttpRequest) -> HttpResponseBase:
    return table_page(request, PUBLIC, "inspection/public_list.html")


def public_inspection(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Draw, pk=pk)
    columns = {"drawn_columns": DRAWN_PUBLIC, "object_columns": OBJECTS}
    context = {"draw": row, "found": draw_page(row, language()), **columns}
    return render(request, "inspection/public_draw.html", context)


def public_inputs(request: HttpRequest, pk: int) -> HttpResponse:
    """The closed lists; the SHA-256 of this file is the one that was published."""
    row = get_object_or_404(Draw, pk=pk)
    if row.inputs is None:
        raise Http404
    return attached(published_bytes(row.inputs), f"inspection-{row.pk}.json", "application/json")


def public_script(request: HttpRequest, pk: int) -> HttpResponse:
    """The draw as a script; there once the seed is public."""
    row = get_object_or_404(Draw, pk=pk)
    if row.state != Draw.State.DRAWN or row.inputs is None:
        raise Http404
    script = script_of(order_of(row.inputs, row.seed))
    return attached(script.encode(), f"inspection-{row.pk}.py", "text/x-python; charset=utf-8")
