"""Sequence flows as arrows, with what the file says where no condition stands: the events behind a gateway that waits,
links, and the named ways of a gateway that people drew without conditions."""

from collections.abc import Iterable

import msgspec
from lxml import etree

from guatu.adapters.flows.bpmn.elements import children, id_of, line_of, local_reference, words
from guatu.adapters.flows.bpmn.place import Placed, Reading
from guatu.adapters.flows.bpmn.problems import NO_ID, NO_LINK
from guatu.adapters.flows.bpmn.triggers import definitions, trigger
from guatu.adapters.flows.xml import local_name, own
from guatu.core.cases.flow import Arrow, Node


def arrows_of(reading: Reading, elements: Iterable[etree._Element], nodes: Iterable[Placed]) -> list[Arrow]:
    placed = list(nodes)
    defaults = {default for one in placed if (default := one.element.get("default"))}
    waits = {id_of(one.element) for one in placed if local_name(one.element) == "eventBasedGateway"}
    found = []
    for element in elements:
        if id_of(element):
            found.append(_arrow(reading, element, id_of(element) in defaults, waits))
        else:
            reading.say(NO_ID, element, kind="sequenceFlow")
    return [*found, *_links(reading, placed)]


def _arrow(reading: Reading, element: etree._Element, default: bool, waits: set[str]) -> Arrow:
    source, target = (local_reference(element.get(end)) for end in ("sourceRef", "targetRef"))
    condition = next(children(element, "conditionExpression"), None)
    text = (condition.text or "").strip() if condition is not None else ""
    return Arrow(
        id=id_of(element),
        source=source,
        target=target,
        name=words(element),
        name_en=own(element, "name-en"),
        line=line_of(element),
        # FEEL of another engine begins with an equals sign.
        condition=text[1:].strip() if text[:1] == "=" else text,
        verb=own(element, "verb"),
        default=default,
        move=target if source in waits else "",
        language=_language(reading.root, condition) if text else "",
    )


def _language(root: etree._Element, condition: etree._Element | None) -> str:
    """In what a condition is written, where the file names a language that is not FEEL."""
    given = (condition.get("language") if condition is not None else None) or root.get("expressionLanguage") or ""
    return "" if "feel" in given.casefold() else given


def _links(reading: Reading, nodes: Iterable[Placed]) -> list[Arrow]:
    """An arrow from each throwing link event to the catching one of its name beside it."""
    caught: dict[tuple[str, str], list[str]] = {}
    thrown: list[tuple[Placed, tuple[str, str]]] = []
    for one in nodes:
        found = definitions(reading.root, one.element)
        if trigger(found) != "link":
            continue
        key = one.inside, words(found[0]) or words(one.element)
        if local_name(one.element) == "intermediateCatchEvent":
            caught.setdefault(key, []).append(id_of(one.element))
        else:
            thrown.append((one, key))
    arrows = []
    for one, key in thrown:
        targets = caught.get(key, [])
        if len(targets) == 1:
            id_ = id_of(one.element)
            # No id of XML has such a sign: it is none of the file's.
            arrows.append(Arrow(id=f"{id_}~", source=id_, target=targets[0], line=line_of(one.element)))
        else:
            reading.say(NO_LINK, one.element, name=key[1])
    return arrows


def with_waiting(nodes: list[Node], arrows: list[Arrow], placed: Iterable[Placed]) -> list[Node]:
    """Events, and steps that receive, behind a gateway that waits for them: whoever stands at the gateway says that one
    came, and it lets the case through."""
    came = {arrow.move for arrow in arrows if arrow.move}
    elements = {id_of(one.element): one.element for one in placed}
    return [_passed(node, elements[node.id]) if node.id in came and node.kind == "step" else node for node in nodes]


def _passed(node: Node, element: etree._Element) -> Node:
    """Nobody waits there any more: it is called as in the drawing."""
    shown = {"name": words(element), "name_en": own(element, "name-en")}
    clock = node.clock if node.by == "clock" else ""
    return msgspec.structs.replace(node, kind="pass", roles=(), lane="", fields=(), clock=clock, **shown)


def with_named_ways(nodes: list[Node], arrows: list[Arrow]) -> list[Arrow]:
    """The ways of a gateway as moves by their names, as people draw them: the gateway stands right behind a step, each
    of its arrows has a name and none has a condition. The key of such a move is the id of its arrow."""
    by_id = {node.id: node for node in nodes}
    leaving: dict[str, list[Arrow]] = {}
    entering: dict[str, list[Node]] = {}
    for arrow in arrows:
        leaving.setdefault(arrow.source, []).append(arrow)
        if arrow.source in by_id:
            entering.setdefault(arrow.target, []).append(by_id[arrow.source])
    named = {
        node.id
        for node in nodes
        if node.kind == "choice"
        and len(leaving.get(node.id, ())) > 1
        and all(arrow.name and not arrow.condition for arrow in leaving[node.id])
        and entering.get(node.id)
        and all(_chooses(before, leaving[before.id]) for before in entering[node.id])
    }
    return [msgspec.structs.replace(one, move=one.id) if one.source in named else one for one in arrows]


def _chooses(node: Node, leaving: list[Arrow]) -> bool:
    """Whether somebody stands there who can say which way the case goes."""
    return node.kind == "step" and node.by == "person" and not any(arrow.move for arrow in leaving)
