"""A unit that a plan names and the directory lacks is set up, and the name linked to it wherever the plan writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.fields.normal import line
from guatu.web.base.actions import Change, Context, RowAction, also
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.directory.actions.create_unit import CreateUnit
from guatu.web.directory.selectors.match import matcher
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.ledger.actions.link_units import relink
from guatu.web.ledger.models import Duty, Plan


@dataclass(frozen=True)
class CreateUnitFor(RowAction[Plan]):
    """`text` is the name as the plan writes it; it becomes the unit's short name where `unit_name` is another one."""

    name: ClassVar[str] = "ledger.create-unit-for"
    words = gettext_lazy("新设单位并挂接")
    permission: ClassVar[str] = "plan.edit"
    plan_id: int
    text: str
    unit_name: str
    code: str
    category: str
    parent_id: int | None

    def change(self, context: Context) -> Change[Plan]:
        plan, today = found(Plan, self.plan_id), context.actor.today
        duties = list(Duty.objects.filter(task__plan=plan, text=self.text))
        if not duties:
            raise Invalid(_("方案中没有“%(text)s”这个单位名称。") % {"text": self.text}, field="text")
        name = line(self.unit_name)
        if matcher(unit_tree(today)).known(name) is not None:
            raise Invalid(_("机构目录中已有“%(name)s”,请直接挂接。") % {"name": name}, field="unit_name")
        # A name longer than a short name may be is still found by the full one.
        short = self.text if self.text != name and len(self.text) <= SHORT else ""
        change = Change(plan)
        create = CreateUnit.named(self.code.strip(), (name, short), self.category, self.parent_id, today)
        relink(duties, (also(create, context, change).pk,))
        change.note(plan, None, {"text": self.text, "units": name})
        return change


SHORT = 60
"""Characters that a short name may have."""
