"""The game of tokens: inclusive gateways, parts, events at the edge of steps, ends that end all."""

from datetime import datetime, timedelta

import pytest

from guatu.core.calendar.hours import CHINA
from guatu.core.cases.case import Case, MoveEntry, Visit, replay
from guatu.core.cases.flow import Arrow, Flow, Node, all_moves, moves
from guatu.core.cases.flow_check import Known, check_flow
from guatu.core.cases.moving import admit_move
from guatu.core.cases.soundness import soundness
from guatu.core.cases.tokens import Tokens, begin, take
from tests.core.cases.flows import END, START, boundary, choice, flow, inclusive, inner, parallel, part, step

MONDAY = datetime(2026, 3, 2, 9, tzinfo=CHINA)
S2, E2 = Node(id="s2", kind="start", line=20), Node(id="e2", kind="end", line=21)

SPLIT = flow(
    START, step("a"), inclusive("x"), step("b"), step("c"), step("d"), inclusive("j"), step("z"), END,
    arrows="s>a;a>x;x>b:p = true;x>c:q = true;x>d*;b>j;c>j;d>j;j>z;z>e",
)  # fmt: skip
IN_PART = flow(
    START, step("a"), part("S"), inner(S2, "S"), inner(parallel("f"), "S"), inner(step("b"), "S"),
    inner(step("c"), "S"), inner(E2, "S"), step("z"), step("late"), END,
    boundary("stop", "S"), boundary("tell", "S", interrupts=False),
    arrows="s>a;a>S;s2>f;f>b;f>c;b>e2;c>e2;S>z;z>e;stop>late;late>e;tell>w;w>k;k>e",
)  # fmt: skip


def with_nodes(made: Flow, *nodes: Node) -> Flow:
    return Flow(id="p", nodes=(*made.nodes, *nodes), arrows=made.arrows, line=1)


IN_PART = with_nodes(IN_PART, step("w"), step("k"))


def open_of(made: Flow, *done: str, **data: object) -> tuple[str, ...]:
    return played(made, *done, **data).open(made)


def played(made: Flow, *done: str, **data: object) -> Tokens:
    """The case after moves `step` or `step:move`."""
    now = begin(made, data)
    for one in done:
        at, _, move = one.partition(":")
        now = take(made, now, at, move or "forward", {})
    return now


def test_an_inclusive_gateway_opens_each_way_whose_condition_holds_and_the_default_where_none_does() -> None:
    assert open_of(SPLIT, "a", p=True, q=True) == ("b", "c")
    assert open_of(SPLIT, "a", p=True, q=False) == ("b",)
    assert open_of(SPLIT, "a", p=False) == ("d",)


def test_an_inclusive_join_waits_for_the_ways_that_were_opened_and_for_no_other() -> None:
    assert open_of(SPLIT, "a", "b", p=True, q=True) == ("c",)
    assert open_of(SPLIT, "a", "b", "c", p=True, q=True) == ("z",)
    assert open_of(SPLIT, "a", "b", p=True) == ("z",)
    assert soundness(SPLIT) == soundness(flow(START, step("a"), END, arrows="s>a;a>e"))


def test_an_inclusive_join_waits_for_a_token_that_may_still_come_through_a_part() -> None:
    made = flow(
        START, parallel("x"), step("b"), part("S"), inner(S2, "S"), inner(step("c"), "S"), inner(E2, "S"),
        inclusive("j"), END, arrows="s>x;x>b;x>S;s2>c;c>e2;b>j;S>j;j>e",
    )  # fmt: skip
    assert open_of(made, "b") == ("c",)
    assert played(made, "b", "c").ended


def test_an_inclusive_join_in_a_circle_goes_on_where_its_own_token_only_comes_back_to_it() -> None:
    made = flow(
        START, step("a"), inclusive("j"), step("b"), choice("g"), END,
        arrows='s>a;a>j;j>b;b>g;g>e:move = "on";g>j!:move = "back"',
    )  # fmt: skip
    assert open_of(made, "a", "b:back") == ("b",)
    assert played(made, "a", "b:back", "b:on").ended


def test_an_inclusive_join_does_not_wait_for_a_token_that_may_come_where_one_already_is() -> None:
    """The second half of the rule of 13.4.3: the token at p may come to the arrow that has none, and also to the one
    that has one."""
    made = flow(
        START, parallel("x"), step("p"), step("q"), choice("g"), choice("m"), inclusive("j"), step("z"), END,
        arrows="s>x;x>p;x>q;q>m;m>j;p>g;g>m:size = 1;g>j*;j>z;z>e",
    )  # fmt: skip
    assert open_of(made, "q") == ("p", "z")


