"""Grouping: the stated groups come out, both forms agree, and a bad row stays alone with its reason."""

import csv
from pathlib import Path

import pyarrow as pa
import pytest
from bench.drg_records import batches
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.engines.drg.content import SCHEME
from guatu.engines.drg.grouping import problems
from guatu.engines.drg.grouping.columnar import NO_COUNTS, group_batch
from guatu.engines.drg.grouping.encoding import Encoded
from guatu.engines.drg.grouping.numbers import number
from guatu.engines.drg.grouping.readable import UNGROUPED, group_row
from guatu.engines.drg.scheme.loader import scheme_of
from guatu.engines.drg.scheme.model import Scheme

EXAMPLE = scheme_of(SCHEME)
FIELDS = ("id", "mdc", "adrg", "drg", "problems")
STAY = {"id": "1", "sex": "1", "age": "40", "age_days": "", "weight_g": "", "los": "3", "dx": "E10.100", "procs": ""}


def readable(rows: list[dict[str, str]], scheme: Scheme) -> list[tuple[str, ...]]:
    return [tuple(getattr(group_row(row, scheme), field) for field in FIELDS) for row in rows]


def columnar(rows: list[dict[str, str]], encoded: Encoded) -> list[tuple[str, ...]]:
    grouped, _ = group_batch(pa.RecordBatch.from_pylist(rows), encoded)
    return [tuple(row.values()) for row in grouped.to_pylist()]


def stay(**cells: str) -> dict[str, str]:
    return {**STAY, **cells}


def only(**cells: str) -> tuple[str, str]:
    """The DRG and the problems of one stay, the same in both forms."""
    rows = [stay(**cells)]
    found = readable(rows, EXAMPLE)
    assert columnar(rows, Encoded(EXAMPLE)) == found
    return found[0][3], found[0][4]


def test_every_stay_of_the_published_verification_is_grouped_as_stated(national: Path, national_scheme: Scheme) -> None:
    with (national / "verification_2000.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = readable(rows, national_scheme)
    assert found == columnar(rows, Encoded(national_scheme))
    wrong = [
        (row["id"], got[3], row["peer_drg"]) for row, got in zip(rows, found, strict=True) if got[3] != row["peer_drg"]
    ]
    assert (len(rows), wrong) == (2000, [])
    assert all(row["peer_mdc"] in (f"MDC{got[1]}", got[1]) for row, got in zip(rows, found, strict=True))


@pytest.mark.parametrize("qy", ["off", "main", "any"])
def test_both_forms_agree_on_random_stays_of_the_example(qy: str) -> None:
    scheme = scheme_of(SCHEME, qy)  # type: ignore[arg-type]
    encoded = Encoded(scheme)
    for batch in batches(scheme, 1500, seed=7, wild=0.05):
        rows = batch.to_pylist()
        assert columnar(rows, encoded) == readable(rows, scheme)


@pytest.mark.parametrize("qy", [None, "any"])
def test_both_forms_agree_on_random_stays_of_the_national_scheme(national: Path, qy: str | None) -> None:
    scheme = scheme_of(national, qy)  # type: ignore[arg-type]
    encoded = Encoded(scheme)
    hit = set()
    for batch in batches(scheme, 2500, seed=11, wild=0.01):
        rows = batch.to_pylist()
        found = columnar(rows, encoded)
        assert found == readable(rows, scheme)
        hit.update(row[2] for row in found)
    assert len(hit) > 330


CODES = [*sorted({*EXAMPLE.known_dx, *EXAMPLE.dx_map}), "", " ", "QQ", " E10.100 ", "E10.100\u3000"]
PROCS = [*sorted({*EXAMPLE.known_proc, *EXAMPLE.proc_map}), "", "QQ"]
NUMBERS = st.sampled_from(["", "0", "1", "28", "29", "40", "1499", "1500", "2500", "14700", "-1", "x", "0.9", "1e2"])
ROWS = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["a", "", " ", "甲"]),
        "sex": st.sampled_from(["1", "2", "男", "女", "0", ""]),
        "age": NUMBERS,
        "age_days": NUMBERS,
        "weight_g": NUMBERS,
        "los": NUMBERS,
        "dx": st.lists(st.sampled_from(CODES), max_size=6).map("|".join),
        "procs": st.lists(st.sampled_from(PROCS), max_size=5).map("|".join),
    }
)
ENCODED = {qy: Encoded(scheme_of(SCHEME, qy)) for qy in ("off", "main", "any")}  # type: ignore[arg-type]


