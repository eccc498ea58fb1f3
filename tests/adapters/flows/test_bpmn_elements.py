"""Each element of BPMN 2.0: what it is to a case, and what is said of what cannot run."""

from collections.abc import Sequence

import pytest

from guatu.adapters.flows.bpmn import read_flow
from guatu.adapters.flows.engine import FlowEngine
from guatu.adapters.flows.publish import Declared, publish
from guatu.core.cases.flow import TIMER, Flow, Node, all_moves, moves
from guatu.core.cases.tokens import Tokens, begin, take
from guatu.core.kernel.file_finding import FileFinding
from tests.adapters.flows.models import END, RUNS, START, arrows, el, event, file, model, process, step, waits

DECLARED = Declared(frozenset({"r", "q"}), frozenset({"c"}))


def published(text: str, declared: Declared = DECLARED) -> tuple[FlowEngine, list[FileFinding]]:
    engine, found = publish(text, "m.bpmn", declared)
    assert engine is not None, [one.text("en") for one in found]
    return engine, found


def codes(found: Sequence[FileFinding], severity: str = "") -> list[tuple[str, str]]:
    return [(one.code, one.element) for one in found if severity in ("", one.severity)]


def read(text: str) -> tuple[Flow, list[FileFinding]]:
    flow, found = read_flow(text, "m.bpmn")
    assert flow is not None
    return flow, found


def node(text: str, id_: str) -> Node:
    return read(text)[0].by_id[id_]


def played(flow: Flow, *done: str, **data: object) -> Tokens:
    now = begin(flow, data)
    for one in done:
        at, _, move = one.partition(":")
        now = take(flow, now, at, move or "forward", {})
    return now


def open_of(flow: Flow, *done: str, **data: object) -> tuple[str, ...]:
    return played(flow, *done, **data).open(flow)


# Steps.


@pytest.mark.parametrize("tag", ["task", "manualTask", "userTask", "sendTask", "receiveTask"])
def test_what_people_do_is_a_step(tag: str) -> None:
    engine, found = published(model(START, step("a", tag), END, arrows("s>a a>e")))
    assert found == [] and [one.id for one in engine.flow.steps] == ["a"]


@pytest.mark.parametrize("tag", ["scriptTask", "serviceTask", "callActivity"])
def test_a_program_or_a_called_process_is_a_step_that_somebody_does_by_hand(tag: str) -> None:
    inner = "<bpmn:script>raise SystemExit</bpmn:script>" if tag == "scriptTask" else ""
    engine, found = published(model(START, step("a", tag, inner), END, arrows("s>a a>e")))
    assert [(one.code, one.severity, one.element, one.line) for one in found] == [("flow.code", "warning", "a", 5)]
    assert open_of(engine.flow) == ("a",)
    assert found[0].message("en").startswith(f"'a' (a) is a {tag}: its program or called process stays in the file")


def test_a_step_for_several_runs_once_and_a_part_for_several_does_not_run() -> None:
    loop = "<bpmn:multiInstanceLoopCharacteristics/>"
    _, found = published(model(START, step("a", inner=loop), END, arrows("s>a a>e")))
    assert [(one.code, one.severity) for one in found] == [("flow.repeated", "warning")]
    inner = loop + el("startEvent", "s2") + step("a") + el("endEvent", "e2") + arrows("s2>a a>e2")
    engine, found = publish(model(START, el("subProcess", "S", inner), END, arrows("s>S S>e")), "m", DECLARED)
    assert engine is None and codes(found, "error") == [("flow.not-supported", "S")]


# Lanes.


def lanes(inner: str) -> str:
    return f"<bpmn:laneSet>{inner}</bpmn:laneSet>"


def lane(name: str, *nodes: str, inner: str = "") -> str:
    refs = "".join(f"<bpmn:flowNodeRef>{one}</bpmn:flowNodeRef>" for one in nodes)
    nested = f"<bpmn:childLaneSet>{inner}</bpmn:childLaneSet>" if inner else ""
    return el("lane", f"lane-{name}", refs + nested, name=name)


CLOCK = 'guatu:clock="c"'
NAMED = Declared(frozenset({"r", "q"}), frozenset({"c"}), names={"受理 员": "r", "leader": "q"})


def test_a_step_without_a_role_of_its_own_gets_that_of_the_innermost_lane() -> None:
    where = lanes(lane("Leader", "s", "a", "b", "e", inner=lane("受理&#10;员", "a")))
    text = model(where, START, step("a", more=CLOCK), step("b", more=CLOCK), step("d"), END, arrows("s>a a>b b>d d>e"))
    engine, found = published(text, NAMED)
    assert [one.roles for one in engine.flow.steps] == [("r",), ("q",), ("r",)] and found == []


