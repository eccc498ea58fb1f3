"""Units are reminded of what falls due in the next days: reports, and replies to orders; the office of appeals whose
answer is overdue. Once each: the notice that stands is the mark."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import Notice, Order, Period, Report
from guatu.web.dispatch.selectors.appeals import overdue_appeals
from guatu.web.dispatch.selectors.orders import WAITING
from guatu.web.ledger.models import Plan

REPORTS, ORDERS, APPEALS = "report.soon", "order.soon", "appeal.overdue"
_OWED = (Report.State.DUE, Report.State.DRAFT, Report.State.RETURNED)
_Told = tuple[str, int | None, str, str]
"""Kind, unit, title and page of a notice."""


@dataclass(frozen=True)
class RemindDue(Action[int]):
    """The number of new reminders; at the same day again it is 0. The days before are the settings
    `notices.remind-reports` and `notices.remind-orders`, 0 for none."""

    name = "dispatch.remind-due"
    permission = "order.edit"
    words = gettext_lazy("到期前提醒")
    on: datetime.date

    def change(self, context: Context) -> Change[int]:
        # A notice is read by others than who makes it, here by nobody.
        with translation.override("zh-hans"):
            wanted = [*self._reports(), *self._orders(), *self._appeals()]
        told = set(
            Notice.objects.filter(kind__in=(REPORTS, ORDERS, APPEALS), path__in={one[3] for one in wanted}).values_list(
                "kind", "unit_id", "path"
            )
        )
        new = [one for one in wanted if (one[0], one[1], one[3]) not in told]
        for kind, unit, title, path in new:
            tell(context, kind, unit, title, "", path)
        return Change(len(new))

    def recall(self, answer: Any) -> int:
        return int(answer or 0)

    def _reports(self) -> list[_Told]:
        """One for each unit and period, by how many of its reports have not come."""
        reports = Report.objects.filter(
            state__in=_OWED, period__state=Period.State.OPEN, period__rule__plan__state=Plan.State.CONFIRMED,
            period__due_on__range=self._days("notices.remind-reports"),
        )  # fmt: skip
        rows = reports.values_list("unit_id", "period__key", "period__due_on", "period__rule__plan_id", "period_id")
        return [
            (
                REPORTS,
                unit,
                _("%(n)d 项填报 %(day)s 截止,尚未报送") % {"n": count, "day": due.isoformat()},
                f"{reverse('report_list')}?plan={plan}&period={key}&of={period}",
            )
            for (unit, key, due, plan, period), count in sorted(Counter(rows).items())
        ]

    def _orders(self) -> list[_Told]:
        """One for each day by which a reply is asked for: an order that was returned is due anew."""
        orders = Order.objects.filter(state__in=WAITING, due_on__range=self._days("notices.remind-orders"))
        return [
            (
                ORDERS,
                order.unit_id,
                _("%(number)s %(day)s 前须反馈") % {"number": order.number, "day": order.due_on.isoformat()},
                f"{reverse('order_detail', args=[order.pk])}?due={order.due_on.isoformat()}",
            )
            for order in orders.order_by("pk")
        ]

    def _appeals(self) -> list[_Told]:
        return [
            (
                APPEALS,
                None,
                _("申诉逾期未答复:%(task)s,应于 %(day)s 前答复")
                % {"task": one.light.task.title, "day": one.due_on.isoformat()},
                f"{reverse('appeal_decisions')}?state=overdue#appeal-{one.pk}",
            )
            for one in overdue_appeals(self.on).select_related("light__task").order_by("pk")
        ]

    def _days(self, name: str) -> tuple[datetime.date, datetime.date]:
        """From today to the last day of which is reminded; an empty span where the county wants none."""
        before = int(setting(name, self.on))
        last = self.on + datetime.timedelta(before) if before else self.on - datetime.timedelta(1)
        return self.on, last
