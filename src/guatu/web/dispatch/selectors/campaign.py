"""The campaign map: lights of one period by unit, by town, by domain and over the periods, as far as the actor
sees them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from guatu.web.base.actors import Actor
from guatu.web.base.prepared import Variants
from guatu.web.dispatch.models import Light, Period, Report
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.dispatch.selectors.period_facts import PeriodFacts, facts_of
from guatu.web.dispatch.selectors.period_keys import PeriodKey, in_time, judged_first
from guatu.web.dispatch.selectors.sealed import counting, fell_due, in_state
from guatu.web.dispatch.selectors.sealing import COLOURS, Outline


@dataclass
class Lights:
    """How many lights of each colour; `worst` is the colour that is shown for all of them."""

    red: int = 0
    amber: int = 0
    green: int = 0
    grey: int = 0

    def add(self, colour: str, count: int = 1) -> None:
        setattr(self, colour, getattr(self, colour) + count)

    @property
    def total(self) -> int:
        return self.red + self.amber + self.green + self.grey

    @property
    def worst(self) -> str:
        return next((colour for colour in COLOURS if getattr(self, colour)), "grey")


@dataclass
class UnitRow:
    unit_id: int
    name: str
    category: str
    place_id: int | None
    lights: Lights = field(default_factory=Lights)
    due: int = 0
    handed_in: int = 0

    @property
    def completeness(self) -> float | None:
        """Share of the reports due that were handed in; None where none was due."""
        return self.handed_in / self.due if self.due else None


@dataclass(frozen=True)
class Town:
    """A town on the map with its lights."""

    outline: Outline
    row: UnitRow | None

    @property
    def name(self) -> str:
        return self.outline.name

    @property
    def path(self) -> str:
        return self.outline.path

    @property
    def label(self) -> tuple[float, float]:
        return self.outline.label


@dataclass
class Campaign:
    """`periods` are all that may be chosen, `chosen` is the one that is shown; the trend is of its rhythm alone.

    `counted` are the lights of each colour, `tasks` and `units_with` how many tasks and units these stand on.
    """

    periods: list[PeriodKey]
    chosen: PeriodKey | None
    plan_id: int | None
    total: Lights
    tasks: Lights
    units_with: Lights
    units: list[UnitRow]
    domains: list[tuple[str, Lights]]
    towns: list[Town]
    trend: list[tuple[str, Lights]]
    due: int
    handed_in: int
    sealed: bool

    @property
    def key(self) -> str:
        return self.chosen.key if self.chosen else ""

    @property
    def keys(self) -> list[str]:
        return [one.key for one in self.periods]


def _lights(
    plan: int | None = None, units: list[int] | None = None, periods: list[int] | None = None
) -> QuerySet[Light]:
    """Lights of tasks (not of single targets)."""
    rows = Light.objects.filter(target__isnull=True)
    rows = rows if plan is None else rows.filter(task__plan=plan)
    rows = rows if units is None else rows.filter(unit__any=units)
    return rows if periods is None else rows.filter(period__any=periods)


def _reports(periods: list[int], today: datetime.date, units: list[int]) -> Any:
    """By unit: reports handed in, and those due that were not; drafts and returned reports are not handed in."""
    handed_in = in_state(*HANDED_IN)
    rows = Report.objects.filter(counting(), period__any=periods, unit__any=units).values_list("unit")
    return rows.annotate(
        handed_in=Count("id", filter=handed_in), missing=Count("id", filter=~handed_in & fell_due(today))
    )


_GIVEN: dict[str, type] = {"plan": int, "units": list, "periods": list}
_by_period: Variants[tuple[int, str, int]] = Variants(
    lambda **given: _lights(**given).values_list("period", "colour").annotate(n=Count("id")), **_GIVEN
)
_by_unit: Variants[tuple[int, str, str, int]] = Variants(
    lambda **given: _lights(**given).values_list("unit", "domain", "colour").annotate(n=Count("id")), **_GIVEN
)
_by_colour: Variants[tuple[str, int, int]] = Variants(
    lambda **given: (
        _lights(**given)
        .values_list("colour")
        .annotate(tasks=Count("task", distinct=True), units=Count("unit", distinct=True))
    ),
    **_GIVEN,
)
_report_counts: Variants[tuple[int, int, int]] = Variants(_reports, periods=list, today=datetime.date, units=list)


def campaign(actor: Actor, plan_id: int | None = None, key: str = "") -> Campaign:
    """The campaign map of one period: the one asked for, else the last one in which something was due."""
    wanted = {"plan": plan_id, "units": actor.list_for("map.view")}
    counts = _counts(_by_period(**wanted))
    rows = in_time(Period.objects.filter(pk__in=list(counts)).select_related("rule__plan"))
    chosen = next((one for one in rows if one.key == key), None) or judged_first(rows, actor.today)
    within = {**wanted, "periods": chosen.ids if chosen else []}
    facts = list(facts_of(chosen.periods, actor.today).values()) if chosen else []
    # Without a light there is nothing to be counted.
    units, domains = _counted(_by_unit(**within) if chosen else (), facts)
    reported = _report_counts(periods=within["periods"], today=actor.today, units=list(units)) if units else ()
    for unit_id, handed_in, missing in reported:
        units[unit_id].handed_in, units[unit_id].due = handed_in, handed_in + missing
    shown = _in_order(units, facts)
    tasks, units_with = _stood_on(_by_colour(**within) if chosen else ())
    return Campaign(
        periods=rows,
        chosen=chosen,
        plan_id=plan_id,
        total=_sum(counts, chosen) if chosen else Lights(),
        tasks=tasks,
        units_with=units_with,
        units=shown,
        domains=sorted(domains.items(), key=lambda item: (-item[1].red, -item[1].amber, item[0])),
        towns=_towns({row.place_id: row for row in shown if row.place_id and row.category == "town"}, facts),
        trend=[(one.key, _sum(counts, one)) for one in rows if chosen and one.rhythm == chosen.rhythm][-12:],
        due=sum(row.due for row in shown),
        handed_in=sum(row.handed_in for row in shown),
        sealed=bool(facts) and all(one.sealed for one in facts),
    )


def _counts(rows: Iterable[tuple[int, str, int]]) -> dict[int, Lights]:
    """Lights by period."""
    found: dict[int, Lights] = defaultdict(Lights)
    for period, colour, count in rows:
        found[period].add(colour, count)
    return found


def _sum(counts: Mapping[int, Lights], key: PeriodKey) -> Lights:
    found = Lights()
    for pk in key.ids:
        for colour in COLOURS:
            found.add(colour, getattr(counts[pk], colour))
    return found


def _stood_on(rows: Iterable[tuple[str, int, int]]) -> tuple[Lights, Lights]:
    """Of each colour how many tasks and how many units have such a light: each counted once."""
    tasks, units = Lights(), Lights()
    for colour, some, others in rows:
        tasks.add(colour, some)
        units.add(colour, others)
    return tasks, units


def _counted(
    rows: Iterable[tuple[int, str, str, int]], facts: Sequence[PeriodFacts]
) -> tuple[dict[int, UnitRow], dict[str, Lights]]:
    """Lights of one period by unit and by domain."""
    units: dict[int, UnitRow] = {}
    domains: dict[str, Lights] = {}
    for unit_id, domain, colour, count in rows:
        if unit_id not in units:
            units[unit_id] = _row(unit_id, facts)
        units[unit_id].lights.add(colour, count)
        domains.setdefault(domain, Lights()).add(colour, count)
    return units, domains


def _row(unit_id: int, facts: Iterable[PeriodFacts]) -> UnitRow:
    node = next((node for one in facts if (node := one.node(unit_id))), None)
    if node is None:
        return UnitRow(unit_id, f"#{unit_id}", "other", None)
    return UnitRow(unit_id, node.label, node.category, node.place_id)


def _in_order(units: Mapping[int, UnitRow], facts: Sequence[PeriodFacts]) -> list[UnitRow]:
    """Most red first; of equals the order of the directory says which comes first."""
    places: dict[int, int] = {}
    for one in facts:
        for pk in one.places:
            places.setdefault(pk, len(places))
    last = len(places)
    return sorted(
        units.values(), key=lambda r: (-r.lights.red, -r.lights.amber, places.get(r.unit_id, last), r.unit_id)
    )


def _towns(rows: Mapping[int | None, UnitRow], facts: Sequence[PeriodFacts]) -> list[Town]:
    """All towns; of periods that were closed one after the other as the county was at the last of them."""
    shown = max(facts, key=lambda one: (not one.sealed, one.on), default=None)
    return [Town(one, rows.get(one.place_id)) for one in shown.outlines] if shown else []
