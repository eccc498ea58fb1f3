"""The numbers of the campaign map equal those that an independent query finds in the database, for every kind of viewer."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pytest
from django.db import connection

from guatu.web.dispatch.models import Light, Period, Report
from guatu.web.dispatch.selectors.campaign import campaign
from guatu.web.ledger.models import Task
from tests.web.dispatch.conftest import Board, at

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2024, 6, 10)
COLOURS = ("green", "amber", "red", "grey")


@pytest.fixture
def lit(may: Board) -> Board:
    """Lights and reports of every colour and state, drawn at random, over all units and the months that are open."""
    rng = random.Random(20240610)
    tasks = [may.pipes, may.quality, may.patrol]
    for n in range(12):
        tasks.append(
            Task.objects.create(
                plan=may.plan,
                version=may.pipes.version,
                title=f"任务{n}",
                domain=f"领域{n % 3}",
                state="open",
                order=9 + n,
            )
        )
    units = list(may.county.units.values())
    lights = []
    for period in Period.objects.all():
        Report.objects.filter(period=period).delete()
        for task in tasks:
            for unit in rng.sample(units, 6):
                given: dict[str, Any] = {"period": period, "task": task, "unit": unit}
                lights.append(
                    Light(
                        **given,
                        domain=task.domain,
                        colour=rng.choice(COLOURS),
                        rule="x",
                        explained={},
                        on=TODAY,
                        at=at(6, 3),
                    )
                )
                if task is may.pipes:
                    # A light of a single target, which the map does not count.
                    lights.append(
                        Light(**given, target=may.length, colour="red", rule="x", explained={}, on=TODAY, at=at(6, 3))
                    )
                Report.objects.create(**given, state=rng.choice(Report.State.values))
    Light.objects.bulk_create(lights)
    return may


def query(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def visible(units: frozenset[int] | None) -> str:
    return (
        "" if units is None else f" AND l.unit_id IN ({','.join(map(str, sorted(units)))})" if units else " AND 1 = 0"
    )


@pytest.mark.parametrize("role", ["leader", "supervision", "lead", "responsible", "town", "village", "auditor"])
def test_the_numbers_of_the_map_are_those_of_the_database(lit: Board, actor_of: Any, role: str) -> None:
    actor = actor_of(role, TODAY)
    found = campaign(actor)
    only = visible(actor.units_for("map.view"))
    base = (
        "FROM dispatch_light l JOIN dispatch_period p ON p.id = l.period_id JOIN ledger_task t ON t.id = l.task_id"
        f" WHERE l.target_id IS NULL{only}"
    )
    keys = [key for (key,) in query(f"SELECT DISTINCT p.key {base} ORDER BY p.key", [])]
    assert (found.keys, found.key) == (keys, keys[-1])
    by_unit = {
        (u, c): n
        for u, c, n in query(f"SELECT l.unit_id, l.colour, COUNT(*) {base} AND p.key = %s GROUP BY 1, 2", [found.key])
    }
    shown = {(row.unit_id, c): getattr(row.lights, c) for row in found.units for c in COLOURS if getattr(row.lights, c)}
    assert shown == by_unit
    for colour in COLOURS:
        assert getattr(found.total, colour) == sum(n for (_, c), n in by_unit.items() if c == colour)
    by_domain = query(f"SELECT t.domain, l.colour, COUNT(*) {base} AND p.key = %s GROUP BY 1, 2", [found.key])
    domains = {(d, c): getattr(lights, c) for d, lights in found.domains for c in COLOURS if getattr(lights, c)}
    assert domains == {(d, c): n for d, c, n in by_domain}
    by_key = query(f"SELECT p.key, l.colour, COUNT(*) {base} GROUP BY 1, 2", [])
    trend = {(k, c): getattr(lights, c) for k, lights in found.trend for c in COLOURS if getattr(lights, c)}
    assert trend == {(k, c): n for k, c, n in by_key}


@pytest.mark.parametrize("role", ["leader", "lead", "town"])
def test_reports_due_and_handed_in_are_those_of_the_database(lit: Board, actor_of: Any, role: str) -> None:
    actor = actor_of(role, TODAY)
    found = campaign(actor)
    units = [row.unit_id for row in found.units]
    marks = ",".join(["%s"] * len(units))
    sql = (
        "SELECT SUM(CASE WHEN r.state IN ('submitted', 'accepted', 'locked') THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN r.state IN ('submitted', 'accepted', 'locked') OR p.due_on < %s THEN 1 ELSE 0 END)"
        f" FROM dispatch_report r JOIN dispatch_period p ON p.id = r.period_id WHERE p.key = %s AND r.unit_id IN ({marks})"
    )
    [(handed_in, due)] = query(sql, [TODAY, found.key, *units])
    assert (found.handed_in, found.due) == (handed_in, due)
    assert 0 < handed_in < due


def test_a_town_sees_no_light_of_another_unit(lit: Board, actor_of: Any) -> None:
    actor = actor_of("town", TODAY)
    shown = {row.unit_id for row in campaign(actor).units}
    assert shown and shown <= actor.units_for("map.view")


def test_the_lights_of_a_chosen_period_and_plan_are_theirs_alone(lit: Board, actor_of: Any) -> None:
    actor = actor_of("leader", TODAY)
    first = campaign(actor).keys[0]
    found = campaign(actor, lit.plan.pk, first)
    sql = "SELECT COUNT(*) FROM dispatch_light l JOIN dispatch_period p ON p.id = l.period_id WHERE p.key = %s AND l.target_id IS NULL"
    assert found.total.total == query(sql, [first])[0][0]
    assert campaign(actor, lit.plan.pk + 999).total.total == 0
    assert campaign(actor, key="2024-99").key == found.keys[-1]
