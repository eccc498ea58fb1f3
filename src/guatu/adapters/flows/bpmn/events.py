"""Events as nodes: where a case begins, waits, passes, is caught and ends."""

from collections.abc import Iterable
from typing import Any

from lxml import etree

from guatu.adapters.flows.bpmn.elements import id_of, local_reference, words
from guatu.adapters.flows.bpmn.place import Placed, Reading
from guatu.adapters.flows.bpmn.problems import NOT_CAUGHT, NOT_SUPPORTED, SENDS, STARTED_BY
from guatu.adapters.flows.bpmn.triggers import WORDS, clock_of, definitions, thrown, trigger
from guatu.adapters.flows.xml import local_name, own
from guatu.core.cases.flow import TIMER

_CAUGHT = ("error", "escalation")
_UNDONE = {
    "zh": "撤销已办环节的事件",
    "en": "an event that undoes what was done",
    "do": "请画成普通的退回或另一条去向",
    "do_en": "draw it as a return or as another way",
}


def event_node(reading: Reading, event: etree._Element, catchers: dict[str, str]) -> dict[str, Any]:
    """What an event is in the flow, and what of it is only said."""
    found = definitions(reading.root, event)
    read = _READERS[local_name(event)]
    return read(reading, event, found, catchers)


def _start(reading: Reading, event: etree._Element, found: list[etree._Element], _: dict[str, str]) -> dict[str, Any]:
    if found:
        zh, en = WORDS[trigger(found)]
        reading.say(STARTED_BY, event, zh=zh, en=en)
    return {"kind": "start"}


def _end(
    reading: Reading, event: etree._Element, found: list[etree._Element], catchers: dict[str, str]
) -> dict[str, Any]:
    return {"kind": "end", "halts": trigger(found) == "terminate", "catcher": _throws(reading, event, found, catchers)}


def _throw(
    reading: Reading, event: etree._Element, found: list[etree._Element], catchers: dict[str, str]
) -> dict[str, Any]:
    return {"kind": "pass", "catcher": _throws(reading, event, found, catchers)}


def _throws(reading: Reading, event: etree._Element, found: list[etree._Element], catchers: dict[str, str]) -> str:
    """The event that catches what is thrown; what nobody catches, and what would be sent, is said."""
    what, catcher = trigger(found), catchers.get(id_of(event), "")
    zh, en = WORDS[what]
    if what in ("compensate", "cancel"):
        reading.say(NOT_SUPPORTED, event, **_UNDONE)
    elif what in _CAUGHT and not catcher:
        reading.say(NOT_CAUGHT, event, zh=zh, en=en)
    elif what in ("message", "signal", "multiple"):
        reading.say(SENDS, event, zh=zh, en=en)
    return catcher


def _catch(reading: Reading, event: etree._Element, found: list[etree._Element], _: dict[str, str]) -> dict[str, Any]:
    what = trigger(found)
    if what == "link":
        return {"kind": "pass"}
    if what == "timer":
        clock, duration = clock_of(event, found)
        return {"kind": "step", "by": "clock", "roles": (TIMER,), "clock": clock, "duration": duration}
    # Somebody waits for it and says that it came.
    name, name_en = words(event), own(event, "name-en")
    zh, en = WORDS[what]
    waiting = f"等待“{name}”" if name else f"等待{zh}"
    return {"kind": "step", "name": waiting, "name_en": f"wait for '{name_en or name}'" if name else f"wait for {en}"}


def _boundary(
    reading: Reading, event: etree._Element, found: list[etree._Element], catchers: dict[str, str]
) -> dict[str, Any]:
    what = trigger(found)
    if what == "cancel":
        reading.say(NOT_SUPPORTED, event, **_UNDONE)
    clock, duration = clock_of(event, found) if what == "timer" else ("", "")
    by = "clock" if what == "timer" else "flow" if id_of(event) in catchers.values() else "person"
    return {
        "kind": "boundary",
        "host": local_reference(event.get("attachedToRef")),
        # An error always ends what it comes out of; 10.5.4.
        "interrupts": event.get("cancelActivity") != "false" or what == "error",
        "by": by,
        "clock": clock,
        "duration": duration,
    }


_READERS = {
    "startEvent": _start,
    "endEvent": _end,
    "intermediateThrowEvent": _throw,
    "intermediateCatchEvent": _catch,
    "boundaryEvent": _boundary,
}


def caught_by(reading: Reading, nodes: Iterable[Placed]) -> dict[str, str]:
    """For each end or event that throws an error or an escalation, the boundary event that catches it: of the innermost
    part around it that has one for the same error, else one for any; 10.5.7."""
    placed = list(nodes)
    around = {id_of(one.element): one.inside for one in placed}
    edges: dict[str, list[tuple[str, str, str]]] = {}
    for one in placed:
        if local_name(one.element) == "boundaryEvent":
            found = definitions(reading.root, one.element)
            host = local_reference(one.element.get("attachedToRef"))
            edges.setdefault(host, []).append((trigger(found), thrown(found), id_of(one.element)))
    catchers: dict[str, str] = {}
    for one in placed:
        found = definitions(reading.root, one.element)
        if local_name(one.element) in ("endEvent", "intermediateThrowEvent") and trigger(found) in _CAUGHT:
            catcher = _catcher(one.inside, (trigger(found), thrown(found)), around, edges)
            if catcher:
                catchers[id_of(one.element)] = catcher
    return catchers


def _catcher(
    part: str, what: tuple[str, str], around: dict[str, str], edges: dict[str, list[tuple[str, str, str]]]
) -> str:
    while part:
        fitting = [edge for edge in edges.get(part, ()) if edge[:2] in (what, (what[0], ""))]
        if fitting:
            # The one for just this error goes before the one for any.
            return max(fitting, key=lambda edge: bool(edge[1]))[2]
        part = around.get(part, "")
    return ""
