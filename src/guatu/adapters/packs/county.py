"""A version of a pack's flow that a county made: checked as the pack's own is, and against what the pack keeps fixed."""

from collections.abc import Mapping

import msgspec

from guatu.adapters.flows.engine import FlowEngine
from guatu.adapters.flows.publish import publish
from guatu.core.cases.flow import Flow
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.clock_checks import clock_faults
from guatu.core.pack.content import Pack
from guatu.core.pack.tables import ClockTable

OTHER_FLOW = Kind(
    "flow.other-process",
    "error",
    "流程的 id 是“{element}”,应为“{wanted}”;请改回,案件靠它找到流程",
    "the id of the process is '{element}', it must be '{wanted}': cases find their flow by it",
)
OTHER_SECRECY = Kind(
    "flow.other-secrecy",
    "error",
    "“{element}”是否保密由业务包规定(confidential),不能在流程里改",
    "whether '{element}' is confidential is for the pack to say, and cannot be changed in the flow",
)
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
    clocks = frozenset(row.clock for row in given.clocks.limit)
    engine, found = publish(given.text, file, pack.roles, clocks, given.tables)
    found += [
        file_finding(fault.kind, LIMITS, 0, fault.path, **fault.params)
        for fault in clock_faults(given.clocks, [row.code for row in pack.classes], pack.roles)
    ]
    if engine is not None:
        found += _kept(own, engine.flow, file)
    return (None if any(one.severity == "error" for one in found) else engine), found


def _kept(own: Flow, flow: Flow, file: str) -> list[FileFinding]:
    """What is not the county's to change."""
    found = []
    if flow.id != own.id:
        found.append(file_finding(OTHER_FLOW, file, flow.line, flow.id, wanted=own.id))
    if flow.confidential != own.confidential:
        found.append(file_finding(OTHER_SECRECY, file, flow.line, flow.id))
    return found
