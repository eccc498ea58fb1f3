"""Parameters: each step is judged by the value of its day, also when its history is played again."""

from datetime import date, datetime
from decimal import Decimal

import msgspec
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


@given(st.one_of(st.decimals(-(10**9), 10**9, places=4), st.booleans(), st.sampled_from(["2/3", "to_close"])))
def test_what_is_kept_with_a_version_comes_back_as_it_was(value: object) -> None:
    rows = Parameters((Parameter(name="p", zh="甲", en="a", value=value),))
    assert msgspec.convert(msgspec.json.decode(msgspec.json.encode(rows)), Parameters) == rows


def test_a_fraction_is_a_ratio_and_a_word_stays_one() -> None:
    made = [Parameter(name="p", zh="甲", en="a", value=value).fact for value in ("2/3", "to_close", 0.1, True, 3)]
    assert made == [Decimal("0.666667"), "to_close", Decimal("0.1"), True, Decimal(3)]
