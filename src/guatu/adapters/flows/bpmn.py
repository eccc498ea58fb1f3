"""From a BPMN 2.0 file to the core's Flow; what is no flow of ours is found with its element and line.

Own attributes (namespace `guatu`): on the process `confidential`, `readers`; on a user task `role` (several parted by
blanks, as `readers`), `fields` (`photo note?`, a question mark for what may be left out), `clock`, `rework`; on a
business rule task `decision`; on a sequence flow `verb`; everywhere `name-en`.
"""

from collections.abc import Iterator

from lxml import etree

from guatu.adapters.flows.xml import local_name, namespace, own, parse_xml
from guatu.core.cases.flow import Arrow, FieldNeed, Flow, Node, NodeKind, Rework
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"

NO_PROCESS = Kind("flow.no-process", "error", "文件中没有 BPMN 流程(process)", "there is no BPMN process in this file")
SEVERAL_PROCESSES = Kind(
    "flow.several-processes",
    "error",
    "“{element}”是第二个流程;一个文件只放一个",
    "'{element}' is a second process; put one into a file",
)
CODE = Kind(
    "flow.code",
    "error",
    "“{element}”是 {kind},流程中不允许代码;请改用环节、网关条件或决策表",
    "'{element}' is a {kind}: no code in flows; use a step, a condition or a decision table",
)
NOT_SUPPORTED = Kind(
    "flow.not-supported",
    "error",
    "“{element}”是 {kind},这里不支持;可用:开始、结束、用户任务、排他网关、并行网关、业务规则任务、顺序流",
    "'{element}' is a {kind}, which is not supported; there are start and end events, user tasks, exclusive and"
    " parallel gateways, business rule tasks and sequence flows",
)
NO_ID = Kind("flow.no-id", "error", "{kind} 没有 id;请补上", "a {kind} has no id; give it one")
BAD_REWORK = Kind(
    "flow.bad-rework",
    "error",
    "“{element}”的 rework“{value}”不认识;用 resume 或 restart",
    "rework '{value}' of '{element}' is unknown; use resume or restart",
)

_KINDS: dict[str, NodeKind] = {
    "startEvent": "start",
    "endEvent": "end",
    "userTask": "step",
    "exclusiveGateway": "choice",
    "parallelGateway": "parallel",
    "businessRuleTask": "decision",
}
# What would run somebody's program: refused by name, so that nobody waits for a step that never comes.
_CODE = {"scriptTask", "serviceTask", "sendTask", "receiveTask", "script", "callActivity"}
_IGNORED = {"documentation", "extensionElements", "laneSet", "textAnnotation", "association", "group"}
_INSIDE = {"incoming", "outgoing", "documentation", "extensionElements", "conditionExpression"}


def read_flow(text: str, file: str) -> tuple[Flow | None, list[FileFinding]]:
    """The flow of a file, and what is wrong with the file. The flow itself may still be wrong: `check_flow`."""
    root, found = parse_xml(text, file)
    if root is None:
        return None, found
    processes = [element for element in root if local_name(element) == "process" and namespace(element) == BPMN]
    if not processes:
        return None, [file_finding(NO_PROCESS, file, 0)]
    found = [file_finding(SEVERAL_PROCESSES, file, _line(extra), extra.get("id") or "?") for extra in processes[1:]]
    process = processes[0]
    found += [one for element in process for one in _refused(element, file)]
    found += _scripts(process, file)
    return (None if found else _flow(process)), found


def _refused(element: etree._Element, file: str) -> Iterator[FileFinding]:
    kind, line, id_ = local_name(element), _line(element), element.get("id") or ""
    if not kind or kind in _IGNORED:
        return
    if kind in _CODE:
        yield file_finding(CODE, file, line, id_, kind=kind)
    elif namespace(element) != BPMN or (kind not in _KINDS and kind != "sequenceFlow"):
        yield file_finding(NOT_SUPPORTED, file, line, id_, kind=kind)
    elif not id_:
        yield file_finding(NO_ID, file, line, "", kind=kind)
    elif own(element, "rework") not in ("", "resume", "restart"):
        yield file_finding(BAD_REWORK, file, line, id_, value=own(element, "rework"))
    else:
        for child in element:
            if local_name(child) and local_name(child) not in _INSIDE and local_name(child) not in _CODE:
                yield file_finding(NOT_SUPPORTED, file, _line(child), id_, kind=local_name(child))


def _scripts(process: etree._Element, file: str) -> Iterator[FileFinding]:
    """Code that hides in extension elements (pre- and post-scripts of other engines)."""
    for element in process.iter():
        name = local_name(element)
        parent = element.getparent()
        if name.lower().endswith("script") and parent is not None and parent is not process:
            yield file_finding(CODE, file, _line(element), _owner(element), kind=name)


def _owner(element: etree._Element) -> str:
    while element is not None and not element.get("id"):
        parent = element.getparent()
        if parent is None:
            return "?"
        element = parent
    return element.get("id") or "?"


def _flow(process: etree._Element) -> Flow:
    kinds = [(element, _KINDS.get(local_name(element))) for element in process]
    return Flow(
        id=process.get("id") or "flow",
        name=process.get("name") or "",
        name_en=own(process, "name-en"),
        line=_line(process),
        confidential=own(process, "confidential") == "true",
        readers=tuple(own(process, "readers").split()),
        nodes=tuple(_node(element, kind) for element, kind in kinds if kind),
        arrows=tuple(_arrow(element, process) for element, _ in kinds if local_name(element) == "sequenceFlow"),
    )


def _node(element: etree._Element, kind: NodeKind) -> Node:
    rework: Rework = "restart" if own(element, "rework") == "restart" else "resume"
    return Node(
        id=element.get("id") or "",
        kind=kind,
        name=element.get("name") or "",
        name_en=own(element, "name-en"),
        line=_line(element),
        roles=tuple(own(element, "role").split()),
        fields=tuple(FieldNeed(word.rstrip("?"), not word.endswith("?")) for word in own(element, "fields").split()),
        clock=own(element, "clock"),
        rework=rework,
        decision=own(element, "decision"),
    )


def _arrow(element: etree._Element, process: etree._Element) -> Arrow:
    condition = element.find(f"{{{BPMN}}}conditionExpression")
    source = element.get("sourceRef") or ""
    default = any(node.get("default") == element.get("id") for node in process if node.get("id") == source)
    return Arrow(
        id=element.get("id") or "",
        source=source,
        target=element.get("targetRef") or "",
        name=element.get("name") or "",
        name_en=own(element, "name-en"),
        line=_line(element),
        condition=(condition.text or "").strip() if condition is not None else "",
        verb=own(element, "verb"),
        default=default,
    )


def _line(element: etree._Element) -> int:
    return element.sourceline or 0
