"""Who acts when nobody does: periods open by the calendar, lights are computed by rule."""

from __future__ import annotations

import datetime

from django.utils import timezone

from guatu.web.base.actions import Context
from guatu.web.base.actors import Actor, Grant


def system_context(at: datetime.datetime) -> Context:
    """Acts for the whole county with the rights of the supervision office; the audit line names no user."""
    today = timezone.localtime(at).date()
    return Context(Actor(None, today, (Grant("supervision", None, None),)), at)