def test_two_inclusive_joins_that_wait_for_each_other_are_stuck() -> None:
    made = flow(
        START, parallel("x"), step("a"), step("b"), inclusive("j"), inclusive("k"), choice("g"), choice("h"),
        parallel("l"), END, arrows="s>x;x>a;x>b;a>j;b>k;j>g;k>h;g>l:p = true;g>k*;h>l:p = true;h>j*;l>e",
    )  # fmt: skip
    assert soundness(made).stuck


def test_a_part_is_done_when_the_last_of_its_tokens_is() -> None:
    assert open_of(IN_PART, "a") == ("b", "c")
    assert open_of(IN_PART, "a", "b") == ("c",)
    assert open_of(IN_PART, "a", "b", "c") == ("z",)
    assert check_flow(IN_PART, Known(frozenset({"r"}), frozenset({"c"})), "p") == []


def test_an_event_at_the_edge_of_a_part_takes_all_its_tokens_away_or_adds_one_beside_them() -> None:
    assert open_of(IN_PART, "a", "b:stop") == ("late",)
    assert open_of(IN_PART, "a", "b", "c:tell") == ("c", "w")
    assert open_of(IN_PART, "a", "b:tell", "b", "c") == ("z", "w")
    assert played(IN_PART, "a", "b:tell", "b", "c", "z", "w", "k").ended


def test_what_opens_a_way_beside_a_part_does_so_once_in_a_stay() -> None:
    now = played(IN_PART, "a", "b:tell")
    assert "tell" not in [move.key for move in moves(IN_PART, "b", now.barred(IN_PART))]
    with pytest.raises(ValueError, match="tell cannot happen at b"):
        take(IN_PART, now, "b", "tell", {})


def test_the_case_knows_its_stays_in_parts_and_those_that_an_event_has_ended() -> None:
    moved = [("a", "forward"), ("b", "stop")]
    history = tuple(
        MoveEntry(at=MONDAY + timedelta(hours=1 + at), actor="x", role="r", step=one, move=move)
        for at, (one, move) in enumerate(moved)
    )
    case = Case(id="1", flow="p", version="v", opened_at=MONDAY, history=history)
    state = replay(IN_PART, case)
    one, two = MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=2)
    assert state.parts == (Visit("S", one, two),)
    assert state.visits == (
        Visit("a", MONDAY, one), Visit("b", one, two), Visit("c", one, two), Visit("late", two),
    )  # fmt: skip


def test_an_end_that_ends_all_takes_the_tokens_of_its_part_and_outside_parts_of_the_case() -> None:
    halt = Node(id="t", kind="end", line=22, halts=True)
    made = flow(
        START, parallel("x"), step("a"), step("b"), halt, END, arrows="s>x;x>a;x>b;a>t;b>e"
    )  # fmt: skip
    assert played(made, "a").ended and open_of(made, "b") == ("a",)
    inside = flow(
        START, part("S"), inner(S2, "S"), inner(parallel("x"), "S"), inner(step("a"), "S"), inner(step("b"), "S"),
        inner(halt, "S"), inner(E2, "S"), step("z"), END, arrows="s>S;s2>x;x>a;x>b;a>t;b>e2;S>z;z>e",
    )  # fmt: skip
    assert open_of(inside, "a") == ("z",) and open_of(inside, "b", "a") == ("z",)


@pytest.mark.parametrize(("interrupts", "expected"), [(True, ("mend",)), (False, ("b", "mend"))])
def test_an_end_that_throws_leads_to_the_event_that_catches_it(interrupts: bool, expected: tuple[str, ...]) -> None:
    made = flow(
        START, part("S"), inner(S2, "S"), inner(parallel("x"), "S"), inner(step("a"), "S"), inner(step("b"), "S"),
        Node(id="t", kind="end", inside="S", catcher="caught"), inner(E2, "S"), step("z"), step("mend"), END,
        boundary("caught", "S", by="flow", interrupts=interrupts),
        arrows="s>S;s2>x;x>a;x>b;a>t;b>e2;S>z;z>e;caught>mend;mend>e",
    )  # fmt: skip
    assert open_of(made, "a") == expected
    assert [move.key for move in all_moves(made, "a")] == ["forward"], "nobody throws it by hand"


