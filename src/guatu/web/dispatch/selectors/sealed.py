"""How queries ask for reports: of a closed period as they stood when it was closed, of others as they stand."""

from __future__ import annotations

import datetime

from django.db.models import F, Q

from guatu.web.dispatch.models import Report
from guatu.web.ledger.selectors.running import STANDING


def counting(of: str = "") -> Q:
    """Reports that a period counts: of tasks that stand, or stood when it was closed. `of` leads to the reports."""
    at = f"{of}__" if of else ""
    return ~Q(**{f"{at}sealed": Report.OUT}) & (~Q(**{f"{at}sealed": ""}) | Q(**{f"{at}task__state__in": STANDING}))


def in_state(*states: str, of: str = "") -> Q:
    """Reports that are in one of some states, or were when their period was closed."""
    at = f"{of}__" if of else ""
    return Q(**{f"{at}sealed__in": states}) | Q(**{f"{at}sealed": "", f"{at}state__in": states})


def fell_due(today: datetime.date) -> Q:
    """Reports whose due day is over, or was when their period was closed."""
    before = Q(period__closed_on__isnull=False, period__due_on__lt=F("period__closed_on"))
    return before | Q(period__closed_on__isnull=True, period__due_on__lt=today)
