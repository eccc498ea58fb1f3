from datetime import date

import msgspec
import pytest

from guatu.core.calendar.working import WorkingCalendar
from guatu.core.dispatch.delivery import Delivery
from guatu.core.dispatch.facts import Standing, days_since, ladder_facts, light_facts, lights_in_a_row
from guatu.core.dispatch.lights import Colour, light
from guatu.core.dispatch.progress import Report
from guatu.core.dispatch.starting_rules import STARTING_RULES
from guatu.core.dispatch.trajectory import Trajectory
from guatu.core.dispatch.vocabulary import FACTS, Fact
from guatu.core.kernel.explained import Explained, Unknown, explain

CALENDAR = WorkingCalendar(years=[2026])
COVER = Trajectory(name="覆盖率", unit="%", target=95, base=83, start=date(2025, 12, 31), deadline=date(2026, 12, 31))
REPORTS = (
    Report("2026-01", date(2026, 1, 31), 84),
    Report("2026-02", date(2026, 2, 28), 85),
    Report("2026-03", date(2026, 3, 31), 85.5),
)
DELIVERIES = (
    Delivery("住建局", "2026-01", date(2026, 2, 5), date(2026, 2, 4)),
    Delivery("住建局", "2026-02", date(2026, 3, 5), date(2026, 3, 9)),
    Delivery("住建局", "2026-03", date(2026, 4, 5), date(2026, 4, 5)),
    Delivery("住建局", "2026-04", date(2026, 5, 5)),
)
STANDING = Standing(COVER, REPORTS, DELIVERIES, lowest=0, highest=100)
ON = date(2026, 5, 12)


def number(fact: Fact) -> float:
    assert isinstance(fact, Explained), fact
    return float(fact.value)


def test_a_report_is_judged_by_the_day_up_to_which_it_was_made() -> None:
    facts = light_facts(STANDING, ON, CALENDAR)
    assert number(facts["attainment"]) == pytest.approx(2.5 / (12 * 90 / 365))
    assert number(facts["attainment"]) == number(light_facts(STANDING, date(2026, 4, 6), CALENDAR)["attainment"])


def test_each_fact_of_a_target_is_there_and_has_its_words() -> None:
    facts = light_facts(STANDING, ON, CALENDAR)
    assert set(facts) <= set(FACTS)
    assert {
        name: number(facts[name]) for name in facts if name not in ("attainment", "lag", "forecast_attainment")
    } == {
        "days_to_start": -132,
        "days_left": 233,
        "met": 0,
        "missing_reports": 1,
        "missing_in_a_row": 1,
        "late_reports": 1,
        "report_days_late": 5,
        "milestones_overdue": 0,
        "milestone_days_late": 0,
    }
    assert 0.5 < number(facts["forecast_attainment"]) < 0.9


def test_a_report_for_later_than_the_day_is_not_looked_at() -> None:
    facts = light_facts(STANDING, date(2026, 3, 1), CALENDAR)
    assert number(facts["lag"]) == pytest.approx((12 * 59 / 365 - 2) / 12)


def test_without_a_report_what_needs_one_is_unknown_and_the_rest_is_not() -> None:
    facts = light_facts(Standing(COVER, (), DELIVERIES[3:]), ON, CALENDAR)
    assert {name for name, fact in facts.items() if isinstance(fact, Unknown)} == {
        "met",
        "attainment",
        "lag",
        "forecast_attainment",
    }


def test_a_sum_with_a_gap_is_unknown_and_its_forecast_too() -> None:
    amounts = msgspec.structs.replace(COVER, kind="cumulative", reported="period", unit="公里")
    late = msgspec.structs.replace(DELIVERIES[1], submitted=None)
    of = Standing(amounts, (REPORTS[0], REPORTS[2]), (DELIVERIES[0], late, DELIVERIES[2]))
    facts = light_facts(of, ON, CALENDAR)
    for name in ("attainment", "forecast_attainment", "met"):
        fact = facts[name]
        assert isinstance(fact, Unknown) and "2026-02" in fact.sentence()


def test_the_whole_way_from_reports_to_an_explained_light() -> None:
    found = light(STARTING_RULES, light_facts(STANDING, ON, CALENDAR))
    assert found.value == "amber"
    text = explain(found)
    assert text.splitlines()[0] == "黄灯:进度不足应达的九成五(完成率 84.4907% < 95%) [light.by-rule]"
    assert "基期 83%,应达 85.9589%,实际 85.5%,完成应走路程的 84.4907% [progress.way]" in text
    assert "[trajectory.shape]" in text
    assert explain(found, "en").splitlines()[0] == (
        "amber: less than 95 % of what is due (attainment 84.4907% < 95%) [light.by-rule]"
    )


@pytest.mark.parametrize(
    ("colours", "reds"),
    [
        ([], 0),
        (["red", "red"], 2),
        (["red", "green", "red"], 1),
        (["red", "amber"], 0),
        (["red", "grey", "red", "grey"], 2),
    ],
)
def test_lights_in_a_row_are_counted_from_the_newest_and_grey_ones_passed_over(
    colours: list[Colour], reds: int
) -> None:
    assert lights_in_a_row(colours, frozenset({"red"})).value == reds


def test_the_facts_of_the_ladder_are_there() -> None:
    facts = ladder_facts(["amber", "red"], DELIVERIES, ON, CALENDAR, order_due=date(2026, 5, 8))
    assert {name: number(fact) for name, fact in facts.items()} == {
        "reds_in_a_row": 1,
        "ambers_in_a_row": 2,
        "missing_reports": 1,
        "missing_in_a_row": 1,
        "report_days_late": 5,
        "order_days_overdue": 2,
        "problem_days_open": 0,
    }
    assert set(facts) <= set(FACTS)


def test_before_its_day_nothing_is_overdue() -> None:
    assert days_since(date(2026, 5, 20), ON, CALENDAR).value == 0
    assert days_since(date(2026, 5, 8), ON, CALENDAR).sentence("en") == (
        "due on 2026-05-08; by 2026-05-12 2 working days have passed"
    )