def test_a_step_that_waits_for_one_of_several_events_goes_the_way_of_the_one_that_came() -> None:
    came = [
        Node(id=name, kind="pass", name=name, line=30, by=by) for name, by in (("yes", "person"), ("late", "clock"))
    ]  # type: ignore[arg-type]
    base = flow(START, step("w"), *came, step("b"), step("c"), END, arrows="s>w;yes>b;late>c;b>e;c>e")
    ways = tuple(Arrow(id=f"to_{one.id}", source="w", target=one.id, move=one.id) for one in came)
    made = Flow(id="p", nodes=base.nodes, arrows=(*base.arrows, *ways), line=1)
    assert [(move.key, move.by) for move in all_moves(made, "w")] == [("yes", "person"), ("late", "clock")]
    assert [move.name for move in moves(made, "w")] == ["yes"]
    assert open_of(made, "w:yes") == ("b",) and open_of(made, "w:late") == ("c",)
    with pytest.raises(ValueError, match="w does not wait for forward"):
        open_of(made, "w")


def test_ways_of_a_gateway_may_be_the_moves_of_the_step_before_it_by_themselves() -> None:
    base = flow(START, step("a"), choice("g"), END, arrows="s>a;a>g")
    ways = (
        Arrow(id="ok", source="g", target="e", name="同意", move="ok"),
        Arrow(id="no", source="g", target="a", name="不同意", move="no", default=True),
    )
    made = Flow(id="p", nodes=base.nodes, arrows=(*base.arrows, *ways), line=1)
    assert [(move.key, move.name) for move in moves(made, "a")] == [("ok", "同意"), ("no", "不同意")]
    assert check_flow(made, Known(frozenset({"r"}), frozenset({"c"})), "p") == []
    assert open_of(made, "a:no") == ("a",) and played(made, "a:ok").ended


def test_who_says_that_something_came_has_not_done_the_step_and_fills_in_nothing() -> None:
    made = IN_PART
    case = Case(id="1", flow="p", version="v", opened_at=MONDAY)
    case = case.with_entry(MoveEntry(at=MONDAY, actor="x", role="r", step="a", move="forward"))
    came = MoveEntry(at=MONDAY, actor="x", role="r", step="b", move="stop")
    assert admit_move(made, case, replay(made, case), came) == []


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (flow(START, step("a"), END, boundary("b", "nowhere"), arrows="s>a;a>e;b>e"), ("flow.no-host", "b", 8)),
        (flow(START, part("S"), inner(step("a"), "S"), END, arrows="s>S;S>e"), ("flow.no-part-start", "S", 7)),
        (flow(START, part("S"), inner(S2, "S"), step("a"), END, arrows="s>S;s2>a;S>e;a>e"),
         ("flow.across-part", "f2", 102)),
        (flow(START, step("a"), END, boundary("b", "a", by="clock"), arrows="s>a;a>e;b>e"),
         ("flow.no-duration", "b", 8)),
        (flow(START, step("a"), END, boundary("b", "a", by="clock", duration="P1M"), arrows="s>a;a>e;b>e"),
         ("flow.bad-duration", "b", 8)),
        (flow(START, step("a"), END, boundary("b", "a", by="clock", clock="x"), arrows="s>a;a>e;b>e"),
         ("flow.unknown-clock", "b", 8)),
        (flow(START, step("a"), inclusive("x"), END, arrows='s>a;a>x;x>e:move = "b";x>a*'),
         ("flow.move-at-inclusive", "f3", 103)),
        (flow(START, step("a"), choice("x"), END, arrows="s>a;a>x;x>e:${ok == true};x>a*"),
         ("flow.other-language", "f3", 103)),
        (flow(START, step("a"), END, boundary("b", "a"), arrows="s>a;a>e;a>b;b>e"), ("flow.wrong-end", "f3", 103)),
        (flow(START, part("S"), inner(S2, "S"), inner(parallel("x"), "S"), inner(step("a"), "S"),
              inner(step("b"), "S"), Node(id="t", kind="end", inside="S", catcher="c"), inner(E2, "S"), END,
              boundary("c", "S", by="flow", interrupts=False), step("m"), parallel("j"), step("o"),
              arrows="s>S;s2>x;x>a;x>b;a>t;b>e2;S>j;c>m;m>j;j>o;o>e"), None),
        (flow(START, step("a"), END, boundary("b", "a", interrupts=False), step("m"), choice("j"), step("o"),
              arrows="s>a;a>j;b>m;m>j;j>o;o>e"), ("flow.doubled", "o", 3)),
    ],
)  # fmt: skip
def test_what_is_wrong_with_parts_events_and_clocks_is_named(made: Flow, expected: tuple[str, str, int] | None) -> None:
    found = [(o.code, o.element, o.line) for o in check_flow(made, Known(frozenset({"r"}), frozenset({"c"})), "p")]
    assert (expected in found) if expected else found == []
