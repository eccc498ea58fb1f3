"""What stands against publishing a flow: dead ends, unreachable steps, unknown roles and clocks, conditions that are
code.

All findings come at once, each with the element's id and its line.
"""

from collections.abc import Iterator, Mapping, Set

import msgspec

from guatu.core.cases.case_fields import CaseFields
from guatu.core.cases.flow import Arrow, Flow, Node, move_key, moves
from guatu.core.cases.flow_facts import fact_faults
from guatu.core.cases.soundness import soundness
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.rules import RuleError, parse

NO_START = Kind("flow.no-start", "error", "流程没有开始事件;请加一个", "the flow has no start event; add one")
SEVERAL_STARTS = Kind(
    "flow.several-starts",
    "error",
    "“{element}”是第二个开始事件;只留一个",
    "'{element}' is a second start event; keep one",
)
NO_END = Kind("flow.no-end", "error", "流程没有结束事件;请加一个", "the flow has no end event; add one")
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
NO_ROLE = Kind(
    "flow.no-role",
    "error",
    "环节“{element}”({name})没有写明由谁办理;请填 role",
    "step '{element}' ({name}) does not say who acts; give it a role",
)
UNKNOWN_ROLE = Kind(
    "flow.unknown-role",
    "error",
    "环节“{element}”的角色“{role}”没有登记;已登记的有:{known}",
    "role '{role}' of step '{element}' is not declared; declared are: {known}",
)
UNKNOWN_READER = Kind(
    "flow.unknown-reader",
    "error",
    "可以查看保密案件的角色“{role}”没有登记;已登记的有:{known}",
    "role '{role}', which may read confidential cases, is not declared; declared are: {known}",
)
NO_CLOCK = Kind(
    "flow.no-clock",
    "error",
    "环节“{element}”({name})没有时限;请填 clock",
    "step '{element}' ({name}) has no clock; give it one",
)
UNKNOWN_CLOCK = Kind(
    "flow.unknown-clock",
    "error",
    "环节“{element}”的时限“{clock}”没有登记;已登记的有:{known}",
    "clock '{clock}' of step '{element}' is not declared; declared are: {known}",
)
UNKNOWN_DECISION = Kind(
    "flow.unknown-decision",
    "error",
    "“{element}”用的决策表“{decision}”不存在;已有:{known}",
    "decision table '{decision}' of '{element}' does not exist; there are: {known}",
)
FORKS = Kind(
    "flow.forks",
    "error",
    "“{element}”({name})有 {count} 条去向;分支请用网关",
    "{count} arrows leave '{element}' ({name}); use a gateway for branches",
)
UNKNOWN_END = Kind(
    "flow.unknown-node",
    "error",
    "连线“{element}”的一端“{node}”不存在",
    "one end of arrow '{element}', '{node}', does not exist",
)
BAD_CONDITION = Kind(
    "flow.bad-condition",
    "error",
    "连线“{element}”的条件第 {position} 个字符“{near}”处读不懂,此处应为{expected};请改正",
    "the condition of arrow '{element}' cannot be read at character {position}, '{near_en}':"
    " expected {expected_en}; correct it",
)
NO_CONDITION = Kind(
    "flow.no-condition",
    "error",
    "网关“{source}”的去向“{element}”没有条件,也不是默认去向;请补上",
    "arrow '{element}' of gateway '{source}' has no condition and is not the default; give it one",
)
NO_DEFAULT = Kind(
    "flow.no-default",
    "error",
    "网关“{element}”没有默认去向,条件都不成立时案件会停住;请设默认去向",
    "gateway '{element}' has no default: a case would stop where no condition holds; set one",
)
MIXED = Kind(
    "flow.mixed-choice",
    "error",
    "网关“{element}”既问操作(move)又问其他;请分成两个网关",
    "gateway '{element}' asks for the move and for something else; make two gateways of it",
)
NOT_AFTER_STEP = Kind(
    "flow.move-without-step",
    "error",
    "网关“{element}”问操作(move),但前面不是环节;请放在环节之后",
    "gateway '{element}' asks for the move but does not follow a step; put it behind one",
)
SAME_MOVE = Kind(
    "flow.same-move",
    "error",
    "环节“{element}”有两个“{move}”操作;请改名",
    "step '{element}' has two moves '{move}'; rename one",
)
UNKNOWN_VERB = Kind(
    "flow.unknown-verb",
    "error",
    "连线“{element}”的 verb“{verb}”不认识;用 forward 或 return",
    "verb '{verb}' of arrow '{element}' is unknown; use forward or return",
)
SAME_ID = Kind("flow.same-id", "error", "“{element}”出现了两次;请改名", "'{element}' is there twice; rename one")
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
IDLE = Kind(
    "flow.idle-circle",
    "error",
    "“{element}”在一个没有环节的圈里,会一直转下去;请在圈里放一个环节",
    "'{element}' is in a circle without a step and would turn for ever; put a step into it",
)
WRONG_END = Kind(
    "flow.wrong-end",
    "error",
    "连线“{element}”进入开始事件或离开结束事件;请改接",
    "arrow '{element}' enters a start event or leaves an end event; connect it elsewhere",
)
NOT_AT_GATEWAY = Kind(
    "flow.condition-without-gateway",
    "error",
    "连线“{element}”有条件,但不是从排他网关出来的;请加网关",
    "arrow '{element}' has a condition but does not leave an exclusive gateway; put one there",
)
TOO_LARGE = Kind(
    "flow.too-large",
    "error",
    "流程的并行支路太多,无法检查;请拆成几个流程",
    "too many parallel branches to check; make several flows of it",
)


