"""Quality control finds what was planted, says it with numbers, and calls nobody guilty."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.kernel.explained import Explained, Unknown
from guatu.engines.drg.parameters import Terms
from guatu.engines.drg.quality.arrow import indicators_table, signals_table
from guatu.engines.drg.quality.indicators import indicators
from guatu.engines.drg.quality.model import SHOWN, Subject
from guatu.engines.drg.quality.registry import all_checks, signals_of
from guatu.engines.drg.quality.statistics import z_of_shares
from guatu.engines.drg.simulation.region import REFUSES, SPLITS, UPCODES, code, hospitals_table, stays_table
from guatu.engines.drg.stays import read_stays
from guatu.engines.drg.weights import GroupWeight, Weights, weigh
from tests.engines.drg.money.rows import row, stays_of

Bend = Callable[..., Terms]


@pytest.fixture(scope="module")
def subject(terms: Bend) -> Subject:
    places = hospitals_table(50, 1)
    levels = dict(zip(places["hospital"].to_pylist(), places["level"].to_pylist(), strict=True))
    bent = terms()
    past, _, _ = read_stays(stays_table(20_000, 50, 2025, 1))
    now, _, _ = read_stays(stays_table(20_000, 50, 2026, 1))
    assert past is not None and now is not None
    return Subject(now, weigh(past, bent, levels), bent, levels)


def test_the_hospitals_that_misbehave_on_purpose_are_found_and_hardly_any_other(subject: Subject) -> None:
    found = signals_of(subject)
    named = {(signal.what, signal.hospital) for signal in found}
    assert {
        ("upcoding", code(UPCODES)),
        ("splitting", code(SPLITS)),
        ("readmissions", code(SPLITS)),
        ("refusal", code(REFUSES)),
    } <= named
    planted = {code(UPCODES), code(SPLITS), code(REFUSES)}
    others = {hospital for what, hospital in named if hospital not in planted and what != "length_of_stay"}
    assert len(others) <= 2


def test_upcoding_names_the_cost_of_the_stays_beside_their_number(subject: Subject) -> None:
    signal = next(
        s for s in signals_of(subject) if s.what == "upcoding" and s.hospital == code(UPCODES) and not s.about
    )
    ratio = signal.figure.part("cost_ratio").value
    assert isinstance(ratio, float) and 0.5 < ratio < 0.9
    assert 0 < len(signal.stays) <= SHOWN


def test_every_signal_says_its_numbers_in_both_languages_and_no_verdict(subject: Subject) -> None:
    for signal in signals_of(subject):
        for language in ("zh", "en"):
            text = signal.figure.sentence(language)  # type: ignore[arg-type]
            assert any(sign.isdigit() for sign in text)
            assert not any(word in text for word in ("违规", "违法", "处罚", "fraud", "guilty"))
        assert signal.figure.unverified, "a limit that nobody has checked must say so"


def test_stays_of_a_signal_are_of_its_hospital(subject: Subject) -> None:
    hospital = {str(id_): subject.stays.hospital[n] for n, id_ in enumerate(subject.stays.id)}
    for signal in signals_of(subject):
        assert {hospital[id_] for id_ in signal.stays} <= {signal.hospital}


def test_each_file_of_checks_is_a_check_with_a_name(root: Path) -> None:
    folder = root / "src/guatu/engines/drg/quality/checks"
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    found = dict(all_checks())
    assert set(found) == files
    assert all(len(check.NAME) == 2 for check in found.values())


def test_few_stays_make_no_signal(terms: Bend) -> None:
    stays = stays_of([row(n, hospital="甲" if n < 10 else "乙", drg="0000" if n < 10 else "AA11") for n in range(200)])
    weights = weigh(stays, terms(), {})
    assert not signals_of(Subject(stays, weights, terms(signal_min_cases=11), {}))
    found = signals_of(Subject(stays, weights, terms(signal_min_cases=10), {}))
    assert [(signal.what, signal.hospital) for signal in found] == [("coding", "甲")]


def test_diagnoses_that_say_unspecified_are_a_matter_of_coding(terms: Bend) -> None:
    rows = [
        row(n, hospital="甲" if n < 50 else "乙", dx="K29.900" if n < 40 else "K29.100|I10.x00") for n in range(300)
    ]
    stays = stays_of(rows)
    found = signals_of(Subject(stays, weigh(stays, terms(), {}), terms(), {}))
    assert {signal.figure.rule for signal in found} == {"drg.coding-unspecific", "drg.coding-no-secondary"}
    assert found[0].figure.value == 0.8


def test_costs_that_crowd_above_a_threshold_are_found(terms: Bend) -> None:
    group = GroupWeight("AA11", 99, 0, 1_000_000, 0, 100, "stable")  # type: ignore[arg-type]
    weights = Weights(1_000_000, (group,), (), "hospital", 1, 99, ("甲", "乙"))  # type: ignore[arg-type]
    rows = [row(n, hospital="甲", cost="4010.00", fund="1.00") for n in range(40)]
    rows += [row(99 + n, hospital="乙", cost="4010.00" if n % 2 else "3990.00", fund="1.00") for n in range(100)]
    found = signals_of(Subject(stays_of(rows), weights, terms(), {}))
    assert [(signal.what, signal.hospital) for signal in found] == [("cost_distribution", "甲")]


def test_indices_of_the_region_balance_and_one_is_the_region(terms: Bend) -> None:
    rows = [row(n, hospital="甲", cost="8000.00") for n in range(10)] + [
        row(20 + n, hospital="乙", cost="4000.00") for n in range(10)
    ]
    stays = stays_of(rows)
    first, second = indicators(stays, weigh(stays, terms(), {}))[::-1]
    values = [row_.cost_index.value for row_ in (first, second) if isinstance(row_.cost_index, Explained)]
    assert sorted(float(value) for value in values) == [0.6667, 1.3333]
    assert isinstance(first.time_index, Explained) and first.time_index.value == 1


def test_a_hospital_of_ungrouped_stays_has_no_index_and_says_why(terms: Bend) -> None:
    stays = stays_of([row(1, hospital="甲", drg="0000"), row(2, hospital="乙")])
    found = {row_.hospital: row_ for row_ in indicators(stays, weigh(stays, terms(), {}))}
    assert isinstance(found["甲"].cost_index, Unknown) and found["甲"].grouping_rate.value == 0  # type: ignore[union-attr]


def test_tables_of_quality_control_hold_no_patient(subject: Subject) -> None:
    made = signals_table(signals_of(subject), "zh"), indicators_table(indicators(subject.stays, subject.weights))
    assert all("patient" not in table.column_names for table in made)
    assert made[1].num_rows == 50


@given(hits=st.integers(0, 50), of=st.integers(0, 50), other=st.integers(0, 50), other_of=st.integers(0, 50))
def test_the_difference_of_two_shares_changes_its_sign_with_its_sides(
    hits: int, of: int, other: int, other_of: int
) -> None:
    hits, other = min(hits, of), min(other, other_of)
    there, back = z_of_shares(hits, of, other, other_of), z_of_shares(other, other_of, hits, of)
    assert there == pytest.approx(-back)
    assert np.isfinite(there)
