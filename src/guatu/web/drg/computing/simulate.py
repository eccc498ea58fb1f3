"""The same stays under the parameters of a run and under changed ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from guatu.engines.drg.parameters import ParameterSet
from guatu.engines.drg.points.model import RULE_NAMES
from guatu.engines.drg.simulation.change import changed, of_weights
from guatu.engines.drg.simulation.compare import Comparison, compare
from guatu.web.drg.computing.given import Share, refuse
from guatu.web.drg.computing.run import Sources, prepare, settle, weigh
from guatu.web.drg.computing.told import plain, told


def simulate(
    sources: Sources, parameters: ParameterSet, changes: Sequence[str], folder: Path, share: Share
) -> dict[str, Any]:
    """Hospitals and groups before and after. Raises `Refused` where the changed set leaves nothing to compute."""
    after, wrong = changed(parameters, changes)
    refuse(wrong)
    given = prepare(sources, folder, share)
    old, _ = weigh(sources, given, parameters)
    new = weigh(sources, given, after)[0] if of_weights(parameters, after) else old
    share(0.7)
    before_year, _, _ = settle(given, old, parameters, simulated=True)
    share(0.85)
    after_year, _, _ = settle(given, new, after, simulated=True)
    return _plain(compare(before_year, after_year))


def _plain(found: Comparison) -> dict[str, Any]:
    hospitals = [
        {
            "code": row.code, "name": row.name, "points_before": plain(row.points_before),
            "points_after": plain(row.points_after), "before": plain(row.entitlement_before),
            "after": plain(row.entitlement_after), "change": told(row.change),
            "clearing_before": told(row.clearing_before), "clearing_after": told(row.clearing_after),
        }
        for row in found.hospitals
    ]  # fmt: skip
    groups = [
        {
            "group": row.group, "cases": row.cases, "before": plain(row.points_before),
            "after": plain(row.points_after),
            "base_before": None if row.base_before is None else plain(row.base_before),
            "base_after": None if row.base_after is None else plain(row.base_after),
        }
        for row in found.groups
        if row.points_before != row.points_after
    ]  # fmt: skip
    moved = []
    for pair, cases in found.moved.items():
        old, _, new = pair.partition(" > ")
        names = [" → ".join(RULE_NAMES[rule][n] for rule in (old, new)) for n in (0, 1)]
        moved.append({"zh": names[0], "en": names[1], "cases": cases})
    return {"hospitals": hospitals, "groups": groups, "moved": moved}
