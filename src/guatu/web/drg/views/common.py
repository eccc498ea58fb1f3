"""What the pages share: the run and the hospital that an address names, if the actor may see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from guatu.web.base.actors import Actor
from guatu.web.base.problems import Problem
from guatu.web.drg.models import Hospital, RegionYear, Run
from guatu.web.drg.selectors.scope import sees_all, visible_hospitals, visible_runs
from guatu.web.ledger import export
from guatu.web.ledger.views.common import needs
from guatu.web.ledger.views.fields import text_of

PAGE = 100
Redrawn = Callable[[Problem], HttpResponse]


def actor_of(request: HttpRequest) -> Actor:
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def run_of(request: HttpRequest, pk: int) -> Run:
    """A run with results that the actor may see."""
    return get_object_or_404(visible_runs(actor_of(request)), pk=pk, state=Run.State.DONE)


def whole_run(request: HttpRequest, pk: int) -> Run:
    """A run, for those who see the whole region."""
    if not sees_all(actor_of(request)):
        raise Http404
    return run_of(request, pk)


def whole_year(request: HttpRequest, pk: int) -> RegionYear:
    if not sees_all(actor_of(request)):
        raise Http404
    return get_object_or_404(RegionYear, pk=pk)


def hospital_of(request: HttpRequest, code: str) -> Hospital:
    return get_object_or_404(visible_hospitals(actor_of(request)), code=code)


def page_of(request: HttpRequest, rows: Sequence[Any]) -> Page[Any]:
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def tabs(request: HttpRequest, run: Run, here: str) -> dict[str, Any]:
    """What the head of every page of a run needs."""
    actor = actor_of(request)
    return {
        "run": run,
        "year": run.region_year,
        "here": here,
        "whole": sees_all(actor),
        "may_edit": actor.may("drg.edit"),
    }


def exported(
    request: HttpRequest, name: str, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """The rows of a page as xlsx, or as csv where the address says so."""
    kind = "csv" if text_of(request.GET, "format") == "csv" else "xlsx"
    columns = [export.Column(title, width) for title, width in heads]
    answer: HttpResponse = export.download(name, columns, rows, kind, actor_of(request).today)  # type: ignore[assignment]
    return answer


__all__ = ["actor_of", "exported", "hospital_of", "needs", "page_of", "run_of", "tabs", "whole_run", "whole_year"]
