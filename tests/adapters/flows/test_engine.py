"""A flow with its tables: which way a case goes, and what a table decides."""

import json
from datetime import datetime
from typing import Any, get_args

import pytest

from guatu.adapters.flows.dmn import read_decisions_of
from guatu.adapters.flows.engine import FlowEngine, version_of
from guatu.adapters.flows.publish import Declared, publish
from guatu.adapters.flows.stepping import step_case
from guatu.core.calendar.hours import CHINA
from guatu.core.cases.case import Case, MoveEntry
from guatu.core.cases.case_fields import COMMON, CaseField, CaseFields, FieldKind, Option
from guatu.core.cases.tokens import begin, take
from guatu.core.kernel.explained import Word
from guatu.core.rules import Decision, judge, parse
from guatu.core.rules.facts import Open, fact
from tests.adapters.flows.dmn_texts import model, table
from tests.adapters.flows.field_values import values_of
from tests.adapters.flows.texts import BPMN, DMN


class Played:
    """A case in memory, from move to move."""

    def __init__(self, made: FlowEngine, data: dict[str, Any]) -> None:
        self.engine, self.tokens = made, begin(made.flow, data, made.decide)

    def take(self, step: str, move: str, fields: dict[str, Any]) -> None:
        self.tokens = take(self.engine.flow, self.tokens, step, move, fields, self.engine.decide)

    @property
    def open(self) -> tuple[str, ...]:
        return self.tokens.open(self.engine.flow)

    @property
    def data(self) -> dict[str, Any]:
        return self.tokens.data

    @property
    def ended(self) -> bool:
        return self.tokens.ended


def engine(text: str = BPMN) -> FlowEngine:
    made, found = publish(text, "p.bpmn", Declared(frozenset({"r", "q"}), frozenset({"c"})), {"routing.dmn": DMN})
    assert made is not None, found
    return made


def test_a_case_goes_forward_and_back_and_ends() -> None:
    run = Played(engine(), {"class_code": "01", "amount": 200})
    assert run.open == ("a",)
    run.take("a", "forward", {"place": "x"})
    assert run.open == ("b",) and run.data["unit"] == "局"
    run.take("b", "back", {})
    run.take("a", "forward", {"amount": 20})
    assert run.data["unit"] == "站"
    run.take("b", "forward", {})
    assert run.open == () and run.ended


def decision(text: str) -> Decision:
    """The one decision of a file in which nothing is wrong."""
    (found,), faults = read_decisions_of(text, "x.dmn")
    assert faults == []
    return found


@pytest.mark.parametrize(
    ("data", "unit", "rule", "row"),
    [
        ({"class_code": "02", "amount": 100}, "局", "r1", 1),
        ({"class_code": "03", "amount": 50}, "站", "r2", 2),
        ({"class_code": "02", "amount": 50}, "镇", "r3", 3),
        ({"class_code": "04"}, "镇", "r3", 3),
    ],
)
def test_a_table_says_what_it_decided_and_by_which_rule(
    data: dict[str, object], unit: str, rule: str, row: int
) -> None:
    decided = decision(DMN).decide(data)
    assert (decided.value, decided.outputs, decided.lacks) == (unit, {"unit": unit}, ())
    about = "贵的归局里" if rule == "r1" else ""
    assert [(hit.rule, hit.row, hit.description) for hit in decided.hits] == [(rule, row, about)]


@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [
        ({"class_code": "01"}, "amount", "amount"),
        ({"class_code": "01", "amount": "70%"}, "amount (不是数)", "amount (is no number)"),
        ({}, "class_code、amount", "class_code, amount"),
    ],
)
def test_a_rule_that_cannot_be_judged_stops_the_table_and_says_what_it_lacks(
    data: dict[str, object], zh: str, en: str
) -> None:
    decided = decision(DMN).decide(data)
    assert (decided.outputs, decided.hits) == ({"unit": None}, ())
    assert decided.lacking() == Word(zh, en)


