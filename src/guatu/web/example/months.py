"""Months of reporting in the example county, by a seeded generator, through the same actions that people use.

Each unit has a character: how far it is behind, how often it reports late or not at all. The same seed on the same day
gives the same reports.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from django.db import transaction
from django.utils import timezone

from guatu.core.dispatch.trajectory import Trajectory
from guatu.web.base.actions import Context, perform
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import User
from guatu.web.base.problems import Invalid, Problem
from guatu.web.dispatch.actions.accept_reports import MOST, AcceptReports
from guatu.web.dispatch.actions.close_period import ClosePeriod
from guatu.web.dispatch.actions.lights_later import KIND as LIGHTS
from guatu.web.dispatch.actions.open_periods import OpenPeriods
from guatu.web.dispatch.actions.review_report import ReviewReport
from guatu.web.dispatch.actions.save_report import SaveReport
from guatu.web.dispatch.models import Period, Report
from guatu.web.dispatch.selectors.answering import Answer, Answering
from guatu.web.dispatch.selectors.courses import course_of
from guatu.web.example import supervision
from guatu.web.example.figures import figure
from guatu.web.example.people import People
from guatu.web.example.words import NEXT, NO_FIGURE, PROBLEMS, RETURNED, VERIFIED, progress
from guatu.web.ledger.models import Target


@dataclass(frozen=True)
class Character:
    """How a unit reports: days behind the course, the share of the way it makes, and how often it is late or silent."""

    behind: int
    pace: float
    silent: float
    late: float
    careless: float


DILIGENT = Character(0, 1.03, 0.0, 0.02, 0.0)
COMMON = Character(4, 1.02, 0.02, 0.08, 0.03)
SLOW = Character(18, 1.0, 0.06, 0.25, 0.08)
IDLE = Character(40, 0.93, 0.25, 0.3, 0.1)


class Months:
    """Reports of all units over the months; what was last reported is remembered, by unit, target and rule."""

    def __init__(
        self, people: People, seed: int, between: Mapping[datetime.date, Callable[[Context], object]] | None = None
    ) -> None:
        """`between` is what the office does, beside the reports, in the month that begins on a day."""
        self.people = people
        self.seed = seed
        self.between = between or {}
        self._last: dict[tuple[int, int, int], float] = {}

    def run(self, first: datetime.date, today: datetime.date) -> None:
        """From the month that begins on `first` to the last one that has ended; reporting on a month opens when it is
        over."""
        month = first
        while (following := (month + datetime.timedelta(days=32)).replace(day=1)) <= today:
            if month in self.between:
                self.between[month](context_at(self.people, month + datetime.timedelta(days=14)))
            perform(OpenPeriods(following), self.people.office(_at(following)))
            # A quarter is reported on when its last month is.
            ended = Period.objects.filter(ends_on=following - datetime.timedelta(days=1))
            periods = list(ended.select_related("rule__plan").order_by("id"))
            for period in periods:
                self.period(period, today)
            # Lights of this month, while there are no periods after it whose lights would be computed along.
            run_waiting(kinds=(LIGHTS,))
            with transaction.atomic():
                for period in periods:
                    period.refresh_from_db(fields=["state"])
                    day = min(period.due_on + datetime.timedelta(days=12), today)
                    supervision.month(self.people, period, _at(day, 10), self.seed, last=_is_last(period, today))
            month = following
        run_waiting()

    def period(self, period: Period, today: datetime.date) -> None:
        """One transaction a period: the reports are written as always, and the disk waits once."""
        with transaction.atomic():
            reports = list(
                Report.objects.filter(period=period, state=Report.State.DUE).select_related("task").order_by("id")
            )
            sent = list(self._send(period, reports, today))
            self._review(period, sent, today)
            if period.closes_on and period.closes_on < today:
                perform(ClosePeriod(period.pk), self.people.office(_at(period.closes_on, 18)))

    def character(self, unit_id: int) -> Character:
        """Of ten units two are diligent, five common, two slow, one idle."""
        drawn = random.Random(f"{self.seed}-{unit_id}").random()
        return DILIGENT if drawn < 0.2 else COMMON if drawn < 0.7 else SLOW if drawn < 0.9 else IDLE

    def _send(
        self, period: Period, reports: Sequence[Report], today: datetime.date
    ) -> Iterator[tuple[Report, datetime.datetime]]:
        answering = Answering({report.task_id for report in reports})
        last = _is_last(period, today)
        for report in reports:
            rng = random.Random(f"{self.seed}-{report.task_id}-{report.unit_id}-{period.key}")
            user = self.people.by_unit.get(report.unit_id)
            at = _when(period, self.character(report.unit_id), rng)
            if user is None or at is None or at.date() > today or (last and self._left(user, rng)):
                continue
            answers = answering.reported(report.task_id, report.unit_id)
            try:
                yield _hand_in(self._report(report, answers, period, rng), self.people.context(user, at)), at
            except Problem:
                # A check blocks the figure: the unit is still looking for the right one.
                continue

    def _left(self, user: User, rng: random.Random) -> bool:
        """Some reports of the last month are left to whoever tries the demo accounts."""
        return user.username in self.people.users and rng.random() < 0.5

    def _report(self, report: Report, answers: Sequence[Answer], period: Period, rng: random.Random) -> SaveReport:
        character = self.character(report.unit_id)
        figures: dict[int, str] = {}
        notes: dict[int, str] = {}
        for answer in answers:
            typed = self._figure(answer, report.unit_id, period, character, rng)
            if typed is None or rng.random() < character.careless / 3:
                notes[answer.target.pk] = rng.choice(NO_FIGURE)
            else:
                figures[answer.target.pk] = typed
        troubled = rng.random() < (0.35 if character.behind > 10 else 0.08)
        return SaveReport(
            report.pk,
            report.row_version,
            progress=progress(report.task.title, [(a.target, figures.get(a.target.pk)) for a in answers], rng),
            problems=rng.choice(PROBLEMS) if troubled else "",
            next_step=rng.choice(NEXT),
            figures=figures,
            notes=notes,
            submit=True,
        )

    def _figure(
        self, answer: Answer, unit_id: int, period: Period, character: Character, rng: random.Random
    ) -> str | None:
        course = course_of(answer)
        if not isinstance(course, Trajectory):
            return None
        # What was reported for the last month is not what was reported for the last quarter.
        key = unit_id, answer.target.pk, period.rule_id
        own = random.Random(f"{self.seed}-{key[:2]}")
        pace = character.pace * own.uniform(0.97, 1.06)
        behind = max(0, character.behind + own.randint(-5, 12))
        typed = figure(course, period.ends_on, behind, pace, self._last.get(key), rng)
        before, self._last[key] = self._last.get(key, course.first or 0.0), float(typed)
        if answer.target.reported == Target.Reported.PERIOD:
            return f"{float(typed) - before:.2f}"
        return typed

    def _review(self, period: Period, sent: Sequence[tuple[Report, datetime.datetime]], today: datetime.date) -> None:
        """The office returns careless reports, half of which come back, and passes the others a few days after the due
        day."""
        seen: dict[int, int] = {}
        day = _at(period.due_on + datetime.timedelta(days=3), 16)
        if day.date() > today:
            return
        for report, at in sent:
            rng = random.Random(f"{self.seed}-review-{report.pk}")
            if rng.random() < self.character(report.unit_id).careless:
                self._return(report, max(at, day), rng)
            elif rng.random() < (0.85 if _is_last(period, today) else 0.985):
                seen[report.pk] = report.row_version
        keys = sorted(seen)
        for start in range(0, len(keys), MOST):
            some = {pk: seen[pk] for pk in keys[start : start + MOST]}
            perform(AcceptReports(some), self.people.office(max(day, _latest(sent))))

    def _return(self, report: Report, at: datetime.datetime, rng: random.Random) -> None:
        action = ReviewReport(report.pk, report.row_version, accept=False, reason=rng.choice(RETURNED))
        perform(action, self.people.office(at))


def _hand_in(asked: SaveReport, context: Context) -> Report:
    """A figure that the checks find odd is sent with a reason."""
    try:
        return perform(asked, context)
    except Invalid as told:
        if told.code != "report.has-warnings":
            raise
        warnings = cast("list[dict[str, int]]", told.data["warnings"])
        odd = {row["target"] for row in warnings}
        notes = {**asked.notes, **dict.fromkeys(odd, VERIFIED)}
        return perform(replace(asked, notes=notes, despite=True), context)


def _is_last(period: Period, today: datetime.date) -> bool:
    """Whether the period is that of the month before this one."""
    return period.ends_on + datetime.timedelta(days=1) == today.replace(day=1)


def _latest(sent: Sequence[tuple[Report, datetime.datetime]]) -> datetime.datetime:
    return max(at for _, at in sent)


def _when(period: Period, character: Character, rng: random.Random) -> datetime.datetime | None:
    """When a report comes in: before the due day, some days after it, or not at all."""
    if rng.random() < character.silent:
        return None
    if rng.random() < character.late:
        day = period.due_on + datetime.timedelta(days=rng.randint(1, 9))
    else:
        day = period.due_on - datetime.timedelta(days=rng.randint(0, 4))
    if period.closes_on and day > period.closes_on:
        return None
    return _at(day, rng.randint(8, 17), rng.randint(0, 59))


def _at(day: datetime.date, hour: int = 9, minute: int = 0) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))


def context_at(people: People, day: datetime.date) -> Context:
    """The supervision office on the morning of a day."""
    return people.office(_at(day))
