"""Whether a move may be made: the step is open, the role is its own, its fields are there, a return has a reason."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from guatu.core.calendar.hours import local
from guatu.core.cases.case import Case, CaseState, MoveEntry
from guatu.core.cases.flow import TIMER, Flow, Move, Node, all_moves, turns_down
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

ENDED = Kind("case.ended", "error", "案件已办结,不能再办理", "the case has ended; nothing more can be done")
NOT_OPEN = Kind(
    "case.step-not-open",
    "error",
    "案件不在“{step}”环节,现在的环节是:{open}",
    "the case is not at step {step}; it is at: {open}",
)
NOT_YOURS = Kind(
    "case.not-your-step",
    "error",
    "“{step}”由 {roles} 办理,“{role}”不能办理",
    "{step} is done by {roles}; '{role}' cannot do it",
)
NO_MOVE = Kind(
    "case.no-such-move",
    "error",
    "“{step}”没有“{move}”操作;可用:{known}",
    "{step} has no move '{move}'; there are: {known}",
)
WRONG_VERB = Kind(
    "case.wrong-verb",
    "error",
    "“{move}”是 {verb},不是 {given}",
    "'{move}' is a {verb}, not a {given}",
)
NO_REASON = Kind("case.reason-missing", "error", "退回必须写明原因", "a return needs a reason; write why")
WHY_NOT = Kind(
    "case.why-not-missing",
    "error",
    "“{move}”必须写明理由,反映人会看到",
    "'{move}' needs a reason, which whoever reported will read",
)
NO_FIELD = Kind(
    "case.field-missing",
    "error",
    "“{step}”缺少 {name};请填写后再提交",
    "{step} lacks {name}; fill it in and send again",
)
OTHER_FIELD = Kind(
    "case.field-not-asked",
    "error",
    "“{step}”不填写 {name};请去掉",
    "{step} does not ask for {name}; leave it out",
)
BACKWARDS = Kind(
    "case.backwards",
    "error",
    "{at} 早于上一次操作 {last};请核对时间",
    "{at} is before the last entry, {last}; check the time",
)


def admit_move(
    flow: Flow, case: Case, state: CaseState, entry: MoveEntry, faulty: Set[str] = frozenset()
) -> list[RowFinding]:
    """What stands against the entry; it may be appended to the history when the list is empty. Of `faulty` fields it is
    said elsewhere what is wrong with them: they are not missing."""
    if state.ended:
        return [row_finding(ENDED, case.id)]
    if entry.step not in state.open and not _clock_of_part(flow, state, entry):
        open_steps = "、".join(_name(flow, step) for step in state.open)
        shown = _name(flow, entry.step) if entry.step in flow.by_id else entry.step
        return [row_finding(NOT_OPEN, case.id, "step", step=shown, open=open_steps)]
    step = flow.by_id[entry.step]
    possible = [move for move in all_moves(flow, step.id) if move.key not in state.barred]
    choice = next((move for move in possible if move.key == entry.move), None)
    found = [*_time(case, entry), *_who(case, step, choice, entry)]
    if choice is None:
        known = ", ".join(move.key for move in possible if move.by == "person")
        return [*found, row_finding(NO_MOVE, case.id, "move", step=step.name, move=entry.move, known=known)]
    return [*found, *_what(flow, case, state, step, choice, entry, faulty)]


def _name(flow: Flow, step: str) -> str:
    return flow.by_id[step].name or step


def _time(case: Case, entry: MoveEntry) -> Iterator[RowFinding]:
    last = case.history[-1].at if case.history else case.opened_at
    if local(entry.at) < local(last):
        shown = {"at": f"{local(entry.at):%Y-%m-%d %H:%M}", "last": f"{local(last):%Y-%m-%d %H:%M}"}
        yield row_finding(BACKWARDS, case.id, "at", **shown)


def _clock_of_part(flow: Flow, state: CaseState, entry: MoveEntry) -> bool:
    """Whether a clock acts at the edge of a part in which the case stands: nobody stands at a part."""
    stays = {visit.step for visit in state.parts if visit.left is None}
    return entry.role == TIMER and entry.step in stays and entry.step in flow.by_id


def _who(case: Case, step: Node, choice: Move | None, entry: MoveEntry) -> Iterator[RowFinding]:
    """What a clock does nobody does for it, and it does nothing else."""
    roles = (TIMER,) if choice is not None and choice.by == "clock" else step.roles
    if entry.role not in roles:
        yield row_finding(NOT_YOURS, case.id, "role", step=step.name, roles=", ".join(roles), role=entry.role)


def _what(
    flow: Flow, case: Case, state: CaseState, step: Node, move: Move, entry: MoveEntry, faulty: Set[str]
) -> Iterator[RowFinding]:
    if entry.verb != move.verb:
        yield row_finding(WRONG_VERB, case.id, "verb", move=entry.move, verb=move.verb, given=entry.verb)
    asked = {need.name for need in step.fields}
    for name in sorted(entry.fields.keys() - asked):
        # What drives choices and limits is set only where the flow asks for it.
        yield row_finding(OTHER_FIELD, case.id, name, step=step.name, name=name)
    down = turns_down(flow, move)
    if move.verb == "return" or move.aside or down:
        # Whoever sends a case back, turns it down, or says that something came, has not done the step: its fields are
        # not asked for.
        if (move.verb == "return" or down) and not entry.reason.strip():
            yield row_finding(WHY_NOT if down else NO_REASON, case.id, "reason", move=move.name or move.key)
        return
    for need in step.fields:
        lacking = _empty(entry.fields, need.name) and _empty(state.data, need.name)
        if need.required and lacking and need.name not in faulty:
            yield row_finding(NO_FIELD, case.id, need.name, step=step.name, name=need.name)


def _empty(fields: Mapping[str, Any], name: str) -> bool:
    value = fields.get(name)
    return value is None or (isinstance(value, str) and not value.strip()) or value == []
