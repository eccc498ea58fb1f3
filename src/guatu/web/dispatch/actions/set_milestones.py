"""The milestones of a task as a table, and their days counted back from the deadline."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core.dispatch.milestones.network import check_milestones
from guatu.web.base.actions import Action, Change, Context, take_version
from guatu.web.base.language import language
from guatu.web.base.problems import Conflict, Invalid
from guatu.web.directory.models import Unit
from guatu.web.dispatch.actions.milestone_rights import known_task, require_plan
from guatu.web.dispatch.models import MilestoneProgress, MilestoneTable
from guatu.web.dispatch.selectors.core_rows import calendars
from guatu.web.dispatch.selectors.milestones import core_milestone, kept_rows, milestones_of, progress_of, schedule
from guatu.web.ledger.models import Milestone, Task

MOST = 100
LONGEST_WORK = 1500


@dataclass(frozen=True)
class Row:
    """One line of the table. `pk` is None for a new one; `after` are places in the table, counted from 0."""

    title: str
    days: int
    after: tuple[int, ...] = ()
    unit_id: int | None = None
    pk: int | None = None


@dataclass(frozen=True)
class SetMilestones(Action[Task]):
    """Puts the rows in place of those that stand; `seen` are the versions of these. The order is that of the table.

    With `start` the days are counted back from the deadline and agreed; where they do not fit, or the work has changed
    without counting anew, no days are agreed and the page says why.
    """

    name = "dispatch.set-milestones"
    words = _("安排节点")
    task: int
    rows: Sequence[Row]
    seen: Mapping[int, int] = field(default_factory=dict)
    start: datetime.date | None = None

    def permit(self, context: Context) -> None:
        require_plan(context.actor, self.task)

    def change(self, context: Context) -> Change[Task]:
        task = known_task(self.task)
        self._check()
        standing = {row.pk: row for row in milestones_of([task.pk]).get(task.pk, [])}
        self._take(standing)
        before = values(standing.values())
        kept = {row.pk for row in self.rows if row.pk is not None}
        table = _keep_progress(task, [row for pk, row in standing.items() if pk not in kept], context.actor.today)
        Milestone.objects.filter(pk__in=set(standing) - kept).delete()
        made = [self._put(task, at, row, standing) for at, row in enumerate(self.rows)]
        for row, milestone in zip(self.rows, made, strict=True):
            milestone.after.set([made[at] for at in row.after])
        self._agree(task, context)
        change = Change(task)
        now = milestones_of([task.pk]).get(task.pk, [])
        rows = kept_rows(now, table, context.actor.today)
        MilestoneTable.objects.update_or_create(task=task, since=context.actor.today, defaults={"rows": rows})
        after = values(now)
        if before != after:
            change.note(task, {"milestones": before}, {"milestones": after})
        return change

    def recall(self, answer: Any) -> Task:
        return known_task(answer)

    def _check(self) -> None:
        if len(self.rows) > MOST:
            raise Invalid(_("一项任务最多 %(n)d 个节点。") % {"n": MOST}, field="rows")
        for at, row in enumerate(self.rows):
            if not row.title.strip() or len(row.title) > 200:
                raise Invalid(_("请填写节点名称,不超过 200 个字。"), field=f"title-{at}")
            if not 0 <= row.days <= LONGEST_WORK:
                raise Invalid(_("工作日应在 0 到 %(n)d 之间。") % {"n": LONGEST_WORK}, field=f"days-{at}")
            if any(not 0 <= one < len(self.rows) or one == at for one in row.after):
                raise Invalid(_("前置节点请填表中其他行的序号。"), field=f"after-{at}")
        units = {row.unit_id for row in self.rows if row.unit_id is not None}
        if Unit.objects.filter(pk__in=units).count() != len(units):
            raise Invalid(_("所选单位不在机构目录中,请刷新页面后重新选择。"), field="rows")

    def _take(self, standing: Mapping[int, Milestone]) -> None:
        """Raises `Conflict` where somebody added, changed or removed a milestone since the table was shown."""
        if set(standing) != set(self.seen) or any(row.pk not in standing for row in self.rows if row.pk is not None):
            raise Conflict(_("节点表刚刚被他人修改。您的输入还在,请对照最新内容后再次保存。"))
        for pk in sorted(standing):
            take_version(standing[pk], self.seen[pk])

    def _put(self, task: Task, at: int, row: Row, standing: Mapping[int, Milestone]) -> Milestone:
        milestone = standing[row.pk] if row.pk is not None else Milestone(task=task)
        milestone.title, milestone.days, milestone.order = row.title.strip(), row.days, at
        milestone.save()
        if row.unit_id is not None or progress_of(milestone):
            MilestoneProgress.objects.update_or_create(milestone=milestone, defaults={"unit_id": row.unit_id})
        return milestone

    def _agree(self, task: Task, context: Context) -> None:
        """Days for the rows as they now stand, or none."""
        rows = milestones_of([task.pk]).get(task.pk, [])
        found = check_milestones([core_milestone(row) for row in rows])
        if found:
            raise Invalid(found[0].message(language()), field="rows", code=found[0].code)
        if self.start is None:
            return
        if task.due is None:
            raise Invalid(_("任务没有完成时限,无法倒排。请先在台账中填写时限。"), field="start")
        plan = schedule(task, rows, self.start, calendars(context.actor.today))
        by_id = {placed.id: placed for placed in plan.rows} if plan and plan.fits else {}
        for row in rows:
            placed = by_id.get(str(row.pk))
            row.planned_start = placed.late_start if placed else None
            row.planned_end = placed.late_finish if placed else None
            row.save(update_fields=["planned_start", "planned_end"])


def _keep_progress(task: Task, gone: Sequence[Milestone], today: datetime.date) -> MilestoneTable | None:
    """The latest table; what is removed now keeps in it how far it had come, for the lights of its time."""
    table = task.milestone_tables.order_by("-since").first()
    done = {str(row.pk): row.done_on.isoformat() for row in gone if row.done_on}
    if table and done and table.since < today:
        for row in table.rows:
            row["done"] = done.get(row["milestone"]["id"], row["done"])
        table.save(update_fields=["rows"])
    return table


def values(rows: Any) -> list[dict[str, Any]]:
    """What stands in milestones, for the audit line."""
    return [
        {
            "id": row.pk,
            "title": row.title,
            "days": row.days,
            "after": sorted(one.pk for one in row.after.all()),
            "start": row.planned_start and row.planned_start.isoformat(),
            "end": row.planned_end and row.planned_end.isoformat(),
        }
        for row in rows
    ]
