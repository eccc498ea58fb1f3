"""The pages of the screen on the wall: as many rows a page as are legible from afar, none of them cut."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.base.shown import first
from guatu.web.dispatch.selectors.map_measure import Painted
from guatu.web.dispatch.selectors.map_view import MapView
from guatu.web.dispatch.selectors.watched import Watched
from guatu.web.ledger.selectors.coming import milestones_due, tasks_due

TOWNS, TASKS, DAYS = 13, 7, 10
"""Rows of a page."""
AHEAD = datetime.timedelta(days=45)
BACK = datetime.timedelta(days=90)
MOST_PAGES = 3
"""Of a kind: who waits for the map to come again should not wait for minutes."""


@dataclass(frozen=True)
class WallPage:
    """`kind` is that of its template; `at` of `of` where a kind has several."""

    kind: str
    title: str | Promise
    rows: Sequence[Any] = ()
    at: int = 1
    of: int = 1
    left_out: int = 0


@dataclass(frozen=True)
class Day:
    """A milestone, or the deadline of a task, on the timetable."""

    on: datetime.date
    what: str
    task: str
    late: bool


def wall_pages(view: MapView, actor: Actor) -> list[WallPage]:
    """The map first; what has nothing to show has no page."""
    towns: list[Painted] = view.map.towns
    tasks: list[Watched] = view.watched
    return [
        WallPage("map", view.map.measure.title),
        *_of("ranking", _("各乡镇排名"), towns, TOWNS),
        *_of("tasks", _("今天要盯的任务"), tasks, TASKS),
        *_of("days", _("近期节点"), timetable(actor, view.found.plan_id), DAYS),
    ]


def _of(kind: str, title: str | Promise, rows: Sequence[Any], size: int) -> list[WallPage]:
    parts = [rows[at : at + size] for at in range(0, len(rows), size)]
    shown = parts[:MOST_PAGES]
    left = sum(map(len, parts[MOST_PAGES:]))
    last = len(shown) - 1
    return [WallPage(kind, title, part, at + 1, len(shown), left if at == last else 0) for at, part in enumerate(shown)]


def timetable(actor: Actor, plan: int | None = None) -> list[Day]:
    """Milestones that are late or due within weeks, and the deadlines of open tasks; in order of time."""
    units = actor.units_for("map.view")
    until, most = actor.today + AHEAD, DAYS * MOST_PAGES
    milestones = milestones_due(until, units, since=actor.today - BACK, plan=plan)
    deadlines = tasks_due(actor.today, until, units, plan)
    days = [(one.planned_end, one.title, one.task.title) for one in first(milestones, most)]
    days += [(one.due, str(_("完成时限")), one.title) for one in first(deadlines, most)]
    return [Day(on, what, task, on < actor.today) for on, what, task in sorted(day for day in days if day[0]) if on]
