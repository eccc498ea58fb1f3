"""The map by a measure: its numbers are those of the database, towns that differ look different, and weeks add up."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guatu.web.dispatch.models import Light, Period, Report
from guatu.web.dispatch.selectors.campaign import Lights, UnitRow, campaign
from guatu.web.dispatch.selectors.map_measure import MEASURES, measured
from guatu.web.dispatch.selectors.map_rows import weeks
from guatu.web.dispatch.selectors.map_view import map_view
from guatu.web.dispatch.selectors.watched import watched
from tests.web.dispatch.conftest import Board, at
from tests.web.dispatch.test_campaign_numbers import TODAY
from tests.web.dispatch.test_campaign_numbers import lit as lit

pytestmark = pytest.mark.django_db
DONE = ("submitted", "accepted", "locked")


def row(unit: int, red: int = 0, green: int = 0, grey: int = 0, due: int = 0, handed_in: int = 0) -> UnitRow:
    return UnitRow(unit, f"镇{unit}", "town", None, Lights(red, 0, green, grey), due, handed_in)


def shown_periods(actor: Any) -> list[Period]:
    chosen = campaign(actor).chosen
    assert chosen is not None
    return list(chosen.periods)


def test_towns_that_all_have_a_red_light_have_different_colours() -> None:
    rows = [row(unit, red=unit, green=12 - unit) for unit in range(1, 6)]
    found = measured(MEASURES["red"], [], rows)
    assert len({one.shade for one in found.towns}) == 5 and found.towns[0].row.unit_id == 5
    assert [one.place for one in found.towns] == [5, 4, 3, 2, 1] and not found.flat


def test_a_town_without_a_verdict_has_no_colour_and_is_counted_as_such() -> None:
    found = measured(MEASURES["red"], [], [row(1, grey=3), row(2, red=1)])
    assert [(one.row.unit_id, one.shade) for one in found.towns if one.value is None] == [(1, None)]
    assert found.unknown == 1 and sum(one.count for one in found.legend) == 1


def test_the_trend_is_the_difference_to_the_period_before_and_nothing_where_there_was_none() -> None:
    now, then = [row(1, red=1, green=1), row(2, green=1)], [row(1, red=1)]
    found = {one.row.unit_id: one for one in measured(MEASURES["trend"], [], now, then).towns}
    assert found[1].value == 0.5 and found[1].shown == "+50" and found[2].value is None


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_each_measure_of_each_town_is_that_of_the_database(lit: Board, actor_of: Any, name: str) -> None:
    view = map_view(actor_of("leader", TODAY), {"measure": name, "domain": "领域1"})
    period = view.found.key
    assert view.domain == "领域1" and view.map.measure.name == name
    for one in view.map.towns:
        of = {"unit": one.row.unit_id, "task__domain": "领域1", "period__key": period}
        lights = Light.objects.filter(target=None, **of)
        red, green = (lights.filter(colour=colour).count() for colour in ("red", "green"))
        judged = lights.exclude(colour="grey").count()
        came = Report.objects.filter(state__in=DONE, **of).count()
        late = Report.objects.filter(period__due_on__lt=TODAY, **of).exclude(state__in=DONE).count()
        wanted = {
            "red": red / judged if judged else None,
            "green": green / judged if judged else None,
            "reported": came / (came + late) if came + late else None,
        }
        if name in wanted:
            assert one.value == wanted[name]


def test_a_week_shows_who_had_reported_by_its_end(lit: Board, actor_of: Any) -> None:
    actor = actor_of("leader", TODAY)
    key = campaign(actor).key
    reports = list(Report.objects.filter(period__key=key, state__in=DONE).order_by("pk"))
    days = [at(5, 21), at(6, 6)]
    for n, report in enumerate(reports):
        Report.objects.filter(pk=report.pk).update(submitted_at=days[n % 2])
    found = weeks(actor, shown_periods(actor))
    assert sum(week.reports for week in found) == len(reports)
    assert [week.monday for week in found] == sorted((week.monday for week in found), reverse=True)
    first = next(week for week in found if week.monday <= days[0].date() <= week.sunday)
    view = map_view(actor, {"week": first.name})
    assert view.week is not None and view.map.measure.name == "reported"
    early = {report.unit_id for report in reports[::2]}
    for one in view.map.towns:
        all_of = Report.objects.filter(period__key=key, unit=one.row.unit_id)
        came = all_of.filter(state__in=DONE, submitted_at__date=days[0].date()).count()
        assert (one.row.handed_in, one.row.due) == (came, all_of.count())
        assert came == 0 or one.row.unit_id in early


def test_a_watched_task_stands_once_with_all_units_behind(lit: Board, actor_of: Any) -> None:
    actor = actor_of("leader", TODAY)
    periods = shown_periods(actor)
    found = watched(actor, periods, 100)
    lights = Light.objects.filter(period__in=periods, target=None, colour__in=("red", "amber"))
    assert len({one.task_id for one in found}) == len(found) == lights.values("task").distinct().count()
    for one in found:
        assert (one.red + one.amber, len(one.units)) == (lights.filter(task=one.task_id).count(),) * 2
    assert [(-one.red, -one.amber) for one in found] == sorted((-one.red, -one.amber) for one in found)


def test_a_town_is_shown_no_task_for_another_units_light(lit: Board, actor_of: Any) -> None:
    actor = actor_of("town", TODAY)
    mine = actor.units_for("map.view")
    lights = {pk for one in watched(actor, shown_periods(actor)) for _name, _colour, pk in one.units}
    assert set(Light.objects.filter(pk__in=lights).values_list("unit_id", flat=True)) <= mine


def test_the_page_says_the_measure_its_classes_and_a_value_for_each_town(lit: Board, client_of: Any) -> None:
    client: Client = client_of("leader")
    page = client.get("/map/", {"measure": "reported"}).content.decode()
    assert "已报份数除以应报份数" in page and "map-legend" in page and 'class="shade shade-' in page
    assert client.get("/map/", {"measure": "nothing", "domain": "x", "week": "y"}).status_code == 200
