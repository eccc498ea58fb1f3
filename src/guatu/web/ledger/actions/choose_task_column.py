"""A person says which column of a table names the tasks, and the document is compiled again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base import jobs
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.ledger.actions.upload_plan import COMPILE, next_version
from guatu.web.ledger.models import Plan, PlanVersion, Task


@dataclass(frozen=True)
class ChooseTaskColumn(RowAction[PlanVersion]):
    """`table` and `column` count from 0, as in the compiled plan.

    Rows that nobody has touched are made anew in their place. Where a person has corrected or confirmed some, the
    choice makes a new version of the same document, which is merged as any other.
    """

    name: ClassVar[str] = "ledger.choose-task-column"
    words = gettext_lazy("指定表格的任务列")
    permission: ClassVar[str] = "plan.edit"
    version_id: int
    table: int
    column: int

    def change(self, context: Context) -> Change[PlanVersion]:
        before = found(PlanVersion, self.version_id)
        tables = (before.compiled or {}).get("tables", [])
        if not 0 <= self.table < len(tables) or not 0 <= self.column < len(tables[self.table]["columns"]):
            raise Invalid(_("原文里没有这个表格或这一列,请刷新页面。"), field="column")
        was = before.task_columns
        chosen = {**was, str(self.table): self.column}
        version = self._in_place(before) if self._is_untouched(before) else self._anew(before, context)
        version.task_columns, version.state = chosen, PlanVersion.State.COMPILING
        version.save()
        version.job = jobs.enqueue(COMPILE, {"version": version.pk}, context.actor.user, context.at)
        version.save(update_fields=["job"])
        change = Change(version)
        after = {"task_columns": _heads(chosen, tables), "number": version.number}
        change.note(version, {"task_columns": _heads(was, tables)}, after)
        return change

    def _is_untouched(self, version: PlanVersion) -> bool:
        """Whether all rows are as the compiler proposed them: none confirmed, corrected or added by hand."""
        plan = version.plan
        own = Q(corrected=True) | Q(compiled_id="")
        touched = plan.tasks.filter(own | ~Q(state=Task.State.PROPOSED)).exists() or plan.targets.filter(own).exists()
        return version.state == PlanVersion.State.REVIEW and plan.state == Plan.State.DRAFT and not touched

    def _in_place(self, version: PlanVersion) -> PlanVersion:
        version.plan.targets.all().delete()
        version.plan.tasks.all().delete()
        return version

    def _anew(self, before: PlanVersion, context: Context) -> PlanVersion:
        if before.file is None:
            raise NotNow(_("这个版本没有原件,请重新上传。"))
        return next_version(before.plan, before.file, context)


def _heads(columns: Mapping[str, int], tables: Sequence[Any]) -> str:
    """The chosen columns by the number of their table and their head, for people who read the trail."""
    heads = {table: tables[int(table)]["columns"][column]["head"] for table, column in columns.items()}
    return "; ".join(f"{int(table) + 1}: {head or columns[table] + 1}" for table, head in heads.items())
