"""Grave acts (通报批评, 约谈, 红牌): laid open with all facts, confirmed, and never deleted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.models import User, Versioned
from guatu.web.directory.models import Unit
from guatu.web.dispatch.models.ladder import LadderEvent
from guatu.web.dispatch.models.reports import Period
from guatu.web.ledger.models import Task


class Act(Versioned):
    """One grave step of the ladder against a unit, from its proposal to its end.

    `facts` is what was known when it was proposed, which who confirms it is shown. It stands on the ladder, and in the
    next circular, from its confirmation to its withdrawal.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待第二人确认")
        TAKEN = "taken", _("已采取")
        REFUSED = "refused", _("未获确认")
        WITHDRAWING = "leaving", _("撤销待确认")
        WITHDRAWN = "withdrawn", _("已撤销")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="acts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(_("措施"), max_length=40)
    label = models.CharField(_("措施"), max_length=80)
    """The name of the step when it was proposed: the county may rename its ladder."""
    reason = models.TextField(_("理由"))
    facts = models.JSONField()
    state = models.CharField(_("状态"), max_length=9, choices=State, default=State.PROPOSED, db_index=True)
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    """When it was taken or refused."""
    refusal = models.TextField(_("不予确认的理由"), blank=True)
    event = models.OneToOneField(LadderEvent, null=True, on_delete=models.PROTECT, related_name="act")
    withdrawal = models.TextField(_("撤销理由"), blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """Who asked for the withdrawal; `released_by` is the second person."""
    released_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("重大措施")
        indexes: ClassVar = [models.Index(fields=["task", "unit", "step"], name="acts_of_a_pair")]