def test_a_lane_after_which_no_post_is_called_is_named_as_such() -> None:
    text = model(lanes(lane("档案室", "a")), START, step("a", more=CLOCK), END, arrows("s>a a>e"))
    engine, found = publish(text, "m.bpmn", NAMED)
    assert engine is None
    assert [one.message() for one in found] == ["环节“a”的角色“档案室”(取自泳道)没有登记;已登记的有:q, r"]
    assert [one.message("en") for one in found] == [
        "role '档案室' of step 'a', taken from its lane, is not declared; declared are: q, r"
    ]


def test_the_lane_of_a_part_is_that_of_its_steps_and_a_performer_serves_where_there_is_no_lane() -> None:
    inner = el("startEvent", "s2") + step("a", more=CLOCK) + el("endEvent", "e2") + arrows("s2>a a>e2")
    owner = "<bpmn:potentialOwner><bpmn:resourceRef>R1</bpmn:resourceRef></bpmn:potentialOwner>"
    text = file(
        el("resource", "R1", name="leader"),
        process(
            lanes(lane("受理 员", "S")), START, el("subProcess", "S", inner), step("b", inner=owner, more=CLOCK), END,
            arrows("s>S S>b b>e"),
        ),
    )  # fmt: skip
    assert [one.roles for one in published(text, NAMED)[0].flow.steps] == [("r",), ("q",)]


# Gateways.


def test_an_inclusive_gateway_takes_each_way_that_holds_and_its_join_waits_for_them() -> None:
    text = model(
        START, step("a"), el("inclusiveGateway", "x", default="x_d"), step("b"), step("c"), step("d"),
        el("inclusiveGateway", "j"), END, arrows("s>a a>x x>b:p_=_1 x>c:q_=_1 x>d b>j c>j d>j j>e"),
    )  # fmt: skip
    flow = published(text)[0].flow
    assert open_of(flow, "a", p=1, q=1) == ("b", "c") and open_of(flow, "a", "b", p=1, q=1) == ("c",)
    assert open_of(flow, "a", p=1) == ("b",) and open_of(flow, "a") == ("d",)
    assert played(flow, "a", "b", "c", p=1, q=1).ended


def test_whoever_stands_at_an_event_gateway_says_which_event_came_and_its_timer_is_a_clock() -> None:
    text = model(
        START, step("w", "eventBasedGateway"), event("intermediateCatchEvent", "yes", "message"),
        step("got", "receiveTask"),
        event("intermediateCatchEvent", "late", "timer", "<bpmn:timeDuration>P3D</bpmn:timeDuration>"),
        step("b"), END, arrows("s>w w>yes w>got w>late yes>b got>b late>e b>e"),
    )  # fmt: skip
    flow = published(text)[0].flow
    assert [(move.key, move.name, move.by) for move in all_moves(flow, "w")] == [
        ("yes", "yes", "person"), ("got", "got", "person"), ("late", "late", "clock"),
    ]  # fmt: skip
    assert open_of(flow) == ("w",) and open_of(flow, "w:got") == ("b",) and played(flow, "w:late").ended


def test_named_ways_behind_a_step_are_its_moves_where_nobody_wrote_conditions() -> None:
    text = model(
        START, step("a"), el("exclusiveGateway", "g"), step("b"), END, arrows("s>a a>g g>b/同意 g>e/不同意 b>e")
    )
    flow = published(text)[0].flow
    assert [(move.key, move.name) for move in moves(flow, "a")] == [("g_b", "同意"), ("g_e", "不同意")]
    assert open_of(flow, "a:g_b") == ("b",) and played(flow, "a:g_e").ended


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((el("parallelGateway", "x"), arrows("s>a a>x x>g g>b/yes g>e/no b>e")), "flow.no-condition"),
        ((arrows("s>a a>g g>b/yes g>e b>e"),), "flow.no-condition"),
        ((arrows("s>a a>g g>b/yes:x_=_1 g>e/no b>e"),), "flow.no-condition"),
    ],
)
def test_other_gateways_without_conditions_are_named(parts: tuple[str, ...], expected: str) -> None:
    text = model(START, step("a"), el("exclusiveGateway", "g"), step("b"), END, *parts)
    engine, found = publish(text, "m.bpmn", DECLARED)
    assert engine is None and expected in [one.code for one in found]


# Sub-processes.

INNER = el("startEvent", "s2") + step("b") + el("endEvent", "e2") + arrows("s2>b b>e2")


