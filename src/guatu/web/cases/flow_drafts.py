"""The county's draft of a flow: its check, and what it does otherwise than a version."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from guatu.adapters.flows.bpmn import read_flow
from guatu.adapters.flows.dmn_rows import TableRows, compare_rows, read_rows
from guatu.adapters.flows.engine import FlowEngine
from guatu.adapters.packs.county import CountyVersion, check_county_version
from guatu.core.cases.flow_diff import compare_flows
from guatu.core.kernel.difference import Difference
from guatu.core.kernel.file_finding import FileFinding
from guatu.core.pack.clock_diff import compare_clocks
from guatu.core.pack.clock_table import ClockTable
from guatu.web.cases.library import clocks_of, library, own_engine
from guatu.web.cases.models import FlowDraft, FlowVersion


def clocks_of_draft(draft: FlowDraft) -> ClockTable:
    return msgspec.convert(draft.clocks, ClockTable)


def checked(draft: FlowDraft) -> tuple[FlowEngine | None, list[FileFinding]]:
    """The engine of the draft, or all that stands against publishing it."""
    loaded = library().packs[draft.pack]
    own = own_engine(draft.pack).flow
    given = CountyVersion(draft.text, draft.tables, clocks_of_draft(draft))
    return check_county_version(loaded.pack, own, f"{own.id}.bpmn", given)


def draft_differences(draft: FlowDraft, against: FlowVersion) -> list[Difference]:
    """What would be otherwise; of a diagram that cannot be read nothing is said."""
    old, new = (read_flow(text, "flow")[0] for text in (against.text, draft.text))
    found = compare_flows(old, new) if old is not None and new is not None else []
    found += _tables(against.tables, draft.tables)
    return found + compare_clocks(clocks_of(against), clocks_of_draft(draft))


def version_differences(old: FlowVersion, new: FlowVersion) -> list[Difference]:
    before, after = (read_flow(row.text, "flow")[0] for row in (old, new))
    found = compare_flows(before, after) if before is not None and after is not None else []
    found += _tables(old.tables, new.tables)
    return found + compare_clocks(clocks_of(old), clocks_of(new))


def _tables(old: Mapping[str, str], new: Mapping[str, str]) -> list[Difference]:
    before, after = _by_id(old), _by_id(new)
    found = []
    for id_ in sorted({*before, *after}):
        if id_ not in before:
            name = after[id_].name or id_
            found.append(Difference(f"新增决策表“{name}”", f"new table '{name}'"))
        elif id_ not in after:
            name = before[id_].name or id_
            found.append(Difference(f"删除决策表“{name}”", f"table gone: '{name}'"))
        else:
            found += compare_rows(before[id_], after[id_])
    return found


def _by_id(tables: Mapping[str, str]) -> dict[str, TableRows]:
    """All tables of the files by the ids of their decisions; of a file that cannot be read nothing is said."""
    return {rows.id: rows for name, text in tables.items() for rows in read_rows(text, name)[0]}
