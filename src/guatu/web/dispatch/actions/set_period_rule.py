"""How often the units of a plan report, and by when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Invalid, standing
from guatu.web.dispatch.models import PeriodRule
from guatu.web.ledger.models import Plan

FARTHEST_BACK = datetime.timedelta(days=366)
FIELDS = ("name", "every", "due_day", "opens_before", "closes_after", "roll", "starts_on", "ends_on")


@dataclass(frozen=True)
class SetPeriodRule(RowAction[PeriodRule]):
    """A new rule for None as `rule`. Periods that are open keep the days that were announced for them."""

    name = "dispatch.set-period-rule"
    permission = "period.edit"
    words = gettext_lazy("设置填报规则")
    plan: int
    title: str
    every: str
    starts_on: datetime.date
    ends_on: datetime.date | None = None
    due_day: int = 5
    opens_before: int = 5
    closes_after: int | None = 20
    roll: bool = True
    rule: int | None = None
    seen: int = 0

    def change(self, context: Context) -> Change[PeriodRule]:
        self._check()
        row = self._row(context)
        before = _values(row) if row.pk else None
        row.name, row.every, row.due_day, row.roll = self.title.strip(), self.every, self.due_day, self.roll
        row.opens_before = self.opens_before
        row.closes_after, row.starts_on, row.ends_on = self.closes_after, self.starts_on, self.ends_on
        row.save()
        change = Change(row)
        change.note(row, before, _values(row))
        return change

    def _row(self, context: Context) -> PeriodRule:
        if self.rule is None:
            if not Plan.objects.filter(pk=self.plan, state=Plan.State.CONFIRMED).exists():
                raise Invalid(_("请选择一个执行中的方案。"), field="plan")
            if self.starts_on < context.actor.today - FARTHEST_BACK:
                raise Invalid(_("起始日期不能早于一年前:过去的期次无人能再填报。"), field="starts_on")
            return PeriodRule(plan_id=self.plan)
        row = standing(
            PeriodRule.objects.filter(pk=self.rule, plan=self.plan).first(), _("这条规则已不存在,请刷新页面。")
        )
        take_version(row, self.seen)
        if row.periods.exists() and (self.every, self.starts_on) != (row.every, row.starts_on):
            raise Invalid(_("已有期次的规则不能改频率和起始日期。请填写结束日期,另建一条新规则。"), field="every")
        return row

    def _check(self) -> None:
        if not self.title.strip() or len(self.title) > 80:
            raise Invalid(_("请填写名称,不超过 80 个字。"), field="title")
        if self.every not in PeriodRule.Every.values:
            raise Invalid(_("请选择频率。"), field="every")
        if not 1 <= self.due_day <= 31:
            raise Invalid(_("日期应在 1 到 31 之间。"), field="due_day")
        if not 0 <= self.opens_before <= 366:
            raise Invalid(_("天数应在 0 到 366 之间。"), field="opens_before")
        if self.closes_after is not None and not 0 <= self.closes_after <= 366:
            raise Invalid(_("天数应在 0 到 366 之间;不自动关闭的请留空。"), field="closes_after")
        if self.ends_on and self.ends_on < self.starts_on:
            raise Invalid(_("结束日期不能早于起始日期。"), field="ends_on")
        if self.every == PeriodRule.Every.ONCE and not self.ends_on:
            raise Invalid(_("只报一次的,请填写结束日期,即报送的最后一天。"), field="ends_on")


def _values(row: PeriodRule) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in FIELDS}
    return {name: v.isoformat() if isinstance(v, datetime.date) else v for name, v in found.items()}