@pytest.mark.parametrize(("tag", "expected"), [("subProcess", []), ("transaction", [("flow.no-roll-back", "S")])])
def test_a_sub_process_is_walked_through(tag: str, expected: list[tuple[str, str]]) -> None:
    engine, found = published(model(START, el(tag, "S", INNER), step("z"), END, arrows("s>S S>z z>e")))
    assert codes(found) == expected
    assert open_of(engine.flow) == ("b",) and open_of(engine.flow, "b") == ("z",)
    assert (engine.flow.by_id["b"].name, engine.flow.by_id["b"].line) == ("b", 5)


def test_an_empty_sub_process_is_a_step() -> None:
    text = model(START, step("S", "subProcess"), END, arrows("s>S S>e"))
    engine, found = published(text)
    assert codes(found) == [("flow.empty-part", "S")] and open_of(engine.flow) == ("S",)


@pytest.mark.parametrize(
    ("extra", "element"),
    [
        (el("subProcess", "X", INNER, triggeredByEvent="true"), "X"),
        (step("X", more=f'{RUNS} isForCompensation="true"'), "X"),
        (event("boundaryEvent", "X", "compensate", attachedToRef="a"), "X"),
        (event("intermediateThrowEvent", "X", "compensate"), "X"),
        (event("boundaryEvent", "X", "cancel", attachedToRef="a"), "X"),
        (step("X", "eventBasedGateway", more=f'{RUNS} eventGatewayType="Parallel"'), "X"),
        (el("complexGateway", "X"), "X"),
        (el("adHocSubProcess", "X", step("o")), "X"),
        (el("userTusk", "X"), "X"),
        (el("subProcess", "S", INNER + el("userTusk", "X")), "X"),
    ],
)
def test_what_cannot_run_is_named_and_keeps_the_flow_from_being_published(extra: str, element: str) -> None:
    text = model(START, step("a"), END, arrows("s>a a>e"), extra)
    engine, found = publish(text, "m.bpmn", DECLARED)
    said = [one for one in found if one.code == "flow.not-supported"]
    assert engine is None and [(one.element, one.line) for one in said] == [
        (element, text[: text.index(f'id="{element}"')].count("\n") + 1)
    ]
    assert "cannot be run here" in said[0].message("en") and "这里办不了" in said[0].message()


def test_what_undoes_is_left_out_and_so_are_its_arrows() -> None:
    text = model(START, step("a"), END, el("subProcess", "X", INNER, triggeredByEvent="true"), arrows("s>a a>e X>a"))
    flow, _ = read(text)
    assert [one.id for one in flow.nodes] == ["s", "a", "e"] and [one.id for one in flow.arrows] == ["s_a", "a_e"]


# Events.


@pytest.mark.parametrize("trigger", ["message", "timer", "signal", "conditional"])
def test_a_start_with_a_trigger_is_a_start_and_says_so(trigger: str) -> None:
    _, found = published(model(event("startEvent", "s", trigger), step("a"), END, arrows("s>a a>e")))
    assert codes(found, "warning") == [("flow.started-by", "s")]


def test_a_second_start_is_named() -> None:
    text = model(START, event("startEvent", "s2", "message"), step("a"), END, arrows("s>a s2>a a>e"))
    _, found = publish(text, "m.bpmn", DECLARED)
    assert codes(found, "error") == [("flow.several-starts", "s2")]


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [("", []), ("message", ["flow.sends"]), ("signal", ["flow.sends"]), ("escalation", ["flow.not-caught"])],
)
@pytest.mark.parametrize("tag", ["intermediateThrowEvent", "endEvent"])
def test_an_event_that_sends_passes_and_says_that_nothing_is_sent(tag: str, trigger: str, expected: list[str]) -> None:
    if tag == "endEvent":
        text = model(START, step("a"), event("endEvent", "t", trigger), arrows("s>a a>t"))
    else:
        text = model(START, step("a"), event(tag, "t", trigger), END, arrows("s>a a>t t>e"))
    engine, found = published(text)
    assert [one.code for one in found] == expected and played(engine.flow, "a").ended


@pytest.mark.parametrize("trigger", ["message", "signal", "conditional"])
def test_a_catching_event_is_a_step_at_which_somebody_waits(trigger: str) -> None:
    engine, found = published(model(START, waits("w", trigger), END, arrows("s>w w>e")))
    (step_,) = engine.flow.steps
    assert found == [] and (step_.name, step_.name_en) == ("等待“w”", "wait for 'w'")


