"""A target is shared out among units; the shares of a sum make the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.dispatch.allocation import check_mean, check_sum
from guatu.core.kernel.row_finding import RowFinding
from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.language import language
from guatu.web.base.problems import Invalid
from guatu.web.directory.models import Unit
from guatu.web.ledger.actions.rows import number
from guatu.web.ledger.models import Allocation, Target
from guatu.web.ledger.proposals import LARGEST
from guatu.web.ledger.selectors.names import unit_labels


@dataclass(frozen=True)
class SetAllocation(RowAction[Target]):
    """`shares` by unit replace what stands; none takes the allocation away. `weights` check the mean of a rate."""

    name: ClassVar[str] = "ledger.set-allocation"
    words = gettext_lazy("分解指标")
    permission: ClassVar[str] = "plan.edit"
    target_id: int
    row_version: int
    shares: Mapping[int, Decimal] = field(default_factory=dict)
    weights: Mapping[int, Decimal] = field(default_factory=dict)

    def change(self, context: Context) -> Change[Target]:
        target = found(Target, self.target_id)
        take_version(target, self.row_version)
        self._check_shares()
        names = unit_labels(self.shares, context.actor.today)
        if wrong := allocation_findings(target, self.shares, self.weights, names):
            raise Invalid(wrong[0].message(language()), field="shares", code=wrong[0].code)
        before = _values(target)
        target.allocations.all().delete()
        Allocation.objects.bulk_create(
            Allocation(target=target, unit_id=unit_id, value=value) for unit_id, value in self.shares.items()
        )
        if target.shares_kept:
            Target.objects.filter(pk=target.pk).update(shares_kept="")
        change = Change(target)
        change.note(target, {"shares": before}, {"shares": _values(target)})
        return change

    def _check_shares(self) -> None:
        if any(not v.is_finite() or abs(v) >= LARGEST for v in (*self.shares.values(), *self.weights.values())):
            raise Invalid(_("数值过大或不是数,请核对。"), field="shares")
        if Unit.objects.filter(pk__in=self.shares).count() != len(self.shares):
            raise Invalid(_("所选单位不在机构目录中,请刷新页面后重新选择。"), field="shares")


def allocation_findings(
    target: Target, shares: Mapping[int, Decimal], weights: Mapping[int, Decimal], names: Mapping[int, str]
) -> list[RowFinding]:
    """What the core says of the shares: a sum must add up; a rate's weighted mean must make the target."""
    if not shares:
        return []
    parts = {names.get(unit_id, str(unit_id)): value for unit_id, value in shares.items()}
    if target.kind == Target.Kind.CUMULATIVE:
        return check_sum(target.metric, target.value, parts)
    if not weights:
        return []
    falling = target.direction == Target.Direction.DOWN
    by = {names.get(unit_id, str(unit_id)): value for unit_id, value in weights.items()}
    return check_mean(target.metric, target.value, parts, by, falling)


def _values(target: Target) -> dict[str, str | None]:
    return {str(a.unit_id): number(a.value) for a in target.allocations.order_by("unit_id")}
