"""Meetings of dispatch: their minutes, and what was decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.models import User, Versioned
from guatu.web.dispatch.models.orders import Order
from guatu.web.dispatch.models.reports import Period


class Meeting(Versioned):
    """A meeting on a period of a plan. Once its minutes are issued nothing changes; each decision is an order then."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        ISSUED = "issued", _("已印发")

    plan = models.ForeignKey("ledger.Plan", on_delete=models.CASCADE, related_name="meetings")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(_("会议名称"), max_length=200)
    held_on = models.DateField(_("会议日期"))
    place = models.CharField(_("地点"), max_length=120, blank=True)
    chair = models.CharField(_("主持人"), max_length=120, blank=True)
    attended = models.TextField(_("参加人员"), blank=True)
    agenda = models.TextField(_("议程"))
    minutes = models.TextField(_("会议议定和要求"), blank=True)
    number = models.CharField(_("编号"), max_length=60, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    issued_on = models.DateField(_("印发日期"), null=True)
    issued_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("调度会议")
        indexes: ClassVar = [models.Index(fields=["plan", "held_on"], name="meetings_of_a_plan")]


class Decision(models.Model):
    """Something that a meeting decided: who does it by when; `order` is what it became when the minutes were issued."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    text = models.TextField(_("议定事项"))
    task = models.ForeignKey("ledger.Task", null=True, on_delete=models.SET_NULL, related_name="+")
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("完成时限"))
    order = models.OneToOneField(Order, null=True, on_delete=models.PROTECT, related_name="decision")

    class Meta:
        verbose_name = _("议定事项")
        ordering: ClassVar = ["id"]
