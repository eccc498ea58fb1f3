"""What is wrong with rows, what stands out, and what a change of parameters would do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.engines.drg.parameters.catalogue import PARAMETERS
from guatu.web.base.language import language
from guatu.web.base.shown import first
from guatu.web.drg.actions.simulate import Simulate
from guatu.web.drg.models import Simulation
from guatu.web.drg.selectors import run_lists
from guatu.web.drg.selectors.cases import problem_counts, problem_table
from guatu.web.drg.selectors.scope import sees_all, visible_hospitals
from guatu.web.drg.selectors.simulations import GROUPS, MOVED, TRIED, changed
from guatu.web.drg.views.common import actor_of, run_of, tabs, whole_run
from guatu.web.kit.forms import Form
from guatu.web.kit.pages import Sends, page

TRIES = 30


@page("drg.view", "drg/problems.html")
def problems(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Rows that were left out or warned of, counted by reason and listed. A hospital sees those of its own rows."""
    run, actor = run_of(request, pk), actor_of(request)
    codes = None if sees_all(actor) else frozenset(visible_hospitals(actor).values_list("code", flat=True))
    return {
        "own_list": run_lists.problems(run, codes),
        **tabs(request, run, "problems"),
        "counts": problem_counts(problem_table(run, codes)),
        "bad_lines": run.stays.bad_lines + run.history.bad_lines if codes is None else 0,
    }


@page("drg.view", "drg/quality.html")
def quality(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What differs from the region and should be looked at."""
    run = whole_run(request, pk)
    return {"own_list": run_lists.stand_out(run), **tabs(request, run, "quality")}


def _tried(made: Simulation) -> str:
    return reverse("drg_simulation", args=[made.pk])


def _known(request: HttpRequest, pk: int) -> dict[str, Any]:
    return {"run_id": whole_run(request, pk).pk}


TRY = Form("", "", Simulate, said=_("已开始计算。"))


@page("drg.view", "drg/simulate.html", sends=Sends(TRY, _tried, known=_known))
def simulate(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Tries a run with other parameters; earlier tries stand below."""
    run = whole_run(request, pk)
    return {
        **tabs(request, run, "simulate"),
        "names": [(name, spec.en if language() == "en" else spec.zh) for name, spec in PARAMETERS.items()],
        "columns": TRIED,
        "tries": first(run.simulations.select_related("made_by").order_by("-id"), TRIES),
    }


@page("drg.view", "drg/simulation.html")
def simulation(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Hospitals and groups before and after."""
    made = get_object_or_404(Simulation.objects.select_related("job"), pk=pk)
    run = whole_run(request, made.run_id)
    context = {
        **tabs(request, run, "simulate"),
        "made": made,
        "moved": MOVED,
        "groups": GROUPS,
        "failure": [pair[language() == "en"] for pair in made.failure],
        "next": reverse("drg_simulation", args=[made.pk]),
    }
    return context | {"own_list": changed(made)} if made.outcome else context
