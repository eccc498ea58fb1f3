"""Rounds of negotiation: a proposal, the hospitals' objections to it, and an answer to each within its time.

Records only: who said what about which group, coefficient or parameter, and what became of it. Every change is a new
record; days and people are handed in, and the days of the time limits are the working calendar's.
"""

from datetime import date
from typing import Literal, get_args

import msgspec

from guatu.core.calendar.working import WorkingCalendar
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

Subject = Literal["group", "coefficient", "parameter", "stay"]
ObjectionState = Literal["raised", "accepted", "rejected", "withdrawn"]
SUBJECTS: tuple[Subject, ...] = get_args(Subject)
STATES: tuple[ObjectionState, ...] = get_args(ObjectionState)

TOO_LATE = Kind(
    "drg.objection-late",
    "error",
    "第 {round} 轮的异议须在 {until} 前提出，现为 {on}；请在下一轮提出",
    "objections to round {round} were due by {until}, it is {on}; raise it in the next round",
)
TWICE = Kind(
    "drg.objection-twice",
    "error",
    "异议编号 {id} 已有；请换一个编号或补充原异议",
    "objection {id} is there already; use another id or add to the first",
)
NOT_THERE = Kind(
    "drg.objection-unknown",
    "error",
    "本轮没有编号为 {id} 的异议；请核对",
    "there is no objection {id} in this round; check the id",
)
SETTLED = Kind(
    "drg.objection-settled",
    "error",
    "异议 {id} 已于 {on} 办结（{state}），不能再改；请在下一轮提出",
    "objection {id} was settled on {on} ({state}) and cannot change; raise it in the next round",
)
NO_REPLY = Kind(
    "drg.objection-without-reply", "error", "答复异议 {id} 须写明理由", "a reply to objection {id} must give its reason"
)
STILL_OPEN = Kind(
    "drg.round-open",
    "error",
    "第 {round} 轮还有 {count} 件异议未答复（{ids}），不能结束；请先答复",
    "round {round} has {count} objections without an answer ({ids}); answer them before it ends",
)


class Objection(msgspec.Struct, frozen=True):
    """What a hospital objects to. `about` is the code of the group, parameter or stay; `wanted` what it asks for."""

    id: str
    hospital: str
    subject: Subject
    about: str
    text: str
    raised: date
    deadline: date
    wanted: str = ""
    state: ObjectionState = "raised"
    reply: str = ""
    by: str = ""
    settled: date | None = None

    def overdue(self, day: date) -> bool:
        """Not answered by the end of its last day."""
        return self.state == "raised" and day > self.deadline


class Round(msgspec.Struct, frozen=True):
    """One round. `parameters` is the digest of the set that is proposed, `simulation` the SHA-256 of its simulation."""

    number: int
    parameters: str
    simulation: str
    opened: date
    until: date
    answer_days: int
    """Working days within which an objection is answered."""
    objections: tuple[Objection, ...] = ()
    ended: date | None = None

    def of(self, id_: str) -> Objection | None:
        return next((row for row in self.objections if row.id == id_), None)

    def open(self) -> tuple[Objection, ...]:
        return tuple(row for row in self.objections if row.state == "raised")


def raised(
    round_: Round, id_: str, hospital: str, subject: Subject, about: str, text: str, on: date,
    calendar: WorkingCalendar,
    wanted: str = "",
) -> tuple[Round, list[RowFinding]]:  # fmt: skip
    """The round with one objection more, or why it is not taken."""
    if on > round_.until or round_.ended is not None:
        until = round_.until.isoformat()
        return round_, [row_finding(TOO_LATE, id_, "raised", round=round_.number, until=until, on=on.isoformat())]
    if round_.of(id_) is not None:
        return round_, [row_finding(TWICE, id_, "id", id=id_)]
    deadline = calendar.shift(on, round_.answer_days)
    new = Objection(id_, hospital, subject, about, text, on, deadline, wanted)
    return msgspec.structs.replace(round_, objections=(*round_.objections, new)), []


def answered(
    round_: Round, id_: str, state: ObjectionState, reply: str, by: str, on: date
) -> tuple[Round, list[RowFinding]]:
    """The round with that objection accepted, rejected or withdrawn, or why it cannot be."""
    found = round_.of(id_)
    if found is None:
        return round_, [row_finding(NOT_THERE, id_, "id", id=id_)]
    if found.settled is not None:
        words = {"id": id_, "on": found.settled.isoformat(), "state": found.state}
        return round_, [row_finding(SETTLED, id_, "state", None, **words)]
    if state != "withdrawn" and not reply.strip():
        return round_, [row_finding(NO_REPLY, id_, "reply", id=id_)]
    settled = msgspec.structs.replace(found, state=state, reply=reply.strip(), by=by, settled=on)
    rows = tuple(settled if row.id == id_ else row for row in round_.objections)
    return msgspec.structs.replace(round_, objections=rows), []


def ended(round_: Round, on: date) -> tuple[Round, list[RowFinding]]:
    """The round at its end; it has one only when every objection is answered."""
    left = round_.open()
    if left:
        ids = ", ".join(row.id for row in left)
        return round_, [
            row_finding(STILL_OPEN, str(round_.number), "ended", round=round_.number, count=len(left), ids=ids)
        ]
    return msgspec.structs.replace(round_, ended=on), []
