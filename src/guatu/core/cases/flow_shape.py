"""What is wrong with how the parts of a flow hang together: beginnings and ends, dead ends, circles, events without a
host; and what a walk through all markings finds."""

from collections.abc import Iterator, Set

from guatu.core.cases.flow import Flow, Node
from guatu.core.cases.soundness import soundness
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind

SAME_ID = Kind("flow.same-id", "error", "“{element}”出现了两次;请改名", "'{element}' is there twice; rename one")
NO_START = Kind("flow.no-start", "error", "流程没有开始事件;请加一个", "the flow has no start event; add one")
SEVERAL_STARTS = Kind(
    "flow.several-starts",
    "error",
    "“{element}”是第二个开始事件;只留一个",
    "'{element}' is a second start event; keep one",
)
NO_END = Kind("flow.no-end", "error", "流程没有结束事件;请加一个", "the flow has no end event; add one")
NO_PART_START = Kind(
    "flow.no-part-start",
    "error",
    "子流程“{element}”({name})里没有开始事件;请加一个",
    "sub-process '{element}' ({name}) has no start event; add one",
)
NO_HOST = Kind(
    "flow.no-host",
    "error",
    "边界事件“{element}”不在环节或子流程上(attachedToRef 是“{host}”);请附到环节或子流程上",
    "boundary event '{element}' stands at no step or sub-process (attachedToRef is '{host}'); attach it to one",
)
DEAD_END = Kind(
    "flow.dead-end",
    "error",
    "“{element}”({name})之后没有去向;请连到下一环节或结束事件",
    "nothing follows '{element}' ({name}); lead it to a step or an end event",
)
UNREACHABLE = Kind(
    "flow.unreachable",
    "error",
    "从开始事件到不了“{element}”({name});请连上或删除",
    "'{element}' ({name}) cannot be reached from the start event; connect it or delete it",
)
FORKS = Kind(
    "flow.forks",
    "error",
    "“{element}”({name})有 {count} 条去向;分支请用网关",
    "{count} arrows leave '{element}' ({name}); use a gateway for branches",
)
IDLE = Kind(
    "flow.idle-circle",
    "error",
    "“{element}”在一个没有环节的圈里,会一直转下去;请在圈里放一个环节",
    "'{element}' is in a circle without a step and would turn for ever; put a step into it",
)
STUCK = Kind(
    "flow.stuck",
    "error",
    "案件会停在“{element}”:等不到另一支路;请检查并行网关",
    "a case can wait for ever at '{element}', for a branch that never comes; look at the parallel gateways",
)
DOUBLED = Kind(
    "flow.doubled",
    "error",
    "“{element}”会同时进入两次;并行支路要先汇合,退回不能越过并行网关",
    "'{element}' can be entered twice at once: join parallel branches first, and return only within a branch",
)
ENDLESS = Kind(
    "flow.endless",
    "error",
    "案件到了“{element}”就再也到不了结束;请加一条出路",
    "a case at '{element}' can never come to the end; add a way out",
)
TOO_LARGE = Kind(
    "flow.too-large",
    "error",
    "流程的并行支路太多,无法检查;请拆成几个流程",
    "too many parallel branches to check; make several flows of it",
)


def id_faults(flow: Flow, file: str) -> Iterator[FileFinding]:
    seen: set[str] = set()
    for line, id_ in [(node.line, node.id) for node in flow.nodes] + [(arrow.line, arrow.id) for arrow in flow.arrows]:
        if id_ in seen:
            yield file_finding(SAME_ID, file, line, id_)
        seen.add(id_)


def end_faults(flow: Flow, file: str) -> Iterator[FileFinding]:
    """Beginnings and ends that are too few or too many, and events that stand nowhere."""
    if not flow.starts():
        yield file_finding(NO_START, file, flow.line, flow.id)
    for part in flow.parts:
        if not flow.starts(part.id):
            yield file_finding(NO_PART_START, file, part.line, part.id, name=part.name)
    for place in ("", *(part.id for part in flow.parts)):
        for extra in flow.starts(place)[1:]:
            yield file_finding(SEVERAL_STARTS, file, extra.line, extra.id)
    if not any(node.kind == "end" and not node.inside for node in flow.nodes):
        yield file_finding(NO_END, file, flow.line, flow.id)
    for node in flow.nodes:
        host = flow.by_id.get(node.host)
        if node.kind == "boundary" and (host is None or host.kind not in ("step", "part")):
            yield file_finding(NO_HOST, file, node.line, node.id, host=node.host)


def shape_faults(flow: Flow, file: str) -> Iterator[FileFinding]:
    """Parts that cannot be come to, from which nothing leads, or that turn in a circle."""
    reached = _reached(flow)
    for node in flow.nodes:
        if node.id not in reached:
            yield file_finding(UNREACHABLE, file, node.line, node.id, name=node.name)
        leaving = flow.leaving(node.id)
        if node.kind != "end" and not leaving:
            yield file_finding(DEAD_END, file, node.line, node.id, name=node.name)
        forks = node.kind not in ("choice", "parallel", "inclusive", "end") and len(leaving) > 1
        if forks and not (node.kind == "step" and all(arrow.move for arrow in leaving)):
            yield file_finding(FORKS, file, node.line, node.id, name=node.name, count=len(leaving))
        if node.kind not in ("step", "boundary") and node.id in _reached(flow, node.id):
            yield file_finding(IDLE, file, node.line, node.id)


def _reached(flow: Flow, without_step: str = "") -> Set[str]:
    """Nodes that can be reached from the start; or from one node without passing a step, itself only by a circle."""
    reached: set[str] = set()
    waiting = [node.id for node in flow.starts()]
    if without_step:
        waiting = list(_next(flow, flow.by_id[without_step], True))
    while waiting:
        here = waiting.pop()
        if here not in reached and not (without_step and flow.by_id[here].kind == "step"):
            reached.add(here)
            waiting += _next(flow, flow.by_id[here], bool(without_step))
    return reached


def _next(flow: Flow, node: Node, alone: bool) -> Iterator[str]:
    """Where a token may come from a node; `alone` without anybody who says that an event came."""
    if node.kind == "part":
        yield from (start.id for start in flow.starts(node.id))
    else:
        yield from (arrow.target for arrow in flow.leaving(node.id))
    caught = flow.by_id.get(node.catcher)
    if caught is not None:
        yield caught.id
    if node.kind == "end" and node.inside and (caught is None or not caught.interrupts):
        yield from (arrow.target for arrow in flow.leaving(node.inside))
    if not alone:
        yield from (event.id for event in flow.boundaries(node.id) if event.by != "flow")


def walk_faults(flow: Flow, file: str) -> Iterator[FileFinding]:
    """What only shows when the whole flow is walked, whatever happens."""
    seen = soundness(flow)
    for kind, ids in ((STUCK, seen.stuck), (DOUBLED, seen.doubled), (ENDLESS, seen.endless)):
        for node in ids:
            yield file_finding(kind, file, flow.by_id[node].line, node)
    if not seen.complete:
        yield file_finding(TOO_LARGE, file, flow.line, flow.id)
