import msgspec
import pytest

from guatu.core.cases.flow import Flow, moves
from guatu.core.cases.flow_check import Known, check_flow
from tests.core.cases.flows import END, START, TWO_STEPS, choice, flow, parallel, step

KNOWN = Known(frozenset({"r"}), frozenset({"c"}))


def codes(checked: Flow) -> list[tuple[str, str, int]]:
    return [(one.code, one.element, one.line) for one in check_flow(checked, KNOWN, "p.bpmn")]


def test_a_right_flow_has_no_findings() -> None:
    assert codes(TWO_STEPS) == []


@pytest.mark.parametrize(
    ("checked", "expected"),
    [
        (flow(START, step("a"), step("b", 4), END, arrows="s>a;a>e"),
         [("flow.unreachable", "b", 4), ("flow.dead-end", "b", 4)]),
        (flow(START, step("a"), END, arrows="s>a"), [("flow.dead-end", "a", 3), ("flow.unreachable", "e", 9)]),
        (flow(step("a"), END, arrows="a>e"), [("flow.no-start", "p", 1)]),
        (flow(START, step("a"), arrows="s>a"), [("flow.no-end", "p", 1)]),
        (flow(START, step("a", role="chief"), END, arrows="s>a;a>e"), [("flow.unknown-role", "a", 3)]),
        (flow(START, step("a", role=""), END, arrows="s>a;a>e"), [("flow.no-role", "a", 3)]),
        (flow(START, step("a", clock="x"), END, arrows="s>a;a>e"), [("flow.unknown-clock", "a", 3)]),
        (flow(START, step("a", clock=""), END, arrows="s>a;a>e"), [("flow.no-clock", "a", 3)]),
        (flow(START, step("a"), step("b", 4), END, arrows="s>a;a>e;a>b;b>e"), [("flow.forks", "a", 3)]),
        (flow(START, step("a"), END, arrows="s>a;a>z"), [("flow.unknown-node", "f2", 102)]),
        (flow(START, step("a"), choice("g"), END, arrows="s>a;a>g;g>e:open('x');g>a*"),
         [("flow.bad-condition", "f3", 103)]),
        (flow(START, step("a"), choice("g"), END, arrows="s>a;a>g;g>e:x = 1;g>a:x = 2"),
         [("flow.no-default", "g", 5)]),
        (flow(START, step("a"), choice("g"), END, arrows="s>a;a>g;g>e:move = \"x\";g>a:y = 2"),
         [("flow.mixed-choice", "g", 5)]),
        (flow(START, step("a"), choice("g"), END, arrows="s>a;a>g;g>e:move = \"x\";g>a:move = \"x\""),
         [("flow.same-move", "a", 3)]),
        (flow(START, step("a"), choice("g"), choice("h"), END,
              arrows="s>a;a>g;g>h;h>e:move = \"x\";h>a:move = \"y\""), [("flow.move-without-step", "h", 5)]),
        (flow(START, step("a"), choice("g"), END, arrows="s>a;a>g;g>e;g>a*"), [("flow.no-condition", "f3", 103)]),
        (flow(START, step("a"), choice("g"), END, arrows="s>a;a>g;g>e:x = 1"), [("flow.no-default", "g", 5)]),
        (flow(START, step("a"), choice("g"), choice("h"), END, arrows="s>a;a>g;g>h:x = 1;g>e*;h>g"),
         [("flow.idle-circle", "g", 5), ("flow.idle-circle", "h", 5)]),
        (flow(START, step("a"), END, arrows="s>a;a>e:x = 1"), [("flow.condition-without-gateway", "f2", 102)]),
        (flow(START, step("a"), END, arrows="s>a;a>e;e>a"), [("flow.wrong-end", "f3", 103)]),
        (flow(START, START, step("a"), END, arrows="s>a;a>e"),
         [("flow.several-starts", "s", 2), ("flow.same-id", "s", 2)]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_with_its_element_and_line(checked: Flow, expected: list[tuple[str, str, int]]) -> None:
    assert sorted(codes(checked)) == sorted(expected)


def test_a_choice_before_a_join_that_needs_both_is_stuck() -> None:
    checked = flow(
        START, step("a"), choice("g"), step("b", 4), step("c", 4), parallel("j"), END,
        arrows="s>a;a>g;g>b:move = \"b\";g>c:move = \"c\";b>j;c>j;j>e",
    )  # fmt: skip
    assert codes(checked) == [("flow.stuck", "j", 6)]


def test_a_return_over_a_parallel_split_enters_a_step_twice() -> None:
    checked = flow(
        START, step("a"), parallel("x"), step("b", 4), choice("g"), step("c", 4), parallel("j"), END,
        arrows="s>a;a>x;x>b;x>c;b>g;g>j:move = \"on\";g>a!:move = \"back\";c>j;j>e",
    )  # fmt: skip
    assert {code for code, _, _ in codes(checked)} == {"flow.doubled"}


def test_a_circle_without_a_way_out_is_endless() -> None:
    checked = flow(
        START, step("a"), choice("g"), step("b", 4), step("c", 5), END,
        arrows="s>a;a>g;g>e:move = \"x\";g>b:move = \"y\";b>c;c>b",
    )  # fmt: skip
    assert sorted(codes(checked)) == [("flow.endless", "b", 4), ("flow.endless", "c", 5)]


def test_parallel_branches_that_join_are_sound() -> None:
    checked = flow(
        START, parallel("x"), step("a"), step("b", 4), parallel("j"), END, arrows="s>x;x>a;x>b;a>j;b>j;j>e"
    )  # fmt: skip
    assert codes(checked) == []


def test_a_flow_with_more_markings_than_can_be_walked_is_refused() -> None:
    names = [f"a{n}" for n in range(16)]
    arrows = ";".join(["s>x", *(f"x>{name};{name}>j" for name in names), "j>e"])
    checked = flow(START, parallel("x"), *(step(name) for name in names), parallel("j"), END, arrows=arrows)
    assert codes(checked) == [("flow.too-large", "p", 1)]


def test_a_message_says_where_what_and_what_to_do() -> None:
    checked = flow(START, step("a", role="chief"), END, arrows="s>a;a>e")
    (found,) = check_flow(checked, KNOWN, "flows/p.bpmn")
    assert found.text("en") == (
        "flows/p.bpmn:3 flow.unknown-role role 'chief' of step 'a' is not declared; declared are: r"
    )
    assert found.text() == "flows/p.bpmn:3 flow.unknown-role 环节“a”的角色“chief”没有登记;已登记的有:r"


def test_forward_and_return_are_different_verbs() -> None:
    assert [(move.key, move.verb) for move in moves(TWO_STEPS, "b")] == [("forward", "forward"), ("back", "return")]
    assert [(move.key, move.verb) for move in moves(TWO_STEPS, "a")] == [("forward", "forward")]


def test_a_reader_of_confidential_cases_who_is_no_role_is_found_at_the_process() -> None:
    checked = msgspec.structs.replace(TWO_STEPS, confidential=True, readers=("r", "chief"))
    assert codes(checked) == [("flow.unknown-reader", checked.id, checked.line)]
