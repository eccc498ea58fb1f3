"""A settlement accounts for every fen, explains each figure down to its stays, and comes out the same every time."""

import itertools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.core.kernel.explained import Explained, Unknown
from guatu.core.kernel.money import Money, total
from guatu.engines.drg.parameters import Approval, ParameterSet, Terms, digest_of
from guatu.engines.drg.points import Review
from guatu.engines.drg.settlement import HospitalTerms, Settlement, settle
from guatu.engines.drg.settlement.arrow import findings_table, hospitals_table, points_table
from guatu.engines.drg.settlement.explain import explained_hospital, explained_stay, rows_of, stay_points
from guatu.engines.drg.settlement.hospitals import read_hospitals, read_reviews
from guatu.engines.drg.settlement.record import input_of, record
from guatu.engines.drg.settlement.sharing import adjustment
from guatu.engines.drg.settlement.statement import lines_of, stays_of
from guatu.engines.drg.settlement.value import spread
from guatu.engines.drg.settlement.year import Year, settle_year
from guatu.engines.drg.simulation.region import hospitals_table as region_hospitals
from guatu.engines.drg.simulation.region import stays_table
from guatu.engines.drg.stays import Problems, read_stays
from guatu.engines.drg.weights import Weights, weigh
from guatu.engines.drg.weights.record import weights_from_bytes, weights_to_bytes
from tests.engines.drg.money.rows import row, table

Bend = Callable[..., Terms]


@pytest.fixture(scope="module")
def hospitals() -> list[HospitalTerms]:
    found, findings = read_hospitals(region_hospitals(12, 7).to_pylist())
    assert not findings
    return found


@pytest.fixture(scope="module")
def weights(terms: Bend, hospitals: list[HospitalTerms]) -> Weights:
    stays, _, _ = read_stays(stays_table(6000, 12, 2025, 7))
    assert stays is not None
    return weigh(stays, terms(coefficient_min_cases=3), {row.code: row.level for row in hospitals})


@pytest.fixture(scope="module")
def stays() -> Any:
    return stays_table(4000, 12, 2026, 7)


@pytest.fixture(scope="module")
def approved(parameters: ParameterSet) -> ParameterSet:
    found = parameters.with_value("budget", Money.of_yuan("20000000"), "test")
    rows = tuple(Approval(name, found.start, digest_of(found)) for name in ("甲", "乙"))
    return msgspec.structs.replace(found, approvals=rows)


@pytest.fixture(scope="module")
def year(stays: Any, weights: Weights, approved: ParameterSet, hospitals: list[HospitalTerms]) -> Year:
    found, problems, _ = settle_year(stays, weights, approved, hospitals)
    assert found is not None and not problems.count("error")
    return found


def known(figures: list[Any]) -> list[Money]:
    return [figure.value for figure in figures if isinstance(figure, Explained)]


def balance(found: Settlement) -> Money:
    """What the fund pays and what the pool keeps."""
    rows = found.hospitals
    paid = [
        *known([row.released for row in rows]),
        *known([row.sharing for row in rows]),
        *known([row.incentive for row in rows]),
    ]
    return total(paid) + found.pool.left


def test_what_is_paid_and_what_is_kept_is_the_budget_to_the_fen(year: Year) -> None:
    made = year.settlement
    assert total([row.entitlement.value for row in made.hospitals]) == made.distributable.value
    assert balance(made) == made.budget
    assert made.pool.left.fen >= 0


units = st.lists(st.integers(0, 10**13), min_size=1, max_size=60).filter(any)


@given(whole=st.integers(0, 10**14), points=units)
def test_the_spread_sums_to_the_whole_and_follows_the_points(whole: int, points: list[int]) -> None:
    parts = spread(Money(whole), points, [Money(0)] * len(points), "fund")
    assert total(parts) == Money(whole)
    in_order = [
        part.fen for _, part in sorted(zip(points, parts, strict=True), key=lambda pair: (pair[0], pair[1].fen))
    ]
    assert all(later >= earlier - 1 for earlier, later in itertools.pairwise(in_order))
    exact = [whole * point / sum(points) for point in points]
    assert all(abs(part.fen - wanted) <= 1 + abs(wanted) * 1e-9 for part, wanted in zip(parts, exact, strict=True))


@given(whole=st.integers(0, 10**13), points=units, seed=st.integers(0, 10**9))
def test_the_spread_on_the_gross_basis_sums_to_the_fund(whole: int, points: list[int], seed: int) -> None:
    patient = [Money((seed * (n + 1)) % 10**11) for n in range(len(points))]
    assert total(spread(Money(whole), points, patient, "gross")) == Money(whole)


amounts = st.integers(1, 10**12)