def test_a_timer_that_is_waited_for_is_a_step_that_only_its_clock_leaves() -> None:
    text = model(START, event("intermediateCatchEvent", "w", "timer", "<bpmn:timeDuration>PT8H</bpmn:timeDuration>"),
                 END, arrows("s>w w>e"))  # fmt: skip
    engine, found = published(text)
    (step_,) = engine.flow.steps
    assert found == [] and (step_.by, step_.duration, step_.roles) == ("clock", "PT8H", (TIMER,))
    assert moves(engine.flow, "w") == ()


def link(tag: str, id_: str, name: str) -> str:
    return el(tag, id_, f'<bpmn:linkEventDefinition name="{name}"/>')


def test_links_of_one_name_are_joined_and_one_without_a_target_is_named() -> None:
    parts = (START, step("a"), link("intermediateThrowEvent", "t", "L"), link("intermediateCatchEvent", "k", "L"),
             step("b"), END)  # fmt: skip
    engine, found = published(model(*parts, arrows("s>a a>t k>b b>e")))
    assert found == [] and open_of(engine.flow, "a") == ("b",)
    lost = model(START, step("a"), link("intermediateThrowEvent", "t", "M"), END, arrows("s>a a>t s>e"))
    assert ("flow.no-link", "t") in codes(publish(lost, "m.bpmn", DECLARED)[1], "error")


def test_an_end_that_terminates_ends_the_case() -> None:
    text = model(
        START, el("parallelGateway", "x"), step("a"), step("b"), event("endEvent", "t", "terminate"), END,
        arrows("s>x x>a x>b a>t b>e"),
    )  # fmt: skip
    assert played(published(text)[0].flow, "a").ended


@pytest.mark.parametrize("kind", ["error", "escalation"])
def test_an_end_that_throws_leads_to_the_nearest_event_that_catches_just_that(kind: str) -> None:
    def catch(id_: str, host: str, ref: str) -> str:
        definition = f'<bpmn:{kind}EventDefinition {kind}Ref="{ref}"/>' if ref else f"<bpmn:{kind}EventDefinition/>"
        return el("boundaryEvent", id_, definition, attachedToRef=host)

    thrown = el("endEvent", "t", f'<bpmn:{kind}EventDefinition {kind}Ref="E1"/>')
    deep = el("startEvent", "s3") + step("b") + thrown + arrows("s3>b b>t")
    outer = el("startEvent", "s2") + el("subProcess", "T", deep) + el("endEvent", "e2") + catch("other", "T", "E2")
    outer += step("o") + arrows("s2>T T>e2 other>o o>e2")
    text = model(
        START, el("subProcess", "S", outer), END, catch("any", "S", ""), catch("just", "S", "E1"), step("m"), step("n"),
        arrows("s>S S>e any>n just>m m>e n>e"),
    )  # fmt: skip
    flow = read(text)[0]
    assert flow.by_id["t"].catcher == "just" and flow.by_id["just"].by == "flow"
    assert flow.by_id["other"].by == flow.by_id["any"].by == "person"
    assert open_of(flow, "b") == ("m",)


def boundary(trigger: str, inner: str = "", **more: str) -> str:
    return model(
        START, step("a"), END, step("late"), event("boundaryEvent", "x", trigger, inner, attachedToRef="a", **more),
        arrows("s>a a>e x>late late>e"),
    )  # fmt: skip


@pytest.mark.parametrize("trigger", ["message", "signal", "conditional", "error", "escalation"])
def test_an_event_at_the_edge_of_a_step_is_a_further_move_of_it(trigger: str) -> None:
    engine, found = published(boundary(trigger))
    assert found == [] and [(one.key, one.name) for one in moves(engine.flow, "a")] == [("forward", ""), ("x", "x")]
    assert open_of(engine.flow, "a:x") == ("late",)
    beside = published(boundary(trigger, cancelActivity="false"))[0].flow
    # An error always ends what it comes out of.
    assert open_of(beside, "a:x") == (("late",) if trigger == "error" else ("a", "late"))


