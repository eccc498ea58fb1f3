"""A row of the duty list is added, or holds no longer; what said otherwise for the same cases ends with its
first day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.actions.versions import still_at
from guatu.web.base.problems import Invalid
from guatu.web.duties.models import Duty
from guatu.web.duties.values import DutyValues
from guatu.web.kit.record import stored, told

PERMISSION = "directory.edit"


def lay(values: DutyValues, change: Change[Any]) -> Duty:
    """Writes the row of values without problems; what stood for the same cases ends on its first day."""
    for row in values.replaced():
        _end(row, values.day, change)
    made = Duty.objects.create(**stored(values))
    change.note(made, None, told(values))
    return made


def _end(row: Duty, day: datetime.date, change: Change[Any]) -> None:
    before, row.valid_to = row.valid_to, day
    take_version(row, row.row_version, "valid_to")
    change.note(row, {"valid_to": before and str(before)}, {"valid_to": str(day)})


@dataclass(frozen=True)
class AddDuty(RowAction[Duty]):
    values: DutyValues
    name = "duty.add"
    words = _("增加职责行")
    permission = PERMISSION

    def change(self, context: Context) -> Change[Duty]:
        for problem in self.values.problems():
            raise problem
        noted = Change(None)
        return Change(lay(self.values, noted), noted.lines)


@dataclass(frozen=True)
class EndDuty(RowAction[Duty]):
    duty: int
    seen: int
    day: datetime.date
    name = "duty.end"
    words = _("停用职责行")
    permission = PERMISSION

    def change(self, context: Context) -> Change[Duty]:
        row = found(Duty, self.duty)
        still_at(row, self.seen)
        if self.day < row.valid_from or (row.valid_to is not None and row.valid_to <= self.day):
            raise Invalid(_("停用日期应在这一行的有效期内。"), field="day", code="duty.not-then")
        change = Change(row)
        _end(row, self.day, change)
        return change
