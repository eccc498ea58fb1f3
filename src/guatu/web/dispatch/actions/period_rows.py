"""What the actions on periods share."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from guatu.web.base.actions import Context
from guatu.web.base.problems import standing
from guatu.web.dispatch.models import Period, Report, ReportEvent

CLOSING = ("state", "closed_on", "closed_at", "closed_run")
"""What closing writes on a period, and opening it again takes back."""


def known_period(pk: int, *, lock: bool = False) -> Period:
    """The row with its rule, or a problem that a person understands."""
    rows = Period.objects.select_related("rule")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    return standing(rows.filter(pk=pk).first(), _("这一期已不存在,请刷新页面。"))


def move_reports(period: Period, before: str, after: str, verb: str, context: Context) -> int:
    """Puts all reports of a period that are in one state into another, each with its line in the history."""
    reports = list(Report.objects.filter(period=period, state=before).values_list("pk", flat=True))
    ReportEvent.objects.bulk_create(
        ReportEvent(report_id=pk, at=context.at, user=context.actor.user, verb=verb) for pk in reports
    )
    Report.objects.filter(pk__in=reports).update(state=after, row_version=F("row_version") + 1)
    return len(reports)