class Known(msgspec.Struct, frozen=True):
    """What a pack or a county declares, for flows to name."""

    roles: frozenset[str]
    clocks: frozenset[str]
    decisions: Mapping[str, tuple[str, ...]] = {}
    """Ids of decision tables, each with the fields that it sets."""
    fields: CaseFields | None = None
    """None where the fields are not asked: a version that was published before they were declared."""


def check_flow(flow: Flow, known: Known, file: str) -> list[FileFinding]:
    """Everything that stands against publishing the flow, in the order of the file; nothing does when it is empty."""
    found = [*_ids(flow, file), *_ends(flow, file), *_arrows(flow, file)]
    if not found:
        found = [*_shape(flow, file), *_choices(flow, file)]
        if not found:
            found = list(_walk(flow, file))
    for role in flow.readers:
        if role not in known.roles:
            found.append(file_finding(UNKNOWN_READER, file, flow.line, flow.id, role=role, known=_list(known.roles)))
    found += [one for step in flow.steps for one in _step(step, known, file)]
    found += [one for node in flow.nodes if node.kind == "decision" for one in _decision(node, known, file)]
    if known.fields is not None:
        found += fact_faults(flow, known.fields, known.decisions, file)
    return sorted(found, key=lambda one: one.line)


def _ids(flow: Flow, file: str) -> Iterator[FileFinding]:
    seen: set[str] = set()
    for line, id_ in [(node.line, node.id) for node in flow.nodes] + [(arrow.line, arrow.id) for arrow in flow.arrows]:
        if id_ in seen:
            yield file_finding(SAME_ID, file, line, id_)
        seen.add(id_)


def _ends(flow: Flow, file: str) -> Iterator[FileFinding]:
    starts = [node for node in flow.nodes if node.kind == "start"]
    if not starts:
        yield file_finding(NO_START, file, flow.line, flow.id)
    for extra in starts[1:]:
        yield file_finding(SEVERAL_STARTS, file, extra.line, extra.id)
    if not any(node.kind == "end" for node in flow.nodes):
        yield file_finding(NO_END, file, flow.line, flow.id)


def _arrows(flow: Flow, file: str) -> Iterator[FileFinding]:
    for arrow in flow.arrows:
        for end in (arrow.source, arrow.target):
            if end not in flow.by_id:
                yield file_finding(UNKNOWN_END, file, arrow.line, arrow.id, node=end)
        source, target = flow.by_id.get(arrow.source), flow.by_id.get(arrow.target)
        if (source is not None and source.kind == "end") or (target is not None and target.kind == "start"):
            yield file_finding(WRONG_END, file, arrow.line, arrow.id)
        yield from _label(arrow, source, file)


def _label(arrow: Arrow, source: Node | None, file: str) -> Iterator[FileFinding]:
    """What an arrow says of itself: its verb and its condition."""
    if arrow.verb not in ("", "forward", "return"):
        yield file_finding(UNKNOWN_VERB, file, arrow.line, arrow.id, verb=arrow.verb)
    if not arrow.condition:
        return
    if source is not None and source.kind != "choice":
        yield file_finding(NOT_AT_GATEWAY, file, arrow.line, arrow.id)
    try:
        parse(arrow.condition)
    except RuleError as error:
        yield file_finding(BAD_CONDITION, file, arrow.line, arrow.id, **error.params())


