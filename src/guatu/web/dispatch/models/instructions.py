"""What leaders write on something (批示), and what they are asked (请示)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.models import User, Versioned
from guatu.web.dispatch.models.circulars import Circular
from guatu.web.dispatch.models.orders import Order
from guatu.web.dispatch.models.reports import Report


class Instruction(Versioned):
    """A leader's words on a task, a unit, a report or a circular; or first a question to the leader, without words yet.

    `order` is what it became: that is answered, checked and closed as any other. Without one it was an answer alone.
    """

    plan = models.ForeignKey("ledger.Plan", on_delete=models.CASCADE, related_name="instructions")
    task = models.ForeignKey("ledger.Task", null=True, on_delete=models.CASCADE, related_name="instructions")
    unit = models.ForeignKey("directory.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    """Who is to do it; of a question who is meant, if anybody."""
    report = models.ForeignKey(Report, null=True, on_delete=models.SET_NULL, related_name="+")
    circular = models.ForeignKey(Circular, null=True, on_delete=models.SET_NULL, related_name="+")
    question = models.TextField(_("请示事项"), blank=True)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)
    text = models.TextField(_("批示"), blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True, db_index=True)
    order = models.OneToOneField(Order, null=True, on_delete=models.PROTECT, related_name="instruction")

    class Meta:
        verbose_name = _("批示")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(question="") | ~models.Q(text=""), name="instruction_says_something"
            )
        ]
