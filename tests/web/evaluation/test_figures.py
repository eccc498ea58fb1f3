"""Rates of real cases: recounted from the history by hand and by SQL, and the same whatever is summed first."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.core.kernel.explained import Explained, Unknown
from guatu.web.base.actions import perform
from guatu.web.base.models import AuditEntry
from guatu.web.evaluation.actions.set_denominator import SetDenominator
from guatu.web.evaluation.selectors.denominators import own_denominators
from guatu.web.evaluation.selectors.figures import Figures, Row, figures_of
from tests.web.cases.conftest import at
from tests.web.evaluation.conftest import JUNE, NOW, June, appeal, asked

pytestmark = pytest.mark.django_db


def figures(june: June, kind: str = "area", role: str = "desk", **values: Any) -> Figures:
    return figures_of(june.desk.context(role, NOW).actor, asked(kind, **values), NOW)


def named(found: Figures, name: str) -> Row:
    return next(row for row in found.rows if row.name == name)


def value(row: Row, code: str) -> float:
    figure = row.rates[code]
    assert isinstance(figure, Explained), figure.sentence("zh")
    return figure.value


def test_each_town_has_its_own_cases_in_time_late_and_overdue(june: June) -> None:
    found = figures(june)
    liulin, shimen = named(found, "柳林镇"), named(found, "石门镇")
    assert {name: liulin.counts[name] for name in ("reported", "to_handle", "handled", "handled_in_time", "closed")} == {
        "reported": 3, "to_handle": 3, "handled": 3, "handled_in_time": 2, "closed": 2,
    }  # fmt: skip
    assert (shimen.counts["overdue_unhandled"], shimen.counts["to_handle"]) == (1, 2)
    assert value(liulin, "handling-in-time") == pytest.approx(2 / 3)
    assert value(shimen, "overdue") == 0.5
    assert [row.rank for row in found.rows] == [1, 2]
    assert liulin.cases["handled_late"] == [june.late.pk]


def test_the_sum_is_that_of_the_towns_and_of_the_units_and_of_villages(june: June) -> None:
    tables = [figures(june), figures(june, "unit"), figures(june, level="village")]
    for found in tables:
        for name in found.total.counts:
            assert found.total.counts[name] == sum(row.counts[name] for row in found.rows), name
    # Each case is in one row: what is counted twice over two units is the unit that gave it back.
    assert tables[0].total.counts == {**tables[1].total.counts}


HANDLED = """
SELECT c.place_id, COUNT(*) FROM cases_case c
WHERE c.opened_at >= %s AND c.opened_at < %s AND EXISTS (
  SELECT 1 FROM cases_caseevent e
  WHERE e.case_id = c.id AND e.kind = 'move' AND e.step = 'handle' AND e.verb <> 'return')
