"""Random inspection in public, without an account: plans, lists, seeds, results, and the means to draw again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from guatu.core.cases.sampling.script import script_of
from guatu.web.dispatch.views.supervision import attached
from guatu.web.inspection.lists import order_of, published_bytes
from guatu.web.inspection.models import Draw
from guatu.web.inspection.selectors.draws import draw_lines, draw_page
from guatu.web.ledger.views.common import language


def public_inspections(request: HttpRequest) -> HttpResponse:
    return render(request, "inspection/public_list.html", {"lines": draw_lines(timezone.localdate())})


def public_inspection(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Draw, pk=pk)
    context = {"draw": row, "found": draw_page(row, language())}
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
