"""What the pages share: the run and the hospital that an address names, if the actor may see them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from guatu.web.drg.models import Hospital, RegionYear, Run
from guatu.web.drg.selectors.scope import sees_all, visible_hospitals, visible_runs
from guatu.web.kit.guard import actor_of, needs


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


__all__ = ["actor_of", "hospital_of", "needs", "run_of", "tabs", "whole_run", "whole_year"]
