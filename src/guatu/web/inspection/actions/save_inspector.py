"""A person of the directory becomes an inspector, or an inspector is changed: number, unit, leave, out of use."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core.cases.sampling.draw import SEPARATOR
from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.dated import on_day
from guatu.web.base.problems import Invalid
from guatu.web.directory.models import Person, Post
from guatu.web.inspection.models import Inspector

FIELDS = ("number", "unit_id", "away_from", "away_until", "active")


@dataclass(frozen=True)
class SaveInspector(RowAction[Inspector]):
    """`pk` 0 makes a new one, for the person, whose post of the day says the unit."""

    pk: int
    seen: int
    person: int
    number: str
    away_from: datetime.date | None = None
    away_until: datetime.date | None = None
    active: bool = True
    name = "inspection.save-inspector"
    words = _("登记检查人员")
    permission = "inspection.lists"

    def change(self, context: Context) -> Change[Inspector]:
        number = self._number()
        if (self.away_from is None) != (self.away_until is None) or _before(self.away_until, self.away_from):
            raise Invalid(_("请假要填起止两个日期,止不早于起。"), field="away_until", code="inspection.away")
        row = Inspector.objects.select_related("person").filter(pk=self.pk).first() if self.pk else self._new(context)
        if row is None:
            raise Invalid(_("没有这名检查人员,请刷新页面后重试。"), code="inspection.no-inspector")
        before = {field: _plain(getattr(row, field)) for field in FIELDS} if row.pk else None
        if row.pk:
            take_version(row, self.seen)
        row.number, row.away_from, row.away_until, row.active = number, self.away_from, self.away_until, self.active
        row.save()
        change = Change(row)
        change.note(row, before, {field: _plain(getattr(row, field)) for field in FIELDS})
        return change

    def _number(self) -> str:
        number = " ".join(self.number.replace("\0", "").split())
        # The ticket of a draw joins the number to others by the bar: with one of its own it could be read in two ways.
        if not number or len(number) > 40 or SEPARATOR in number:
            raise Invalid(_("请填写执法证号,不超过 40 个字,不含竖线。"), field="number", code="inspection.number")
        if Inspector.objects.filter(number=number).exclude(pk=self.pk).exists():
            raise Invalid(_("这个执法证号已经登记过。"), field="number", code="inspection.number-twice")
        return number

    def _new(self, context: Context) -> Inspector:
        person = Person.objects.filter(pk=self.person).first()
        if person is None or Inspector.objects.filter(person=person).exists():
            raise Invalid(_("请选择一名还没有登记的人员。"), field="person", code="inspection.no-person")
        post = Post.objects.filter(on_day(context.actor.today), person=person).order_by("pk").first()
        if post is None:
            raise Invalid(_("这个人现在没有任职单位,请先在机构里登记任职。"), field="person", code="inspection.no-post")
        return Inspector(person=person, unit_id=post.unit_id)


def _before(day: datetime.date | None, other: datetime.date | None) -> bool:
    return day is not None and other is not None and day < other


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
