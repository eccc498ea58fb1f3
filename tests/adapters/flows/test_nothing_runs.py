"""Whatever stands in a flow file, nothing of it is run: not when it is read, checked, drawn, published or played."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from guatu.adapters.flows.bpmn import processes_of, read_flow, with_process
from guatu.adapters.flows.layout import draw
from guatu.adapters.flows.publish import Declared, publish
from guatu.core.cases.flow import Flow, all_moves
from guatu.core.cases.tokens import NoWay, begin, take
from tests.adapters.flows.models import END, RUNS, START, arrows, el, event, file, model, process, step

DECLARED = Declared(frozenset({"r"}), frozenset({"c"}))
SECRET = "canary-7c1e"
"""What stands in a file beside the flows, and would be in the flow if that file had been read."""

WATCHED = ("compile", "exec", "os.", "subprocess.", "socket.", "open", "import", "ctypes.", "marshal.", "pickle.")
HARMLESS = ("os.putenv",)
_seen: list[str] | None = None


def _watch(name: str, arguments: tuple[Any, ...]) -> None:
    if _seen is not None and name.startswith(WATCHED) and name not in HARMLESS:
        _seen.append(f"{name} {arguments!r:.80}")


sys.addaudithook(_watch)


@contextmanager
def watched() -> Iterator[list[str]]:
    """What Python ran, opened or loaded meanwhile."""
    global _seen
    _seen = seen = []
    try:
        yield seen
    finally:
        _seen = None


def played(flow: Flow) -> None:
    """A few moves of a case that is filled with texts of the file's own manner."""
    data: dict[str, Any] = {"x": "__import__('os')", "amount": "9", "class_code": "${x}"}
    try:
        now = begin(flow, data)
        for turn in range(12):
            if now.ended or not now.open(flow):
                return
            at = now.open(flow)[turn % len(now.open(flow))]
            possible = [move.key for move in all_moves(flow, at) if move.key not in now.barred(flow)]
            now = take(flow, now, at, possible[turn % len(possible)], {"note": "eval('1')"})
    except (NoWay, LookupError):
        return


def everything(text: str) -> None:
    """All that is ever done with a file."""
    flow, _ = read_flow(text, "m.bpmn")
    engine, found = publish(text, "m.bpmn", DECLARED)
    assert all(one.text("zh") and one.text("en") for one in found)
    if flow is not None:
        assert SECRET not in repr(flow)
        assert SECRET not in draw(text)
        for id_, _name, _runs in processes_of(text):
            assert SECRET not in with_process(text, id_)
    if engine is not None:
        played(engine.flow)


def extension(inner: str) -> str:
    return f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>"


def condition(text: str, more: str = "") -> str:
    """A gateway behind a step with this condition on one of its arrows."""
    asked = f"<bpmn:conditionExpression {more}>{text}</bpmn:conditionExpression>"
    return model(
        START, step("a"), el("exclusiveGateway", "g", default="g_e"), END, arrows("s>a a>g g>e"),
        f'<bpmn:sequenceFlow id="q" sourceRef="g" targetRef="a">{asked}</bpmn:sequenceFlow>',
    )  # fmt: skip


def plain(*more: str) -> str:
    return model(START, step("a"), END, arrows("s>a a>e"), *more)


def stepping(inner: str, tag: str = "userTask", more: str = RUNS) -> str:
    return model(START, step("a", tag, inner, more), END, arrows("s>a a>e"))


def chain(count: int) -> str:
    names = [f"n{at}" for at in range(count)]
    return model(
        START,
        *(step(name) for name in names),
        END,
        arrows(" ".join(f"{a}>{b}" for a, b in zip(["s", *names], [*names, "e"], strict=True))),
    )


def nested(deep: int) -> str:
    text = step("a")
    for at in range(deep):
        text = el("subProcess", f"S{at}", el("startEvent", f"s{at}") + text + el("endEvent", f"e{at}")
                  + arrows(f"s{at}>{'a' if at == 0 else f'S{at - 1}'} {'a' if at == 0 else f'S{at - 1}'}>e{at}"))  # fmt: skip
    return model(START, text, END, arrows(f"s>S{deep - 1} S{deep - 1}>e"))


