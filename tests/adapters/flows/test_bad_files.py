"""Whatever is uploaded as a flow or a table: refused with its element and line, never with a traceback."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.adapters.flows.bpmn import read_flow
from guatu.adapters.flows.dmn import read_decisions_of
from guatu.adapters.flows.publish import Declared, publish
from tests.adapters.flows.texts import BPMN, DMN

BOMB = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<x>&b;</x>'


def refused(text: str) -> list[tuple[str, int, str]]:
    engine, found = publish(text, "p.bpmn", Declared(frozenset({"r", "q"}), frozenset({"c"})), {"routing.dmn": DMN})
    assert (engine is None) == any(one.severity == "error" for one in found)
    return [(one.code, one.line, one.element) for one in found]


def test_a_right_flow_is_published() -> None:
    assert refused(BPMN) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<businessRuleTask", "<scriptTask", ("flow.code", 7, "route")),
        ("<businessRuleTask", "<serviceTask", ("flow.code", 7, "route")),
        ("<businessRuleTask", "<subProcess", ("flow.empty-part", 7, "route")),
        ("<businessRuleTask", "<adHocSubProcess", ("flow.empty-part", 7, "route")),
        ("<businessRuleTask", "<userTusk", ("flow.not-supported", 7, "route")),
        ("<businessRuleTask", "<complexGateway", ("flow.not-supported", 7, "route")),
        ('<endEvent id="e" />', '<endEvent id="e"><compensateEventDefinition /></endEvent>', ("flow.not-supported", 10, "e")),
        ('guatu:role="r q"', 'guatu:role="boss"', ("flow.unknown-role", 8, "b")),
        ('guatu:role="r q"', "", ("flow.no-role", 8, "b")),
        ('guatu:role="r q" guatu:clock="c"', 'guatu:role="r" guatu:clock="soon"', ("flow.unknown-clock", 8, "b")),
        ('guatu:decision="routing"', 'guatu:decision="other"', ("flow.unknown-decision", 7, "route")),
        ("move = \"back\"", "open('x')", ("flow.bad-condition", 18, "f6")),
        ('<userTask id="a"', '<userTask', ("flow.no-id", 6, "")),
        ('<userTask id="a"', '<userTask id="s"', ("flow.same-id", 6, "s")),
        ('guatu:verb="return"', 'guatu:verb="jump"', ("flow.unknown-verb", 18, "f6")),
        ('guatu:role="r q"', 'guatu:role="r" guatu:rework="never"', ("flow.bad-rework", 8, "b")),
        ('targetRef="e"', 'targetRef="nowhere"', ("flow.unknown-node", 15, "f5")),
        ("</process>", "", ("xml.unreadable", 22, "")),
        ("<startEvent", "<x:startEvent", ("xml.unreadable", 5, "")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_element_and_line(old: str, new: str, expected: tuple[str, int, str]) -> None:
    assert old in BPMN
    assert expected in refused(BPMN.replace(old, new))


def test_a_condition_that_cannot_be_read_is_told_with_its_place_and_what_was_expected() -> None:
    text = BPMN.replace('move = "back"', "move == 'back'")
    _, found = publish(text, "p.bpmn", Declared(frozenset({"r", "q"}), frozenset({"c"})), {"routing.dmn": DMN})
    (bad,) = [one for one in found if one.code == "flow.bad-condition"]
    assert bad.message() == "连线“f6”的条件第 6 个字符“== 'back'”处读不懂,此处应为一个等号 =;请改正"
    assert bad.message("en") == (
        "the condition of arrow 'f6' cannot be read at character 6, '== 'back'': expected one equals sign, =;"
        " correct it"
    )


def test_a_script_hidden_in_extension_elements_is_code() -> None:
    hidden = (
        'guatu:clock="c"><extensionElements><x:preScript xmlns:x="y">import os</x:preScript></extensionElements>'
        "</userTask>"
    )
    text = BPMN.replace('guatu:role="r q" guatu:clock="c" />', f'guatu:role="r q" {hidden}')
    assert ("flow.code", 8, "b") in refused(text)


@pytest.mark.parametrize("text", [BOMB, BPMN.replace("?>", "?>\n<!DOCTYPE d SYSTEM 'x.dtd'>", 1)])
def test_a_document_type_is_refused_unread(text: str) -> None:
    assert refused(text) == [("xml.doctype", 2, "")]
    assert [one.code for one in read_decisions_of(text, "x.dmn")[1]] == ["xml.doctype"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "xml.unreadable"), ("绿化", "xml.unreadable"), ("<a/>", "flow.no-process"), (DMN, "flow.no-process"),
     ("<a>" * 300 + "</a>" * 300, "xml.unreadable"), (" " * 2_000_001, "xml.too-large"), ("\ud800<a/>", "xml.unreadable")],
)  # fmt: skip
def test_what_is_no_flow_is_refused(text: str, code: str) -> None:
    assert [one.code for one in read_flow(text, "x.bpmn")[1]] == [code]


@given(st.integers(0, len(BPMN)), st.integers(0, 60), st.text(max_size=20))
def test_a_damaged_flow_is_published_or_refused_and_nothing_else(at: int, cut: int, put: str) -> None:
    text = BPMN[:at] + put + BPMN[at + cut :]
    engine, found = publish(text, "p.bpmn", Declared(frozenset({"r"}), frozenset({"c"})), {"routing.dmn": DMN})
    assert (engine is None) == any(one.severity == "error" for one in found)
    assert all(one.text("zh") and one.text("en") for one in found)


@given(st.integers(0, len(DMN)), st.integers(0, 60), st.text(max_size=20))
def test_a_damaged_table_is_read_or_refused_and_nothing_else(at: int, cut: int, put: str) -> None:
    decisions, found = read_decisions_of(DMN[:at] + put + DMN[at + cut :], "x.dmn")
    assert decisions or found
    for one in decisions:
        one.decide({"class_code": "01", "amount": 3})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("&gt;= 100", "exec('x')", ("decision.bad-cell", 11, "r1")),
        ('"局"', "__import__('os')", ("decision.bad-cell", 12, "r1")),
        ("<text>class_code</text>", "<text>f()</text>", ("decision.bad-cell", 5, "i1")),
        ('hitPolicy="FIRST"', 'hitPolicy="LAST"', ("decision.bad-policy", 4, "t")),
        ('<inputEntry id="c8"><text></text></inputEntry>', "", ("decision.bad-shape", 19, "r3")),
        ("<text>class_code</text>", "<text> </text>", ("decision.no-name", 5, "i1")),
        ('name="unit"', 'name="a.b"', ("decision.no-name", 7, "o1")),
        ("<decision ", "<thing ", ("xml.unreadable", 25, "")),
    ],
)
def test_a_fault_of_a_table_is_named_with_its_rule_and_line(old: str, new: str, expected: tuple[str, int, str]) -> None:
    assert old in DMN
    _, found = read_decisions_of(DMN.replace(old, new), "x.dmn")
    assert [(one.code, one.line, one.element) for one in found] == [expected]


def test_an_element_without_a_name_has_no_empty_brackets() -> None:
    made = BPMN.replace('name="登记" ', "").replace(' guatu:clock="c" guatu:fields="place note?"', "")
    found = publish(made, "p.bpmn", Declared(frozenset({"r", "q"}), frozenset({"c"})), {"routing.dmn": DMN})[1]
    told = next(one for one in found if one.code == "flow.no-clock")
    assert (told.message("zh"), told.message("en")) == (
        "环节“a”没有时限;请填 clock", "step 'a' has no clock; give it one",
    )  # fmt: skip
