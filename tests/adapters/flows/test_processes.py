"""Files with several processes: which one runs, and marking it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from guatu.adapters.flows.bpmn import processes_of, read_flow, renamed_process, with_process
from guatu.adapters.flows.layout import draw
from guatu.adapters.flows.xml import GUATU
from tests.adapters.flows.models import END, START, arrows, el, file, model, process, step

ONE = process(START, step("a"), END, arrows("s>a a>e"), id_="one", name="一")
TWO = process(el("startEvent", "s2"), step("b"), el("endEvent", "e2"), arrows("s2>b b>e2"), id_="two")
EMPTY = process(id_="empty")
POOLS = el("collaboration", "K", el("participant", "P1", processRef="two", name="乙方"))
BOTH = file(POOLS, "<!-- <bpmn:process id='none'/> > -->", ONE, TWO, EMPTY)


def runs(text: str) -> tuple[str, list[str]]:
    flow, found = read_flow(text, "m.bpmn")
    assert flow is not None
    return flow.id, [one.code for one in found]


def test_the_only_process_with_anything_in_it_runs() -> None:
    assert runs(file(EMPTY, TWO)) == ("two", []) and runs(file(ONE, POOLS)) == ("one", [])


def test_several_processes_are_named_and_one_is_to_be_chosen() -> None:
    assert runs(BOTH) == ("one", ["flow.several-processes"])
    (said,) = read_flow(BOTH, "m.bpmn")[1]
    assert said.message() == "文件里有几个流程:one(一)、two(乙方);请选定按哪一个办理"
    assert (said.severity, said.line) == ("error", BOTH[: BOTH.index('<bpmn:process id="one"')].count("\n") + 1)
    assert processes_of(BOTH) == [("one", "一", False), ("two", "乙方", False)]


def test_the_marked_process_runs() -> None:
    marked = with_process(BOTH, "two")
    assert runs(marked) == ("two", []) and read_flow(marked, "m")[0].name == "乙方"  # type: ignore[union-attr]
    assert processes_of(marked) == [("one", "一", False), ("two", "乙方", True)]
    assert runs(with_process(marked, "one")) == ("one", [])


def test_two_marks_are_no_choice() -> None:
    twice = BOTH.replace('id="one"', 'id="one" guatu:run="true"').replace('id="two"', 'id="two" guatu:run="true"')
    assert runs(twice) == ("one", ["flow.several-processes"])
    assert runs(with_process(twice, "two")) == ("two", [])


def test_marking_changes_the_mark_and_nothing_else() -> None:
    text = BOTH.replace('id="two"', "\n   id = 'two'  documentation='a > b'").replace(
        "</bpmn:definitions>", "\r\n<?pi x?>\n</bpmn:definitions>"
    )
    marked = with_process(text, "two")
    assert marked.replace(' guatu:run="true"', "") == text
    assert with_process(with_process(marked, "one"), "two") == marked


def test_the_prefix_is_that_of_the_file_or_a_new_one() -> None:
    other = BOTH.replace("xmlns:guatu=", "xmlns:own=").replace("guatu:", "own:")
    assert 'own:run="true"' in with_process(other, "two")
    none = BOTH.replace('xmlns:guatu="https://guatu.example/flow/1"', 'xmlns:guatu="https://else.example"')
    none = none.replace("guatu:", "x-").replace("xmlns:x-", "xmlns:").replace("xmlns:x-=", "xmlns:guatu=")
    marked = with_process(none, "two")
    assert runs(marked)[0] == "two" and GUATU in marked


@pytest.mark.parametrize("text", ["", "<a", "<a/>", model(START)])
def test_a_process_that_is_not_there_is_misuse(text: str) -> None:
    with pytest.raises(ValueError):
        with_process(text, "nowhere")


@given(st.text(st.sampled_from("<>&;'\" =/-![]ab:\n"), max_size=30))
def test_whatever_stands_between_the_tags_stays(put: str) -> None:
    safe = put.replace("--", "").replace("]]>", "")
    text = file(f"<!--{safe} -->", ONE, f"<bpmn:category><![CDATA[{safe}]]></bpmn:category>", TWO)
    marked = with_process(text, "two")
    assert marked.replace(' guatu:run="true"', "") == text
    assert etree.fromstring(marked.encode()).findall("{*}process")[1].get(f"{{{GUATU}}}run") == "true"


def test_a_process_gets_another_id_wherever_it_is_referred_to_and_nothing_else_changes() -> None:
    drawn = draw(with_process(BOTH, "two"))
    renamed = renamed_process(drawn, "two", "cases")
    assert runs(renamed) == ("cases", []) and read_flow(renamed, "m")[0].name == "乙方"  # type: ignore[union-attr]
    assert renamed.replace('"cases"', '"two"') == drawn
    assert 'bpmnElement="cases"' in renamed and 'processRef="cases"' in renamed


@pytest.mark.parametrize(("old", "new"), [("nowhere", "x"), ("two", "one"), ("two", "s2"), ("s2", "x")])
def test_an_id_that_is_taken_or_no_process_is_misuse(old: str, new: str) -> None:
    with pytest.raises(ValueError, match="cannot be called"):
        renamed_process(BOTH, old, new)
