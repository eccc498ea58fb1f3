"""What is due for the units that a user acts for: reports, replies to orders, milestones."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.adapters.feeds import FeedEvent
from guatu.adapters.writers.official.words import period_name
from guatu.web.base.actors import Actor
from guatu.web.base.models import User
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.dispatch.models import Order, Period, Report
from guatu.web.dispatch.selectors.duties import REPORTING
from guatu.web.dispatch.selectors.orders import WAITING
from guatu.web.ledger.models import Milestone, Plan, Task
from guatu.web.ledger.selectors.names import unit_labels

_OWED = (Report.State.DUE, Report.State.DRAFT, Report.State.RETURNED)
BACK = datetime.timedelta(days=90)
"""How far back what is still open is shown."""


def events_of(user: User, today: datetime.date, site: str) -> list[FeedEvent]:
    """Events in order of time. `site` begins the links and ends the names of the events."""
    actor = Actor(user, today, grants_of(user, today))
    since = timezone.make_aware(datetime.datetime.combine(today, datetime.time()))
    made = _Events(actor, site.rstrip("/"), since)
    return sorted((*made.reports(), *made.orders(), *made.milestones()), key=lambda event: (event.on, event.uid))


class _Events:
    def __init__(self, actor: Actor, site: str, changed: datetime.datetime) -> None:
        self.actor, self.site, self.changed = actor, site, changed
        self.units = actor.own_units
        self.host = site.split("://", 1)[-1] or "guatu"

    def reports(self) -> Iterator[FeedEvent]:
        """One event for each period in which reports are owed."""
        if not self.actor.may("report.write"):
            return
        owed = Report.objects.filter(
            unit__in=self.units, state__in=_OWED, period__state=Period.State.OPEN, period__due_on__gte=self._first()
        )
        counts = Counter(owed.values_list("period_id", flat=True))
        for period in Period.objects.filter(pk__in=counts).select_related("rule__plan"):
            title = _("%(period)s填报截止:%(count)d 项") % {
                "period": period_name(period.key),
                "count": counts[period.pk],
            }
            address = f"{reverse('report_list')}?period={period.key}"
            yield self._event(f"period-{period.pk}", period.due_on, title, period.rule.plan.title, address)

    def orders(self) -> Iterator[FeedEvent]:
        found = list(self._orders().filter(state__in=WAITING, due_on__gte=self._first()))
        names = unit_labels((order.unit_id for order in found), self.actor.today)
        for order in found:
            unit = names.get(order.unit_id, "")
            title = _("%(number)s反馈时限:%(unit)s") % {"number": order.number, "unit": unit}
            yield self._event(f"order-{order.pk}", order.due_on, title, order.subject, _address(order))

    def milestones(self) -> Iterator[FeedEvent]:
        found = Milestone.objects.filter(
            done_on=None,
            planned_end__gte=self._first(),
            task__state=Task.State.OPEN,
            task__plan__state=Plan.State.CONFIRMED,
            task__duties__unit__in=self.units,
            task__duties__role__in=REPORTING,
        )
        for row in found.select_related("task").distinct():
            title = _("节点:%(milestone)s") % {"milestone": row.title}
            address = reverse("task_detail", args=[row.task_id])
            yield self._event(f"milestone-{row.pk}", row.planned_end, title, row.task.title, address)

    def _orders(self) -> QuerySet[Order]:
        """Those of the own units; for the office all that wait."""
        every = self.actor.may("order.edit") and self.actor.units_for("order.edit") is None
        return Order.objects.all() if every else Order.objects.filter(unit__in=self.units)

    def _first(self) -> datetime.date:
        return self.actor.today - BACK

    def _event(self, name: str, on: datetime.date | None, title: str, text: str, address: str) -> FeedEvent:
        day = on or self.actor.today
        return FeedEvent(f"{name}@{self.host}", day, title, text, f"{self.site}{address}", self.changed)


def _address(order: Order) -> str:
    return reverse("order_detail", args=[order.pk])
