"""The most specific row of the duty list decides, and every other row can say why it did not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.cases.routing.duties import DutyRow, Precedence, assign
from guatu.core.cases.routing.duty_list import check_missing, check_names, check_overlaps
from guatu.core.kernel.explained import Explained, Unknown

DAY = date(2026, 5, 1)
ROWS = (
    DutyRow(key="1", unit="城管局"),
    DutyRow(key="2", unit="住建局", case_class="01"),
    DutyRow(key="3", unit="水务局", case_class="0101"),
    DutyRow(key="4", unit="青禾镇", case_class="01", place="T1"),
    DutyRow(key="5", unit="旧水务站", case_class="0101", place="T1", valid_to=date(2025, 12, 31)),
    DutyRow(key="6", unit="云岭镇", case_class="01", place="T2"),
    DutyRow(key="7", unit="园林中心", case_class="04"),
)


def decide(precedence: Precedence, *path: str) -> Explained[str] | Unknown:
    return assign(ROWS, path, ("G1", "V1", "T1"), DAY, precedence).unit


@pytest.mark.parametrize(
    ("precedence", "path", "unit"),
    [
        ("class-first", ("0101", "01"), "水务局"),
        ("place-first", ("0101", "01"), "青禾镇"),
        ("class-first", ("0102", "01"), "青禾镇"),
        ("class-first", ("9901", "99"), "城管局"),
    ],
)
def test_the_declared_precedence_decides(precedence: Precedence, path: tuple[str, ...], unit: str) -> None:
    found = decide(precedence, *path)
    assert isinstance(found, Explained) and found.value == unit


def test_every_row_says_why_it_did_not_decide() -> None:
    judged = assign(ROWS, ("0101", "01"), ("G1", "V1", "T1"), DAY).judged
    assert {one.row.key: one.reason for one in judged} == {
        "1": "class-less-specific",
        "2": "class-less-specific",
        "3": "decided",
        "4": "class-less-specific",
        "5": "not-valid",
        "6": "other-place",
        "7": "other-class",
    }
    assert [one.reason for one in assign(ROWS, ("0102", "01"), ("T1",), DAY).judged][1] == "place-less-specific"


def test_the_answer_names_its_row() -> None:
    found = decide("class-first", "0101", "01")
    assert found.sentence("en") == (
        "a case of class 0101 in G1 is for “水务局” by row 3 of the duty list (class 0101, place all); 6 other rows did not decide"
    )


def test_two_units_at_the_same_rank_leave_the_case_undecided() -> None:
    rows = (DutyRow(key="1", unit="甲局", case_class="01"), DutyRow(key="2", unit="乙局", case_class="01"))
    found = assign(rows, ("01",), ("T1",), DAY)
    assert isinstance(found.unit, Unknown)
    assert found.unit.sentence("zh") == "类别 01、区域 T1 有同级的行归不同单位: 乙局, 甲局;请在职责清单中只留一行"
    assert [one.reason for one in found.judged] == ["same-rank", "same-rank"]
    same = assign((rows[0], DutyRow(key="3", unit="甲局", case_class="01")), ("01",), ("T1",), DAY)
    assert isinstance(same.unit, Explained)


def test_a_case_without_a_row_says_so() -> None:
    found = assign(ROWS[1:], ("9901", "99"), ("T1",), DAY).unit
    assert isinstance(found, Unknown) and found.rule == "routing.no-row"


def test_rows_that_overlap_in_time_and_duty_are_found_and_those_that_follow_each_other_are_not() -> None:
    rows = (
        DutyRow(key="1", unit="甲局", case_class="01", valid_to=date(2026, 6, 30)),
        DutyRow(key="2", unit="乙局", case_class="01", valid_from=date(2026, 6, 30)),
        DutyRow(key="3", unit="丙局", case_class="01", place="T1"),
        DutyRow(key="4", unit="丁局", case_class="02", valid_to=date(2026, 6, 30)),
        DutyRow(key="5", unit="戊局", case_class="02", valid_from=date(2026, 7, 1)),
    )
    assert [finding.message("en") for finding in check_overlaps(rows)] == [
        "rows 1 and 2 both hold for class “01” and place “*” from 2026-06-30 on and name different units (甲局, 乙局); "
        "leave one, or part their dates"
    ]


def test_a_class_without_a_unit_in_some_places_is_found_once_with_their_number() -> None:
    places = {"T1": ("T1",), "T2": ("T2",), "T3": ("T3",)}
    rows = (DutyRow(key="1", unit="甲镇", case_class="01", place="T1"), DutyRow(key="2", unit="乙局", case_class="02"))
    found = check_missing(rows, {"01": ("01",), "02": ("02",), "03": ("03",)}, places, DAY)
    assert [finding.message("zh") for finding in found] == [
        "类别“01”在 2 个区域没有承办单位(如“T2”);请在职责清单中补充",
        "类别“03”在 3 个区域没有承办单位(如“T1”);请在职责清单中补充",
    ]


def test_names_that_the_county_does_not_have_are_found() -> None:
    rows = (DutyRow(key="1", unit="无此局", case_class="98", place="X"), DutyRow(key="2", unit="甲局"))
    codes = [finding.code for finding in check_names(rows, {"甲局"}, {"01"}, {"T1"})]
    assert codes == ["routing.unit-unknown", "routing.class-unknown", "routing.place-unknown"]


NAMES = st.sampled_from(["", "0101", "01", "02"])
PLACES = st.sampled_from(["", "G1", "V1", "T1", "T2"])


@given(st.lists(st.tuples(NAMES, PLACES), max_size=10), st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_of_the_rows(pairs: list[tuple[str, str]], random: object) -> None:
    rows = [DutyRow(key=str(at), unit=f"U{c}-{p}", case_class=c, place=p) for at, (c, p) in enumerate(pairs)]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    answers = [assign(order, ("0101", "01"), ("G1", "V1", "T1"), DAY) for order in (rows, shuffled)]
    units = [answer.unit.value if isinstance(answer.unit, Explained) else None for answer in answers]
    assert units[0] == units[1]
    assert all(len(answer.judged) == len(rows) for answer in answers)
