"""Two months of cases in the example county, in time and late, sent back and appealed, and their published
evaluation."""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Iterator

from django.utils import timezone

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import anonymous
from guatu.web.cases.actions.ask_clock import AskClock
from guatu.web.cases.actions.decide_clock import DecideClock
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.actions.rate_case import RateCase
from guatu.web.cases.models import CaseEvent
from guatu.web.directory.models import Unit
from guatu.web.evaluation.actions.publish_evaluation import PublishEvaluation
from guatu.web.evaluation.actions.set_denominator import SetDenominator
from guatu.web.evaluation.models import EvaluationResult
from guatu.web.evaluation.periods import Span
from guatu.web.evaluation.selectors.figures import Asked
from guatu.web.example.cases import PACK, file_of, points, sample_rows
from guatu.web.example.people import People

CASES = 14
"""Cases a month."""
UNITS = ("cgj", "zjj", "slj")
WHO = {"cgj": "chengguan", "zjj": "zhujian", "slj": "shuili"}
HOUR = datetime.timedelta(hours=1)
MINUTE = datetime.timedelta(minutes=1)
# What the desk says to the appeals, one after another: yes, no, nothing yet.
DECISIONS = (True, False, None)
# What the desk says to appeals against a lateness, one after another: yes, no, nothing yet.
DECISIONS = (True, False, None)
NO = "预报的雨量不影响这一处施工"
BASIS = "青禾县城市管理案件考核办法(示例)"


def load_evaluation(people: People, today: datetime.date, seed: int) -> list[EvaluationResult]:
    """The two months before this one; the earlier is published for areas and units, the later is left to be
    looked at."""
    last = today.replace(day=1) - datetime.timedelta(days=1)
    later = Span(last.replace(day=1), 1)
    rng = random.Random(f"{seed}-evaluation")
    decisions = itertools.cycle(DECISIONS)
    for span in (later.before, later):
        for n in range(CASES):
            _Course(people, rng, decisions).run(span.starts_on + datetime.timedelta(days=1 + 2 * n - n // 3), n)
    desk = people.context(people.users["shouli"], _at(today, 9))
    for rate, count in (("satisfaction", "rated"), ("return", "dispatched")):
        perform(SetDenominator(PACK, rate, count, later.before.starts_on, BASIS), desk)
    made = []
    for kind in ("area", "unit"):
        asked = Asked(pack=PACK, kind=kind, span=later.before, sheet="urban-management" if kind == "unit" else "")
        made.append(perform(PublishEvaluation(asked, 0, "示例数据"), desk))
    return made


class _Course:
    """One case from its report as far as it comes."""

    def __init__(self, people: People, rng: random.Random, decisions: Iterator[bool | None]) -> None:
        self.people, self.rng, self.decisions = people, rng, decisions

    def run(self, day: datetime.date, n: int) -> None:
        rows = sample_rows(PACK)
        where, sample = points(), rows[n % len(rows)]
        self.at = _at(day, 8, 30)
        lon, lat = where[(n * 5) % len(where)]
        self.case = perform(OpenCase(PACK, sample.class_, sample.zh, "", lon, lat), Context(anonymous(day), self.at))
        unit = UNITS[n % len(UNITS)]
        condition = {"condition": sample.condition} if sample.condition else {}
        self._do("shouli", "file", 8, class_code=sample.class_, **condition)
        self._assign(unit)
        if n % 7 == 5:
            return  # it lies with the unit, and is overdue
        if n % 6 == 4:
            self._move(WHO[unit], "handle", 20, "return", "不属本单位管养")
            unit = "cgj"
            self._assign(unit)
        self.late = n % 4 == 0
        # Two days are more than any limit in hours.
        self._do(WHO[unit], "handle", 2900 if self.late else self.rng.choice((35, 70, 95)), result="已到场处置")
        self._do("shouli", "report_back", 5)
        if n % 8 == 3:
            self._move("caiji", "check", 12, "return", "周边没有恢复")
            self._do(WHO[unit], "handle", 40, result="已恢复")
            self._do("shouli", "report_back", 5)
        self._do("caiji", "check", 12)
        self._do("shouli", "close", 5)
        self._after(unit, n)

    def _assign(self, unit: str) -> None:
        self._do("shouli", "assign", 6, unit=str(Unit.objects.get(code=unit).pk))

    def _after(self, unit: str, n: int) -> None:
        """Some are rated; of the late cases every other one is appealed."""
        self.case.refresh_from_db()
        if n % 2 == 0:
            perform(RateCase(self.case.code, 3 + n % 3), Context(anonymous(self.at.date()), self.at + HOUR))
        if self.late and self.case.late and n % 8 == 0:
            self.case.refresh_from_db()
            self._appeal(WHO[unit])

    def _appeal(self, who: str) -> None:
        when = self.at + 2 * HOUR
        handler = self.people.context(self.people.users[who], when)
        perform(AskClock(self.case.pk, self.case.row_version, "handle", "appeal-granted", "连日暴雨,无法施工"), handler)
        if (granted := next(self.decisions)) is None:
            return
        self.case.refresh_from_db()
        asked = self.case.events.filter(kind=CaseEvent.Kind.ASK).latest("number")
        desk = self.people.context(self.people.users["shouli"], when + HOUR)
        perform(DecideClock(self.case.pk, self.case.row_version, asked.pk, granted, "" if granted else NO), desk)

    def _do(self, who: str, step: str, minutes: int, **fields: str) -> None:
        self._move(who, step, minutes, "forward", "", fields)

    def _move(
        self, who: str, step: str, minutes: int, move: str, reason: str, fields: dict[str, str] | None = None
    ) -> None:
        self.case.refresh_from_db()
        self.at += minutes * MINUTE
        forward = step == "handle" and move == "forward"
        photos = {"photo_after": [file_of("处置后")]} if forward else {}
        action = MoveCase(self.case.pk, self.case.row_version, step, move, reason, fields or {}, photos)
        perform(action, self.people.context(self.people.users[who], self.at))


def _at(day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))
