"""Rates over the denominators that hold, with published figures; over nothing there is no rate."""

from datetime import date

import pytest

from guatu.core.cases.evaluation.counts import COUNTS
from guatu.core.cases.evaluation.evaluate import MEASURES
from guatu.core.cases.evaluation.rates import RATES, Denominator, Rate, check_rates, fraction, rate
from guatu.core.kernel.explained import Explained, Unknown

DAY = date(2026, 5, 1)
BULLETIN = {"filed": 996, "to_close": 972, "closed": 911, "closed_in_time": 737}


def percent(code: str, counts: dict[str, int]) -> float:
    found = rate(RATES[code], counts, DAY)
    assert isinstance(found, Explained), found
    return round(100 * found.value, 2)


@pytest.mark.parametrize(
    ("code", "counts", "published"),
    [
        ("closing", BULLETIN, 93.72),
        ("closing-in-time", BULLETIN, 75.82),
        ("closing", {"closed": 902, "to_close": 956}, 94.35),
        ("closing", {"closed": 9, "to_close": 16}, 56.25),
        ("filing-in-time", {"filed_in_time": 953, "filed": 996}, 95.68),
    ],
)
def test_the_rates_of_a_published_bulletin_are_met(code: str, counts: dict[str, int], published: float) -> None:
    assert percent(code, counts) == published


def test_a_rate_says_its_counts_and_that_it_was_not_checked() -> None:
    found = rate(RATES["closing"], BULLETIN, DAY)
    assert isinstance(found, Explained)
    assert found.sentence("zh") == "结案率 = 结案数 911 ÷ 应结案数 972 = 93.7243%"
    assert "GB/T 30428.4" in found.unverified[0]


@pytest.mark.parametrize("done", [0, 3])
def test_over_nothing_there_is_no_rate(done: int) -> None:
    found = rate(RATES["handling"], {"handled": done, "to_handle": 0}, DAY)
    assert isinstance(found, Unknown)
    assert found.sentence("en") == "there is no handling rate: to be handled is 0"


def test_a_count_that_was_never_taken_is_not_0() -> None:
    found = rate(RATES["handling"], {"to_handle": 4}, DAY)
    assert isinstance(found, Unknown) and found.rule == "evaluation.not-counted"


def test_a_rate_that_cities_divide_differently_waits_for_its_setting() -> None:
    counts = {"reworked": 3, "to_close": 60, "handled": 50}
    unset = rate(RATES["rework"], counts, DAY)
    assert isinstance(unset, Unknown)
    assert unset.sentence("zh") == "返工率的分母各地不同,尚未设定;请在指标口径中选择(应结案数、处置数、应处置数)"
    settings = [
        Denominator("rework", "to_close", "青禾县考核办法第五条", date(2025, 1, 1), date(2026, 6, 30)),
        Denominator("rework", "handled", "青禾县考核办法(修订)第五条", date(2026, 7, 1)),
    ]
    first, later = (rate(RATES["rework"], counts, day, settings) for day in (DAY, date(2026, 7, 1)))
    assert isinstance(first, Explained) and isinstance(later, Explained)
    assert (first.value, later.value) == (0.05, 0.06)
    assert first.part("set_by").value == "青禾县考核办法第五条"
    assert first.unverified == ()


def test_a_setting_of_a_count_that_does_not_exist_or_of_two_at_once_is_refused() -> None:
    with pytest.raises(ValueError, match="people is no count"):
        rate(RATES["rework"], {}, DAY, [Denominator("rework", "people", "")])
    with pytest.raises(ValueError, match="2 denominators are set for rework"):
        rate(RATES["rework"], {}, DAY, [Denominator("rework", "handled", ""), Denominator("rework", "to_close", "")])


def test_a_rate_over_100_percent_is_found() -> None:
    found = check_rates("青禾镇", [RATES["handling"]], {"handled": 5, "to_handle": 4}, DAY)
    assert [finding.message("en") for finding in found] == [
        "the handling rate of “青禾镇” is 5/4, over 100 %; check what is counted"
    ]


@pytest.mark.parametrize("of", RATES.values(), ids=RATES.keys())
def test_every_rate_divides_counts_that_exist(of: Rate) -> None:
    assert {of.numerator, *of.choices, of.denominator} - {""} <= set(COUNTS)
    assert bool(of.denominator) != bool(of.choices)


def test_every_measure_is_a_rate() -> None:
    assert {code for codes in MEASURES.values() for code in codes} <= set(RATES)


def test_the_exact_rate_is_a_fraction() -> None:
    assert fraction(RATES["closing"], BULLETIN, DAY) == pytest.approx(911 / 972)
    assert fraction(RATES["closing"], {"closed": 1, "to_close": 0}, DAY) is None