@settings(max_examples=100)
@given(st.lists(ROWS, min_size=1, max_size=12), st.sampled_from(sorted(ENCODED)))
def test_both_forms_agree_on_whatever_a_hospital_may_send(rows: list[dict[str, str]], qy: str) -> None:
    assert columnar(rows, ENCODED[qy]) == readable(rows, ENCODED[qy].scheme)


@settings(max_examples=30)
@given(st.lists(ROWS, min_size=2, max_size=8), st.data())
def test_a_stay_has_the_same_group_whatever_stands_beside_it(rows: list[dict[str, str]], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(rows))))
    whole = columnar(rows, ENCODED["any"])
    assert columnar([rows[n] for n in order], ENCODED["any"]) == [whole[n] for n in order]
    assert [columnar([row], ENCODED["any"])[0] for row in rows] == whole


@settings(max_examples=100)
@given(ROWS)
def test_no_stay_is_left_without_a_group_and_without_a_reason(row: dict[str, str]) -> None:
    _, _, _, drg, found = readable([row], EXAMPLE)[0]
    assert drg != UNGROUPED or found


@pytest.mark.parametrize(
    ("cells", "drg", "found"),
    [
        ({}, "ER15", ""),
        ({"dx": "E10.1"}, "ER15", ""),
        ({"dx": ""}, UNGROUPED, "dx.principal-empty"),
        ({"dx": "|E10.100"}, UNGROUPED, "dx.principal-empty"),
        ({"dx": "QQ.1"}, UNGROUPED, "dx.principal-unknown"),
        ({"dx": "V99.000"}, UNGROUPED, "dx.principal-grey"),
        ({"dx": "V99.000", "procs": "37.0100"}, "AA19", "dx.principal-grey"),
        ({"dx": "E10.100|QQ.1"}, "ER15", "dx.unknown"),
        ({"procs": "QQ.1"}, "ER15", "proc.unknown"),
        ({"procs": "|32.0100"}, "ER15", "proc.main-empty"),
        ({"sex": "3"}, UNGROUPED, "sex.unknown"),
        ({"dx": "N50.100"}, UNGROUPED, "sex.contradicts-diagnosis|group.none"),
        ({"age": ""}, UNGROUPED, "age.unreadable"),
        ({"age": "-1"}, UNGROUPED, "age.unreadable"),
        ({"age_days": "x"}, "ER15", "age-days.unreadable"),
        ({"age_days": "5"}, "ER15", "age.contradiction"),
        ({"los": "-2"}, "ER15", "los.unreadable"),
        ({"weight_g": "x"}, "ER15", "weight.unreadable"),
        ({"id": ""}, "ER15", "id.empty"),
        ({"age": "0", "age_days": "3", "dx": "P60.100"}, UNGROUPED, "weight.missing"),
        ({"age": "0", "dx": "P60.100", "weight_g": "1000"}, UNGROUPED, "age-days.missing"),
        ({"age": "0", "age_days": "3", "dx": "P60.100", "weight_g": "0"}, "PV19", "weight.unreadable"),
        ({"age": "0", "age_days": "3", "dx": "P60.100", "weight_g": "1499"}, "PS19", ""),
        ({"age": "0", "age_days": "3", "dx": "P60.100", "weight_g": "1500"}, "PS25", ""),
        ({"age": "0", "age_days": "28", "dx": "P60.100", "weight_g": "2500"}, "PV19", ""),
        ({"age": "0", "age_days": "29", "dx": "P60.100", "weight_g": "1000"}, "PV19", ""),
        ({"dx": "E20.100", "procs": "81.0100"}, "EQY", "group.unrelated-procedure"),
        ({"dx": "E20.100", "procs": "87.0100|81.0100"}, "ET19", ""),
        ({"dx": "I30.200", "procs": "87.0100|32.0100"}, "IQY", "group.unrelated-procedure"),
    ],
)
def test_a_stay_is_grouped_or_its_problem_is_named(cells: dict[str, str], drg: str, found: str) -> None:
    assert only(**cells) == (drg, found)