@given(entitlement=amounts, claims=st.integers(0, 2 * 10**12), more=st.integers(0, 10**11))
def test_payment_rises_with_the_claims_and_never_jumps(terms: Bend, entitlement: int, claims: int, more: int) -> None:
    bent = terms()
    first, second = (adjustment(Money(entitlement), Money(amount), bent).fen for amount in (claims, claims + more))
    assert 0 <= second - first <= more + 1


@pytest.mark.parametrize("basis", ["fund", "gross"])
@pytest.mark.parametrize("share", ["0", "0.5", "1"])
def test_the_budget_balances_whatever_the_basis_the_bands_and_the_incentive(
    terms: Bend, year: Year, hospitals: list[HospitalTerms], basis: str, share: str
) -> None:
    for budget in (1_000_000, 20_000_000, 60_000_000):
        bent = terms(value_basis=basis, incentive_share=share, budget=budget)
        made = settle(year.partial, bent, hospitals)
        assert balance(made) == made.budget
        assert made.pool.left.fen >= 0


def test_what_is_borne_is_cut_to_what_the_pool_has(terms: Bend, year: Year, hospitals: list[HospitalTerms]) -> None:
    bent = terms(
        budget=5_000_000, reserve_share="0.01", claim_bands=[{"from": 0, "to": 1, "share": 0}, {"from": 1, "share": 1}]
    )
    made = settle(year.partial, bent, hospitals)
    assert made.pool.left == Money(0)
    assert made.pool.borne == made.pool.reserve + made.pool.withheld
    assert balance(made) == made.budget


def test_without_a_score_the_clearing_is_unknown_and_says_why(
    terms: Bend, year: Year, hospitals: list[HospitalTerms]
) -> None:
    without = [msgspec.structs.replace(hospitals[0], score=None), *hospitals[1:]]
    made = settle(year.partial, terms(), without)
    first = made.hospitals[0]
    assert isinstance(first.clearing, Unknown) and isinstance(first.withheld, Unknown)
    assert "no score yet" in first.withheld.sentence("en")
    assert isinstance(made.hospitals[1].clearing, Explained)
    assert made.pool.pending == first.entitlement.value.at_rate(Decimal("0.05"))


def test_prepaid_and_advance_are_recovered_at_clearing(terms: Bend, year: Year, hospitals: list[HospitalTerms]) -> None:
    told = [msgspec.structs.replace(row, prepaid=Money(100), advance=Money(7)) for row in hospitals]
    for before in settle(year.partial, terms(), told).hospitals:
        parts = known([before.released, before.sharing, before.incentive])
        assert isinstance(before.clearing, Explained)
        assert before.clearing.value == total(parts) - Money(107)


def test_a_set_that_two_people_have_not_approved_settles_nothing(
    stays: Any, weights: Weights, parameters: ParameterSet, hospitals: list[HospitalTerms]
) -> None:
    found, _, findings = settle_year(stays, weights, parameters, hospitals)
    assert found is None
    assert [finding.code for finding in findings if finding.severity == "error"] == ["drg.parameters-not-approved"]
    assert settle_year(stays, weights, parameters, hospitals, simulated=True)[0] is not None


def test_the_points_of_a_hospital_are_those_of_its_stays_as_the_readable_form_gives_them(year: Year) -> None:
    for figures in year.settlement.hospitals[:4]:
        made = [stay_points(year, at) for at in rows_of(year, figures.code)]
        assert sum(point.value for point in made if isinstance(point, Explained)) == figures.points.value
        assert len(made) == figures.cases


def test_a_hospital_explains_itself_down_to_its_stays_and_names_what_is_unverified(year: Year) -> None:
    text = "\n".join(explained_hospital(year, "H001", "en"))
    figures = year.settlement.of("H001")
    assert figures is not None and isinstance(figures.clearing, Explained)
    assert f"= {figures.clearing.value}" in text
    assert "coefficient not checked against the standard" in text
    assert text.count("2026-") >= figures.cases
    assert list(explained_hospital(year, "H999", "en")) == []


def test_a_stay_explains_itself_by_its_id(year: Year) -> None:
    assert "[drg.points-" in str(explained_stay(year, str(year.stays.id[0]), "zh"))
    assert explained_stay(year, "nobody", "zh") is None


def test_a_year_settled_again_from_the_same_files_gives_the_same_bytes(
    stays: Any, weights: Weights, approved: ParameterSet, hospitals: list[HospitalTerms]
) -> None:
    def once(rows: Any) -> bytes:
        kept, _ = weights_from_bytes(weights_to_bytes(weights), "w.json")
        assert kept is not None
        found, problems, _ = settle_year(rows, kept, approved, hospitals)
        assert found is not None
        return record(found, problems, approved, {"stays": input_of("stays.tsv", b"x")})

    first = once(stays)
    assert first == once(stays)
    assert digest_of(approved).encode() in first and b'"sha256"' in first
    shuffled = stays.take(pa.array(range(len(stays) - 1, -1, -1)))
    assert msgspec.json.decode(first)["settlement"] == msgspec.json.decode(once(shuffled))["settlement"]


