"""What closing a period writes beside its state: its last lights, what its reports were, and the seal over all."""

from __future__ import annotations

from django.db.models import F, Q

from guatu.web.base.actions import Context
from guatu.web.dispatch.actions.compute_lights import compute
from guatu.web.dispatch.models import Period, Report, Seal
from guatu.web.dispatch.selectors.period_facts import PeriodFacts
from guatu.web.dispatch.selectors.periods import judged_on
from guatu.web.dispatch.selectors.sealing import digest, written
from guatu.web.ledger.selectors.running import STANDING


def seal(period: Period, context: Context) -> Seal:
    """Of a period that has just been closed, inside its action."""
    today = context.actor.today
    compute(period, judged_on(period, today), None, context.at)
    reports, standing = Report.objects.filter(period=period), Q(task__state__in=STANDING)
    reports.filter(standing).update(sealed=F("state"))
    reports.exclude(standing).update(sealed=Report.OUT)
    facts = written(PeriodFacts(period, today).facts())
    return Seal.objects.create(period=period, facts=facts, digest=digest(period, facts), at=context.at)


def unseal(period: Period) -> None:
    """Takes it away where the period is opened again."""
    Seal.objects.filter(period=period).delete()
    Report.objects.filter(period=period).update(sealed="")
