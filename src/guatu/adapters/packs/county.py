"""A version of a pack's flow that a county made: checked as the pack's own is, and against what the pack keeps
fixed."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from guatu.adapters.flows.engine import FlowEngine
from guatu.adapters.flows.publish import Declared, publish
from guatu.core.cases.case_timers import endless_waits
from guatu.core.cases.flow import Arrow, Flow, Node, move_key
from guatu.core.cases.lanes import post_names
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.clock_checks import clock_faults
from guatu.core.pack.clock_table import ClockTable
from guatu.core.pack.section import Pack
from guatu.core.pack.sections import classes, parameters, posts
from guatu.core.pack.sections.fields import case_fields

OTHER_FLOW = Kind(
    "flow.other-process",
    "error",
    "流程的 id 是“{element}”,应为“{wanted}”;请改回,案件靠它找到流程",
    "the id of the process is '{element}', it must be '{wanted}': cases find their flow by it",
)
OTHER_SECRECY = Kind(
    "flow.other-secrecy",
    "error",
    "“{element}”是否保密、谁可以查看(confidential、readers)由业务包规定,不能在流程里改",
    "whether '{element}' is confidential and who may read it (confidential, readers) is for the pack to say",
)
BAD_ID = Kind(
    "flow.bad-id",
    "error",
    "“{element}”的 id 不对;以字母开头,只用字母、数字、-、_ 和点,不超过 {most} 个字符",
    "'{element}' is no id: begin with a letter, use letters, digits, -, _ and dots, {most} characters at most",
)
LONG_MOVE = Kind(
    "flow.long-move",
    "error",
    "连线“{element}”的操作名太长;最多 {most} 个字符",
    "the move of arrow '{element}' is too long; {most} characters at most",
)
TOO_MANY_AT_ONCE = Kind(
    "flow.too-many-at-once",
    "error",
    "并行网关之后同时打开的环节太多,或它们的 id 太长;请减少支路",
    "too many steps are open at once behind parallel gateways, or their ids are too long; make fewer branches",
)
MOST_ID, MOST_MOVE, MOST_OPEN = 60, 80, 200
"""What a county's server keeps of a step, of a move, and of all steps that are open at once."""
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
LIMITS = "clocks"
"""The name under which findings in the table of limits stand."""


class CountyVersion(msgspec.Struct, frozen=True):
    """What a county changes: the flow, the decision tables by their files, the clocks."""

    text: str
    tables: Mapping[str, str]
    clocks: ClockTable


def check_county_version(
    pack: Pack, own: Flow, file: str, given: CountyVersion
) -> tuple[FlowEngine | None, list[FileFinding]]:
    """The engine of the version, or everything that stands against publishing it. `own` is the flow of the pack."""
    held, names = pack[posts.SECTION].names, post_names(pack[posts.SECTION].post)
    declared = Declared(held, given.clocks.names, case_fields(pack), pack[parameters.SECTION].all, names)
    engine, found = publish(given.text, file, declared, given.tables)
    found += [
        file_finding(fault.kind, LIMITS, 0, fault.path, **fault.params)
        for fault in clock_faults(given.clocks, pack[classes.SECTION].codes, held)
    ]
    if engine is not None:
        found += [*_kept(own, engine.flow, file), *_sizes(engine.flow, file)]
        found += endless_waits(engine.flow, given.clocks.limit_rows, pack[classes.SECTION].codes, file)
    return (None if any(one.severity == "error" for one in found) else engine), found


def _kept(own: Flow, flow: Flow, file: str) -> list[FileFinding]:
    """What is not the county's to change."""
    found = []
    if flow.id != own.id:
        found.append(file_finding(OTHER_FLOW, file, flow.line, flow.id, wanted=own.id))
    if (flow.confidential, flow.readers) != (own.confidential, own.readers):
        found.append(file_finding(OTHER_SECRECY, file, flow.line, flow.id))
    return found


def _sizes(flow: Flow, file: str) -> Iterator[FileFinding]:
    """Names that no list or history could hold."""
    for step in flow.steps:
        if len(step.id) > MOST_ID or not _ID.fullmatch(step.id):
            yield file_finding(BAD_ID, file, step.line, step.id[:MOST_ID], most=MOST_ID)
    keys: list[tuple[Arrow | Node, str | None]] = [(arrow, move_key(arrow)) for arrow in flow.arrows]
    keys += [(node, node.id) for node in flow.nodes if node.kind == "boundary"]
    for part, key in keys:
        if len(key or "") > MOST_MOVE:
            yield file_finding(LONG_MOVE, file, part.line, part.id, most=MOST_MOVE)
    # Each way more that leaves a parallel or inclusive gateway, and each event beside a step, opens one step more at
    # most: no flow that passes enters one twice.
    splits = [flow.leaving(node.id) for node in flow.nodes if node.kind in ("parallel", "inclusive")]
    beside = sum(node.kind == "boundary" and not node.interrupts for node in flow.nodes)
    branches = sum(len(ways) - 1 for ways in splits if ways) + beside
    longest = sorted((len(step.id) for step in flow.steps), reverse=True)[: 1 + branches]
    if sum(longest) + len(longest) > MOST_OPEN:
        yield file_finding(TOO_MANY_AT_ONCE, file, flow.line, flow.id)
