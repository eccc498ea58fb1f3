"""Rows that cannot be right are listed, each with its reason, counted, and disturb no other row."""

from collections.abc import Callable
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.engines.drg.parameters import ParameterSet, Terms
from guatu.engines.drg.settlement import HospitalTerms
from guatu.engines.drg.settlement.year import settle_year
from guatu.engines.drg.stays import Stays, read_stays
from guatu.engines.drg.stays.join import with_groups
from guatu.engines.drg.weights import weigh
from tests.engines.drg.money.rows import row, stays_of, table

BAD = [
    ({"id": ""}, "drg.stay-id-missing", "id"),
    ({"id": "S000001"}, "drg.stay-duplicate", "id"),
    ({"hospital": " "}, "drg.hospital-missing", "hospital"),
    ({"hospital": "丁"}, "drg.hospital-unknown", "hospital"),
    ({"drg": ""}, "drg.group-missing", "drg"),
    ({"cost": "-1.00", "fund": "0"}, "drg.amount-negative", "cost"),
    ({"cost": "1.234"}, "drg.amount-unreadable", "cost"),
    ({"cost": "一千"}, "drg.amount-unreadable", "cost"),
    ({"cost": ""}, "drg.amount-unreadable", "cost"),
    ({"cost": "1234567890.00"}, "drg.amount-unreadable", "cost"),
    ({"fund": "-0.01"}, "drg.amount-negative", "fund"),
    ({"fund": "6000.01"}, "drg.fund-over-cost", "fund"),
    ({"admitted": "2026-02-30"}, "drg.date-unreadable", "admitted"),
    ({"discharged": "三月五日"}, "drg.date-unreadable", "discharged"),
    ({"discharged": ""}, "drg.date-unreadable", "discharged"),
    ({"admitted": "2026-05-09", "discharged": "2026-05-08"}, "drg.dates-reversed", "discharged"),
]


@pytest.mark.parametrize(("cells", "code", "field"), BAD, ids=[f"{code} {n}" for n, (_, code, _) in enumerate(BAD)])
def test_a_bad_row_is_told_and_the_next_one_counts(cells: dict[str, str], code: str, field: str) -> None:
    rows = [row(1), row(2, **cells), row(3)]
    stays, problems, findings = read_stays(table(rows), ["甲", "乙"])
    assert stays is not None and not findings
    assert list(stays.id) == ["S000001", "S000003"] and stays.row.tolist() == [0, 2]
    told = [finding for finding in problems if finding.severity == "error"]
    assert (code, "2", field) in {(finding.code, finding.row, finding.field) for finding in told}
    assert {finding.row for finding in told} == {"2"}
    assert problems.by_code()[code] == 1
    assert all(finding.message("zh") and finding.message("en") for finding in told)


@pytest.mark.parametrize(
    "written", ["2026/3/5", "20260305", "2026年3月5日", "2026-3-5 08:00", "2026-03-05T08:00:00.000"]
)
def test_a_day_of_discharge_is_read_in_every_spelling(written: str) -> None:
    stays, problems, _ = read_stays(
        table(
            [row(1, admitted="2026-03-01", discharged="2026-03-05"), row(2, admitted="2026-03-01", discharged=written)]
        )
    )
    assert stays is not None and problems.count() == 0
    assert stays.discharged[0] == stays.discharged[1]


def test_the_whole_message_of_a_row_says_what_is_wrong_and_what_to_do() -> None:
    rows = [row(1), row(1), row(2, admitted="2026-05-09", discharged="2026-05-08")]
    _, problems, _ = read_stays(table(rows))
    assert [finding.message("en") for finding in problems] == [
        "id S000001 stands in row 1 already; only the first row counts, check which is right",
        "discharged 2026-05-08, before the admission of 2026-05-09; check both dates",
    ]


def test_a_table_without_a_column_is_refused_with_the_columns_that_it_has() -> None:
    stays, _, findings = read_stays(table([row(1)]).drop_columns(["cost"]))
    assert stays is None
    assert findings[0].message("en").startswith("the table has no column cost; add it (it has: id, hospital,")


def test_an_empty_table_has_no_stays_and_no_problems() -> None:
    stays, problems, findings = read_stays(table([row(1)]).slice(0, 0))
    assert stays is not None and len(stays) == 0 and problems.count() == 0 and not findings


def test_numbers_and_dates_of_a_parquet_file_are_read_as_what_they_are() -> None:
    import datetime

    raw = table([row(1), row(2)])
    typed = raw.set_column(raw.column_names.index("cost"), "cost", pa.array([1234.5, 1_000_000.0]))
    typed = typed.set_column(
        raw.column_names.index("fund"), "fund", pa.array([Decimal("0.01"), None], pa.decimal128(9, 2))
    )
    day = pa.array([datetime.date(2026, 3, 2)] * 2)
    typed = typed.set_column(raw.column_names.index("admitted"), "admitted", day)
    stays, problems, _ = read_stays(typed)
    assert stays is not None
    assert stays.cost.tolist() == [123450] and stays.fund.tolist() == [1]
    assert [(finding.row, finding.code) for finding in problems] == [("2", "drg.amount-unreadable")]


