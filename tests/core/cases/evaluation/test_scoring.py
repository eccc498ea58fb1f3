"""Published scoring texts as data give the published points; what cannot be scored is neither 0 nor left out."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.cases.evaluation.evaluate import evaluate
from guatu.core.cases.evaluation.rates import RATES, Denominator, rate
from guatu.core.cases.evaluation.scoring import score
from guatu.core.cases.evaluation.sheet import Band, FactWords, Line, Sheet, Term, check_sheet
from guatu.core.kernel.explained import Explained, Unknown, explain
from tests.core.cases.evaluation.sheets import SHEETS

DAY = date(2026, 5, 1)
X = FactWords("x", "某数", "x")
AREA_AND_PEOPLE = {"area": 0.026, "people": 2.141}


def points(sheet: str, line: str, **facts: float) -> float:
    found = score(SHEETS[sheet], facts).lines[line]
    assert isinstance(found, Explained), found.sentence("en")
    return found.value


@pytest.mark.parametrize(
    ("sheet", "line", "facts", "published"),
    [
        ("fumes", "volume", {"complaints": 10, **AREA_AND_PEOPLE}, 28.20),
        ("online-requests", "volume", {"complaints": 100, **AREA_AND_PEOPLE}, 26.407),
        ("online-requests", "cycle", {"days": 1.5}, 5),
        ("online-requests", "cycle", {"days": 0.5}, 10),
        ("online-requests", "cycle", {"days": 3}, 0),
        ("online-requests", "late", {"late": 2}, 0),
        ("online-requests", "repeated", {"repeated": 3}, 17),
    ],
)
def test_the_worked_examples_of_the_text_are_met(
    sheet: str, line: str, facts: dict[str, float], published: float
) -> None:
    assert points(sheet, line, **facts) == pytest.approx(published, abs=0.005)


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0, -0.3), (0.01, -0.25), (0.4999, -0.25), (0.5, -0.15), (0.75, -0.1), (0.8999, -0.1), (0.9, 0), (1, 0)],
)
def test_bands_begin_and_end_where_the_text_says(share: float, expected: float) -> None:
    assert points("sanitation", "handled", share=share) == expected


@pytest.mark.parametrize(("removed", "stock", "large", "expected"), [(1, 0, 0, 5), (2, 1, 1, 14), (4, 2, 0, 20)])
def test_additions_stop_at_their_ceiling(removed: int, stock: int, large: int, expected: int) -> None:
    assert points("demolition", "removed", removed=removed, removed_stock=stock, removed_large=large) == expected


def test_a_line_writes_out_its_arithmetic() -> None:
    line = score(SHEETS["online-requests"], {"complaints": 100, **AREA_AND_PEOPLE}).lines["volume"]
    assert line.sentence("zh") == "受理量(满分 30): 30 - 0.002 × 100 ÷ (0.026 × 2.141) ∈ [0, +∞] = 26.4071"


def test_a_score_is_the_sum_of_its_lines_by_exact_rates() -> None:
    counts = {"handled": 58, "handled_in_time": 51, "to_handle": 60, "reworked": 2, "to_close": 57, "overdue_unhandled": 1, "extended": 3}  # fmt: skip
    settings = [Denominator("rework", "to_close", "办法"), Denominator("overdue", "to_handle", "办法")]
    found, findings = evaluate("unit", {"城管局": counts}, DAY, settings, SHEETS["urban-management"])
    scored = found[0].scored
    assert scored is not None and isinstance(scored.total, Explained)
    expected = 30 * Fraction(58, 60) + 20 * Fraction(51, 60) + 20 * (1 - Fraction(2, 57)) + 20 * (1 - Fraction(1, 60)) + 10 * (1 - Fraction(3, 60))  # fmt: skip
    assert scored.total.value == float(expected)
    assert findings == []
    assert "一区公开考核办法,未核对国家标准" in scored.total.unverified


def test_where_one_line_is_unknown_there_is_no_sum() -> None:
    found = score(
        SHEETS["urban-management"], {"handling": rate(RATES["handling"], {"handled": 0, "to_handle": 0}, DAY)}
    )
    assert isinstance(found.total, Unknown)
    assert found.total.sentence("zh").startswith("“数字城管”无法得出总分: 处置率、按期处置率")
    assert isinstance(found.lines["handling"], Unknown)


def test_a_divisor_of_0_and_a_value_in_no_band_say_so() -> None:
    zero = score(SHEETS["fumes"], {"complaints": 1, "area": 0, "people": 1}).lines["volume"]
    assert isinstance(zero, Unknown) and zero.sentence("en") == "“volume” cannot be scored: its divisor “area” is 0"
    line = Line(key="a", zh="甲", en="a", full="1", bands_of="x", bands=(Band("1", "[0..1)"),))
    sheet = Sheet(code="s", zh="办法", en="text", full="1", lines=(line,), valid_from=DAY, source="办法")
    nowhere = score(sheet, {"x": 2}).lines["a"]
    assert isinstance(nowhere, Unknown) and nowhere.rule == "scoring.no-band"


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS.keys())
def test_the_texts_of_the_tests_are_sound(sheet: Sheet) -> None:
    assert check_sheet(sheet) == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (Line(key="a", zh="甲", en="a", full="2", terms=(Term("x", "1"),)), "the points of “办法” add up to 2 instead of 1; correct them"),
        (Line(key="a", zh="甲", en="a", full="1"), "“甲” has neither terms nor bands, or both; give one of them"),
        (Line(key="a", zh="甲", en="a", full="1", terms=(Term("x", "1"),), floor="2", ceiling="1"), "the floor of “甲” is above its ceiling; correct them"),
        (Line(key="a", zh="甲", en="a", full="1", bands_of="x", bands=(Band("1", "< 1"), Band("2", ">= 2"))), "the bands of “甲” leave a gap or overlap at 2; let each begin where the last one ends"),
        (Line(key="a", zh="甲", en="a", full="1", bands_of="x", bands=(Band("1", "<= 1"), Band("2", ">= 1"))), "the bands of “甲” leave a gap or overlap at 1; let each begin where the last one ends"),
    ],
)  # fmt: skip
def test_a_text_that_cannot_be_right_is_found(line: Line, message: str) -> None:
    sheet = Sheet(code="s", zh="办法", en="text", full="1", lines=(line,), valid_from=DAY, source="办法", facts=(X,))
    assert [finding.message("en") for finding in check_sheet(sheet)] == [message]


@pytest.mark.parametrize("when", ["~", "not(1)", "1, 2", "x", '"a"', "-", "!= 3"])
def test_a_band_that_is_no_range_is_found(when: str) -> None:
    line = Line(key="a", zh="甲", en="a", full="1", bands_of="x", bands=(Band("1", when),))
    sheet = Sheet(code="s", zh="办法", en="text", full="1", lines=(line,), valid_from=DAY, source="办法", facts=(X,))
    assert [finding.code for finding in check_sheet(sheet)] == ["scoring.band-unreadable"]


def test_a_fact_without_words_is_found_and_no_line_shows_what_only_the_program_calls_it() -> None:
    line = Line(key="a", zh="甲", en="a", full="1", terms=(Term("in_use", "1"), Term("handled", "1")))
    sheet = Sheet(code="s", zh="办法", en="text", full="1", lines=(line,), valid_from=DAY, source="办法")
    assert [finding.message("en") for finding in check_sheet(sheet)] == [
        "“in_use” of “甲” has no words; give them in both languages under facts"
    ]
    text = explain(score(SHEETS["online-requests"], {"complaints": 1, **AREA_AND_PEOPLE}).lines["volume"])
    assert "面积: 0.026" in text and "area" not in text


COUNT = st.integers(1, 500)


@given(COUNT, COUNT, COUNT, st.decimals("0.001", 99, places=3), st.decimals("0.001", 99, places=3), COUNT)
def test_who_computes_a_line_again_from_what_is_printed_comes_to_what_is_printed(
    handled: int, to_handle: int, complaints: int, area: Decimal, people: Decimal, minutes: int
) -> None:
    facts = {"complaints": complaints, "area": area, "people": people, "days": Fraction(minutes, 480)}
    counts = {"handled": handled, "to_handle": to_handle}
    lines = [
        score(SHEETS["online-requests"], facts).lines["volume"],
        score(SHEETS["online-requests"], facts).lines["cycle"],
        score(SHEETS["fumes"], facts).lines["volume"],
        score(
            SHEETS["urban-management"],
            {"handling": rate(RATES["handling"], counts, DAY)},
            {"handling": Fraction(handled, to_handle)},
        ).lines["handling"],
    ]
    for line in lines:
        formula, _, result = line.sentence("en").partition(": ")[2].rpartition(" = ")
        assert rounded(computed(formula)) == Decimal(result.replace(",", "")), line.sentence("en")


def computed(formula: str) -> Fraction:
    """What a printed formula comes to: numbers, + - × ÷, brackets, and the limits that it has to stay within."""
    text, _, limits = (
        formula.replace(",", "").partition(" ∈ [") if " ∈ " in formula else (formula.replace(",", ""), "", "")
    )
    found: Fraction = eval(
        re.sub(r"[\d.]+", lambda one: f"Fraction('{one[0]}')", text.replace("×", "*").replace("÷", "/"))
    )
    low, high = limits.rstrip("]").split() if limits else ("-∞", "+∞")
    found = found if low == "-∞" else max(found, Fraction(low))
    return found if high == "+∞" else min(found, Fraction(high))


def rounded(value: Fraction) -> Decimal:
    """To four decimals, halves away from zero, and as short as that is; small ones to two digits."""
    places = Decimal("0.0001")
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    near = exact.quantize(places, ROUND_HALF_UP)
    return near if near or not exact else Decimal(f"{exact:.2g}")


@given(st.integers(-5, 30))
def test_points_stay_within_their_limits(days: int) -> None:
    assert 0 <= points("online-requests", "cycle", days=days) <= 10


def test_the_mean_time_is_over_cases_handled_and_not_over_none() -> None:
    found, _ = evaluate("post", {"甲": {"handled": 4, "handling_minutes": 90}, "乙": {"handled": 0}}, DAY)
    first, second = (one.mean_time for one in sorted(found, key=lambda one: one.key, reverse=True))
    assert isinstance(first, Explained) and first.value == 22.5
    assert isinstance(second, Unknown)
