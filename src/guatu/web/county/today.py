"""What who looks after the program has to see today: work that failed, and for auditors what was changed."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.actions.named import action_names
from guatu.web.base.actors import Actor
from guatu.web.base.jobs import words_of
from guatu.web.base.models import Job
from guatu.web.base.selectors.audit import audit_entries, changes_of, midnight
from guatu.web.base.shown import first
from guatu.web.kit.today import MOST, WATCH, Part, Row, part

BACK = datetime.timedelta(days=30)
"""So long what was changed is named."""
CHANGES = (
    "settings.set", "calendar.add-days", "calendar.remove-day", "dispatch.set-period-rule", "dispatch.reopen-period",
    "dispatch.reopen-run", "dispatch.withdraw-order", "dispatch.decide-appeal",
)  # fmt: skip
"""Actions that change how others are judged, open again what was closed, or take back what was ordered."""
_SAID = 3
"""So many of the fields of a change stand beside it."""


@part(45, "job.edit")
def failed_jobs(actor: Actor) -> Part:
    # Those that wait or run need nobody; what failed stays failed until somebody tries it again.
    failed = first(Job.objects.filter(state=Job.State.FAILED).defer("payload", "result").order_by("-id"), 6)
    rows = [
        Row(str(words_of(job.kind)), f"{reverse('job_list')}?state=failed", _moment(job.created_at), mark=_("失败"))
        for job in failed
    ]
    return Part("jobs", _("失败的后台任务"), rows, failed.total, f"{reverse('job_list')}?state=failed")


@part(WATCH + 5, "audit.view")
def changes_of_the_rules(actor: Actor) -> Part:
    """The newest first; each leads to the lines of the audit trail about the same thing."""
    # A month: audits are held by the month, and what is older stands in the list.
    since = actor.today - BACK
    found = audit_entries(actor).filter(at__gte=midnight(since), action__in=CHANGES).order_by("-id")
    shown = first(found, MOST)
    words = dict(action_names())
    rows = []
    for entry in shown:
        said = (
            f"{one.field} {one.before} → {one.after}" for one in changes_of(entry)[:_SAID] if one.before != one.after
        )
        note = " · ".join((_moment(entry.at), str(entry.user or ""), *said))
        address = f"{reverse('audit_list')}?kind={entry.object_type}&number={entry.object_id}"
        rows.append(Row(words.get(entry.action, entry.action), address, note))
    return Part("rules", _("近 30 天规则和结果的改动"), rows, shown.total, reverse("audit_list"))


def _moment(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%m-%d %H:%M}"
