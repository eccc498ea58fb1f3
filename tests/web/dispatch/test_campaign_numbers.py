"""The numbers of the campaign map equal those that an independent query finds in the database, for every kind of viewer."""

from __future__ import annotations

import csv
import datetime
import html
import io
import random
import re
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from guatu.core.kernel.explained import Rule
from guatu.web.base.actions import perform
from guatu.web.dispatch.actions.compute_lights import ComputeLights
from guatu.web.dispatch.actions.set_period_rule import SetPeriodRule
from guatu.web.dispatch.models import Light, Period, PeriodRule, Report
from guatu.web.dispatch.selectors.campaign import campaign
from guatu.web.dispatch.selectors.periods import same_rhythm
from guatu.web.dispatch.system import system_context
from guatu.web.ledger.models import Task
from tests.web.dispatch.conftest import Board, at

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2024, 6, 10)
WHY = msgspec.to_builtins(Rule("x", "有原因", "a reason").gives("red"))
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
                        explained=WHY,
                        on=TODAY,
                        at=at(6, 3),
                    )
                )
                if task is may.pipes:
                    # A light of a single target, which the map does not count.
                    lights.append(
                        Light(**given, target=may.length, colour="red", rule="x", explained=WHY, on=TODAY, at=at(6, 3))
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


# Each number leads to the rows that it counts.

LINKED = re.compile(r'<a href="(/[^"]+)">(?:<span class="tile-n">)?(\d+)(?:</span>)?')


def rows_behind(client: Client, address: str) -> int:
    """How many rows stand behind a number: counted in the export, which is not paged."""
    path, _, asked = html.unescape(address).partition("?")
    answer = client.get(f"{path}export/?{asked}&format=csv")
    assert answer.status_code == 200, address
    return len(list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))) - 1


@pytest.mark.parametrize("role", ["leader", "supervision"])
def test_each_number_of_the_map_leads_to_exactly_so_many_rows(lit: Board, client_of: Any, role: str) -> None:
    client = client_of(role)
    key = "2024-05"
    page = client.get(f"{reverse('campaign_map')}?period={key}").content.decode()
    found = LINKED.findall(page)
    assert len(found) > 60
    for address, shown in dict(found).items():
        assert rows_behind(client, address) == int(shown), address


def test_each_number_of_a_period_leads_to_exactly_so_many_rows(may: Board, client_of: Any) -> None:
    may.accepted("2024-05", may.patrol, "城关镇", at(6, 4))
    may.hand_in("2024-05", may.quality, "县财政局", at(6, 8))
    client = client_of("supervision")
    for address in (
        reverse("period_detail", args=[may.period("2024-05").pk]),
        f"{reverse('period_list')}?plan={may.plan.pk}",
    ):
        page = client.get(address).content.decode()
        found = [one for one in LINKED.findall(page) if "/reports/units/" in one[0]]
        assert len(found) >= 8
        for behind, shown in found:
            assert rows_behind(client, behind) == int(shown), behind


def test_lights_tasks_and_units_are_counted_each_for_itself(lit: Board, actor_of: Any) -> None:
    found = campaign(actor_of("leader", TODAY))
    lights = list(Light.objects.filter(period__key=found.key, target=None).values_list("colour", "task", "unit"))
    for colour in COLOURS:
        of = [(task, unit) for shown, task, unit in lights if shown == colour]
        assert getattr(found.total, colour) == len(of)
        assert getattr(found.tasks, colour) == len({task for task, _unit in of}) < len(of)
        assert getattr(found.units_with, colour) == len({unit for _task, unit in of})


# Periods of rules that run side by side.


def test_a_quarter_does_not_come_before_the_months_that_follow_it(may: Board, actor_of: Any) -> None:
    """By their texts "2024Q2" would stand after "2024-12" and every map would open on it."""
    PeriodRule.objects.create(plan=may.plan, name="季调度", every="quarter", starts_on=datetime.date(2024, 4, 1))
    may.open(at(6, 26))
    for period in Period.objects.all():
        perform(ComputeLights(period.pk, datetime.date(2024, 6, 26)), system_context(at(6, 26)))
    found = campaign(actor_of("leader", datetime.date(2024, 6, 26)))
    assert found.key == "2024-05"
    assert found.keys == ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06", "2024Q2"]
    assert [key for key, _lights in found.trend] == [f"2024-{month:02d}" for month in range(1, 7)]
    quarter = campaign(actor_of("leader", datetime.date(2024, 6, 26)), key="2024Q2")
    assert [key for key, _lights in quarter.trend] == ["2024Q2"]
    due = campaign(actor_of("leader", datetime.date(2024, 7, 10)))
    assert due.key == "2024-06"


def test_a_second_rule_of_the_same_rhythm_makes_nothing_due_twice(may: Board) -> None:
    before = Report.objects.count()
    again = SetPeriodRule(may.plan.pk, "又一个月调度", "month", starts_on=datetime.date(2024, 6, 1))
    made = perform(again, may.context("supervision", at(6, 3)))
    assert same_rhythm(made) == ["月调度"]
    may.open(at(6, 26))
    assert may.plan.period_rules.count() == 2
    twice = Report.objects.values("period__key", "task", "unit").annotate(n=Count("id")).filter(n__gt=1)
    assert not twice.exists()
    assert Report.objects.count() == before + Report.objects.filter(period__key="2024-06").count()