@pytest.mark.parametrize(
    ("inner", "duration"),
    [
        ("<bpmn:timeDuration>P3D</bpmn:timeDuration>", "P3D"),
        ("<bpmn:timeCycle>R1/PT8H</bpmn:timeCycle>", "PT8H"),
        ('<bpmn:timeDuration>="P3D"</bpmn:timeDuration>', "P3D"),
        ('<bpmn:timeDuration>=duration("P3D")</bpmn:timeDuration>', "P3D"),
    ],
)
def test_a_timer_at_the_edge_of_a_step_is_a_move_that_only_its_clock_makes(inner: str, duration: str) -> None:
    flow = published(boundary("timer", inner))[0].flow
    assert flow.by_id["x"].duration == duration and [one.key for one in moves(flow, "a")] == ["forward"]
    assert open_of(flow, "a:x") == ("late",)
    declared = boundary("timer", **{"guatu:clock": "c"})
    assert published(declared)[0].flow.by_id["x"].clock == "c"


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ("<bpmn:timeDate>2026-03-02T09:00:00</bpmn:timeDate>", "flow.bad-duration"),
        ("<bpmn:timeCycle>R6/P1D</bpmn:timeCycle>", "flow.bad-duration"),
        ("<bpmn:timeDuration>${days}</bpmn:timeDuration>", "flow.bad-duration"),
        ("<bpmn:timeDuration>P1M</bpmn:timeDuration>", "flow.bad-duration"),
        ("", "flow.no-duration"),
    ],
)
def test_a_timer_that_cannot_run_is_named(inner: str, code: str) -> None:
    engine, found = publish(boundary("timer", inner), "m.bpmn", DECLARED)
    assert engine is None and codes(found) == [(code, "x")]


# What is only drawn.


def test_what_only_stands_in_the_drawing_is_kept_and_ignored() -> None:
    drawn = (
        el("message", "M"), el("signal", "G"), el("error", "R"), el("itemDefinition", "I"), el("category", "C"),
        el("dataStore", "D"), el("interface", "F"),
        el("collaboration", "K", el("participant", "P1", processRef="p") + el("participant", "P2", name="black box")
           + '<bpmn:messageFlow id="mf" sourceRef="P2" targetRef="a"/>'),
    )  # fmt: skip
    inside = (
        el("dataObject", "O"), el("dataObjectReference", "OR"), el("dataStoreReference", "DR"), el("property", "Q"),
        el("textAnnotation", "N"), '<bpmn:association id="as" sourceRef="a" targetRef="N"/>', el("group", "H"),
        '<bpmn:documentation id="doc">x</bpmn:documentation>',
    )  # fmt: skip
    spec = '<bpmn:ioSpecification id="io"><bpmn:inputSet id="i"/><bpmn:outputSet id="o"/></bpmn:ioSpecification>'
    text = file(*drawn, process(START, step("a", inner=spec), END, arrows("s>a a>e"), *inside))
    engine, found = published(text)
    assert found == [] and len(engine.flow.nodes) == 3


def test_extensions_are_listed_once_for_each_namespace() -> None:
    inner = '<bpmn:extensionElements><eng:listener class="X"/><eng:listener class="Y"/></bpmn:extensionElements>'
    _, found = published(model(START, step("a", inner=inner, more=f'{RUNS} eng:async="true"'), END, arrows("s>a a>e")))
    assert [(one.code, one.line, one.message("en")) for one in found] == [
        ("flow.extension", 5, "extension https://engine.example/ns, 3 times: kept in the file, not used here")
    ]


# Conditions.


def gateway(condition: str, more: str = "") -> str:
    asked = f"<bpmn:conditionExpression {more}>{condition}</bpmn:conditionExpression>"
    return model(
        START, step("a"), el("exclusiveGateway", "g", default="g_e"), END, arrows("s>a a>g g>e"),
        f'<bpmn:sequenceFlow id="back" sourceRef="g" targetRef="a">{asked}</bpmn:sequenceFlow>',
    )  # fmt: skip


def test_feel_of_another_engine_is_read_without_its_equals_sign() -> None:
    flow = published(gateway("= amount &gt; 5", 'language="https://www.omg.org/spec/DMN/20191111/FEEL/"'))[0].flow
    assert open_of(flow, "a", amount=9) == ("a",) and played(flow, "a", amount=1).ended


@pytest.mark.parametrize(
    ("condition", "more"),
    [
        ("${approved == true}", ""), ("#{bean.run()}", ""), ("getDataObject('x') = 'y'", 'language="XPath"'),
        ("x === 1 || alert(1)", 'language="javascript"'),
    ],
)  # fmt: skip
def test_a_condition_in_another_language_is_named_with_its_arrow_and_text(condition: str, more: str) -> None:
    engine, found = publish(gateway(condition, more), "m.bpmn", DECLARED)
    assert engine is None and codes(found) == [("flow.other-language", "back")]
    assert condition in found[0].message() and condition in found[0].message("en")


def test_what_another_language_has_in_common_with_ours_is_read() -> None:
    assert published(gateway("amount &gt; 5", 'language="javascript"'))[1] == []
