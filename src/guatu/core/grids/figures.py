"""The figures of a grid for a month, counted from its cases: what the rules of its rating are asked about."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from guatu.core.kernel.explained import RATIO, Explained, Label, Rule, Unknown
from guatu.core.rules import Term, Vocabulary

Figures = dict[str, Explained[float] | Unknown]

# What the condition of a rating may speak of.
FIGURES = Vocabulary(
    (
        Term("reported", "number", "当月上报", "reported in the month"),
        Term("due", "number", "到期案件", "cases due"),
        Term("open_late", "number", "月末超期未结", "open and overdue at the end of the month"),
        Term("in_time", "number", "按时办结率", "share closed in time", RATIO),
        Term("returned", "number", "退回率", "share returned", RATIO),
    )
)

_ENDED = Label("ended", "当月办结", "closed in the month")
_OVERDUE = Label("overdue", "月末超期未结", "open and overdue at its end")
_IN_TIME = Label("in_time", "其中按时", "of these in time")
_RETURNED = Label("returned_cases", "其中有退回", "of these returned")
_DUE = Label("due_cases", "到期案件", "cases due")

REPORTED = Rule("grid.figure-reported", "当月上报 {value}", "{value} reported in the month")
DUE = Rule(
    "grid.figure-due",
    "当月办结 {ended} 加月末超期未结 {overdue} = {value}",
    "{ended} closed in the month and {overdue} overdue at its end = {value}",
)
LATE_OPEN = Rule("grid.figure-open-late", "月末超期未结 {value}", "{value} open and overdue at the end of the month")
IN_TIME = Rule(
    "grid.figure-in-time",
    "按时办结 {in_time} ÷ 到期 {due_cases} = {value}",
    "{in_time} closed in time ÷ {due_cases} due = {value}",
)
RETURNED = Rule(
    "grid.figure-returned",
    "有退回的 {returned_cases} ÷ 办结 {ended} = {value}",
    "{returned_cases} with a return ÷ {ended} closed = {value}",
)
NONE_DUE = Rule(
    "grid.figure-none-due", "当月没有到期案件,无法计算", "no case was due in the month, so there is no rate"
)
NONE_ENDED = Rule(
    "grid.figure-none-ended", "当月没有办结案件,无法计算", "no case was closed in the month, so there is no rate"
)


class GridCase(msgspec.Struct, frozen=True):
    """A case in the grid. `late`: a step of it was done late; `due`: the limit of its open step."""

    opened: datetime
    ended: datetime | None
    due: datetime | None
    late: bool
    returns: int


def grid_figures(cases: Iterable[GridCase], begin: datetime, end: datetime) -> Figures:
    """`reported`, `due`, `open_late` as numbers, `in_time` and `returned` as shares, of the time from `begin` to before
    `end`."""
    rows = [case for case in cases if case.opened < end]
    ended = [case for case in rows if case.ended is not None and begin <= case.ended < end]
    overdue = [case for case in rows if _overdue(case, end)]
    in_time = sum(not case.late for case in ended)
    returned = sum(case.returns > 0 for case in ended)
    due = len(ended) + len(overdue)
    found: Figures = {
        "reported": REPORTED.gives(float(sum(case.opened >= begin for case in rows))),
        "due": DUE.gives(float(due), _ENDED.of(len(ended)), _OVERDUE.of(len(overdue))),
        "open_late": LATE_OPEN.gives(float(len(overdue))),
        "in_time": NONE_DUE.lacks(),
        "returned": NONE_ENDED.lacks(),
    }
    if due:
        found["in_time"] = IN_TIME.gives(in_time / due, _IN_TIME.of(in_time), _DUE.of(due), unit=RATIO)
    if ended:
        parts = _RETURNED.of(returned), _ENDED.of(len(ended))
        found["returned"] = RETURNED.gives(returned / len(ended), *parts, unit=RATIO)
    return found


def _overdue(case: GridCase, end: datetime) -> bool:
    still_open = case.ended is None or case.ended >= end
    return still_open and case.due is not None and case.due < end
