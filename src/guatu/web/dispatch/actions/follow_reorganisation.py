"""Reports, orders, problems and milestones of a unit that goes pass to its heir, inside the action of the
reorganisation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from guatu.web.base.actions import Change, Context
from guatu.web.dispatch.actions.lights_later import lights_later
from guatu.web.dispatch.models import Evidence, Figure, MilestoneProgress, Order, Period, Problem, Report, ReportEvent
from guatu.web.dispatch.selectors.in_hand import open_milestones, open_orders, open_problems, open_reports
from guatu.web.dispatch.selectors.period_facts import PeriodFacts

_TEXTS = ("progress", "problems", "next_step")


def give_reports(old: int, heir: int, change: Change[Any], context: Context) -> None:
    """Each due report has one living owner: where the heir reports on the task as well, the two become one."""
    first: dict[int, Period] = {}
    rows = open_reports(old).select_for_update(of=("self",)).select_related("period__rule", "task")
    for report in rows.order_by("period__ends_on", "id"):
        own = Report.objects.select_for_update().filter(period=report.period_id, task=report.task_id, unit=heir).first()
        if own is None or not _touched(own):
            if own is not None:
                own.delete()
            report.unit_id = heir
            report.save(update_fields=["unit"])
            change.note(report, {"unit": old}, {"unit": heir})
        else:
            _join(report, own, context, change)
        first.setdefault(report.period.rule.plan_id, report.period)
    for period in first.values():
        lights_later(period, None, context)


def give_orders(old: int, heir: int, change: Change[Any], context: Context) -> None:
    for row in open_orders(old).order_by("id"):
        _give(row, old, heir, change)


def give_problems(old: int, heir: int, change: Change[Any], context: Context) -> None:
    for row in open_problems(old).order_by("id"):
        _give(row, old, heir, change)


def give_milestones(old: int, heir: int, change: Change[Any], context: Context) -> None:
    for row in open_milestones(old).select_related("milestone").order_by("id"):
        row.unit_id = heir
        row.save(update_fields=["unit"])
        change.note(row.milestone, {"unit": old}, {"unit": heir})


def _give(row: Order | Problem | MilestoneProgress, old: int, heir: int, change: Change[Any]) -> None:
    row.unit_id = heir
    row.save(update_fields=["unit"])
    change.note(row, {"unit": old}, {"unit": heir})


def _touched(report: Report) -> bool:
    return report.state != Report.State.DUE or report.events.exists() or report.evidence.exists()


def _join(report: Report, own: Report, context: Context, change: Change[Any]) -> None:
    """What the old unit wrote goes into the heir's report; what was handed in already is to be looked at again."""
    before = {"unit": report.unit_id, "state": own.state}
    if _touched(report):
        name = PeriodFacts(report.period, context.actor.today).unit(report.unit_id)
        for text in _TEXTS:
            if more := getattr(report, text).strip():
                setattr(own, text, f"{getattr(own, text)}\n{name}:{more}".strip())
        _join_figures(report, own, name)
        there = own.evidence.values("file")
        report.evidence.exclude(file__in=there).update(report=own)
        if own.state not in (Report.State.DUE, Report.State.DRAFT):
            own.state, own.level = Report.State.RETURNED, 0
        own.save(update_fields=[*_TEXTS, "state", "level"])
        ReportEvent.objects.create(
            report=own,
            at=context.at,
            user=context.actor.user,
            verb=ReportEvent.Verb.RETURNED if own.state == Report.State.RETURNED else ReportEvent.Verb.SAVED,
            reason=_("机构调整:%(unit)s 的填报并入,请核对后重新提交。") % {"unit": name},
        )
    Evidence.objects.filter(report=report).delete()
    change.note(
        own, before, {"unit": own.unit_id, "state": own.state, "joined": {t: getattr(report, t) for t in _TEXTS}}
    )
    report.delete()


def _join_figures(report: Report, own: Report, name: str) -> None:
    """Amounts add up; of a rate that both reported the heir's stays, with the other in its note."""
    there = {row.target_id: row for row in Figure.objects.filter(report=own)}
    for row in Figure.objects.filter(report=report).select_related("target").order_by("target_id"):
        same = there.get(row.target_id)
        if same is None:
            Figure.objects.filter(pk=row.pk).update(report=own)
            continue
        if row.value is not None and same.value is not None and row.target.kind == row.target.Kind.CUMULATIVE:
            same.value += row.value
        elif same.value is None:
            same.value = row.value
        elif row.value is not None:
            same.note = f"{same.note} {name}:{row.value.normalize():f}".strip()[:300]
        same.save(update_fields=["value", "note"])
