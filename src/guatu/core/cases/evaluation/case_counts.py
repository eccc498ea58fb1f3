"""What one case adds to the counts of its evaluation: each with the instant, unit, post and person that it counts for.

A case counts at one instant for each count, so the counts of months add up to those of the quarter, and those of areas
to the county's. Work that runs against a limit counts when it is done or falls due, whichever comes first: nobody gains
by waiting, and a period that is over has all that was due in it. What a granted appeal takes out of the statistics is
left out of numerator and denominator alike, and counted as late and as exempted beside them. The bulletins and texts at
hand do not say on which day a case counts; this is our reading, not checked against GB/T 30428.4.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from guatu.core.cases.case import Visit


class Stages(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The steps of a pack's flow by what they are to its evaluation; a stage without steps is not counted."""

    accept: tuple[str, ...] = ()
    file: tuple[str, ...] = ()
    assign: tuple[str, ...] = ()
    handle: tuple[str, ...] = ()
    verify: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    close: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """All steps that are named."""
        return tuple(step for name in self.__struct_fields__ for step in getattr(self, name))


class Done(msgspec.Struct, frozen=True):
    """A step that was done or sent back, by a person in a post; `unit` is whom it passes the case to, "" for nobody
    new."""

    step: str
    at: datetime
    back: bool
    post: str
    actor: str
    unit: str = ""


class Timing(msgspec.Struct, frozen=True):
    """The clock of a step as it stands: raw and counted lateness as in `ClockReading`."""

    step: str
    due: datetime | None
    late: bool
    counted_late: bool
    minutes: int = 0
    extended: bool = False


class CaseRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A case as its history tells it. `unit` has it now; `appeals` are (asked at, upheld), `ratings` (at, stars)."""

    opened_at: datetime
    opened_by: str = ""
    public: bool = False
    unit: str = ""
    open: tuple[str, ...] = ()
    ended_at: datetime | None = None
    done: tuple[Done, ...] = ()
    visits: tuple[Visit, ...] = ()
    timings: tuple[Timing, ...] = ()
    appeals: tuple[tuple[datetime, bool], ...] = ()
    ratings: tuple[tuple[datetime, int], ...] = ()


class Counted(msgspec.Struct, frozen=True):
    """One count of a case, when, and for whom; `post` and `actor` are empty where nobody has acted."""

    count: str
    at: datetime
    unit: str = ""
    post: str = ""
    actor: str = ""
    amount: int = 1


_ALWAYS = ("reported", "public_reported", "not_closed", "rated", "satisfied", "appealed", "appeal_upheld")
_OF_STAGE: dict[str, tuple[str, ...]] = {
    "accept": ("accepted", "accepted_in_time", "accepted_right", "errors"),
    "file": ("filed", "filed_in_time", "filed_right", "valid_reported", "errors"),
    "assign": ("to_dispatch", "dispatched", "dispatched_in_time", "dispatched_right", "returned", "errors"),
    "handle": (
        "to_handle", "handled", "handled_in_time", "handled_late", "overdue_unhandled", "extended", "reworked",
        "handling_minutes", "late", "exempted",
    ),
    "verify": ("to_verify", "verified_in_time"),
    "check": ("to_check", "checked", "checked_in_time", "check_passed"),
    "close": ("to_close", "closed", "closed_in_time", "closed_late"),
}  # fmt: skip


def counted_names(stages: Stages) -> tuple[str, ...]:
    """Counts that are taken of a flow with these stages; others are not 0 but were never counted."""
    of_stages = [name for stage, names in _OF_STAGE.items() if getattr(stages, stage) for name in names]
    return tuple(dict.fromkeys((*_ALWAYS, *of_stages)))


def count_case(record: CaseRecord, stages: Stages, now: datetime, satisfied_from: int = 4) -> list[Counted]:
    """All counts of a case as it stands at `now`; a rating of `satisfied_from` stars and more is a satisfied one."""
    return list(_Counter(record, stages, now).counts(satisfied_from))


class _Counter:
    def __init__(self, record: CaseRecord, stages: Stages, now: datetime) -> None:
        self.record, self.stages, self.now = record, stages, now

    def counts(self, satisfied_from: int) -> Iterator[Counted]:
        yield from self._reported()
        yield from self._first_done("accept", self.stages.accept, "accepted")
        yield from self._first_done("file", self.stages.file, "filed")
        yield from self._assigned()
        yield from self._handled()
        yield from self._looked_at(self.stages.verify, "to_verify", "verified")
        yield from self._looked_at(self.stages.check, "to_check", "checked")
        yield from self._closed()
        for at, upheld in self.record.appeals:
            yield self._for_unit("appealed", at)
            if upheld:
                yield self._for_unit("appeal_upheld", at)
        for at, stars in self.record.ratings:
            yield self._for_unit("rated", at)
            if stars >= satisfied_from:
                yield self._for_unit("satisfied", at)

    def _reported(self) -> Iterator[Counted]:
        record = self.record
        names = ["reported"]
        if self._led_on(self.stages.file):
            names.append("valid_reported")
        if record.public:
            names.append("public_reported")
        if record.ended_at is None:
            names.append("not_closed")
        for name in names:
            yield Counted(name, record.opened_at, record.unit, "", record.opened_by)

    def _first_done(self, stage: str, steps: Sequence[str], name: str) -> Iterator[Counted]:
        """Accepting and filing: counted when first done, unless the case ended with it."""
        done = self._led_on(steps)
        if done is None or self._exempt(steps):
            return
        yield self._by(name, done.at, done)
        if not self._counted_late(steps):
            yield self._by(f"{name}_in_time", done.at, done)
        yield self._by("errors" if self._sent_back(steps) else f"{name}_right", done.at, done)

    def _assigned(self) -> Iterator[Counted]:
        steps = self.stages.assign
        entered = self._entered(steps)
        if entered is None or self._exempt(steps):
            return
        done = self._led_on(steps)
        yield self._by("to_dispatch", entered, done)
        if done is None:
            return
        yield self._by("dispatched", entered, done)
        if not self._counted_late(steps):
            yield self._by("dispatched_in_time", entered, done)
        yield self._by("errors" if self._sent_back(steps) else "dispatched_right", entered, done)
        units = [
            self._unit_at(one.at, False) for one in self.record.done if one.back and one.step in self.stages.handle
        ]
        for unit in dict.fromkeys(units):
            yield Counted("returned", entered, unit)

    def _handled(self) -> Iterator[Counted]:
        steps, done = self.stages.handle, self._handled_by()
        anchor = self._anchor(done.at if done else None)
        if anchor is None:
            return
        if any(timing.late for timing in self._timings(steps)):
            yield self._handling("late", anchor, done)
        if self._exempt(steps):
            yield self._handling("exempted", anchor, done)
            return
        names = ["to_handle"]
        names += ["extended"] if any(timing.extended for timing in self._timings(steps)) else []
        names += ["reworked"] if self._sent_back(steps) else []
        late = self._counted_late(steps)
        if done is None:
            names += ["overdue_unhandled"] if late else []
        else:
            names += ["handled", "handled_late" if late else "handled_in_time"]
            minutes = sum(timing.minutes for timing in self._timings(steps))
            yield self._handling("handling_minutes", anchor, done, minutes)
        for name in names:
            yield self._handling(name, anchor, done)

    def _closed(self) -> Iterator[Counted]:
        stages, ended = self.stages, self.record.ended_at
        if not stages.close or self._entered(stages.handle) is None or self._exempt(stages.handle):
            return
        anchor = self._anchor(ended)
        if anchor is None:
            return
        done = self._last(stages.close)
        yield self._by("to_close", anchor, done)
        if ended is not None:
            late = self._counted_late((*stages.handle, *stages.check, *stages.close))
            yield self._by("closed", anchor, done)
            yield self._by("closed_late" if late else "closed_in_time", anchor, done)

    def _looked_at(self, steps: Sequence[str], due: str, name: str) -> Iterator[Counted]:
        """Verifying and checking: due when the case first comes to it."""
        entered = self._entered(steps)
        if entered is None or self._exempt(steps):
            return
        done = [one for one in self.record.done if one.step in steps]
        first = done[0] if done else None
        names = [due]
        if first is not None:
            names += ["checked"] if name == "checked" else []
            names += [] if self._counted_late(steps) else [f"{name}_in_time"]
            names += ["check_passed"] if name == "checked" and not any(one.back for one in done) else []
        for one in names:
            yield self._by(one, entered, first)

    # What happened in a stage.

    def _timings(self, steps: Sequence[str]) -> list[Timing]:
        return [timing for timing in self.record.timings if timing.step in steps]

    def _counted_late(self, steps: Sequence[str]) -> bool:
        return any(timing.counted_late for timing in self._timings(steps))

    def _exempt(self, steps: Sequence[str]) -> bool:
        """Whether all of the stage's lateness was taken out of the statistics."""
        return any(timing.late for timing in self._timings(steps)) and not self._counted_late(steps)

    def _entered(self, steps: Sequence[str]) -> datetime | None:
        return next((visit.entered for visit in self.record.visits if visit.step in steps), None)

    def _led_on(self, steps: Sequence[str]) -> Done | None:
        """The first time the stage was done and the case went on from it."""
        record = self.record
        for at, done in enumerate(record.done):
            if done.step in steps and not done.back:
                ended_with_it = record.ended_at is not None and at == len(record.done) - 1
                return None if ended_with_it else done
        return None

    def _last(self, steps: Sequence[str]) -> Done | None:
        return next((done for done in reversed(self.record.done) if done.step in steps), None)

    def _handled_by(self) -> Done | None:
        """Who handled it in the end; None while it lies there, or where it was given back and not taken up again."""
        steps = self.stages.handle
        last = self._last(steps)
        if last is None or last.back or any(step in steps for step in self.record.open):
            return None
        return last

    def _sent_back(self, steps: Sequence[str]) -> bool:
        """Whether a later stage sent the case back to this one."""
        returns = {done.at for done in self.record.done if done.back and done.step not in steps}
        visits = [visit for visit in self.record.visits if visit.step in steps]
        return any(visit.entered in returns for visit in visits[1:])

    def _anchor(self, done: datetime | None) -> datetime | None:
        """When work against the limit of handling counts: done or due, whichever came first."""
        dues = [timing.due for timing in self._timings(self.stages.handle) if timing.due is not None]
        due = max(dues) if dues else None
        if done is not None:
            return min(done, due) if due else done
        return due if due is not None and due <= self.now else None

    # For whom it counts.

    def _unit_at(self, at: datetime, after: bool = True) -> str:
        """The unit that had the case, with (or without) what was passed on at that very instant."""
        units = [one.unit for one in self.record.done if one.unit and (one.at < at or (after and one.at == at))]
        return units[-1] if units else self.record.unit

    def _by(self, name: str, at: datetime, done: Done | None) -> Counted:
        unit = self._unit_at(done.at if done else self.now)
        return Counted(name, at, unit, done.post if done else "", done.actor if done else "")

    def _handling(self, name: str, at: datetime, done: Done | None, amount: int = 1) -> Counted:
        return msgspec.structs.replace(self._by(name, at, done), amount=amount)

    def _for_unit(self, name: str, at: datetime) -> Counted:
        return Counted(name, at, self._unit_at(at))
