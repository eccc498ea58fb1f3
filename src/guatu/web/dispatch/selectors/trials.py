"""What changed rules would have come to in the last period of each plan. Nothing is written."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.dispatch.ladder import Step
from guatu.core.dispatch.lights import WORDS, LightRule
from guatu.web.base.actors import Actor
from guatu.web.base.declarations import Tried, TriedLine
from guatu.web.base.language import joined, language
from guatu.web.base.shown import first
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.dispatch.models import Light, Period
from guatu.web.dispatch.selectors.ladder import Proposal, ladder, proposals
from guatu.web.dispatch.selectors.light_values import LightValues
from guatu.web.ledger.models import Task

Key = tuple[int, int, int]
"""A period, a task and a unit."""
Moved = Mapping[Key, tuple[str, str]]
MOST_LINES = 200


def rules_tried(rules: Sequence[LightRule], actor: Actor) -> Tried:
    """Both sets of rules over the same rows on the same day, so that what differs comes from the rules alone."""
    moved: dict[Key, tuple[str, str]] = {}
    periods, count = _last_periods(), 0
    for period, on in periods:
        values = LightValues(period, on)
        before = _colours(values)
        values.rules = rules
        after = _colours(values)
        moved |= {
            (period.pk, *pair): (_colour(was), _colour(after[pair]))
            for pair, was in before.items()
            if was != after[pair]
        }
        count += len(before)
    return _tried(_("%(n)d 盏灯会改变") % {"n": len(moved)}, periods, count, moved, actor)


def ladder_tried(steps: Sequence[Step], actor: Actor) -> Tried:
    """What the one ladder and the other propose today for whatever has a light in the last period."""
    moved: dict[Key, tuple[str, str]] = {}
    periods, count = _last_periods(), 0
    old = ladder(actor.today)
    for period, _on in periods:
        pairs = list(Light.objects.filter(period=period, target=None).values_list("task_id", "unit_id"))
        before = _steps(proposals(period, pairs, actor.today), old)
        after = _steps(proposals(period, pairs, actor.today, steps), steps)
        moved |= {(period.pk, *pair): (was, after[pair]) for pair, was in before.items() if was != after[pair]}
        count += len(pairs)
    return _tried(_("%(n)d 项督查建议会改变") % {"n": len(moved)}, periods, count, moved, actor)


def _colours(values: LightValues) -> dict[tuple[int, int], str]:
    return {(one.task_id, one.unit_id): one.value.value for one in values.values() if one.target_id is None}


def _colour(name: str) -> str:
    word = next(word for key, word in WORDS.items() if key == name)
    return word.zh if language() == "zh" else word.en


def _steps(found: Sequence[Proposal], steps: Sequence[Step]) -> dict[tuple[int, int], str]:
    """The step that is to be taken, in words; nothing where none is."""
    words = {step.id: step.zh if language() == "zh" else step.en for step in steps}
    return {(one.task_id, one.unit_id): words[one.step] if one.action == "take" else _("无") for one in found}


def _last_periods() -> list[tuple[Period, datetime.date]]:
    """The last period with lights of each rule of periods, with the day on which they were judged."""
    rows = Light.objects.values("period", "period__rule", "period__ends_on").annotate(judged=Max("on"))
    last: dict[int, tuple[int, datetime.date]] = {}
    for row in rows.order_by("period__ends_on", "period"):
        last[row["period__rule"]] = row["period"], row["judged"]
    periods = Period.objects.select_related("rule__plan").in_bulk([pk for pk, _on in last.values()])
    return [(periods[pk], on) for pk, on in last.values()]


def _tried(said: str, periods: Sequence[tuple[Period, datetime.date]], count: int, moved: Moved, actor: Actor) -> Tried:
    where = joined(f"{period.rule.plan.title} {period.key}" for period, _on in periods)
    return Tried(where, said, count, len(moved), list(_lines(moved, actor)))


def _lines(moved: Moved, actor: Actor) -> Iterator[TriedLine]:
    shown = first(sorted(moved), MOST_LINES)
    tree, tasks = unit_tree(actor.today), Task.objects.in_bulk({task for _period, task, _unit in shown})
    lights = Light.objects.filter(period__in={key[0] for key in shown}, task__in=list(tasks), target=None)
    pages = {(one.period_id, one.task_id, one.unit_id): reverse("light_detail", args=[one.pk]) for one in lights}
    for key in shown:
        task = tasks[key[1]]
        what = f"{tree.label(key[2])} · {task.number} {task.title}"
        yield TriedLine(what, *moved[key], pages.get(key, ""))
