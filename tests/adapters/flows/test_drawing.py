"""Drawing: every node has a shape, every arrow an edge, and the file is BPMN 2.0 by its schema."""

from functools import cache
from pathlib import Path

import msgspec
import pytest
import SpiffWorkflow
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from guatu.adapters.flows.bpmn import read_flow
from guatu.adapters.flows.layout import blank, draw
from guatu.adapters.packs.finder import find_packs
from guatu.core.cases.flow import Flow
from tests.adapters.flows.models import END, START, arrows, el, event, file, model, process, step
from tests.adapters.flows.texts import BPMN

DEEP = (
    el("startEvent", "s3") + step("c") + el("endEvent", "e3") + el("boundaryEvent", "x3", attachedToRef="c")
    + arrows("s3>c c>e3 x3>e3")
)  # fmt: skip
INNER = (
    el("startEvent", "s2") + el("subProcess", "T", DEEP) + el("exclusiveGateway", "h") + el("endEvent", "e2")
    + arrows("s2>T T>h h>e2 h>T")
)  # fmt: skip
NESTED = model(
    START, step("a"), el("subProcess", "S", INNER), step("b"), event("boundaryEvent", "x", "message", attachedToRef="S"),
    event("boundaryEvent", "y", "timer", attachedToRef="S"), step("late"), END,
    el("subProcess", "E", el("startEvent", "s4") + step("o") + arrows("s4>o"), triggeredByEvent="true"),
    arrows("s>a a>S S>b b>e x>late late>e y>a"),
)  # fmt: skip


@cache
def schema() -> etree.XMLSchema:
    """The schema of BPMN 2.0 as the library of the test oracle brings it."""
    folder = Path(SpiffWorkflow.__file__).parent / "bpmn" / "parser" / "schema"
    return etree.XMLSchema(etree.parse(folder / "BPMN20.xsd"))


def plain(flow: Flow) -> Flow:
    """The flow without its lines."""
    nodes = tuple(msgspec.structs.replace(one, line=0) for one in flow.nodes)
    arrows_ = tuple(msgspec.structs.replace(one, line=0) for one in flow.arrows)
    return msgspec.structs.replace(flow, line=0, nodes=nodes, arrows=arrows_)


def check_drawn(text: str) -> etree._Element:
    """The drawn file, after the claims of this module hold for it."""
    drawn = draw(text)
    root = etree.fromstring(drawn.encode())
    before, after = read_flow(text, "m")[0], read_flow(drawn, "m")[0]
    assert before is not None and after is not None and plain(before) == plain(after)
    shapes = [one.get("bpmnElement") for one in root.iter("{*}BPMNShape")]
    edges = [one.get("bpmnElement") for one in root.iter("{*}BPMNEdge")]
    assert len({*shapes}) == len(shapes) and len({*edges}) == len(edges)
    assert {node.id for node in before.nodes} <= {*shapes}
    # An arrow of which an end is not there cannot be drawn; `check_flow` names it.
    ends = before.by_id.keys()
    whole = {arrow.id for arrow in before.arrows if {arrow.source, arrow.target} <= ends}
    assert {id_ for id_ in whole if not id_.endswith("~")} <= {*edges}
    plane = root.find("{*}BPMNDiagram/{*}BPMNPlane")
    assert plane is not None and plane.get("bpmnElement") == before.id
    own = {one.get("id") for one in root.findall("{*}BPMNDiagram//*") if one.get("id")}
    theirs = [one.get("id") for one in etree.fromstring(text.encode(), etree.XMLParser(encoding="utf-8")).iter("*")]
    assert not own & {one for one in theirs if one} or "BPMNDiagram" in text
    assert schema().validate(root), schema().error_log
    assert draw(drawn) == drawn
    return root


@pytest.mark.parametrize("text", [BPMN, NESTED])
def test_a_flow_is_drawn_whole_and_valid(text: str) -> None:
    check_drawn(text)


def test_all_ready_flows_are_drawn_whole_and_valid() -> None:
    texts = [
        path.read_text("utf-8")
        for pack in find_packs(environment={}).values()
        for path in pack.folder.glob("flows/*.bpmn")
    ]
    assert len(texts) >= 7
    for text in texts:
        check_drawn(text)


