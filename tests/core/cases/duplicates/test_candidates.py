"""Candidates for duplicates are exactly the pairs within the declared distance and time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.cases.duplicates.candidates import DuplicateRule, Sighting, candidates, metres_between

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
RULES = (DuplicateRule(("0101", "0102"), 50, 24), DuplicateRule(("0201",), 200, 2))
DEGREE = 111_195.08


def at(case: str, metres: float, hours: float, case_class: str = "0101") -> Sighting:
    return Sighting(case, case_class, 110, 30 + metres / DEGREE, NOON + timedelta(hours=hours))


def test_a_near_and_recent_report_of_the_same_class_is_a_candidate_with_its_numbers() -> None:
    (found,) = candidates([at("1", 0, 0), at("2", 30, 5, "0102")], RULES)
    assert (found.case, found.earlier) == ("2", "1")
    assert found.why.sentence("en") == (
        "may be the same as “1”: class 0102, 30 m apart (declared 50 m), 5 hours apart (declared 24 hours)"
    )


@pytest.mark.parametrize("other", [at("2", 51, 0), at("2", 0, 24.1), at("2", 0, 0, "0201"), at("2", 0, 0, "0999")])
def test_what_is_too_far_too_late_or_of_another_class_is_none(other: Sighting) -> None:
    assert candidates([at("1", 0, 0), other], RULES) == []


def test_the_nearest_comes_first() -> None:
    found = candidates([at("1", 0, 0), at("2", 30, 1), at("3", 40, 2)], RULES)
    assert [(pair.case, pair.earlier) for pair in found] == [("2", "1"), ("3", "2"), ("3", "1")]


def test_a_report_without_position_is_no_duplicate() -> None:
    nowhere = Sighting("2", "0101", float("nan"), 30, NOON)
    assert candidates([at("1", 0, 0), nowhere], RULES) == []


def test_a_degree_along_the_equator_is_111_km() -> None:
    assert metres_between(0, 0, 1, 0) == pytest.approx(111_195.08, abs=0.1)
    assert metres_between(110, 60, 111, 60) == pytest.approx(111_195.08 / 2, rel=1e-4)


def test_a_class_in_two_rules_and_thresholds_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="class 0101 stands in two rules"):
        candidates([], (RULES[0], RULES[0]))
    with pytest.raises(ValueError):
        DuplicateRule(("0101",), 0, 1)


POINTS = st.tuples(
    st.sampled_from(["0101", "0102", "0201"]),
    st.integers(-30, 30),
    st.integers(-30, 30),
    st.integers(0, 60),
    st.sampled_from([0.0, 30.0, 70.0]),
)


@given(st.lists(POINTS, max_size=25))
def test_the_index_finds_what_comparing_all_pairs_finds(rows: list[tuple[str, int, int, int, float]]) -> None:
    sightings = [
        Sighting(f"{n:02}", c, 110 + x / 10_000, lat + y / 10_000, NOON + timedelta(hours=h))
        for n, (c, x, y, h, lat) in enumerate(rows)
    ]
    expected = set()
    for one in sightings:
        for other in sightings:
            rule = RULES[one.case_class == "0201"]
            alike = one.case_class in rule.classes and other.case_class in rule.classes
            hours = (other.at - one.at) / timedelta(hours=1)
            near = metres_between(one.x, one.y, other.x, other.y) <= rule.metres
            if alike and near and (one.at, one.case) < (other.at, other.case) and hours <= rule.hours:
                expected.add((other.case, one.case))
    assert {(pair.case, pair.earlier) for pair in candidates(sightings, RULES)} == expected