cells = st.sampled_from([cell for cell, _, _ in BAD])


@settings(max_examples=40)
@given(bad=st.lists(st.tuples(st.integers(0, 9), cells), max_size=6))
def test_whatever_is_wrong_the_good_rows_are_read_as_if_alone(bad: list[tuple[int, dict[str, str]]]) -> None:
    rows = [row(n + 1) for n in range(10)]
    for at, cell in bad:
        if at != 0:
            rows[at] = row(at + 1, **cell)
    touched = {at for at, _ in bad if at != 0}
    stays, problems, _ = read_stays(table(rows), ["甲", "乙"])
    assert stays is not None
    alone = stays_of([rows[at] for at in range(10) if at not in touched])
    assert list(stays.id) == list(alone.id) and stays.cost.tolist() == alone.cost.tolist()
    assert {int(finding.row) - 1 for finding in problems if finding.severity == "error"} == touched


def test_groups_come_from_their_own_file_and_a_stay_without_one_is_told() -> None:
    groups = pa.table({"id": ["S000002", "S000001", "S000002"], "drg": ["BB13", "0000", "CC15"]})
    joined, twice = with_groups(table([row(1), row(2), row(3)]), groups)
    stays, problems, _ = read_stays(joined)
    assert stays is not None
    assert [stays.group[n] for n in range(2)] == ["0000", "BB13"]
    assert [(finding.row, finding.code) for finding in problems] == [("3", "drg.group-missing")]
    assert [finding.params["id"] for finding in twice] == ["S000002"]


def history(terms: Callable[..., Terms]) -> Stays:
    return stays_of([row(n, cost=f"{5000 + n}.00") for n in range(20)])


def test_unknown_groups_and_hospitals_without_history_are_warned_of_and_paid(
    terms: Callable[..., Terms], parameters: ParameterSet
) -> None:
    weights = weigh(history(terms), terms(), {"甲": "三级"})
    hospitals = [HospitalTerms("乙", level="二级"), HospitalTerms("甲", level="三级")]
    rows = [row(1), row(2, drg="XX99", cost="5010.00"), row(3, hospital="乙"), row(4, discharged="2027-01-02")]
    year, problems, findings = settle_year(table(rows), weights, parameters, hospitals, simulated=True)
    assert year is not None
    assert [(finding.row, finding.code) for finding in problems] == [
        ("2", "drg.group-without-weight"), ("4", "drg.discharge-outside"),
    ]  # fmt: skip
    assert [finding.row for finding in findings if finding.code == "drg.hospital-without-history"] == ["乙"]
    assert len(year.stays) == 3 and (year.points.units > 0).all()
    assert year.points.coefficient[2] == 10000


def test_a_level_without_a_threshold_is_refused_before_anything_is_computed(
    terms: Callable[..., Terms], parameters: ParameterSet
) -> None:
    from guatu.engines.drg.simulation.change import changed

    weights = weigh(history(terms), terms(), {"甲": "三级"})
    bent, _ = changed(parameters, ['high_thresholds=[{level="二级", value=2}]'])
    year, _, findings = settle_year(table([row(1)]), weights, bent, [HospitalTerms("甲", level="三级")], simulated=True)
    assert year is None
    assert [finding.row for finding in findings if finding.severity == "error"] == ["三级"]


@pytest.mark.parametrize("as_codes", [False, True], ids=["text", "codes"])
def test_a_table_in_pieces_is_read_like_the_same_table_in_one(as_codes: bool) -> None:
    rows = [
        row(n, hospital=" 甲" if n % 2 else "乙", patient="" if n == 3 else f"P{n // 2}", drg=f"AA1{n % 3}")
        for n in range(9)
    ]
    pieces = [table(rows[:2]), table(rows[2:3]), table(rows[3:])]
    if as_codes:
        names = ("hospital", "drg", "admitted")
        at = {name: pieces[0].column_names.index(name) for name in names}
        for name in names:
            pieces = [p.set_column(at[name], name, p.column(name).dictionary_encode()) for p in pieces]
    one, many = stays_of(rows), read_stays(pa.concat_tables(pieces, promote_options="permissive"))[0]
    assert many is not None
    for n in range(9):
        assert (one.hospital[n], one.group[n]) == (many.hospital[n], many.group[n])
    assert one.hospital[1] == "甲" and many.patient.at[3] == -1
    assert (one.patient.at == many.patient.at).all() and (one.admitted == many.admitted).all()


def test_who_a_patient_is_is_forgotten_when_a_table_is_read() -> None:
    stays = stays_of([row(1, patient="张三 110101199003070000"), row(2, patient="张三 110101199003070000"), row(3)])
    assert stays.patient.words == () and stays.patient.at.tolist()[:2] == [0, 0]
    assert "张三" not in repr(stays)