def _shape(flow: Flow, file: str) -> Iterator[FileFinding]:
    reached = _reached(flow)
    for node in flow.nodes:
        if node.id not in reached:
            yield file_finding(UNREACHABLE, file, node.line, node.id, name=node.name)
        leaving = len(flow.leaving(node.id))
        if node.kind != "end" and not leaving:
            yield file_finding(DEAD_END, file, node.line, node.id, name=node.name)
        if node.kind in ("step", "start", "decision") and leaving > 1:
            yield file_finding(FORKS, file, node.line, node.id, name=node.name, count=leaving)
        if node.kind != "step" and node.id in _reached(flow, node.id):
            yield file_finding(IDLE, file, node.line, node.id)


def _reached(flow: Flow, without_step: str = "") -> Set[str]:
    """Nodes that can be reached from the start; or from one node without passing a step, itself only by a circle."""
    reached: set[str] = set()
    waiting = [node.id for node in flow.nodes if node.kind == "start"]
    if without_step:
        waiting = [arrow.target for arrow in flow.leaving(without_step)]
    while waiting:
        here = waiting.pop()
        if here not in reached and not (without_step and flow.by_id[here].kind == "step"):
            reached.add(here)
            waiting += [arrow.target for arrow in flow.leaving(here)]
    return reached


def _choices(flow: Flow, file: str) -> Iterator[FileFinding]:
    for node in flow.nodes:
        leaving = flow.leaving(node.id)
        if node.kind != "choice":
            continue
        for arrow in leaving if len(leaving) > 1 else ():
            if not arrow.condition and not arrow.default:
                yield file_finding(NO_CONDITION, file, arrow.line, arrow.id, source=node.id)
        keys = [move_key(arrow) for arrow in leaving]
        asks = len(leaving) > 1 or any(arrow.condition for arrow in leaving)
        if asks and not any(keys) and not any(arrow.default for arrow in leaving):
            yield file_finding(NO_DEFAULT, file, node.line, node.id)
        elif any(keys):
            yield from _move_choice(flow, node, keys, file)


def _move_choice(flow: Flow, node: Node, keys: list[str | None], file: str) -> Iterator[FileFinding]:
    if not all(keys):
        yield file_finding(MIXED, file, node.line, node.id)
    before = [flow.by_id[arrow.source] for arrow in flow.entering(node.id)]
    if any(one.kind != "step" for one in before):
        yield file_finding(NOT_AFTER_STEP, file, node.line, node.id)
    for step in before:
        chosen = [move.key for move in moves(flow, step.id)]
        for key in sorted({key for key in chosen if chosen.count(key) > 1}):
            yield file_finding(SAME_MOVE, file, step.line, step.id, move=key)


def _walk(flow: Flow, file: str) -> Iterator[FileFinding]:
    seen = soundness(flow)
    for kind, ids in ((STUCK, seen.stuck), (DOUBLED, seen.doubled), (ENDLESS, seen.endless)):
        for node in ids:
            yield file_finding(kind, file, flow.by_id[node].line, node)
    if not seen.complete:
        yield file_finding(TOO_LARGE, file, flow.line, flow.id)


def _step(step: Node, known: Known, file: str) -> Iterator[FileFinding]:
    if not step.roles:
        yield file_finding(NO_ROLE, file, step.line, step.id, name=step.name)
    for role in step.roles:
        if role not in known.roles:
            yield file_finding(UNKNOWN_ROLE, file, step.line, step.id, role=role, known=_list(known.roles))
    if not step.clock:
        yield file_finding(NO_CLOCK, file, step.line, step.id, name=step.name)
    elif step.clock not in known.clocks:
        yield file_finding(UNKNOWN_CLOCK, file, step.line, step.id, clock=step.clock, known=_list(known.clocks))


def _decision(node: Node, known: Known, file: str) -> Iterator[FileFinding]:
    if node.decision not in known.decisions:
        params = {"decision": node.decision, "known": _list(known.decisions.keys())}
        yield file_finding(UNKNOWN_DECISION, file, node.line, node.id, **params)


def _list(words: Set[str]) -> str:
    return ", ".join(sorted(words)) or "-"
