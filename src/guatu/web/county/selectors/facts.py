"""What a county has on a day, asked of the apps that keep it."""

from __future__ import annotations

import datetime

from guatu.web.base.actors import Actor
from guatu.web.base.problems import NotNow
from guatu.web.base.settings_table import setting
from guatu.web.county.selectors.first_steps import Facts
from guatu.web.directory.selectors.accounts import with_roles
from guatu.web.directory.selectors.grants import everybody
from guatu.web.directory.selectors.place_tree import PlaceNode, PlaceTree, place_tree
from guatu.web.directory.selectors.tree import UnitTree, unit_tree
from guatu.web.dispatch.selectors.circular_texts import issuer
from guatu.web.dispatch.selectors.periods import period_counts
from guatu.web.ledger.selectors.running import plan_counts, units_with_duties

TOWN, REPORTS, CONFIRMS = "town", "report.write", "plan.confirm"


def facts_on(today: datetime.date) -> Facts:
    places, units, people = place_tree(today), unit_tree(today), everybody(today)
    levels = {level: [one for one in places.nodes.values() if one.level == level] for level in ("county", "village")}
    plans = plan_counts()
    rules, periods = period_counts()
    return Facts(
        name=setting("county.name", today),
        code=setting("county.code", today) or "",
        issuer=_issuer(today),
        counties=[one.name for one in levels["county"]],
        towns=[one.name for one in towns(places)],
        villages=len(levels["village"]),
        unled=[one.name for one in towns(places) if one.id not in _led(units)],
        # Units of towns and villages are counted where their places are.
        offices=sum(one.category not in (TOWN, "village") for one in units.nodes.values()),
        accounts=with_roles(today),
        confirms=people.may(CONFIRMS),
        reports=people.may(REPORTS),
        silent=_silent(units, people),
        drafts=plans.get("draft", 0),
        # One that is finished with has run.
        running=plans.get("confirmed", 0) + plans.get("closed", 0),
        rules=rules,
        periods=periods,
    )


def _issuer(today: datetime.date) -> str:
    try:
        return issuer(today)
    except NotNow:
        return ""


def towns(places: PlaceTree) -> list[PlaceNode]:
    return sorted((one for one in places.nodes.values() if one.level == TOWN), key=lambda one: one.code)


def unled(today: datetime.date) -> list[PlaceNode]:
    """Towns that no unit is in charge of."""
    led = _led(unit_tree(today))
    return [one for one in towns(place_tree(today)) if one.id not in led]


def _led(units: UnitTree) -> set[int | None]:
    return {one.place_id for one in units.nodes.values() if one.category == TOWN}


def _silent(units: UnitTree, people: Actor) -> list[str]:
    wanted = {one.id for one in units.nodes.values() if one.category == TOWN} | units_with_duties(None)
    # In the order of the directory, and none that has been dissolved.
    return [one.label for _depth, one in units.walk() if one.id in wanted and not people.may(REPORTS, one.id)]
