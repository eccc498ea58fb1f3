"""A person corrects how a plan is called: its title, document number, issuer and day of issue."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.kit.kinds import Day, Text
from guatu.web.kit.record import of_row, stored, told
from guatu.web.ledger.actions.correct_task import checked_day
from guatu.web.ledger.models import Plan


@dataclass(frozen=True)
class HeadingValues:
    """What stands at the head of a plan."""

    title: Annotated[str, Text(label=gettext_lazy("方案名称"), required=True, longest=300, box="col-12")]
    doc_no: Annotated[
        str, Text(label=gettext_lazy("发文字号"), hint=gettext_lazy("如 青政发〔2026〕3号"), longest=60)
    ] = ""
    issuer: Annotated[str, Text(label=gettext_lazy("发文机关"), longest=120)] = ""
    issued_on: Annotated[datetime.date | None, Day(label=gettext_lazy("印发日期"))] = None


@dataclass(frozen=True)
class CorrectHeading(RowAction[Plan]):
    name: ClassVar[str] = "ledger.correct-heading"
    words = gettext_lazy("更正方案名称和文号")
    permission: ClassVar[str] = "plan.edit"
    plan_id: int
    seen: int
    values: HeadingValues

    def change(self, context: Context) -> Change[Plan]:
        values = self.values
        if not values.title.strip():
            raise Invalid(_("请填写方案名称。"), field="title")
        checked_day(values.issued_on, "issued_on")
        plan = take_version(found(Plan, self.plan_id), self.seen)
        before = told(of_row(HeadingValues, plan))
        for name, value in stored(values).items():
            setattr(plan, name, " ".join(value.split()) if isinstance(value, str) else value)
        plan.save(update_fields=list(before))
        change = Change(plan)
        after = told(of_row(HeadingValues, plan))
        if after != before:
            change.note(plan, before, after)
        return change