GROUP BY c.place_id
"""
CLOSED = "SELECT place_id, COUNT(*) FROM cases_case WHERE ended_at >= %s AND ended_at < %s GROUP BY place_id"
REPORTED = "SELECT place_id, COUNT(*) FROM cases_case WHERE opened_at >= %s AND opened_at < %s GROUP BY place_id"


def test_an_independent_count_by_sql_gives_the_same_handled_and_closed(june: June) -> None:
    rows = {int(row.key): row for row in figures(june).rows}
    with connection.cursor() as cursor:
        for name, sql in (("handled", HANDLED), ("closed", CLOSED), ("reported", REPORTED)):
            cursor.execute(sql, JUNE.instants)
            counted = dict(cursor.fetchall())
            assert counted == {place: row.counts[name] for place, row in rows.items() if row.counts[name]}, name


def test_who_gave_a_case_back_has_the_return_and_who_did_it_again_the_rework(june: June) -> None:
    found = figures(june, "unit")
    water, finance = named(found, "县水利局"), named(found, "县财政局")
    assert (water.counts["returned"], finance.counts["returned"]) == (1, 0)
    assert (water.counts["reworked"], finance.counts["reworked"]) == (0, 1)
    assert value(finance, "check-passed") == 0


def test_over_nothing_there_is_no_rate_and_the_reason_is_said(june: June) -> None:
    found = figures(june, "collector")
    assert all(isinstance(row.rates["valid-report"], Unknown) for row in found.rows)
    unset = named(figures(june), "柳林镇").rates["satisfaction"]
    assert isinstance(unset, Unknown)
    assert "尚未设定" in unset.sentence("zh")


def test_a_county_sets_its_denominator_from_a_day_on(june: June) -> None:
    desk = june.desk.context("desk", NOW)
    action = SetDenominator("urban_management", "satisfaction", "rated", JUNE.ends_on, "青禾县考核办法第六条")
    perform(action, desk)
    found = named(figures(june), "石门镇").rates["satisfaction"]
    assert isinstance(found, Explained)
    assert (found.value, found.part("set_by").value, found.unverified) == (0.0, "青禾县考核办法第六条", ())
    earlier = figures_of(desk.actor, asked(span=JUNE.before), NOW)
    assert all(isinstance(row.rates["satisfaction"], Unknown) for row in earlier.rows)


def test_a_denominator_set_for_an_earlier_day_holds_until_the_one_that_was_set_for_a_later(june: June) -> None:
    desk = june.desk.context("desk", NOW)

    def put(rate: str, count: str, day: datetime.date) -> None:
        perform(SetDenominator("urban_management", rate, count, day, "青禾县考核办法第六条"), desk)

    def held(day: datetime.date) -> dict[str, str]:
        return {code: one.count for code, one in own_denominators("urban_management", day).items()}

    first, last = JUNE.starts_on, JUNE.ends_on
    put("satisfaction", "rated", last)
    put("return", "dispatched", first)
    assert held(first) == {"return": "dispatched"}
    assert held(last) == {"return": "dispatched", "satisfaction": "rated"}
    put("satisfaction", "closed", first)
    told = AuditEntry.objects.filter(action="evaluation.set-denominator").latest("pk")
    assert "满意率 · 结案数" in told.after["value"] and "满意率" not in told.before["value"]
    assert (held(first)["satisfaction"], held(last)["satisfaction"]) == ("closed", "rated")


def test_the_packs_denominator_says_that_it_is_not_checked(june: June) -> None:
    figure = named(figures(june, "unit"), "县水利局").rates["rework"]
    assert isinstance(figure, Explained)
    assert figure.part("set_by").value and figure.unverified


def test_a_granted_appeal_leaves_the_case_out_and_shows_its_raw_lateness(june: June) -> None:
    before = named(figures(june), "柳林镇")
    appeal(june.desk, june.late, at(2, month=7))
    after = named(figures(june), "柳林镇")
    assert (before.counts["late"], before.counts["exempted"], before.counts["to_handle"]) == (1, 0, 3)
    assert (after.counts["late"], after.counts["exempted"], after.counts["to_handle"]) == (1, 1, 2)
    assert value(after, "handling-in-time") == 1
    assert named(figures(june, "unit"), "县水利局").counts["appeal_upheld"] == 0, "July's"


def test_a_scoring_text_scores_and_says_what_it_lacks(june: June) -> None:
    found = figures(june, "unit", sheet="urban-management", by="score")
    water = named(found, "县水利局")
    assert isinstance(water.score, Explained) and 0 < water.score.value <= 100
    assert found.by == "score"
    assert {row.rank for row in found.rows if isinstance(row.score, Explained)} == {1, 2}
    lacking = named(figures(june, "unit", sheet="fumes"), "县水利局").score
    assert isinstance(lacking, Unknown) and "未能计分" in lacking.sentence("zh")


def test_posts_and_collectors_are_people(june: June) -> None:
    posts = {row.name: row for row in figures(june, "post").rows}
    assert value(posts["派遣员 · desk"], "assigning-right") == pytest.approx(4 / 5)
    collectors = figures(june, "collector")
    assert [row.name for row in collectors.rows] == ["collector"]
    assert value(collectors.rows[0], "checking-in-time") == pytest.approx(1)


def test_more_cases_cost_no_more_queries(june: June) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            figures(june)
        return len(queries)

    few = cost()
    for day in (17, 18, 19):
        june.desk.closed(at(day), lon=121.15, lat=30.05)
    assert cost() <= few
