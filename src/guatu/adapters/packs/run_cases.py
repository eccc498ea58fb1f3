"""The good and bad cases of a pack, run: each is a sentence that holds or does not."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from guatu.adapters.flows.engine import FlowEngine
from guatu.adapters.flows.stepping import Stepped, open_case, step_case
from guatu.adapters.holidays import national_calendar
from guatu.adapters.packs.loading import LoadedPack
from guatu.core.calendar.clock import Event
from guatu.core.calendar.hours import CHINA, WorkTime
from guatu.core.cases.case import Case, ClockEntry, MoveEntry, replay
from guatu.core.cases.case_clocks import StepClock, admit_clock, clocks
from guatu.core.cases.case_floors import Bounds
from guatu.core.cases.flow import Verb, moves
from guatu.core.kernel.explained import Explained, show
from guatu.core.kernel.row_finding import RowFinding
from guatu.core.pack.case_table import CaseStep, PackCase
from guatu.core.pack.sections import cases as cases_section
from guatu.core.pack.sections import clocks as clocks_section
from guatu.core.pack.sections import posts as posts_section


class CaseResult(msgspec.Struct, frozen=True):
    """A case by its file and its sentence, and where it differs from what it expects (in both languages)."""

    file: str
    name: str
    zh: str
    problems: tuple[tuple[str, str], ...] = ()

    @property
    def holds(self) -> bool:
        return not self.problems


def run_cases(loaded: LoadedPack) -> list[CaseResult]:
    """All cases of a pack, the good ones first."""
    written = loaded.pack[cases_section.SECTION]
    cases = {**written.good, **written.bad}
    return [
        CaseResult(file, case.name, case.zh, tuple(_Played(loaded, case).problems(file.startswith("cases/bad/"))))
        for file, case in cases.items()
    ]


class _Played:
    """One case, played to its last step."""

    def __init__(self, loaded: LoadedPack, case: PackCase) -> None:
        self.case = case
        self.engine: FlowEngine | None = loaded.engines.get(case.flow)
        self.terms = loaded.pack[clocks_section.SECTION]
        self.posts = loaded.pack[posts_section.SECTION].posts
        self.work = WorkTime(national_calendar(), self.terms.hours_rows)
        self.findings: list[RowFinding] = []
        self.refused_at = -1

    def problems(self, bad: bool) -> list[tuple[str, str]]:
        """Where the case differs from what it expects; a case that cannot be played (no hours of work, a limit beyond
        the calendar) says so."""
        if self.engine is None:
            return [(f"没有流程“{self.case.flow}”", f"there is no flow '{self.case.flow}'")]
        try:
            self.stepped = self._play(self.engine)
            return list(self._bad() if bad else self._good(self.engine))
        except (LookupError, ValueError, OverflowError) as error:
            return [(f"无法演示:{error}", f"cannot be played: {error}")]

    def _play(self, engine: FlowEngine) -> Stepped:
        case = self.case
        opened = Case(
            id="1",
            flow=engine.flow.id,
            version=engine.version,
            opened_at=_at(case.opened),
            class_code=case.class_,
            data=case.data,
        )
        now = open_case(engine, opened)
        for at, step in enumerate(case.step):
            now = self._event(engine, now, step) if step.event else self._move(engine, now, step)
            if self.findings:
                self.refused_at = at
                break
        return now

    def _move(self, engine: FlowEngine, now: Stepped, step: CaseStep) -> Stepped:
        declared = {move.key: move.verb for move in moves(engine.flow, step.step)} if step.step in _ids(engine) else {}
        verb: Verb = "return" if (step.verb or declared.get(step.move)) == "return" else "forward"
        entry = MoveEntry(
            at=_at(step.at),
            actor=step.actor,
            role=step.post,
            step=step.step,
            move=step.move,
            verb=verb,
            reason=step.reason,
            fields=step.fields,
        )
        bounds = Bounds(self.terms.limit_rows, self.work, self.case.county)
        after = step_case(engine, now.case, entry, self.posts, bounds)
        self.findings = list(after.findings)
        return after

    def _event(self, engine: FlowEngine, now: Stepped, step: CaseStep) -> Stepped:
        told = step.event
        if told is None:
            return now
        at, until = _at(step.at), _at(told.until) if told.until else None
        event = Event(told.kind, at, until, told.amount, told.by)
        entry = ClockEntry(at=at, actor="", step=step.step, event=event)
        self.findings = admit_clock(
            engine.flow,
            now.case,
            now.state,
            entry,
            self.terms.limit_rows,
            self.terms.rules,
            self.work,
            self.case.county,
        )
        if self.findings:
            return now
        case = now.case.with_entry(entry)
        return Stepped(case, replay(engine.flow, case, engine.decide))

    def _clocks(self, engine: FlowEngine, now: Stepped) -> tuple[StepClock, ...]:
        return clocks(engine.flow, now.case, now.state, self.terms.limit_rows, self.case.county)

    def _bad(self) -> Iterator[tuple[str, str]]:
        expect = self.case.expect
        if not self.findings or self.refused_at != len(self.case.step) - 1:
            yield "最后一步没有被拒绝", "the last step was not refused"
            if self.posts.apart and not any(step.actor for step in self.case.step):
                yield "没有写 actor 的环节各由不同的人办理", "a step without actor is done by somebody else each time"
            return
        told = self.findings[0]
        got = (told.code, told.message("zh"), told.message("en"))
        for wanted, given in zip((expect.code, expect.zh, expect.en), got, strict=True):
            if wanted != given:
                yield f"应提示“{wanted}”,实际是“{given}”", f"the message is '{given}', expected '{wanted}'"

    def _good(self, engine: FlowEngine) -> Iterator[tuple[str, str]]:
        if self.findings:
            step = self.refused_at + 1
            for one in self.findings:
                yield f"第 {step} 步:{one.message('zh')}", f"step {step}: {one.message('en')}"
        else:
            yield from self._differences(engine)

    def _differences(self, engine: FlowEngine) -> Iterator[tuple[str, str]]:
        expect, state = self.case.expect, self.stepped.state
        wanted = {"open": expect.open, "ended": expect.ended, "returns": expect.returns, **expect.fields}
        given = {"open": state.open, "ended": state.ended, "returns": state.returns, **state.data}
        now = _at(expect.read_at or (self.case.step[-1].at if self.case.step else self.case.opened))
        read = {
            one.step: reading for one in self._clocks(engine, self.stepped) if (reading := one.read(now, self.work))
        }
        wanted |= {"late": expect.late, "counted_late": expect.counted_late}
        given |= {
            "late": tuple(step for step, reading in read.items() if reading.late),
            "counted_late": tuple(step for step, reading in read.items() if reading.counted_late),
        }
        for step, due in expect.due.items():
            wanted[f"due.{step}"] = due
            told = read[step].due if step in read else None
            given[f"due.{step}"] = show(told.value) if isinstance(told, Explained) else "-"
        for key, value in wanted.items():
            if value is not None and value != given.get(key):
                yield f"{key} 应为 {value},实际是 {given.get(key)}", f"{key} is {given.get(key)}, expected {value}"


def _ids(engine: FlowEngine) -> set[str]:
    return {step.id for step in engine.flow.steps}


def _at(moment: datetime) -> datetime:
    """Cases are written in China's time; one that names its zone keeps it."""
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
