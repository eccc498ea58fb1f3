"""The way to a target: where it starts, in which direction it goes, and what is due at the end of each month."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.dispatch.trajectory import check_trajectory
from guatu.core.kernel.explained import Unknown
from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.language import language
from guatu.web.base.problems import Invalid
from guatu.web.ledger.actions.rows import differing, number, target_values
from guatu.web.ledger.actions.target_values import put
from guatu.web.ledger.models import Target, TargetStep
from guatu.web.ledger.selectors.trajectories import trajectory_of


@dataclass(frozen=True)
class SetCourse(RowAction[Target]):
    """`steps` are figures by the last day of a month; they replace those that stand, for a course of its own."""

    name: ClassVar[str] = "ledger.set-course"
    words = gettext_lazy("设定应达进度")
    permission: ClassVar[str] = "plan.edit"
    target_id: int
    row_version: int
    values: Mapping[str, Any] = field(default_factory=dict)
    steps: Mapping[datetime.date, Decimal] = field(default_factory=dict)

    def change(self, context: Context) -> Change[Target]:
        target = found(Target, self.target_id)
        take_version(target, self.row_version)
        before = _values(target)
        put(target, self.values)
        own = target.course == Target.Course.OWN
        if own and not self.steps:
            raise Invalid(_("自定进度请至少填写一个月的应达数。"), field="steps")
        target.save()
        target.steps.all().delete()
        steps = [TargetStep(target=target, on=on, value=value) for on, value in self.steps.items()] if own else []
        # It looks at the target as it is stored now; where it raises, the transaction takes all of this back.
        _check(target, steps)
        TargetStep.objects.bulk_create(steps)
        old, new = differing(before, _values(target))
        change = Change(target)
        if new:
            change.note(target, old, new)
        return change


def _values(target: Target) -> dict[str, Any]:
    steps = {s.on.isoformat(): number(s.value) for s in target.steps.order_by("on")}
    return {**target_values(target), "bound": target.bound, "reported": target.reported, "steps": steps}


def _check(target: Target, steps: list[TargetStep]) -> None:
    """What the core finds wrong with a course of own figures is said at the form."""
    trajectory = trajectory_of(target, target.plan.issued_on, steps)
    if isinstance(trajectory, Unknown) or not steps:
        return
    if findings := check_trajectory(trajectory):
        data = {"steps": [f.message(language()) for f in findings]}
        raise Invalid(findings[0].message(language()), field="steps", code=findings[0].code, data=data)
