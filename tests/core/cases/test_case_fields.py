"""Fields of cases: what is kept is read, shown and compared as the same that somebody gave."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.cases.case_fields import CaseField, FieldKind, Option
from guatu.core.rules import Vocabulary, judge, parse

OPTIONS = (Option(value="a", zh="甲", en="first"), Option(value="b", zh="乙", en="second"))


def field(kind: FieldKind, unit: str = "", places: int = 2) -> CaseField:
    options = OPTIONS if kind == "choice" else ()
    return CaseField(name="x", kind=kind, zh="项", en="item", unit=unit, places=places, options=options)


@given(st.sampled_from(["", "元", "万元", "亿元"]), st.integers(0, 10**12))
def test_money_is_the_same_money_in_whatever_unit_it_is_asked_for(unit: str, fen: int) -> None:
    asked, yuan = field("money", unit), Decimal(fen).scaleb(-2)
    kept, faults = asked.read(f"{yuan} 元", "")
    assert faults == [] and Decimal(str(kept)) == yuan
    assert asked.read(asked.typed(kept), "") == (kept, [])
    assert asked.shown(kept, "zh") == f"{yuan:,.2f} 元"


def test_money_that_is_asked_for_in_wan_is_compared_in_yuan() -> None:
    asked = field("money", "万元")
    words = Vocabulary((asked.term,))
    data = {"x": asked.read("12", "")[0]}
    assert data == {"x": 120_000}
    assert [judge(parse(rule, words), data, words).verdict for rule in ("x >= 100000", "x < 13")] == ["yes", "no"]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (field("number", "米", places=6), "0.00001"),
        (field("number", "米"), "1.2 公里"),
        (field("share"), "1/3"),
        (field("share"), "2/3"),
        (field("money"), "0.01"),
        (field("truth"), "否"),
        (field("choice"), "甲"),
        (field("day"), "2026年9月30日"),
    ],
)
def test_what_is_kept_is_typed_again_as_the_same(asked: CaseField, given: str) -> None:
    kept, faults = asked.read(given, "")
    assert faults == []
    assert asked.read(asked.typed(kept), "") == (kept, [])


@pytest.mark.parametrize(
    ("asked", "given", "code"),
    [
        (field("money"), "0.001", "field.below-fen"),
        (field("share"), "70", "field.no-share"),
        (field("number", "米"), "3 斤", "field.other-unit"),
        (field("day"), "2026-02-30", "field.no-such-day"),
        (field("choice"), "丙", "field.no-choice"),
        (field("text"), ["a"], "case.no-single-value"),
        (field("lines"), [12], "case.no-single-value"),
        (field("text"), {"a": 1}, "case.no-single-value"),
    ],
)
def test_what_is_none_of_its_kind_is_refused(asked: CaseField, given: object, code: str) -> None:
    value, faults = asked.read(given, "")
    assert (value, [one.code for one in faults]) == (None, [code])
