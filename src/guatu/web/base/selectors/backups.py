"""When the county was last backed up, and whether that is too long ago."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from guatu.web.base.actors import Actor
from guatu.web.base.models import AuditEntry
from guatu.web.base.settings_table import setting


@dataclass(frozen=True)
class Overdue:
    """`last` is the time of the last backup, None where there was none; `days` is how long it is ago, or the county is
    old."""

    last: datetime.datetime | None
    days: int


def overdue_backup(actor: Actor, at: datetime.datetime) -> Overdue | None:
    """For who keeps the accounts; None where the last backup is at most `backup.longest-days` old, or is not
    due yet."""
    if not actor.may("accounts.edit"):
        return None
    lines = AuditEntry.objects.order_by("-at").values_list("at", flat=True)
    last = lines.filter(action="base.back-up").first()
    since = last or lines.reverse().first()
    days = (at - since).days if since else 0
    return Overdue(last, days) if days > setting("backup.longest-days") else None
