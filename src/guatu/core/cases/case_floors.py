"""Whether a step may be done yet: a notice of seven days hangs seven days, a look-back waits for its day.

The floor holds for whoever says that the step is done. A case may be sent back at any time, because an objection to a
notice does not wait for its end, and so may an event be said to have come.
"""

from datetime import datetime

import msgspec

from guatu.core.calendar.clock_limits import LimitRow
from guatu.core.calendar.hours import WorkTime, local
from guatu.core.cases.case import Case, CaseState, MoveEntry
from guatu.core.cases.case_clocks import StepClock, clocks
from guatu.core.cases.flow import TIMER, Flow, all_moves
from guatu.core.kernel.explained import Explained, Unknown
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

TOO_EARLY = Kind(
    "case.too-early",
    "error",
    "“{step}”还不到办理的时候:{why_zh}",
    "{step} cannot be done yet: {why_en}",
)
NOT_KNOWN = Kind(
    "case.floor-unknown",
    "error",
    "“{step}”何时可以办理还算不出来:{why_zh}",
    "from when {step} can be done is not known: {why_en}",
)


class Bounds(msgspec.Struct, frozen=True):
    """What the clocks of a case go by: the limits, the working time, the county."""

    limits: tuple[LimitRow, ...]
    work: WorkTime
    county: str = ""


def admit_floor(flow: Flow, case: Case, state: CaseState, entry: MoveEntry, bounds: Bounds) -> list[RowFinding]:
    """What stands against the entry because too little time has passed at its step."""
    if entry.role == TIMER or not _done(flow, entry):
        return []
    found = clocks(flow, case, state, bounds.limits, bounds.county)
    try:
        floor = floor_of(found, entry.step, entry.at, bounds.work)
    except LookupError as error:
        return [_finding(NOT_KNOWN, flow, case, entry, f"{error}", f"{error}")]
    if floor is None or (isinstance(floor, Explained) and local(entry.at) >= floor.value):
        return []
    kind = TOO_EARLY if isinstance(floor, Explained) else NOT_KNOWN
    return [_finding(kind, flow, case, entry, floor.sentence("zh"), floor.sentence("en"))]


def floor_of(
    found: tuple[StepClock, ...], step: str, at: datetime, work: WorkTime
) -> Explained[datetime] | Unknown | None:
    """From when on an open step may be done. Raises LookupError where no hours of work are declared."""
    here = next((one for one in found if one.step == step and one.open), None)
    return here.floor(at, work) if here else None


def _finding(kind: Kind, flow: Flow, case: Case, entry: MoveEntry, zh: str, en: str) -> RowFinding:
    return row_finding(kind, case.id, "at", step=flow.by_id[entry.step].name or entry.step, why_zh=zh, why_en=en)


def _done(flow: Flow, entry: MoveEntry) -> bool:
    """Whether the entry says that its step is done."""
    node = flow.by_id.get(entry.step)
    chosen = [move for move in all_moves(flow, entry.step) if move.key == entry.move] if node is not None else []
    return bool(chosen) and chosen[0].verb == "forward" and not chosen[0].aside
