"""The ladder of supervision: what was done about a unit that is behind with a task."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.models import User
from guatu.web.directory.models import Unit
from guatu.web.ledger.models import Task


class LadderEvent(models.Model):
    """One event of core.dispatch.ladder for a task and a unit. Only grows; `step` is the id of a step of the ladder."""

    class Kind(models.TextChoices):
        STEP = "step", _("采取措施")
        STOP = "stop", _("中止")
        GO_ON = "go-on", _("恢复")
        APPEAL = "appeal", _("申诉")
        UPHELD = "upheld", _("申诉成立")
        REJECTED = "rejected", _("申诉不成立")
        SETTLED = "settled", _("了结")
        WITHDRAWN = "withdrawn", _("撤销")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="ladder_events")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind)
    on = models.DateField()
    step = models.CharField(max_length=40, blank=True)
    until = models.DateField(null=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("督查措施")
        indexes: ClassVar = [models.Index(fields=["task", "unit", "on"], name="ladder_of_a_task")]
