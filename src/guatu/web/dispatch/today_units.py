"""What a unit has to do today: orders and returned reports first, then the reports by their day, the milestones, and
what waits for its review."""

from __future__ import annotations

import datetime

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guatu.web.base.actors import Actor
from guatu.web.base.language import joined
from guatu.web.base.shown import first
from guatu.web.dispatch.models import Order, Period, Report
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.dispatch.selectors.orders import WAITING, visible_orders
from guatu.web.dispatch.selectors.report_lists import (
    PRESSING,
    TO_DO,
    ReportRow,
    grouped,
    of_group,
    own_reports,
    report_rows,
)
from guatu.web.dispatch.selectors.review_lists import reviewable, waiting_for
from guatu.web.kit.today import MOST, Part, Row, part
from guatu.web.ledger.selectors.coming import milestones_due, open_tasks_led
from guatu.web.ledger.selectors.names import unit_labels

AHEAD = datetime.timedelta(days=14)
"""So far ahead milestones are named."""
MOST_REPORTS = 60


@part(10, "order.reply")
def orders_to_answer(actor: Actor) -> Part:
    waiting = visible_orders(actor).filter(unit__in=actor.own_units, state__in=WAITING)
    found = first(waiting.select_related("instruction").order_by("due_on", "id"), MOST)
    rows = [
        Row(
            order.subject,
            reverse("order_detail", args=[order.pk]),
            order.number,
            order.due_on,
            _order_mark(order),
        )
        for order in found
    ]
    return Part("orders", _("督办单待反馈"), rows, found.total, reverse("order_list"))


def _order_mark(order: Order) -> str:
    if order.state == Order.State.RETURNED:
        return _("退回补充")
    return _("批示") if hasattr(order, "instruction") else ""


@part(20, "report.write")
def reports_to_write(actor: Actor) -> Part:
    """Returned ones first, then those that are late, then the others by their day."""
    owed = grouped(own_reports(actor), actor.today).filter(of_group(*TO_DO))
    shown = first(PRESSING.sort(owed), MOST_REPORTS)
    found = report_rows(shown.rows, actor.today)
    several = len({row.unit for row in found}) > 1
    rows = [
        Row(
            f"{row.report.task.number} {row.report.task.title}".strip(),
            reverse("report_edit", args=[row.report.pk]),
            " · ".join(filter(None, (row.unit if several else "", row.report.period.key, row.reason))),
            row.report.period.due_on,
            _report_mark(row),
        )
        for row in found
    ]
    return Part("reports", _("待填报"), rows, shown.total, reverse("report_list"))


def _report_mark(row: ReportRow) -> SafeString | str:
    if row.report.state == Report.State.RETURNED:
        return format_html('<span class="text-late">{}</span>', _("退回待改"))
    return _("草稿") if row.report.state == Report.State.DRAFT else ""


@part(30, "report.review")
def reports_to_review(actor: Actor) -> Part:
    """In the order in which they came."""
    waiting = waiting_for(actor, reviewable(actor))
    reports = Report.objects.filter(pk__in=waiting).select_related("task", "period").order_by("submitted_at", "id")
    found = report_rows(first(reports, MOST).rows, actor.today)
    rows = [
        Row(
            f"{row.report.task.number} {row.report.task.title}".strip(),
            reverse("review_detail", args=[row.report.pk]),
            f"{row.unit} · {row.report.period.key}",
        )
        for row in found
    ]
    return Part("reviews", _("待审核的填报"), rows, len(waiting), reverse("review_list"))


@part(40, "milestone.edit")
def milestones_to_reach(actor: Actor) -> Part:
    """Past their day, or so in the next two weeks."""
    due = first(milestones_due(actor.today + AHEAD, actor.own_units), MOST)
    rows = [
        Row(one.title, reverse("task_milestones", args=[one.task_id]), one.task.title, one.planned_end) for one in due
    ]
    return Part("milestones", _("到期节点"), rows, due.total)


@part(50, "report.review")
def late_in_led_tasks(actor: Actor) -> Part:
    """Of the tasks that the units lead: who has not handed in, once a task and period."""
    late = Report.objects.filter(
        task__in=open_tasks_led(actor.own_units), period__state=Period.State.OPEN, period__due_on__lt=actor.today
    ).exclude(state__in=HANDED_IN)
    late = late.exclude(unit__in=actor.own_units)
    of_task = ("task_id", "task__title", "period__key", "period__due_on")
    each = late.values_list(*of_task).annotate(n=Count("pk")).order_by("period__due_on", "-n", "task_id")
    found = first(each, MOST)
    names = _late_units(late, [task for task, *_rest in found], actor.today)
    rows = [
        Row(title, reverse("task_detail", args=[task]), f"{key} · {names[task, key]}", due)
        for task, title, key, due, _n in found
    ]
    count = late.count() if rows else 0
    hint = ngettext("共 %(n)d 份没有按时报", "共 %(n)d 份没有按时报", count) % {"n": count}
    return Part("late", _("牵头任务中谁还没报"), rows, hint=hint)


def _late_units(late: QuerySet[Report], tasks: list[int], on: datetime.date) -> dict[tuple[int, str], str]:
    pairs = list(late.filter(task__in=tasks).values_list("task_id", "period__key", "unit_id"))
    names = unit_labels((unit for _task, _key, unit in pairs), on)
    found: dict[tuple[int, str], list[str]] = {}
    order = {unit: at for at, unit in enumerate(names)}
    for task, key, unit in sorted(pairs, key=lambda pair: order.get(pair[2], 0)):
        found.setdefault((task, key), []).append(names.get(unit, ""))
    return {pair: joined(some) for pair, some in found.items()}
