"""What stands against publishing a flow: dead ends, unreachable steps, unknown roles and clocks, conditions that are
code.

All findings come at once, each with the element's id and its line.
"""

from collections.abc import Iterator, Mapping, Set

import msgspec

from guatu.core.calendar.durations import read_duration
from guatu.core.cases.case_fields import CaseFields
from guatu.core.cases.flow import Flow, Node
from guatu.core.cases.flow_arrows import arrow_faults, choice_faults
from guatu.core.cases.flow_facts import fact_faults
from guatu.core.cases.flow_shape import end_faults, id_faults, shape_faults, walk_faults
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind

NO_ROLE = Kind(
    "flow.no-role",
    "error",
    "环节“{element}”({name})没有写明由谁办理;请填 role",
    "step '{element}' ({name}) does not say who acts; give it a role",
)
UNKNOWN_ROLE = Kind(
    "flow.unknown-role",
    "error",
    "环节“{element}”的角色“{role}”{lane}没有登记;已登记的有:{known}",
    "role '{role}' of step '{element}'{lane_en} is not declared; declared are: {known}",
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
NO_DURATION = Kind(
    "flow.no-duration",
    "error",
    "定时事件“{element}”({name})没有写明多长时间;请填 clock,或 timeDuration(如 P3D)",
    "timer '{element}' ({name}) does not say how long it runs; give it a clock, or a timeDuration such as P3D",
)
BAD_DURATION = Kind(
    "flow.bad-duration",
    "error",
    "定时事件“{element}”的时间“{duration}”读不懂;请写成 P3D(3 天)、PT8H(8 小时)这样,不用年和月,也不用日期和重复",
    "the time '{duration}' of timer '{element}' cannot be read; write it as P3D (3 days) or PT8H (8 hours),"
    " without years and months, dates and repetitions",
)
UNKNOWN_DECISION = Kind(
    "flow.unknown-decision",
    "error",
    "“{element}”用的决策表“{decision}”不存在;已有:{known}",
    "decision table '{decision}' of '{element}' does not exist; there are: {known}",
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
    found = [*id_faults(flow, file), *end_faults(flow, file), *arrow_faults(flow, file)]
    if not found:
        found = [*shape_faults(flow, file), *choice_faults(flow, file)]
        if not found:
            found = list(walk_faults(flow, file))
    for role in flow.readers:
        if role not in known.roles:
            found.append(file_finding(UNKNOWN_READER, file, flow.line, flow.id, role=role, known=_list(known.roles)))
    for node in flow.nodes:
        if node.by == "clock" and node.kind != "start":
            found += _timer(node, known, file)
        elif node.kind == "step":
            found += _step(node, known, file)
        elif node.kind == "decision":
            found += _decision(node, known, file)
    if known.fields is not None:
        found += fact_faults(flow, known.fields, known.decisions, file)
    return sorted(found, key=lambda one: one.line)


def _step(step: Node, known: Known, file: str) -> Iterator[FileFinding]:
    from_lane = bool(step.lane) and not step.roles
    if not step.roles and not from_lane:
        yield file_finding(NO_ROLE, file, step.line, step.id, name=step.name)
    words = ("(取自泳道)", ", taken from its lane,") if from_lane else ("", "")
    for role in (step.lane,) if from_lane else step.roles:
        if role not in known.roles or from_lane:
            params = {"role": role, "lane": words[0], "lane_en": words[1], "known": _list(known.roles)}
            yield file_finding(UNKNOWN_ROLE, file, step.line, step.id, **params)
    if not step.clock:
        yield file_finding(NO_CLOCK, file, step.line, step.id, name=step.name)
    elif step.clock not in known.clocks:
        yield from _unknown_clock(step, known, file)


def _timer(node: Node, known: Known, file: str) -> Iterator[FileFinding]:
    """What the clock lets happen needs a limit that is declared, or that can be read."""
    if node.clock and node.clock not in known.clocks:
        yield from _unknown_clock(node, known, file)
    elif not node.clock and not node.duration:
        yield file_finding(NO_DURATION, file, node.line, node.id, name=node.name)
    elif not node.clock and read_duration(node.duration) is None:
        yield file_finding(BAD_DURATION, file, node.line, node.id, duration=node.duration)


def _unknown_clock(node: Node, known: Known, file: str) -> Iterator[FileFinding]:
    yield file_finding(UNKNOWN_CLOCK, file, node.line, node.id, clock=node.clock, known=_list(known.clocks))


def _decision(node: Node, known: Known, file: str) -> Iterator[FileFinding]:
    if node.decision not in known.decisions:
        params = {"decision": node.decision, "known": _list(known.decisions.keys())}
        yield file_finding(UNKNOWN_DECISION, file, node.line, node.id, **params)


def _list(words: Set[str]) -> str:
    return ", ".join(sorted(words)) or "-"
