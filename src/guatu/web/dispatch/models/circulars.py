"""Circulars and monthly reports: written from figures that are kept as they were."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.models import User, Versioned
from guatu.web.dispatch.models.reports import Period
from guatu.web.ledger.models import Plan


class Circular(Versioned):
    """A circular (通报) or monthly report (月报) on one period of one plan.

    `body` holds the figures on the day it was made and never changes; `texts` is what people write around them, by the
    names of selectors.circular_texts. Once issued nothing changes.
    """

    class Kind(models.TextChoices):
        CIRCULAR = "circular", _("通报")
        MONTHLY = "monthly", _("月报")

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        ISSUED = "issued", _("已印发")

    kind = models.CharField(_("种类"), max_length=10, choices=Kind, default=Kind.CIRCULAR)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="circulars")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="circulars")
    number = models.CharField(_("发文字号"), max_length=60, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    body = models.JSONField()
    texts = models.JSONField(default=dict)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    issued_on = models.DateField(_("成文日期"), null=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("通报")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="circular_number_once")
        ]
