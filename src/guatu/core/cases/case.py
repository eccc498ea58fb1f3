"""A case: its flow in one version, what it began with, and a history that only grows.

The state is never stored as truth: it is what replaying the history gives, so that two readers cannot disagree.
"""

from datetime import datetime
from typing import Any

import msgspec

from guatu.core.calendar.clock import Event
from guatu.core.calendar.hours import local
from guatu.core.cases.flow import Flow, Outcome, Verb
from guatu.core.cases.tokens import Decide, Tokens, begin, no_decisions, take


class MoveEntry(msgspec.Struct, frozen=True, tag="move", kw_only=True):
    """Somebody did a step: forward, or return with a reason."""

    at: datetime
    actor: str
    role: str
    step: str
    move: str
    verb: Verb = "forward"
    reason: str = ""
    fields: dict[str, Any] = {}


class ClockEntry(msgspec.Struct, frozen=True, tag="clock", kw_only=True):
    """Something happened to the clock of a step: a pause, an extension, a granted appeal."""

    at: datetime
    actor: str
    step: str
    event: Event
    reason: str = ""


class EndEntry(msgspec.Struct, frozen=True, tag="end", kw_only=True):
    """The case ended where it stood: it was taken back, or another case goes on for it."""

    at: datetime
    actor: str
    outcome: Outcome
    reason: str


Entry = MoveEntry | ClockEntry | EndEntry


class Visit(msgspec.Struct, frozen=True):
    """A stay of the case at a step, or in a part of the flow."""

    step: str
    entered: datetime
    left: datetime | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """`version` is that of the flow file with which the case runs to its end; `data` are the fields it began with."""

    id: str
    flow: str
    version: str
    opened_at: datetime
    opened_by: str = ""
    class_code: str = ""
    data: dict[str, Any] = {}
    history: tuple[Entry, ...] = ()

    def with_entry(self, entry: Entry) -> "Case":
        """The case with one more entry. Raises ValueError for an entry before the last one."""
        last = self.history[-1].at if self.history else self.opened_at
        if local(entry.at) < local(last):
            raise ValueError("a history only grows: the entry is before the last one")
        return msgspec.structs.replace(self, history=(*self.history, entry))


class CaseState(msgspec.Struct, frozen=True):
    """Where a case stands: open steps in the order of the flow, fields, and its stays at steps in order of time.

    `parts` are its stays in sub-processes, `barred` the events that would open a way beside a step and cannot now.
    """

    open: tuple[str, ...]
    ended: bool
    data: dict[str, Any]
    visits: tuple[Visit, ...]
    returns: int = 0
    parts: tuple[Visit, ...] = ()
    barred: tuple[str, ...] = ()
    outcome: Outcome | None = None
    """How it has ended."""


class Replay(msgspec.Struct, frozen=True):
    """A history played so far: where the tokens lie, the stays, and how often the case was sent back."""

    tokens: Tokens
    visits: tuple[Visit, ...]
    returns: int = 0
    parts: tuple[Visit, ...] = ()
    cut: Outcome | None = None
    """How it was ended where it stood."""

    def after(self, flow: Flow, entry: Entry, decide: Decide = no_decisions) -> "Replay":
        """One entry further. Raises ValueError for a step that is not open."""
        if isinstance(entry, EndEntry):
            return self._ended(flow, entry)
        if not isinstance(entry, MoveEntry):
            return self
        known = flow.parameters.on(local(entry.at).date())
        tokens = take(flow, self.tokens, entry.step, entry.move, {**known, **entry.fields}, decide).without(known)
        steps = self.tokens.open(flow), tokens.open(flow)
        visits = _stays(self.visits, *steps, tokens.entered, entry.at)
        parts = _stays(self.parts, self.tokens.parts(flow), tokens.parts(flow), tokens.entered, entry.at)
        return Replay(tokens, visits, self.returns + (entry.verb == "return"), parts)

    def _ended(self, flow: Flow, entry: EndEntry) -> "Replay":
        if self.tokens.ended:
            raise ValueError("the case has ended already")
        visits, parts = self.visits, self.parts
        for step in self.tokens.open(flow):
            visits = _left(visits, step, entry.at)
        for part in self.tokens.parts(flow):
            parts = _left(parts, part, entry.at)
        return Replay(Tokens((), self.tokens.data), visits, self.returns, parts, entry.outcome)

    def state(self, flow: Flow) -> CaseState:
        now = self.tokens
        return CaseState(
            now.open(flow),
            now.ended,
            now.data,
            self.visits,
            self.returns,
            self.parts,
            now.barred(flow),
            self.cut or now.outcome(flow),
        )


def replayed(flow: Flow, case: Case, decide: Decide = no_decisions) -> Replay:
    """The whole history played. Raises ValueError for a history that this flow cannot have had."""
    known = flow.parameters.on(local(case.opened_at).date())
    tokens = begin(flow, {**known, **start_data(case)}, decide).without(known)
    visits, parts = (
        tuple(Visit(one, case.opened_at) for one in here) for here in (tokens.open(flow), tokens.parts(flow))
    )
    now = Replay(tokens, visits, 0, parts)
    for entry in case.history:
        now = now.after(flow, entry, decide)
    return now


def replay(flow: Flow, case: Case, decide: Decide = no_decisions) -> CaseState:
    """The state that the history gives. Raises ValueError for a history that this flow cannot have had."""
    return replayed(flow, case, decide).state(flow)


def start_data(case: Case) -> dict[str, Any]:
    """The fields that a case begins with."""
    return {"class_code": case.class_code, **case.data}


def _stays(
    visits: tuple[Visit, ...], before: tuple[str, ...], after: tuple[str, ...], entered: tuple[str, ...], at: datetime
) -> tuple[Visit, ...]:
    """The stays after a move: those that ended, also because an event took their tokens away, and those that began. Who
    leaves a step and comes back to it at once begins another stay."""
    for step in before:
        if step not in after or step in entered:
            visits = _left(visits, step, at)
    return (*visits, *(Visit(step, at) for step in after if step in entered or step not in before))


def _left(visits: tuple[Visit, ...], step: str, at: datetime) -> tuple[Visit, ...]:
    """The stay that lasts is looked for from the end: a case sent back a thousand times has left all the others."""
    place = next(place for place in reversed(range(len(visits))) if visits[place].step == step)
    return (*visits[:place], Visit(step, visits[place].entered, at), *visits[place + 1 :])
