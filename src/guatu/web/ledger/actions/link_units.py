"""A name in a plan is linked to the units that it stands for, wherever the plan writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, also
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.directory.actions.add_alias import AddAlias
from guatu.web.directory.models import Unit, UnitAlias
from guatu.web.ledger.models import Duty, Plan


@dataclass(frozen=True)
class LinkUnits(RowAction[Plan]):
    """Each duty of that name becomes one duty for each unit. `remember` keeps the name as an alias of a single unit."""

    name: ClassVar[str] = "ledger.link-units"
    words = gettext_lazy("对应单位")
    permission: ClassVar[str] = "plan.edit"
    plan_id: int
    text: str
    unit_ids: tuple[int, ...]
    remember: bool = False

    def change(self, context: Context) -> Change[Plan]:
        plan = found(Plan, self.plan_id)
        ids = tuple(dict.fromkeys(self.unit_ids))
        if not ids or Unit.objects.filter(pk__in=ids).count() != len(ids):
            raise Invalid(_("请选择机构目录中的单位。"), field="units")
        duties = list(Duty.objects.filter(task__plan=plan, text=self.text))
        if not duties:
            raise Invalid(_("方案中没有“%(text)s”这个单位名称。") % {"text": self.text}, field="text")
        before = sorted({d.unit_id for d in duties if d.unit_id})
        relink(duties, ids)
        change = Change(plan)
        if self.remember and len(ids) == 1 and not UnitAlias.objects.filter(unit=ids[0], text=self.text).exists():
            also(AddAlias(ids[0], self.text), context, change)
        change.note(plan, {"units": before}, {"text": self.text, "units": list(ids), "alias": self.remember})
        return change


def relink(duties: list[Duty], ids: tuple[int, ...]) -> None:
    """Duties of one name for other units: one row a unit, at the same place of the text."""
    groups = {(d.task_id, d.role): d for d in duties}
    # Rows of units that stay keep their numbers.
    keep = {(d.task_id, d.role, d.unit_id) for d in duties if d.unit_id in ids}
    Duty.objects.filter(pk__in=[d.pk for d in duties if d.unit_id not in ids]).delete()
    Duty.objects.bulk_create(
        Duty(task_id=task_id, role=role, text=one.text, unit_id=unit_id, start=one.start, end=one.end)
        for (task_id, role), one in groups.items()
        for unit_id in ids
        if (task_id, role, unit_id) not in keep
    )