def test_an_excluded_mcc_counts_neither_as_mcc_nor_as_cc() -> None:
    assert only(dx="E10.100|B95.100")[0] == "ER15"
    assert only(dx="E10.100|B95.200")[0] == "ER11"
    assert only(dx="E10.100|B90.100")[0] == "ER13"
    assert only(dx="E10.100|B91.000")[0] == "ER13"


def test_injuries_of_one_region_are_no_multiple_trauma() -> None:
    assert only(dx="Z82.100")[0] == "IR15"
    assert only(dx="Z80.100|Z81.100")[0] == "ZZ15"
    assert only(dx="Z80.100|Z81.100", procs="87.0100|79.0100")[0] == UNGROUPED
    assert only(dx="Z80.100|Z81.100", procs="79.0100")[0] == "ZC19"


def test_a_combination_code_is_one_code() -> None:
    assert only(dx="I31.000+E11.0*")[0] == "IR15"
    assert only(dx="I31.000")[1] == "dx.principal-unknown"


def test_the_trace_names_table_and_code_and_why_not_the_groups_before() -> None:
    grouping = group_row(stay(dx="E10.100|B95.100|B90.100"), EXAMPLE)
    shown = [step.message("en") for step in grouping.trace]
    assert "ADRG EB1: the main procedure - is not in its procedures" in shown
    assert "CC/MCC: B95.100 is a MCC, excluded: the principal diagnosis is in the same table 3" in shown
    assert "DRG ER11: needs MCC" in shown
    assert shown[-1] == "DRG ER13: fits by the condition mcc_or_cc"
    assert all(step.message("zh") for step in grouping.trace)


def test_counts_add_up() -> None:
    encoded = Encoded(EXAMPLE)
    total = NO_COUNTS
    for batch in batches(EXAMPLE, 500, seed=3, wild=0.1, size=100):
        grouped, counts = group_batch(batch, encoded)
        total += counts
        assert counts.rows == grouped.num_rows
        listed = [code for row in grouped.to_pylist() for code in row["problems"].split("|") if code]
        assert sum(counts.problems) == len(listed)
    assert total.rows == 500


def test_columns_of_numbers_lists_and_nulls_are_read_like_text() -> None:
    text = pa.RecordBatch.from_pylist([stay(dx="E10.100|B90.100"), stay(dx="E10.100", age="", procs="")])
    typed = pa.RecordBatch.from_pydict(
        {
            "id": ["1", "1"],
            "sex": pa.array([1, 1], pa.int8()),
            "age": pa.array([40.0, None]),
            "age_days": pa.array([None, None], pa.int32()),
            "weight_g": pa.array([None, float("nan")], pa.float64()),
            "los": pa.array([3, 3]),
            "dx": pa.array([["E10.100", "B90.100"], ["E10.100"]]),
            "procs": pa.array([[], None], pa.list_(pa.string())),
        }
    )
    encoded = Encoded(EXAMPLE)
    assert group_batch(typed, encoded)[0].to_pylist() == group_batch(text, encoded)[0].to_pylist()


@pytest.mark.parametrize(
    ("cell", "value", "bad"),
    [
        ("", None, False),
        (" 3 ", 3.0, False),
        ("2.5", 2.5, False),
        ("-1", None, True),
        ("1e3", None, True),
        ("٣", None, True),
    ],
)
def test_numbers_are_read_strictly(cell: str, value: float | None, bad: bool) -> None:
    read, wrong = number(cell)
    assert (None if read != read else read, wrong) == (value, bad)


def test_every_problem_has_its_own_bit() -> None:
    assert len(set(problems.BIT.values())) == len(problems.PROBLEMS)
    assert problems.codes_of(problems.bits_of(["dx.unknown", "id.empty"])) == ["id.empty", "dx.unknown"]