RUN = "open('{folder}/ran','w').write('x')"
LINK = '<bpmn:linkEventDefinition name="L"/>'
HOSTILE: dict[str, str] = {
    "script task": stepping(f'<bpmn:script>{RUN}</bpmn:script>', "scriptTask", f'{RUNS} scriptFormat="python"'),
    "script of a shell": stepping("<bpmn:script>touch {folder}/ran</bpmn:script>", "scriptTask"),
    "service by class": stepping(extension('<eng:field expression="${{rt.exec(\'touch {folder}/ran\')}}"/>'), "serviceTask",
                                 f'{RUNS} eng:class="java.lang.Runtime"'),
    "script in an extension": stepping(extension(f"<eng:preScript>{RUN}</eng:preScript>")),
    "listener": stepping(extension(f'<eng:executionListener event="start"><eng:script scriptFormat="python">{RUN}</eng:script></eng:executionListener>')),
    "form with html": stepping(extension("<eng:form>&lt;img src=x onerror=\"fetch('//x')\"&gt;</eng:form>")),
    "script in a condition": condition(RUN, 'language="python"'),
    "expression of java": condition("${{Runtime.getRuntime().exec('touch {folder}/ran')}}"),
    "import in a condition": condition("__import__('os').system('touch {folder}/ran')"),
    "attributes in a condition": condition("().__class__.__bases__[0].__subclasses__()"),
    "format in a condition": condition("'{{0.__class__}}'.format(x) = 1"),
    "feel with a program": condition('= external("java", x)'),
    "feel that calls": condition('= for i in 1..1000000000 return i'),
    "long condition": condition("(" * 5000 + "x" + ")" * 5000),
    "huge number": condition("x &gt; " + "9" * 20_000),
    "power": condition("x &gt; 9**9**9**9"),
    "timer with an expression": model(START, step("a"), END, event("boundaryEvent", "t", "timer",
        f"<bpmn:timeDuration>${{{{{RUN}}}}}</bpmn:timeDuration>", attachedToRef="a"), arrows("s>a a>e t>e")),
    "timer beyond all time": model(START, step("a"), END, event("boundaryEvent", "t", "timer",
        "<bpmn:timeDuration>PT" + "9" * 9_000 + "S</bpmn:timeDuration>", attachedToRef="a"), arrows("s>a a>e t>e")),
    "name of a format": model(START, f'<bpmn:userTask id="a" name="{{{{0.__class__}}}} %s ${{{{x}}}}" {RUNS}/>', END, arrows("s>a a>e")),
    "called process outside": stepping("", "callActivity", f'{RUNS} calledElement="file://{{folder}}/other.bpmn"'),
    "import of a file": file('<bpmn:import importType="x" location="file://{folder}/secret" namespace="y"/>',
                             process(START, step("a"), END, arrows("s>a a>e"))),
    "xinclude": plain('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{folder}/secret" parse="text"/>'),
    "stylesheet": plain().replace("?>", '?>\n<?xml-stylesheet href="file://{folder}/secret"?>', 1),
    "entity": plain().replace("?>", '?>\n<!DOCTYPE d [<!ENTITY x SYSTEM "file://{folder}/secret">]>', 1).replace('name="a"', 'name="&x;"'),
    "entities of entities": plain().replace("?>", '?>\n<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>', 1),
    "schema location": plain().replace('id="defs"', 'id="defs" xsi:schemaLocation="http://www.omg.org/spec/BPMN/20100524/MODEL file://{folder}/secret"'),
    "links in a circle": model(START, el("intermediateThrowEvent", "t", LINK), el("intermediateCatchEvent", "k", LINK),
                               END, arrows("s>t k>t")),
    "part in itself": model(START, el("subProcess", "S", el("startEvent", "s2") + step("S") + arrows("s2>S S>S")), END, arrows("s>S S>e")),
    "event at its own edge": plain(event("boundaryEvent", "b", "message", attachedToRef="b"), arrows("b>e")),
    "nested deep": nested(60),
    "nested deeper than xml may be": nested(300),
    "many steps": chain(3000),
    "wide": model(START, el("inclusiveGateway", "x"), *(step(f"n{at}") for at in range(40)), END,
                  arrows("s>x " + " ".join(f"x>n{at}:x_=_{at} n{at}>e" for at in range(40)))),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """What the readers load at their first use is loaded before anything is watched."""
    everything(HOSTILE["script task"].replace("{folder}", "/nowhere").replace("{{", "{").replace("}}", "}"))
    everything(condition("x &gt; 1 and y = 2 or z &lt; 3"))
    everything(HOSTILE["timer with an expression"])


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_of_a_hostile_file_is_run_or_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET, "utf-8")
    text = HOSTILE[name].replace("{folder}", str(tmp_path)).replace("{{", "{").replace("}}", "}")
    began = time.process_time()
    with watched() as seen:
        everything(text)
    assert seen == []
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
    assert time.process_time() - began < 20


def test_the_watch_sees_what_runs() -> None:
    with watched() as seen:
        eval("1 + 1")
    assert seen
