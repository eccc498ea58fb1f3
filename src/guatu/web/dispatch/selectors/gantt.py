"""The timetable of a task as a picture: bars of what was agreed and of what is now expected, links, today, the
deadline."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guatu.core.dispatch.milestones.delay import Move
from guatu.core.dispatch.milestones.schedule import Placed
from guatu.web.ledger.models import Milestone

LABEL, WIDTH, ROW, HEAD = 220.0, 1000.0, 34.0, 26.0
_BAR, _THIN = 14.0, 5.0
_TICKS = 12


@dataclass(frozen=True)
class Bar:
    """A bar; what happens on a day (a meeting, an acceptance) is drawn as a diamond."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    is_event: bool

    @property
    def diamond(self) -> str:
        x, y, r = self.x + self.width / 2, self.y + self.height / 2, min(self.height / 2 + 2, 7)
        return f"{x:.1f},{y - r} {x + r:.1f},{y} {x:.1f},{y + r} {x - r:.1f},{y}"


@dataclass(frozen=True)
class Line:
    name: str
    y: float
    bars: list[Bar]


@dataclass(frozen=True)
class Gantt:
    """All in units of the picture; `ticks` are the first days of months with their place."""

    height: float
    lines: list[Line]
    links: list[str]
    ticks: list[tuple[float, str]]
    today: float | None
    due: float | None
    width: float = LABEL + WIDTH + 20
    left: float = LABEL


@dataclass(frozen=True)
class _Span:
    """Days of one milestone: agreed (or placed by counting back), and as it stands now."""

    planned: tuple[datetime.date, datetime.date]
    now: tuple[datetime.date, datetime.date] | None
    kind: str
    is_event: bool


def gantt(
    rows: Sequence[Milestone],
    placed: Sequence[Placed],
    moves: Sequence[Move],
    on: datetime.date,
    due: datetime.date | None,
) -> Gantt | None:
    """The picture; None where no days are known."""
    spans = _spans(rows, {p.id: p for p in placed}, {m.id: m for m in moves})
    if not spans:
        return None
    scale = _Scale(spans.values(), due)
    lines: list[Line] = []
    ends: dict[int, tuple[float, float]] = {}
    starts: dict[int, tuple[float, float]] = {}
    for at, row in enumerate(row for row in rows if row.pk in spans):
        y = HEAD + at * ROW
        span = spans[row.pk]
        lines.append(Line(row.title, y + ROW / 2, scale.bars(span, y)))
        first, last = span.now or span.planned
        starts[row.pk], ends[row.pk] = (scale.x(first), y + ROW / 2), (scale.end(last), y + ROW / 2)
    links = [
        _link(ends[before.pk], starts[row.pk])
        for row in rows
        if row.pk in starts
        for before in row.after.all()
        if before.pk in ends
    ]
    height = HEAD + len(lines) * ROW + 8
    return Gantt(height, lines, links, scale.ticks(), scale.inside(on), scale.inside(due) if due else None)


def _spans(rows: Sequence[Milestone], placed: dict[str, Placed], moves: dict[str, Move]) -> dict[int, _Span]:
    found: dict[int, _Span] = {}
    for row in rows:
        place, move = placed.get(str(row.pk)), moves.get(str(row.pk))
        if row.planned_start and row.planned_end:
            planned = (row.planned_start, row.planned_end)
        elif place:
            planned = (place.late_start, place.late_finish)
        else:
            continue
        now = (move.start, move.finish) if move else None
        found[row.pk] = _Span(planned, now, _kind(move, bool(place and place.critical)), row.days == 0)
    return found


def _kind(move: Move | None, critical: bool) -> str:
    if move and move.state == "done":
        return "done"
    if move and (move.state == "overdue" or move.moved.value > 0):
        return "late"
    return "critical" if critical else "now"


def _link(end: tuple[float, float], start: tuple[float, float]) -> str:
    """A line from the end of one bar to the start of another, bent at right angles."""
    (x1, y1), (x2, y2) = end, start
    middle = max(x1 + 5, min(x2 - 5, x1 + 5))
    return f"M{x1:.1f} {y1:.1f}H{middle:.1f}V{y2:.1f}H{x2:.1f}"


class _Scale:
    """Days across the picture."""

    def __init__(self, spans: Iterable[_Span], due: datetime.date | None) -> None:
        days: list[datetime.date] = [due] if due else []
        for span in spans:
            days += [*span.planned, *(span.now or ())]
        self.first, self.last = min(days), max(days)
        self.unit = WIDTH / ((self.last - self.first).days + 1)

    def x(self, day: datetime.date) -> float:
        return round(LABEL + (day - self.first).days * self.unit, 1)

    def end(self, day: datetime.date) -> float:
        return round(self.x(day) + self.unit, 1)

    def inside(self, day: datetime.date) -> float | None:
        return self.x(day) if self.first <= day <= self.last else None

    def bars(self, span: _Span, y: float) -> list[Bar]:
        if span.now is None:
            return [self._bar(span, span.planned, y + (ROW - _BAR) / 2, _BAR, span.kind)]
        agreed = self._bar(span, span.planned, y + ROW - _THIN - 4, _THIN, "plan")
        return [self._bar(span, span.now, y + 6, _BAR, span.kind), agreed]

    def _bar(self, span: _Span, days: tuple[datetime.date, datetime.date], y: float, height: float, kind: str) -> Bar:
        first, last = days
        width = round(self.end(last) - self.x(first), 1)
        return Bar(self.x(first), round(y, 1), width, height, kind, span.is_event)

    def ticks(self) -> list[tuple[float, str]]:
        """First days of months; of a long time only of some."""
        found = []
        year, month = self.first.year, self.first.month
        while (day := datetime.date(year, month, 1)) <= self.last:
            if day >= self.first:
                found.append((self.x(day), day.strftime("%Y-%m")))
            month += 1
            year, month = (year + 1, 1) if month > 12 else (year, month)
        step = max(1, -(-len(found) // _TICKS))
        return found[::step]
