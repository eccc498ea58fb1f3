"""How often the units of a plan report, and by when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.calendar.keys import MONTHS, key_of, span_of
from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Invalid, standing
from guatu.web.base.words import one_of
from guatu.web.dispatch.models import PeriodRule
from guatu.web.kit.kinds import Choice, Day, Text, Tick, Whole, WholeOrNone
from guatu.web.kit.record import fields_of, stored
from guatu.web.ledger.models import Plan

_DUE = gettext_lazy("5 即次月(次季、次年首月)5 日前。")
_CLOSES = gettext_lazy("关闭前可以迟报;留空则不自动关闭。")
_SINCE = gettext_lazy("从这一天所在的期开始,每一期都要填报。已经结束的期不再补开:没有要求过的,不算缺报。")


@dataclass(frozen=True)
class SetPeriodRule(RowAction[PeriodRule]):
    """A new rule for None as `rule`. Periods that are open keep the days that were announced for them."""

    name = "dispatch.set-period-rule"
    permission = "period.edit"
    words = gettext_lazy("设置填报规则")
    plan: int
    title: Annotated[str, Text(label=gettext_lazy("名称"), required=True, longest=80, of="name")]
    every: Annotated[str, Choice(label=gettext_lazy("频率"), required=True, choices=PeriodRule.Every.choices)]
    due_day: Annotated[int, Whole(label=gettext_lazy("期后第几日截止"), required=True, hint=_DUE)] = field(
        default=5, kw_only=True
    )
    roll: Annotated[bool, Tick(label=gettext_lazy("截止日遇节假日顺延到下一工作日"))] = field(
        default=True, kw_only=True
    )
    opens_before: Annotated[int, Whole(label=gettext_lazy("期末前几日开放填报"), required=True)] = field(
        default=5, kw_only=True
    )
    closes_after: Annotated[int | None, WholeOrNone(label=gettext_lazy("截止后几日关闭"), hint=_CLOSES)] = field(
        default=20, kw_only=True
    )
    starts_on: Annotated[datetime.date, Day(label=gettext_lazy("起始日期"), required=True, hint=_SINCE)]
    ends_on: Annotated[datetime.date | None, Day(label=gettext_lazy("结束日期"))] = None
    rule: int | None = None
    seen: int = 0

    def change(self, context: Context) -> Change[PeriodRule]:
        self._check()
        row = self._row(context)
        before = _values(row) if row.pk else None
        for name, value in stored(self).items():
            setattr(row, name, value.strip() if isinstance(value, str) else value)
        row.save()
        change = Change(row)
        change.note(row, before, _values(row))
        return change

    def _row(self, context: Context) -> PeriodRule:
        if self.rule is None:
            if not Plan.objects.filter(pk=self.plan, state=Plan.State.CONFIRMED).exists():
                raise Invalid(_("请选择一个执行中的方案。"), field="plan")
            self._check_ahead(context.actor.today)
            return PeriodRule(plan_id=self.plan)
        row = standing(
            PeriodRule.objects.filter(pk=self.rule, plan=self.plan).first(), _("这条规则已不存在,请刷新页面。")
        )
        take_version(row, self.seen)
        if row.periods.exists() and (self.every, self.starts_on) != (row.every, row.starts_on):
            raise Invalid(_("已有期次的规则不能改频率和起始日期。请填写结束日期,另建一条新规则。"), field="every")
        if (self.every, self.starts_on) != (row.every, row.starts_on):
            self._check_ahead(context.actor.today)
        if self.ends_on != row.ends_on and row.ends_on and self._end_of_period(row.ends_on) < context.actor.today:
            raise Invalid(_("这条规则已经结束,不能再延长或改期。请另建一条新规则。"), field="ends_on")
        return row

    def _check_ahead(self, today: datetime.date) -> None:
        """A rule holds from the day on which it is saved: periods that were over then ask nobody."""
        if self.every == PeriodRule.Every.ONCE:
            if self.ends_on and self.ends_on <= today:
                raise Invalid(_("结束日期已到,来不及填报。请填写今天以后的日期。"), field="ends_on")
        elif (end := self._end_of_period(self.starts_on)) < today:
            said = _("起始日期所在的期已于 %(day)s 结束,不再要求填报。请填写本期或以后的日期。")
            raise Invalid(said % {"day": end.isoformat()}, field="starts_on")

    def _end_of_period(self, day: datetime.date) -> datetime.date:
        """Last day of the period in which the day lies."""
        return day if self.every == PeriodRule.Every.ONCE else span_of(key_of(one_of(MONTHS, self.every), day))[1]

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
    found = {field.attribute: getattr(row, field.attribute) for field in fields_of(SetPeriodRule).values()}
    return {name: v.isoformat() if isinstance(v, datetime.date) else v for name, v in found.items()}
