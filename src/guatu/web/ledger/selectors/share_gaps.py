"""Targets whose shares do not make them: the plan moved the goal, and nobody has said what becomes of the shares."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _

from guatu.core.dispatch.replan import rescaled
from guatu.web.ledger.models import Allocation, Target
from guatu.web.ledger.selectors.names import unit_labels
from guatu.web.ledger.wording import plain


@dataclass(frozen=True)
class Rescaled:
    """A unit's share as it stands and as it would be."""

    unit_id: int
    label: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Gap:
    """`rows` propose shares that make the target; none where the standing ones divide nothing."""

    total: Decimal
    shared: Decimal
    rows: list[Rescaled]

    @property
    def difference(self) -> Decimal:
        return self.total - self.shared


def gaps(targets: QuerySet[Target]) -> dict[int, Decimal]:
    """What the shares of some targets lack (below 0: are too many), where nobody has said that they stay; one query."""
    rows = Allocation.objects.filter(
        target__in=targets, target__kind=Target.Kind.CUMULATIVE, target__dropped=False, target__shares_kept=""
    )
    sums = rows.values("target").annotate(lacks=F("target__value") - Sum("value")).values_list("target", "lacks")
    return {pk: lacks for pk, lacks in sums if lacks}


def gap_words(lacks: Decimal, unit: str) -> str:
    """How a target is marked wherever it is shown."""
    return _("分解待调整:分解合计与目标相差 %(n)s%(unit)s") % {"n": plain(abs(lacks)), "unit": unit}


def gap_of(target: Target, on: datetime.date) -> Gap | None:
    """What stands and what is proposed for a target whose shares do not make it."""
    if not gaps(Target.objects.filter(pk=target.pk)):
        return None
    shares = dict(target.allocations.order_by("unit_id").values_list("unit_id", "value"))
    return Gap(target.value, sum(shares.values(), Decimal(0)), proposed(target.value, shares, on))


def proposed(total: Decimal, shares: Mapping[int, Decimal], on: datetime.date) -> list[Rescaled]:
    try:
        found = rescaled(total, {str(unit): value for unit, value in shares.items()})
    except ValueError:
        return []
    labels = unit_labels(shares, on)
    return [
        Rescaled(unit := int(one.place), labels.get(unit, ""), shares[unit], Decimal(repr(one.value.value)))
        for one in found
    ]