def test_a_settlement_says_which_parameters_are_unverified_and_who_approved(year: Year, approved: ParameterSet) -> None:
    made = msgspec.json.decode(record(year, Problems(), approved, {}))
    assert made["parameters"]["approved_by"] == sorted(["甲", "乙"])
    assert "low_threshold" in made["parameters"]["unverified"]


def test_the_tables_hold_what_the_settlement_says(year: Year) -> None:
    rows = hospitals_table(year.settlement).to_pylist()
    assert [row["entitlement"] for row in rows] == [
        figures.entitlement.value.yuan for figures in year.settlement.hospitals
    ]
    points = pa.Table.from_batches(list(points_table(year, chunk=999)))
    assert points.num_rows == len(year.stays)
    sums = sum(value or 0 for value in points.column("points").to_pylist())
    assert sums == year.settlement.total_points
    outside = [row for row in points.to_pylist() if row["rule"] == "outside"]
    assert all(row["points"] is None for row in outside)


def test_a_statement_has_each_line_with_its_reason(year: Year) -> None:
    figures = year.settlement.hospitals[0]
    lines = lines_of(figures, "zh")
    assert [line[0] for line in lines][-1] == "清算额"
    assert all(why for _, _, why in lines)
    assert sum(1 for _ in stays_of(year, figures.code, "zh")) == figures.cases


def test_reviews_replace_the_points_of_their_stays_within_the_cap(
    stays: Any, weights: Weights, approved: ParameterSet, hospitals: list[HospitalTerms], year: Year
) -> None:
    at = rows_of(year, "H001")[0]
    asked = [Review(str(year.stays.id[at]), points=Decimal("999.5")), Review("nobody")]
    found, _, findings = settle_year(stays, weights, approved, hospitals, asked)
    assert found is not None
    assert found.points.units[at] == 9_995_000
    assert [finding.code for finding in findings if finding.severity == "error"] == ["drg.review-without-stay"]


def test_rows_of_hospitals_and_reviews_that_cannot_be_right_are_told() -> None:
    rows = [{"hospital": "甲", "level": "三级", "score": "101"}, {"hospital": "甲", "level": ""}, {"hospital": "", "level": ""},
            {"hospital": "乙", "level": "", "prepaid": "-3"}, {"hospital": "丙", "level": "", "advance": "x"}]  # fmt: skip
    found, findings = read_hospitals(rows)
    assert [row.code for row in found] == sorted(["甲", "乙", "丙"])
    assert [(f.row, f.code) for f in findings] == [
        ("1", "drg.hospital-score"), ("2", "drg.hospital-code"), ("3", "drg.hospital-code"),
        ("4", "drg.hospital-amount"), ("5", "drg.hospital-amount"),
    ]  # fmt: skip
    _, findings = read_reviews([{"id": "1", "points": "1.23456"}, {"id": "2", "unreasonable": "-1"}])
    assert [finding.field for finding in findings] == ["points", "unreasonable"]


def test_no_table_of_results_holds_a_patient(year: Year, stays: Any) -> None:
    patients = set(stays.column("patient").to_pylist())
    columns = [*hospitals_table(year.settlement).column_names, *next(points_table(year)).schema.names]
    assert "patient" not in columns
    bad = read_stays(table([row(1, cost="x")]))[1]
    words = findings_table(bad, None, "zh").to_pylist()
    assert not patients & {value for line in words for value in line.values()}


def test_a_year_without_a_single_point_is_refused(
    stays: Any, weights: Weights, approved: ParameterSet, hospitals: list[HospitalTerms]
) -> None:
    found, _, findings = settle_year(stays.slice(0, 0), weights, approved, hospitals)
    assert found is None and findings[-1].code == "drg.no-points"


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6))
def test_more_points_at_the_same_cost_never_lower_a_hospitals_entitlement(
    terms: Bend, year: Year, hospitals: list[HospitalTerms], seed: int
) -> None:
    from dataclasses import replace

    at = seed % len(hospitals)
    more = year.partial.units.copy()
    more[at, 0] += 1 + seed * 1000
    before = settle(year.partial, terms(), hospitals).hospitals[at].entitlement.value
    after = settle(replace(year.partial, units=more), terms(), hospitals).hospitals[at].entitlement.value
    assert after >= before
