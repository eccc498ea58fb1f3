"""Who reviews a report: level by level, the town before the lead unit, the supervision office last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from guatu.web.base.actors import Actor
from guatu.web.base.settings_table import setting
from guatu.web.directory.models import UnitVersion
from guatu.web.directory.selectors.tree import UnitTree, unit_tree
from guatu.web.dispatch.models import Report
from guatu.web.dispatch.selectors.duties import leads_of

Level = Literal["parent", "lead", "supervision"]
PERMISSION = "report.review"


@dataclass(frozen=True)
class Step:
    """One level of review, and the units that may pass it; the supervision office may pass every level."""

    level: Level
    units: frozenset[int] = frozenset()


class Reviewing:
    """Who reviews the reports of some tasks, read at once: three queries.

    Levels are the county's setting `dispatch.review-levels`, in their order: the town above a village (parent), the
    task's lead unit (lead), the supervision office (supervision). Levels that a report does not have are left out;
    where none is left, as for a lead unit's own report, the supervision office reviews it.
    """

    def __init__(self, tasks: Iterable[int], actor: Actor, tree: UnitTree | None = None) -> None:
        self.actor = actor
        self._given_tree = tree
        self._leads = leads_of(tasks)
        self._levels: Sequence[Level] = setting("dispatch.review-levels", actor.today)

    @cached_property
    def _tree(self) -> UnitTree:
        """Read when it is first asked for: the supervision office, which passes every level, never asks."""
        return self._given_tree or unit_tree(self.actor.today)

    def steps(self, task_id: int, unit_id: int) -> list[Step]:
        found = [step for level in self._levels if (step := self._step(level, task_id, unit_id))]
        return found or [Step("supervision")]

    def may_review(self, report: Report) -> bool:
        """Whether the actor may decide on a report at the level where it stands."""
        if not self.actor.may(PERMISSION) or self._is_own(report):
            return False
        if "supervision" in self.actor.roles:
            return True
        steps = self.steps(report.task_id, report.unit_id)
        at = steps[min(report.level, len(steps) - 1)]
        return bool(at.units & self.actor.own_units)

    def may_see(self, report: Report) -> bool:
        """Whether the actor reviews the report at any level, or may look at all reports of its unit."""
        return self.actor.may("report.view", report.unit_id) or self.reviews(report.task_id, report.unit_id)

    def reviews(self, task_id: int, unit_id: int) -> bool:
        """Whether reports of a unit on a task come to the actor's own units for review, at any level."""
        if not self.actor.may(PERMISSION):
            return False
        return any(step.units & self.actor.own_units for step in self.steps(task_id, unit_id))

    def is_last(self, report: Report) -> bool:
        """Whether the actor's acceptance is the last that the report needs."""
        return "supervision" in self.actor.roles or report.level + 1 >= len(self.steps(report.task_id, report.unit_id))

    def _is_own(self, report: Report) -> bool:
        """Nobody reviews what they handed in themselves."""
        user = self.actor.user
        return user is not None and report.submitted_by_id == user.pk

    def _step(self, level: Level, task_id: int, unit_id: int) -> Step | None:
        if level == "supervision":
            return Step("supervision")
        if level == "lead":
            leads = self._leads.get(task_id, frozenset())
            return Step("lead", leads) if leads and unit_id not in leads else None
        node = self._tree.nodes.get(unit_id)
        if node is None or node.category != UnitVersion.Category.VILLAGE or node.parent_id is None:
            return None
        return Step("parent", frozenset({node.parent_id}))
