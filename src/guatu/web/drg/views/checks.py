"""What is wrong with rows, what stands out, and what a change of parameters would do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.packs.drg.parameters.catalogue import PARAMETERS
from guatu.packs.drg.quality.registry import all_checks
from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.drg.actions.simulate import Simulate
from guatu.web.drg.models import Simulation
from guatu.web.drg.selectors.cases import Row, problem_counts, problem_rows, problem_table, signals
from guatu.web.drg.selectors.scope import sees_all, visible_hospitals
from guatu.web.drg.views.common import actor_of, exported, needs, page_of, run_of, tabs, whole_run
from guatu.web.drg.words import language, picked
from guatu.web.ledger.views.fields import text_of


@needs("drg.view")
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """Rows that were left out or warned of, counted by reason and listed. A hospital sees those of its own rows."""
    run, actor = run_of(request, pk), actor_of(request)
    codes = None if sees_all(actor) else frozenset(visible_hospitals(actor).values_list("code", flat=True))
    severity, code = text_of(request.GET, "severity"), text_of(request.GET, "code")
    table = problem_table(run, codes, severity, code)
    if "format" in request.GET:
        rows = problem_rows(table)
        return exported(request, f"DRG-{run.region_year}-problems", _problem_heads(), _problem_cells(rows))
    page = page_of(request, range(table.num_rows))
    start = page.start_index() - 1 if table.num_rows else 0
    context = {
        **tabs(request, run, "problems"),
        "page": page,
        "rows": problem_rows(table.slice(start, len(page))),
        "counts": problem_counts(problem_table(run, codes)),
        "severity": severity,
        "code": code,
        "bad_lines": run.stays.bad_lines + run.history.bad_lines if codes is None else 0,
    }
    return render(request, "drg/problems.html", context)


def _problem_heads() -> list[tuple[str, int]]:
    return [
        (_("数据表"), 10), (_("行"), 8), (_("病例号"), 28), (_("医院代码"), 12), (_("列"), 12), (_("程度"), 8), (_("原因"), 60),
    ]  # fmt: skip


def _problem_cells(rows: list[Row]) -> Iterator[list[Any]]:
    for row in rows:
        yield [row["table"], row["row"], row["id"], row["hospital"], row["column"], row["severity"], row["said"]]


@needs("drg.view")
def quality(request: HttpRequest, pk: int) -> HttpResponse:
    """What differs from the region and should be looked at."""
    run = whole_run(request, pk)
    place, what = text_of(request.GET, "hospital"), text_of(request.GET, "what")
    rows = signals(run, place, what)
    if "format" in request.GET:
        return exported(request, f"DRG-{run.region_year}-signals", _signal_heads(), _signal_cells(rows))
    at = 1 if language() == "en" else 0
    results = run.results.select_related("hospital").order_by("hospital__code")
    context = {
        **tabs(request, run, "quality"),
        "page": page_of(request, rows),
        "checks": [(name, check.NAME[at]) for name, check in all_checks()],
        "hospitals": [result.hospital for result in results],
        "hospital": place,
        "what": what,
    }
    return render(request, "drg/quality.html", context)


def _signal_heads() -> list[tuple[str, int]]:
    return [(_("医院代码"), 12), (_("提示"), 20), (_("病组"), 10), (_("理由"), 70), (_("先看这些病例"), 50)]


def _signal_cells(rows: list[Row]) -> Iterator[list[Any]]:
    for row in rows:
        yield [row["hospital"], picked(row), row["about"], picked(row["figure"]), " ".join(row["stays"])]


@needs("drg.view")
def simulate(request: HttpRequest, pk: int) -> HttpResponse:
    """Tries a run with other parameters; earlier tries stand below."""
    run = whole_run(request, pk)
    problem = None
    if request.method == "POST":
        try:
            made = perform(Simulate(run.pk, text_of(request.POST, "changes")), context_of(request))
            return redirect("drg_simulation", made.pk)
        except Problem as error:
            problem = error
    english = language() == "en"
    context = {
        **tabs(request, run, "simulate"),
        "problem": problem,
        "typed": text_of(request.POST, "changes"),
        "names": [(name, spec.en if english else spec.zh) for name, spec in PARAMETERS.items()],
        "tries": run.simulations.select_related("made_by").order_by("-id")[:30],
    }
    return render(request, "drg/simulate.html", context, status=problem.status if problem else 200)


@needs("drg.view")
def simulation(request: HttpRequest, pk: int) -> HttpResponse:
    """Hospitals and groups before and after."""
    made = get_object_or_404(Simulation.objects.select_related("job"), pk=pk)
    run = whole_run(request, made.run_id)
    if "format" in request.GET and made.outcome:
        return exported(request, f"DRG-{run.region_year}-simulation", _change_heads(), _change_cells(made))
    context = {
        **tabs(request, run, "simulate"),
        "made": made,
        "failure": [pair[language() == "en"] for pair in made.failure],
        "next": reverse("drg_simulation", args=[made.pk]),
    }
    return render(request, "drg/simulation.html", context)


def _change_heads() -> list[tuple[str, int]]:
    return [
        (_("医院代码"), 12), (_("医院"), 24), (_("调整前点数"), 16), (_("调整后点数"), 16), (_("调整前应得额(元)"), 18),
        (_("调整后应得额(元)"), 18), (_("变化(元)"), 18),
    ]  # fmt: skip


def _change_cells(made: Simulation) -> Iterator[list[Any]]:
    from decimal import Decimal

    names = ("points_before", "points_after", "before", "after")
    for row in made.outcome["hospitals"]:
        numbers = [Decimal(row[name]) for name in names]
        yield [row["code"], row["name"], *numbers, Decimal(row["change"]["value"])]
