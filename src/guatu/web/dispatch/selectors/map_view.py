"""What the campaign map is asked for, and what it shows of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guatu.web.base.actors import Actor
from guatu.web.dispatch.selectors.campaign import Campaign, UnitRow, campaign
from guatu.web.dispatch.selectors.map_measure import FIRST, MEASURES, MeasuredMap, measured
from guatu.web.dispatch.selectors.map_rows import Week, by_end_of, in_domain, weeks
from guatu.web.dispatch.selectors.watched import Watched, watched
from guatu.web.kit.values import id_or_none, text_of


@dataclass(frozen=True)
class MapView:
    """`week` is the one that is asked for; the map then shows who had reported by its end."""

    found: Campaign
    map: MeasuredMap
    domain: str
    weeks: list[Week]
    week: Week | None
    watched: list[Watched]


def map_view(actor: Actor, given: Mapping[str, Any], most: int = 12) -> MapView:
    """The map as an address asks for it: `plan`, `period`, `domain`, `measure`, `week`."""
    found = campaign(actor, id_or_none(given, "plan"), text_of(given, "period"))
    periods = found.chosen.periods if found.chosen else []
    known = {domain for domain, _lights in found.domains}
    domain = asked if (asked := text_of(given, "domain")) in known else ""
    all_weeks = weeks(actor, periods)
    week = next((one for one in all_weeks if one.name == text_of(given, "week")), None)
    measure = MEASURES.get("reported" if week else text_of(given, "measure"), MEASURES[FIRST])
    rows: list[UnitRow] = towns_of(found)
    before: list[UnitRow] = []
    if measure.name == "trend" and found.key:
        earlier = _before(actor, found)
        before = _narrowed(earlier, actor, domain) if earlier else []
    if week:
        rows = by_end_of(rows, actor, periods, week, domain)
    elif domain:
        rows = in_domain(rows, actor, periods, domain)
    shown = measured(measure, found.towns, rows, before)
    return MapView(found, shown, domain, all_weeks, week, watched(actor, periods, most, domain))


def towns_of(found: Campaign) -> list[UnitRow]:
    """The rows of towns, whether or not their outlines are known."""
    return [row for row in found.units if row.category == "town"]


def _before(actor: Actor, found: Campaign) -> Campaign | None:
    """The map of the period before the one that is shown, of the same rhythm."""
    at = next((at for at, one in enumerate(found.periods) if one is found.chosen), 0)
    rhythm = found.chosen.rhythm if found.chosen else None
    earlier = [one for one in found.periods[:at] if one.rhythm == rhythm]
    return campaign(actor, found.plan_id, earlier[-1].key) if earlier else None


def _narrowed(found: Campaign, actor: Actor, domain: str) -> list[UnitRow]:
    rows = towns_of(found)
    return in_domain(rows, actor, found.chosen.periods, domain) if domain and found.chosen else rows


def domain_choices(found: Campaign) -> Iterable[tuple[str, str]]:
    return sorted((domain, domain) for domain, _lights in found.domains if domain)
