"""Background work: runs and simulations. Twice: only what is still running is written, under a lock."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import perform
from guatu.web.base.jobs import Running, handler
from guatu.web.drg.actions.run_year import RUN
from guatu.web.drg.actions.simulate import SIMULATE
from guatu.web.drg.actions.store_failure import StoreFailure
from guatu.web.drg.actions.store_run import StoreRun
from guatu.web.drg.actions.store_simulation import StoreSimulation
from guatu.web.drg.computing.given import Refused, parameters_of
from guatu.web.drg.computing.run import compute
from guatu.web.drg.computing.simulate import simulate
from guatu.web.drg.models import Run, Simulation
from guatu.web.drg.sources import approved_parameters, sources_of


@handler(RUN, gettext_lazy("DRG 计算"))
def run_year(running: Running) -> dict[str, Any]:
    run = Run.objects.get(pk=running.payload["run"])
    if run.state != Run.State.RUNNING:
        return {"run": run.pk}
    context = running.context()
    try:
        with TemporaryDirectory() as folder:
            outcome = compute(sources_of(run), approved_parameters(run), Path(folder), _share(running))
    except Refused as refused:
        perform(StoreFailure("run", run.pk, refused.words), context)
    else:
        perform(StoreRun(run.pk, outcome), context)
    return {"run": run.pk}


@handler(SIMULATE, gettext_lazy("DRG 测算"))
def simulate_run(running: Running) -> dict[str, Any]:
    made = Simulation.objects.select_related("run").get(pk=running.payload["simulation"])
    if made.state != Simulation.State.RUNNING:
        return {"simulation": made.pk}
    context = running.context()
    try:
        with TemporaryDirectory() as folder:
            parameters = parameters_of(made.run.parameters.text)
            outcome = simulate(sources_of(made.run), parameters, made.changes, Path(folder), _share(running))
    except Refused as refused:
        perform(StoreFailure("simulation", made.pk, refused.words), context)
    else:
        perform(StoreSimulation(made.pk, outcome), context)
    return {"simulation": made.pk}


def _share(running: Running) -> Any:
    return lambda part: running.progress(int(95 * part))
