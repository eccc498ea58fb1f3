"""Lights of tasks and targets, and appeals against them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.models import User, Versioned
from guatu.web.directory.models import Unit
from guatu.web.dispatch.models.reports import Period
from guatu.web.ledger.models import Target, Task


class Light(models.Model):
    """The light of one task (and unit, and target) in one period, with the rule and the numbers that gave it."""

    class Colour(models.TextChoices):
        GREEN = "green", _("正常")
        AMBER = "amber", _("滞后")
        RED = "red", _("严重滞后")
        GREY = "grey", _("无数据")

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="lights")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="lights")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="lights")
    target = models.ForeignKey(Target, null=True, on_delete=models.CASCADE, related_name="lights")
    domain = models.CharField(max_length=120, blank=True, default="")
    due = models.DateField(null=True)
    """Those of its task when it was judged: a closed period does not follow a section or a deadline that moves."""
    colour = models.CharField(_("亮灯"), max_length=6, choices=Colour, db_index=True)
    rule = models.CharField(max_length=80)
    explained = models.JSONField()
    """A kernel.explained.Explained: the value, the rule and its parts."""
    on = models.DateField(_("判定日"))
    """The day that it was judged on."""
    at = models.DateTimeField()
    """Since when it has had this colour."""

    class Meta:
        verbose_name = _("亮灯")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["period", "task", "unit", "target"], name="one_light", nulls_distinct=False)
        ]
        # What is counted is read from the index alone: the row beside it is mostly its explanation.
        indexes: ClassVar = [
            models.Index(fields=["task", "unit", "target", "period", "colour"], name="lights_of_a_task"),
            models.Index(fields=["target", "period", "unit", "task", "colour", "domain"], name="lights_of_a_period"),
        ]


class Appeal(Versioned):
    """A unit's objection to a light. Upheld, the light counts no further on the ladder, but stays on record."""

    class State(models.TextChoices):
        OPEN = "open", _("待处理")
        UPHELD = "upheld", _("成立")
        REJECTED = "rejected", _("不成立")

    light = models.ForeignKey(Light, on_delete=models.CASCADE, related_name="appeals")
    then = models.JSONField()
    """Colour and reason of the light when the appeal was made; the light itself may be computed again."""
    reason = models.TextField(_("理由"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    decision = models.TextField(_("处理意见"), blank=True)
    due_on = models.DateField(_("答复时限"), db_index=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("申诉")
