"""A new version of a plan is merged into its ledger, as one action.

Tasks that both versions have keep their identity, and with it their reports, orders and history. What the new version
no longer has is closed with the reason, never deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import NotNow
from guatu.web.directory.selectors.match import matcher
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.ledger.actions.merge_rows import MergedRows
from guatu.web.ledger.actions.store_compiled import take_heading
from guatu.web.ledger.merging import Merge, merge_of
from guatu.web.ledger.models import Plan, PlanVersion
from guatu.web.ledger.selectors.standing import compiled_plan


@dataclass(frozen=True)
class MergeVersion(RowAction[PlanVersion]):
    """`declined` names changes that are not taken over, as `<task>:<key>`, `close:<task>`, `add:<compiled id>`.

    `pairs` says which new task (compiled id) is which task that stands, where the comparison did not see it.
    """

    name: ClassVar[str] = "ledger.merge-version"
    words = gettext_lazy("合并新版本")
    permission: ClassVar[str] = "plan.confirm"
    version_id: int
    row_version: int
    declined: frozenset[str] = frozenset()
    pairs: Mapping[str, int] = field(default_factory=dict)

    def change(self, context: Context) -> Change[PlanVersion]:
        version = found(PlanVersion, self.version_id)
        take_version(version, self.row_version)
        if version.state != PlanVersion.State.MERGE:
            raise NotNow(_("这个版本现在是“%(state)s”,不能合并。") % {"state": version.get_state_display()})
        names = matcher(unit_tree(context.actor.today))
        merge = merge_of(version, names, self.pairs)
        change = Change(version)
        rows = MergedRows(merge, self.declined, change, context.actor.today)
        rows.write()
        _settle(merge, version.plan, context)
        change.note(version, {"state": PlanVersion.State.MERGE}, {"state": version.state, **rows.counts()})
        return change


def _settle(merge: Merge, plan: Plan, context: Context) -> None:
    """The new version stands in place of the old one."""
    version = merge.new
    if merge.old:
        PlanVersion.objects.filter(pk=merge.old.pk).update(state=PlanVersion.State.REPLACED)
    confirmed = plan.state == Plan.State.CONFIRMED
    version.state = PlanVersion.State.CONFIRMED if confirmed else PlanVersion.State.REVIEW
    values: dict[str, Any] = {"state": version.state}
    if confirmed:
        values |= {"confirmed_by": context.actor.user, "confirmed_at": context.at}
    PlanVersion.objects.filter(pk=version.pk).update(**values)
    take_heading(plan, merge.proposal, compiled_plan(merge.old) if merge.old else None)
