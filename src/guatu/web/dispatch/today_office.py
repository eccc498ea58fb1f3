"""What the supervision office and the leaders have to do today, and what changed since the last working day."""

from __future__ import annotations

import datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guatu.web.base.actors import Actor
from guatu.web.base.calendar import calendar
from guatu.web.base.language import joined
from guatu.web.base.shown import first
from guatu.web.base.templatetags.guatu_tags import light as light_mark
from guatu.web.dispatch.models import Appeal, Light, Order, Period, Report, ReportEvent
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.dispatch.selectors.orders import WAITING, order_rows, visible_orders
from guatu.web.dispatch.selectors.steps import STEPS
from guatu.web.dispatch.selectors.watched import newest_periods, watched
from guatu.web.kit.today import WATCH, Part, Row, part
from guatu.web.ledger.selectors.names import unit_labels

SOME = 6
"""So many of a kind are named where the office has a list of its own for them."""
NAMED = 8


@part(11, "order.edit")
def replies_to_check(actor: Actor) -> Part:
    return _orders(actor, "replies", _("督办反馈待核验"), Q(state=Order.State.REPLIED), "replied")


@part(12, "appeal.decide")
def appeals_to_decide(actor: Actor) -> Part:
    """The oldest first."""
    waiting = Appeal.objects.filter(state=Appeal.State.OPEN).select_related("light__task").order_by("made_at", "id")
    found = first(waiting, SOME)
    names = unit_labels((one.light.unit_id for one in found), actor.today)
    rows = [
        Row(
            one.light.task.title,
            reverse("appeal_list"),
            f"{names.get(one.light.unit_id, '')} · {timezone.localtime(one.made_at):%Y-%m-%d}",
        )
        for one in found
    ]
    return Part("appeals", _("申诉待处理"), rows, found.total, reverse("appeal_list"))


@part(13, "order.edit", later="steps")
def steps_to_take(actor: Actor) -> Part:
    """What the ladder proposes now, once a step: how many units it is about."""
    kinds: dict[str, list[str]] = {}
    for row in STEPS.all_lines(actor, {}):
        if row.action == "take" and not row.settles:
            kinds.setdefault(row.name, []).append(row.unit)
    rows = [
        Row(name, reverse("step_list"), _("%(n)d 项:%(units)s") % {"n": len(units), "units": _some(units)})
        for name, units in kinds.items()
    ]
    count = sum(map(len, kinds.values()))
    hint = ngettext("应采取 %(n)d 项", "应采取 %(n)d 项", count) % {"n": count}
    return Part("steps", _("建议措施"), rows, address=reverse("step_list"), hint=hint)


@part(WATCH + 1, "order.edit")
def changed_since(actor: Actor) -> Part:
    """Since the last working day: lights that turned, reports that came in, reports that fell due and are missing."""
    first = calendar(actor.today).shift(actor.today, -1)
    since = _midnight(first)
    came = Report.objects.filter(submitted_at__gte=since, state__in=HANDED_IN).count()
    owed = Report.objects.filter(period__state=Period.State.OPEN, period__due_on__lt=actor.today)
    missing = owed.exclude(state__in=HANDED_IN).count()
    asked = [
        (came, ngettext("收到填报 %(n)d 份", "收到填报 %(n)d 份", came), "review_list", ""),
        (missing, ngettext("逾期未报 %(n)d 份", "逾期未报 %(n)d 份", missing), "period_list", ""),
    ]
    rows = [Row(words % {"n": n}, reverse(page) + query) for n, words, page, query in asked if n]
    return Part("changed", _("%(day)s 以来的变化") % {"day": first.isoformat()}, [*_turned(since), *rows])


def _turned(since: datetime.datetime) -> list[Row]:
    """Of each colour how many lights have it since then, and of which tasks the most."""
    periods = [period.pk for period in newest_periods()]
    turned = Light.objects.filter(period__in=periods, target=None, at__gte=since)
    found = []
    for colour in (Light.Colour.RED, Light.Colour.AMBER, Light.Colour.GREEN):
        of_task = turned.filter(colour=colour).values_list("task__title").annotate(n=Count("pk")).order_by("-n")
        tasks = [title for title, _n in first(of_task, NAMED // 2)]
        if tasks:
            count = turned.filter(colour=colour).count()
            words = ngettext("新亮灯 %(n)d 个", "新亮灯 %(n)d 个", count) % {"n": count}
            address = f"{reverse('light_list')}?light={colour}"
            found.append(Row(words, address, joined(tasks), mark=light_mark(colour)))
    return found


@part(WATCH + 2, "order.view")
def overdue_orders(actor: Actor) -> Part | None:
    """For those who see the orders of all units."""
    if actor.units_for("order.view") is not None:
        return None
    # A reply is late as soon as one working day has passed since it was due.
    late = Q(state__in=WAITING, due_on__lt=calendar(actor.today).on_or_before(actor.today))
    return _orders(actor, "overdue", _("督办单逾期未反馈"), late, "overdue")


@part(WATCH + 3, "map.view")
def worst_tasks(actor: Actor) -> Part | None:
    """Each task once, with the units that are behind; for those who see more than one unit."""
    if actor.units_for("map.view") is not None:
        return None
    found = watched(actor, newest_periods(), NAMED)
    rows = [
        Row(
            one.task,
            reverse("task_detail", args=[one.task_id]),
            _some([name for name, _colour, _pk in one.units]),
            one.due,
            light_mark(one.colour),
        )
        for one in found
    ]
    return Part("worst", _("今天要盯的任务"), rows, address=reverse("campaign_map"))


def _orders(actor: Actor, name: str, title: str, which: Q, state: str) -> Part:
    asked = first(visible_orders(actor).filter(which).order_by("due_on", "id"), SOME)
    rows = [
        Row(
            row.order.subject,
            reverse("order_detail", args=[row.order.pk]),
            f"{row.unit} · {row.order.number}",
            row.order.due_on if row.waits else None,
        )
        for row in order_rows(asked.rows, actor.today)
    ]
    return Part(name, title, rows, asked.total, f"{reverse('order_list')}?state={state}")


def _some(units: list[str]) -> str:
    """Names, of many the first ones with their number."""
    once = list(dict.fromkeys(units))
    if len(once) <= NAMED:
        return joined(once)
    return _("%(units)s等 %(n)d 个单位") % {"units": joined(once[:NAMED]), "n": len(once)}


@part(WATCH + 4, "audit.view")
def changed_after_acceptance(actor: Actor) -> Part | None:
    """Reports that were handed in once more after they had been accepted, in the last month."""
    if not actor.may("report.view"):
        return None
    before = ReportEvent.objects.filter(
        report=OuterRef("report"), verb=ReportEvent.Verb.ACCEPTED, pk__lt=OuterRef("pk")
    )
    since = _midnight(actor.today - datetime.timedelta(days=30))
    again = ReportEvent.objects.filter(Exists(before), verb=ReportEvent.Verb.SUBMITTED, at__gte=since)
    found = first(again.select_related("report__task", "report__period", "user").order_by("-id"), SOME)
    names = unit_labels((one.report.unit_id for one in found), actor.today)
    rows = [
        Row(
            one.report.task.title,
            reverse("report_edit", args=[one.report_id]),
            f"{names.get(one.report.unit_id, '')} · {one.report.period.key} · {timezone.localtime(one.at):%m-%d %H:%M}",
        )
        for one in found
    ]
    return Part("changed-figures", _("审核通过后又改报的填报"), rows, found.total)


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
