"""What is wrong with rows, what stands out, and what a change of parameters would do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from guatu.engines.drg.parameters.catalogue import PARAMETERS
from guatu.web.base.actions import perform
from guatu.web.base.language import language
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.base.shown import first
from guatu.web.drg.actions.simulate import Simulate
from guatu.web.drg.models import Simulation
from guatu.web.drg.selectors import run_lists
from guatu.web.drg.selectors.cases import problem_counts, problem_table
from guatu.web.drg.selectors.scope import sees_all, visible_hospitals
from guatu.web.drg.selectors.simulations import GROUPS, MOVED, TRIED, changed
from guatu.web.drg.views.common import actor_of, needs, run_of, tabs, whole_run
from guatu.web.kit.table import table_page
from guatu.web.kit.typed import Typed, typed
from guatu.web.kit.values import text_of

TRIES = 30


@needs("drg.view")
def problems(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Rows that were left out or warned of, counted by reason and listed. A hospital sees those of its own rows."""
    run, actor = run_of(request, pk), actor_of(request)
    codes = None if sees_all(actor) else frozenset(visible_hospitals(actor).values_list("code", flat=True))
    context = {
        **tabs(request, run, "problems"),
        "counts": problem_counts(problem_table(run, codes)),
        "bad_lines": run.stays.bad_lines + run.history.bad_lines if codes is None else 0,
    }
    table = run_lists.problems(run, codes)
    return table_page(request, table, "drg/problems.html", context, file=table)


@needs("drg.view")
def quality(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What differs from the region and should be looked at."""
    run = whole_run(request, pk)
    table = run_lists.stand_out(run)
    return table_page(request, table, "drg/quality.html", tabs(request, run, "quality"), file=table)


@needs("drg.view")
def simulate(request: HttpRequest, pk: int) -> HttpResponse:
    """Tries a run with other parameters; earlier tries stand below."""
    run = whole_run(request, pk)
    form = Typed()
    if request.method == "POST":
        try:
            made = perform(Simulate(run.pk, text_of(request.POST, "changes")), context_of(request))
            return redirect("drg_simulation", made.pk)
        except Problem as problem:
            form = typed(request, "", problem)
    english = language() == "en"
    context = {
        **tabs(request, run, "simulate"),
        **form.shown(),
        "names": [(name, spec.en if english else spec.zh) for name, spec in PARAMETERS.items()],
        "columns": TRIED,
        "tries": first(run.simulations.select_related("made_by").order_by("-id"), TRIES),
    }
    return render(request, "drg/simulate.html", context, status=form.status)


@needs("drg.view")
def simulation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hospitals and groups before and after."""
    made = get_object_or_404(Simulation.objects.select_related("job"), pk=pk)
    run = whole_run(request, made.run_id)
    table = changed(made)
    context = {
        **tabs(request, run, "simulate"),
        "made": made,
        "moved": MOVED,
        "groups": GROUPS,
        "failure": [pair[language() == "en"] for pair in made.failure],
        "next": reverse("drg_simulation", args=[made.pk]),
    }
    if not made.outcome:
        return render(request, "drg/simulation.html", context)
    return table_page(request, table, "drg/simulation.html", context, file=table)
