"""Publication of a flow: read, checked, and made ready to run, or refused with every reason."""

from collections.abc import Mapping

from guatu.adapters.flows.bpmn import read_flow
from guatu.adapters.flows.dmn import DecisionTable, read_decision
from guatu.adapters.flows.engine import FlowEngine, version_of
from guatu.core.cases.flow_check import Known, check_flow
from guatu.core.kernel.file_finding import FileFinding


def publish(
    text: str, file: str, roles: frozenset[str], clocks: frozenset[str], tables: Mapping[str, str] | None = None
) -> tuple[FlowEngine | None, list[FileFinding]]:
    """The engine of a flow file, or everything that stands against publishing it.

    `tables` are texts of DMN files by their names; `roles` and `clocks` are those that the pack or county declares.
    """
    decisions, found = read_decisions(tables or {})
    flow, faults = read_flow(text, file)
    found += faults
    if flow is not None:
        found += check_flow(flow, Known(roles, clocks, frozenset(decisions)), file)
    if flow is None or any(one.severity == "error" for one in found):
        return None, found
    used = {node.decision for node in flow.nodes if node.kind == "decision"}
    version = version_of(text, *(tables[name] for name in tables if used) if tables else ())
    return FlowEngine(flow, decisions, version), found


def read_decisions(tables: Mapping[str, str]) -> tuple[dict[str, DecisionTable], list[FileFinding]]:
    """Decision tables by their ids, and what is wrong with the files."""
    decisions: dict[str, DecisionTable] = {}
    found: list[FileFinding] = []
    for file, text in tables.items():
        table, faults = read_decision(text, file)
        found += faults
        if table is not None:
            decisions[table.id] = table
    return decisions, found