@pytest.mark.parametrize(
    ("given", "stored"), [("1 + 2", 3), ("0.5", 0.5), ("true", True), ("amount", 20), ("1 / 0", None)]
)
def test_what_a_table_sets_is_what_a_case_can_keep(given: str, stored: object) -> None:
    unit = decision(DMN.replace('"站"', given)).decide({"class_code": "03", "amount": 20}).outputs["unit"]
    assert (unit, type(unit)) == (stored, type(stored)) and json.dumps(unit)


def test_where_no_rule_fits_the_fields_are_empty_and_not_missing() -> None:
    decided = decision(DMN.replace("<text>-</text>", '<text>"09"</text>')).decide({"class_code": "05"})
    assert (decided.outputs, decided.hits, decided.lacks) == ({"unit": None}, (), ())


def test_a_running_case_stays_on_its_version() -> None:
    old, new = engine(), engine(BPMN.replace("办结", "结案"))
    opened = datetime(2026, 3, 2, 9, tzinfo=CHINA)
    case = Case(id="1", flow="p", version=old.version, opened_at=opened)
    entry = MoveEntry(at=opened, actor="x", role="r", step="a", move="forward", fields={"place": "x"})
    assert old.version == version_of(BPMN, DMN) != new.version
    with pytest.raises(ValueError, match=old.version):
        step_case(new, case, entry)
    assert step_case(old, case, entry).state.open == ("b",)


def test_a_step_that_is_not_open_is_misuse() -> None:
    with pytest.raises(ValueError, match="b is not open"):
        Played(engine(), {}).take("b", "forward", {})


def test_moving_a_box_in_the_picture_does_not_change_which_way_is_taken() -> None:
    two = BPMN.replace('move = "forward"', "2 > 1").replace('move = "back"', "3 > 1")
    two = two.replace('id="g"', 'id="g" default="f6"')
    diagram = (
        '<di:BPMNDiagram xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"'
        ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"><di:BPMNPlane bpmnElement="p">'
        '<di:BPMNShape id="x1" bpmnElement="e"><dc:Bounds x="0" y="{}" width="9" height="9"/></di:BPMNShape>'
        '<di:BPMNShape id="x2" bpmnElement="a"><dc:Bounds x="0" y="50" width="9" height="9"/></di:BPMNShape>'
        "</di:BPMNPlane></di:BPMNDiagram></definitions>"
    )
    for height in (0, 100):
        run = Played(engine(two.replace("</definitions>", diagram.format(height))), {})
        run.take("a", "forward", {"place": "x"})
        run.take("b", "forward", {})
        assert run.ended


def test_a_case_sent_back_a_thousand_times_is_not_lost_and_does_not_grow() -> None:
    run = Played(engine(), {"class_code": "01"})
    arrows = run.tokens.arrows
    for _ in range(500):
        run.take("a", "forward", {"place": "x"})
        run.take("b", "back", {})
    assert run.open == ("a",) and len(run.tokens.arrows) == len(arrows)


