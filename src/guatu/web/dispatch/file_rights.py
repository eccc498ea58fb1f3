"""Who may read the files that hang on reports: those who may see the report, and those who review it."""

from __future__ import annotations

from guatu.web.base.actors import Actor
from guatu.web.base.files import reader
from guatu.web.base.models import Attachment
from guatu.web.dispatch.models import Report
from guatu.web.dispatch.selectors.reviewing import Reviewing


@reader
def evidence(actor: Actor, attachment: Attachment) -> bool:
    # One photo may hang on many reports: whoever may see any of them may read it.
    reports = list(Report.objects.filter(evidence__file=attachment).distinct())
    if not reports:
        return False
    reviewing = Reviewing({report.task_id for report in reports}, actor)
    return any(reviewing.may_see(report) for report in reports)