def boxes(root: etree._Element) -> dict[str, tuple[int, int, int, int]]:
    found = {}
    for shape in root.iter("{*}BPMNShape"):
        box = shape.find("{*}Bounds")
        assert box is not None
        x, y, width, height = (int(box.get(name) or 0) for name in ("x", "y", "width", "height"))
        found[shape.get("bpmnElement") or ""] = (x, y, x + width, y + height)
    return found


def test_what_lies_in_a_sub_process_is_drawn_inside_it_and_events_on_the_edge_of_their_host() -> None:
    box = boxes(check_drawn(NESTED))

    def within(inner: str, outer: str) -> bool:
        (a, b, c, d), (x, y, z, w) = box[inner], box[outer]
        return x < a and y < b and c < z and d < w

    assert all(within(name, "S") for name in ("s2", "T", "h", "e2")) and all(within(name, "T") for name in ("s3", "c"))
    for name, host in (("x", "S"), ("y", "S"), ("x3", "c")):
        middle = (box[name][1] + box[name][3]) // 2
        assert abs(middle - box[host][3]) <= 1 and box[host][0] <= box[name][0] <= box[host][2]
    assert box["x"] != box["y"]


def test_nodes_do_not_lie_over_each_other() -> None:
    box = boxes(check_drawn(NESTED))
    outer = [box[name] for name in ("s", "a", "S", "b", "late", "e", "E")]
    for at, (a, b, c, d) in enumerate(outer):
        assert all(c <= x or z <= a or d <= y or w <= b for x, y, z, w in outer[at + 1 :])


def test_names_of_shapes_are_none_that_the_file_has() -> None:
    check_drawn(model(START, step("s_shape"), step("diagram"), step("plane"), END,
                      arrows("s>s_shape s_shape>diagram diagram>plane plane>e")))  # fmt: skip


def test_of_several_processes_the_one_that_runs_is_drawn() -> None:
    other = process(el("startEvent", "s9"), id_="q", more=' guatu:run="true"')
    root = check_drawn(file(process(START, step("a"), END, arrows("s>a a>e")), other))
    assert list(boxes(root)) == ["s9"]


def test_sub_processes_nested_without_end_are_drawn() -> None:
    text = step("a")
    for at in range(100):
        text = el("subProcess", f"S{at}", el("startEvent", f"s{at}") + text + arrows(f"s{at}>a"))
    assert draw(model(START, text, END, arrows("s>S99 S99>e")))


NAMES = st.sampled_from(["a", "b", "c", "d"])
ATTACHED = st.dictionaries(NAMES, NAMES, min_size=1)


@given(ATTACHED, st.sets(NAMES), st.lists(st.tuples(NAMES, NAMES), max_size=4), st.booleans())
def test_however_wrong_a_drawing_is_each_node_has_its_shape(
    attached: dict[str, str], steps: set[str], ways: list[tuple[str, str]], inside: bool
) -> None:
    """Events attached to events, to themselves, to nothing; arrows to what is not there; parts with nothing in them."""
    parts = [event("boundaryEvent", name, "timer", attachedToRef=host) for name, host in attached.items()]
    parts += [step(name) for name in sorted(steps - attached.keys())]
    parts.append(arrows(" ".join(f"{a}>{b}" for a, b in dict.fromkeys(ways))))
    text = model(el("subProcess", "S", "".join(parts)) if inside else "".join(parts))
    check_drawn(text)


@pytest.mark.parametrize("text", [model(), model(arrows("x>y")), model(el("subProcess", "S", el("subProcess", "T")))])
def test_a_process_with_next_to_nothing_in_it_is_drawn(text: str) -> None:
    assert etree.fromstring(draw(text).encode()).find("{*}BPMNDiagram") is not None


@pytest.mark.parametrize("secret", [False, True])
def test_an_empty_page_says_of_the_flow_as_a_whole_what_it_said(secret: bool) -> None:
    whole = Flow(
        id="p", name="信访 & 举报", name_en="reports", confidential=secret, readers=("r", "q") if secret else ()
    )
    read, found = read_flow(blank(whole), "m")
    assert read is not None and found == []
    assert msgspec.structs.replace(read, line=0) == whole
