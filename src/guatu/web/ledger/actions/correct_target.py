"""A person corrects a target: what is to be reached, by when, and how the way there runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.ledger.actions.rows import differing, target_values
from guatu.web.ledger.actions.target_values import put
from guatu.web.ledger.models import Target


@dataclass(frozen=True)
class CorrectTarget(RowAction[Target]):
    """`values` holds the fields that are to change, of those that `target_values.FIELDS` names."""

    name: ClassVar[str] = "ledger.correct-target"
    words = gettext_lazy("更正指标")
    permission: ClassVar[str] = "plan.edit"
    target_id: int
    row_version: int
    values: Mapping[str, Any] = field(default_factory=dict)

    def change(self, context: Context) -> Change[Target]:
        target = found(Target, self.target_id)
        take_version(target, self.row_version)
        before = target_values(target)
        put(target, self.values)
        old, new = differing(before, target_values(target))
        target.corrected = target.corrected or bool(new)
        target.save()
        change = Change(target)
        if new:
            change.note(target, old, new)
        return change
