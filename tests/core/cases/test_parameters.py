"""Parameters: each step is judged by the value of its day, also when its history is played again."""

import json
from datetime import date, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.calendar.hours import CHINA
from guatu.core.cases.case import Case, MoveEntry, replay
from guatu.core.cases.flow import Arrow, FieldNeed, Flow, Node
from guatu.core.cases.parameters import Parameter, Parameters

ROWS = Parameters(
    (
        Parameter(name="most", zh="上限", en="most", value=100, valid_from=date(2026, 1, 1)),
        Parameter(name="most", zh="上限", en="most", value=200, valid_from=date(2026, 7, 1)),
    )
)
FLOW = Flow(
    id="f",
    nodes=(
        Node(id="s", kind="start"),
        Node(id="ask", kind="step", roles=("r",), fields=(FieldNeed("n"),)),
        Node(id="way", kind="choice"),
        Node(id="small", kind="end"),
        Node(id="more", kind="step", roles=("r",)),
        Node(id="end", kind="end"),
    ),
    arrows=(
        Arrow(id="1", source="s", target="ask"),
        Arrow(id="2", source="ask", target="way"),
        Arrow(id="3", source="way", target="small", condition="n <= most"),
        Arrow(id="4", source="way", target="more", default=True),
        Arrow(id="5", source="more", target="end"),
    ),
    parameters=ROWS,
)


def after(n: int, day: date) -> bool:
    """Whether a case with that number has ended after its step of that day."""
    at = datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)
    entry = MoveEntry(at=at, actor="x", role="r", step="ask", move="forward", fields={"n": n})
    case = Case(id="1", flow="f", version="1", opened_at=datetime(2026, 1, 1, tzinfo=CHINA), history=(entry,))
    state = replay(FLOW, case)
    assert "most" not in state.data, "what a case was judged by is no field of it"
    return state.ended


@given(st.integers(0, 300), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_a_step_is_judged_by_the_value_of_its_day(n: int, day: date) -> None:
    assert after(n, day) is (n <= (100 if day < date(2026, 7, 1) else 200))


def test_before_the_first_value_nothing_is_known_and_the_default_holds() -> None:
    assert ROWS.on(date(2025, 12, 31)) == {} and ROWS.on(date(2026, 7, 1)) == {"most": Decimal(200)}
    assert ROWS.row("most", date(2025, 1, 1)) is None


def test_a_fraction_is_a_ratio_and_a_word_stays_one() -> None:
    made = [Parameter(name="p", zh="甲", en="a", value=value).fact for value in ("2/3", "to_close", 0.1, True, 3)]
    assert made == [Decimal("0.666667"), "to_close", Decimal("0.1"), True, Decimal(3)]


@given(
    st.one_of(st.decimals(-(10**6), 10**6, places=4), st.integers(-9, 9), st.booleans(), st.sampled_from(["2/3", "x"]))
)
def test_what_is_kept_of_a_number_is_the_same_number(value: object) -> None:
    rows = Parameters((Parameter(name="n", zh="数", en="n", value=value),))
    again = msgspec.convert(json.loads(json.dumps(rows.stored)), Parameters)
    assert again.on(date(2026, 1, 1)) == rows.on(date(2026, 1, 1))
    assert again.terms == rows.terms


def test_old_numbers_stay_for_what_still_runs_and_give_way_to_newer_ones() -> None:
    old = Parameters(
        (Parameter(name="most", zh="上限", en="most", value=1), Parameter(name="gone", zh="无", en="gone", value=3))
    )
    day = date(2026, 8, 1)
    assert ROWS.over(old).on(day) == {"most": Decimal(200), "gone": Decimal(3)}


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_nothing_can_be_compared_with_is_no_number(value: float) -> None:
    with pytest.raises(ValueError, match="no number"):
        Parameter(name="n", zh="数", en="n", value=value)