def test_a_branch_sent_back_a_thousand_times_still_meets_the_other() -> None:
    text = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
      xmlns:guatu="https://guatu.example/flow/1"><process id="p">
      <startEvent id="s"/><parallelGateway id="x"/><userTask id="a" guatu:role="r" guatu:clock="c"/>
      <userTask id="b" guatu:role="r" guatu:clock="c"/><exclusiveGateway id="g"/>
      <userTask id="o" guatu:role="r" guatu:clock="c"/><parallelGateway id="j"/><endEvent id="e"/>
      <sequenceFlow id="f1" sourceRef="s" targetRef="x"/><sequenceFlow id="f2" sourceRef="x" targetRef="a"/>
      <sequenceFlow id="f3" sourceRef="x" targetRef="o"/><sequenceFlow id="f4" sourceRef="a" targetRef="b"/>
      <sequenceFlow id="f5" sourceRef="b" targetRef="g"/><sequenceFlow id="f6" sourceRef="o" targetRef="j"/>
      <sequenceFlow id="f7" sourceRef="g" targetRef="j"><conditionExpression>move = "on"</conditionExpression>
      </sequenceFlow><sequenceFlow id="f8" sourceRef="g" targetRef="a" guatu:verb="return">
      <conditionExpression>move = "back"</conditionExpression></sequenceFlow>
      <sequenceFlow id="f9" sourceRef="j" targetRef="e"/></process></definitions>"""
    flow = engine(text)
    for first in (True, False):
        run = Played(flow, {})
        if first:
            run.take("o", "forward", {})
        for _ in range(500):
            run.take("a", "forward", {})
            run.take("b", "back", {})
        assert run.open == (("a",) if first else ("a", "o"))
        run.take("a", "forward", {})
        run.take("b", "on", {})
        assert run.ended == first
        if not first:
            run.take("o", "forward", {})
        assert run.ended


# What a case keeps is JSON; what publication checks is typed. Both must mean the same.
TYPED = CaseFields(
    (
        *COMMON,
        CaseField(name="due", kind="day", zh="到期日", en="due"),
        CaseField(name="late", kind="truth", zh="逾期", en="late"),
    )
)
BY_DAY = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:guatu="https://guatu.example/flow/1" id="d"
    targetNamespace="x">
  <process id="p" name="流程">
    <startEvent id="s" />
    <userTask id="a" name="登记" guatu:role="r" guatu:clock="c" guatu:fields="due" />
    <businessRuleTask id="judged" guatu:decision="lateness" />
    <exclusiveGateway id="g" default="f5" />
    <userTask id="b" name="办理" guatu:role="r" guatu:clock="c" />
    <endEvent id="e" />
    <sequenceFlow id="f1" sourceRef="s" targetRef="a" />
    <sequenceFlow id="f2" sourceRef="a" targetRef="judged" />
    <sequenceFlow id="f3" sourceRef="judged" targetRef="g" />
    <sequenceFlow id="f4" sourceRef="g" targetRef="b">
      <conditionExpression>due &gt; date("2026-06-01")</conditionExpression>
    </sequenceFlow>
    <sequenceFlow id="f5" sourceRef="g" targetRef="e" />
    <sequenceFlow id="f6" sourceRef="b" targetRef="e" />
  </process>
</definitions>
"""
LATENESS = model(
    table("lateness", "lateness", ("due",), ('<output name="late"/>',), ('< date("2026-06-01")', "true"), ("-", "false"),
          head='hitPolicy="FIRST"')
)  # fmt: skip


@pytest.mark.parametrize(("due", "open_", "late"), [("2026年6月2日", ("b",), False), ("2026-05-31", (), True)])
def test_a_day_of_a_case_is_compared_as_a_day(due: str, open_: tuple[str, ...], late: bool) -> None:
    declared = Declared(frozenset("r"), frozenset("c"), TYPED)
    made, found = publish(BY_DAY, "p.bpmn", declared, {"l.dmn": LATENESS})
    assert made is not None and found == []
    opened = datetime(2026, 3, 2, 9, tzinfo=CHINA)
    case = Case(id="1", flow="p", version=made.version, opened_at=opened)
    entry = MoveEntry(at=opened, actor="x", role="r", step="a", move="forward", fields={"due": due})
    done = step_case(made, case, entry)
    assert (done.findings, done.state.open, done.state.data["late"]) == ((), open_, late)


@pytest.mark.parametrize("kind", get_args(FieldKind))
def test_what_a_field_reads_is_of_the_type_by_which_conditions_are_checked(kind: FieldKind) -> None:
    options = (Option(value="a", zh="一", en="first"),) if kind == "choice" else ()
    field = CaseField(name="x", kind=kind, zh="甲", en="x", options=options)
    fields = CaseFields((field,))
    for given in values_of(field):
        read, found = fields.read({"x": given}, "1")
        judged = judge(parse("x = null"), read, fields.vocabulary)
        assert found or (judged.verdict == "no" and not isinstance(fact("x", read, fields.vocabulary), Open))
