"""To which unit a case belongs. The app that keeps the duty list answers; this app only asks."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from guatu.adapters.flows.engine import FlowEngine
from guatu.core.kernel.explained import Explained, Unknown
from guatu.core.kernel.finding import Language
from guatu.web.base.hooks import Hooks
from guatu.web.base.language import joined
from guatu.web.cases.models import Case


@dataclass(frozen=True)
class Matter:
    """What is routed: a class of a pack, at a place (the most specific one that is known), on a day."""

    pack: str
    class_code: str
    place_id: int | None
    on: datetime.date


@dataclass(frozen=True)
class Routed:
    """The unit with its reason, or why there is none."""

    unit_id: int | None
    why: Explained[str] | Unknown


Router = Callable[[Matter], Routed]
_routers: Hooks[Router] = Hooks()
routed_by = _routers.add
"""Registers who knows the duties."""


def route(matter: Matter) -> Routed | None:
    """None where no app keeps a duty list."""
    router = _routers.last()
    return router(matter) if router else None


def route_case(row: Case, on: datetime.date) -> Routed | None:
    return route(Matter(row.pack, row.class_code, row.place_id, on))


@dataclass(frozen=True)
class TableSays:
    """What a decision of the flow says about the unit: its name, the decision, the rules that were met (rows from 1;
    none where it is no table) and their descriptions.

    `lacking` names the fields without which it could not be judged; then it names no unit.
    """

    unit: str
    table: str
    rows: tuple[int, ...] = ()
    words: str = ""
    lacking: str = ""


SUGGESTED = "unit_suggested"
"""The field in which a decision table of a pack names the unit."""


def tables_say(engine: FlowEngine, data: dict[str, object], language: Language) -> list[TableSays]:
    """The answers of all decisions of the flow that name a unit, in the order of the flow; none of one that no rule
    fits."""
    found = []
    for node in engine.flow.nodes:
        decision = engine.decisions.get(node.decision) if node.kind == "decision" else None
        if decision is None or SUGGESTED not in decision.outputs:
            continue
        decided = decision.decide(data, engine.flow.words)
        name = (node.name_en if language == "en" else node.name) or decision.name or decision.id
        if (lacking := decided.lacking(engine.flow.words)) is not None:
            found.append(TableSays("", name, lacking=lacking.en if language == "en" else lacking.zh))
        elif decided.hits or decided.value is not None:
            unit = str(decided.outputs[SUGGESTED] or "")
            words = joined(hit.description for hit in decided.hits if hit.description)
            found.append(TableSays(unit, name, tuple(hit.row for hit in decided.hits), words))
    return found
