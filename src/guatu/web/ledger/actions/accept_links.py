"""All names of a plan whose unit is beyond doubt are linked at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.rows import found
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.ledger.actions.link_units import relink
from guatu.web.ledger.models import Duty, Plan
from guatu.web.ledger.selectors.unit_texts import unit_texts


@dataclass(frozen=True)
class AcceptLinks(RowAction[Plan]):
    """`texts` are the names that the person saw: one that has become doubtful since, or is linked, stays as it is."""

    name: ClassVar[str] = "ledger.accept-links"
    words = gettext_lazy("一次挂接多个单位")
    permission: ClassVar[str] = "plan.edit"
    plan_id: int
    texts: tuple[str, ...]

    def change(self, context: Context) -> Change[Plan]:
        plan = found(Plan, self.plan_id)
        change = Change(plan)
        for name in unit_texts(plan, unit_tree(context.actor.today)):
            if name.text in self.texts and name.sure:
                relink(list(Duty.objects.filter(task__plan=plan, text=name.text)), name.sure)
                change.note(plan, None, {"text": name.text, "units": name.sure_names})
        return change
