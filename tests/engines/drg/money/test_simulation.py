"""Simulations compare the same stays; negotiation keeps every objection with its state, deadline and reply."""

from collections.abc import Callable
from datetime import date

import pytest

from guatu.core.calendar.working import WorkingCalendar
from guatu.core.kernel.money import Money, total
from guatu.engines.drg.parameters import ParameterSet, Terms
from guatu.engines.drg.settlement import HospitalTerms
from guatu.engines.drg.settlement.year import Year, settle_year
from guatu.engines.drg.simulation import compare
from guatu.engines.drg.simulation.arrow import groups_table, hospitals_table
from guatu.engines.drg.simulation.change import changed
from guatu.engines.drg.simulation.example import example_parameters, example_tables
from guatu.engines.drg.simulation.negotiation import Round, answered, ended, raised
from guatu.engines.drg.simulation.region import stays_table
from guatu.engines.drg.weights import weigh
from tests.engines.drg.money.rows import row, stays_of, table

HOSPITALS = [HospitalTerms("乙", level="二级"), HospitalTerms("甲", level="三级")]
ROWS = [
    row(n, hospital="甲" if n % 2 else "乙", cost="2500.00" if n < 20 else "6000.00", fund="1000.00") for n in range(60)
]


@pytest.fixture
def run(parameters: ParameterSet, terms: Callable[..., Terms]) -> Callable[..., Year]:
    weights = weigh(stays_of(ROWS), terms(coefficient_min_cases=99), {})

    def made(*changes: str, rows: list[dict[str, str]] = ROWS) -> Year:
        bent, wrong = changed(parameters, changes)
        assert not wrong
        found, _, findings = settle_year(table(rows), weights, bent, HOSPITALS, simulated=True)
        assert found is not None, findings
        return found

    return made


def test_nothing_changed_changes_nothing(run: Callable[..., Year]) -> None:
    found = compare(run(), run())
    assert all(not change.change.value for change in found.hospitals) and found.moved == {}


def test_a_change_of_points_moves_money_between_hospitals_and_makes_none(run: Callable[..., Year]) -> None:
    only = [*ROWS, row(99, hospital="甲", cost="100.00", fund="1.00")]
    found = compare(run(rows=only), run("low_threshold=0.6", rows=only))
    assert found.moved == {"normal > low": 20}
    assert total([change.change.value for change in found.hospitals]) == Money(0)
    assert sum(group.cases for group in found.groups) == 61
    for rows, made in ((found.hospitals, hospitals_table(found)), (found.groups, groups_table(found))):
        assert made.num_rows == len(rows)


def test_a_larger_budget_is_money_for_all(run: Callable[..., Year]) -> None:
    rows = [*ROWS, row(99, admitted="2026-12-01", discharged="2026-12-06")]
    found = compare(run("budget=1000000", rows=rows), run("budget=2000000", rows=rows))
    assert all(change.change.value.fen > 0 for change in found.hospitals)
    assert total([change.change.value for change in found.hospitals]) == Money.of_yuan(950_000)


def test_stays_that_end_before_december_share_the_budget_of_their_months_only(run: Callable[..., Year]) -> None:
    rows = [row(n, admitted="2026-03-01", discharged="2026-03-06") for n in range(20)]
    made = run("budget=1200000", rows=rows).settlement
    assert made.budget == Money.of_yuan(300_000)
    assert total([one.entitlement.value for one in made.hospitals]) == made.distributable.value


def test_years_of_different_stays_are_not_compared(run: Callable[..., Year]) -> None:
    with pytest.raises(ValueError, match="different stays"):
        compare(run(), run(rows=ROWS[1:]))


CALENDAR = WorkingCalendar()
ROUND = Round(1, "digest", "hash", date(2025, 11, 3), date(2025, 11, 14), 5)


def objected(round_: Round = ROUND, id_: str = "1", on: date = date(2025, 11, 6)) -> Round:
    made, wrong = raised(round_, id_, "甲", "group", "AA11", "费用偏低", on, CALENDAR, "100")
    assert not wrong
    return made


def test_an_objection_is_answered_within_working_days() -> None:
    found = objected().of("1")
    assert found is not None and found.deadline == date(2025, 11, 13)
    assert not found.overdue(date(2025, 11, 13)) and found.overdue(date(2025, 11, 14))


def test_an_answer_keeps_who_when_and_why() -> None:
    made, wrong = answered(objected(), "1", "accepted", "按补充病例重算", "专家组", date(2025, 11, 10))
    found = made.of("1")
    assert not wrong and found is not None
    assert (found.state, found.by, found.settled) == ("accepted", "专家组", date(2025, 11, 10))
    assert not found.overdue(date(2026, 1, 1))


def test_what_cannot_be_done_with_an_objection_is_told() -> None:
    late = raised(ROUND, "2", "甲", "group", "AA11", "", date(2025, 11, 15), CALENDAR)[1]
    twice = raised(objected(), "1", "乙", "group", "AA11", "", date(2025, 11, 7), CALENDAR)[1]
    unknown = answered(ROUND, "9", "accepted", "好", "甲", date(2025, 11, 7))[1]
    silent = answered(objected(), "1", "rejected", "  ", "甲", date(2025, 11, 7))[1]
    settled, _ = answered(objected(), "1", "rejected", "数据不符", "甲", date(2025, 11, 7))
    again = answered(settled, "1", "accepted", "好", "甲", date(2025, 11, 8))[1]
    codes = [found[0].code.removeprefix("drg.objection-") for found in (late, twice, unknown, silent, again)]
    assert codes == ["late", "twice", "unknown", "without-reply", "settled"]
    assert all(found[0].message("zh") and found[0].message("en") for found in (late, twice, unknown, silent, again))


def test_a_round_ends_only_when_every_objection_is_answered() -> None:
    both = objected(objected(), "2", date(2025, 11, 7))
    _, wrong = ended(both, date(2025, 11, 20))
    assert wrong[0].message("en") == "round 1 has 2 objections without an answer (1, 2); answer them before it ends"
    for id_ in ("1", "2"):
        both, _ = answered(both, id_, "withdrawn", "", "甲", date(2025, 11, 12))
    made, wrong = ended(both, date(2025, 11, 20))
    assert not wrong and made.ended == date(2025, 11, 20)
    assert raised(made, "3", "甲", "group", "AA11", "", date(2025, 11, 5), CALENDAR)[1]


def test_the_same_seed_gives_the_same_region_and_another_seed_another() -> None:
    first, again, other = (stays_table(500, 12, 2026, seed) for seed in (3, 3, 4))
    assert first.equals(again) and not first.equals(other)


def test_the_files_of_the_example_settle(terms: Callable[..., Terms]) -> None:
    from guatu.engines.drg.parameters import lacks_approval, load_set
    from guatu.engines.drg.settlement.hospitals import read_hospitals
    from guatu.engines.drg.weights.history import weigh_history

    tables = example_tables(1500, 12, 2)
    parameters, findings = load_set(example_parameters(tables["stays"]), "parameters.toml")
    assert parameters is not None and not findings and not lacks_approval(parameters)
    hospitals, _ = read_hospitals(tables["hospitals"].to_pylist())
    weights, problems, _ = weigh_history(tables["history"], parameters, {row.code: row.level for row in hospitals}, {})
    assert weights is not None and not problems.count("error")
    year, problems, _ = settle_year(tables["stays"], weights, parameters, hospitals)
    assert year is not None and not problems.count("error")
