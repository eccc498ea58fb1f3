"""Publication of a flow: read, checked, and made ready to run, or refused with every reason."""

from collections.abc import Mapping, Set

import msgspec

from guatu.adapters.flows.bpmn import read_flow
from guatu.adapters.flows.dmn import SAME, read_decisions_of
from guatu.adapters.flows.dmn_check import decision_faults
from guatu.adapters.flows.engine import FlowEngine, version_of
from guatu.core.cases.case_fields import CaseFields
from guatu.core.cases.flow_check import Known, check_flow
from guatu.core.cases.flow_facts import facts_of
from guatu.core.cases.lanes import with_roles
from guatu.core.cases.parameters import Parameters
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.rules import Decision
from guatu.core.rules.vocabulary import NO_WORDS


class Declared(msgspec.Struct, frozen=True):
    """What a pack declares and a county may limit, for flows to name; fields are not asked where they are None."""

    posts: frozenset[str]
    clocks: frozenset[str]
    fields: CaseFields | None = None
    parameters: Parameters = Parameters()
    names: dict[str, str] = {}
    """Posts by what the lanes of a drawing may call them: `post_names`."""


def publish(
    text: str, file: str, declared: Declared, tables: Mapping[str, str] | None = None
) -> tuple[FlowEngine | None, list[FileFinding]]:
    """The engine of a flow file, or everything that stands against publishing it.

    `tables` are texts of DMN files by their names.
    """
    flow, faults = read_flow(text, file)
    used = {node.decision for node in flow.nodes if node.kind == "decision"} if flow is not None else set[str]()
    decisions, found = read_decisions(tables or {}, declared.fields, declared.parameters, used)
    found += faults
    if flow is not None:
        words = facts_of(declared.fields, declared.parameters) if declared.fields is not None else NO_WORDS
        flow = msgspec.structs.replace(flow, parameters=declared.parameters, words=words)
        flow = with_roles(flow, declared.names)
        outputs = {id_: decision.outputs for id_, decision in decisions.items()}
        found += check_flow(flow, Known(declared.posts, declared.clocks, outputs, declared.fields), file)
    if flow is None or any(one.severity == "error" for one in found):
        return None, found
    kept = [tables[name] for name in tables if used] if tables else []
    # A case runs to its end with the kinds of fields that it began with.
    asked = [] if declared.fields is None else [msgspec.json.encode(declared.fields).decode()]
    version = version_of(text, *kept, *asked)
    return FlowEngine(flow, decisions, version, declared.fields), found


def read_decisions(
    tables: Mapping[str, str],
    fields: CaseFields | None = None,
    parameters: Parameters = Parameters(),  # noqa: B008
    used: Set[str] = frozenset(),
) -> tuple[dict[str, Decision], list[FileFinding]]:
    """Decisions by their ids, and what is wrong with the files; with the fields of a pack also what the decisions ask
    and set. Those that a flow uses, and those that no other needs, set fields."""
    decisions: dict[str, Decision] = {}
    found: list[FileFinding] = []
    for file, text in tables.items():
        read, faults = read_decisions_of(text, file)
        found += faults
        found += [file_finding(SAME, file, one.line, one.id) for one in read if one.id in decisions]
        decisions.update((one.id, one) for one in read)
        needed = {need.id for one in read for need in one.needs} - used
        if fields is not None:
            for one in read:
                found += decision_faults(one, fields, parameters, file, sets=one.id not in needed)
    return decisions, found
