"""What units are told, and whether it went out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.models import User
from guatu.web.directory.models import Unit


class Notice(models.Model):
    """Something that a unit should know; without a unit it is for the supervision office."""

    kind = models.CharField(_("种类"), max_length=40, db_index=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("内容"), blank=True)
    path = models.CharField(max_length=200, blank=True)
    """The page that it is about."""
    at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("通知")
        ordering: ClassVar = ["-id"]


class NoticeDelivery(models.Model):
    """One way on which a notice goes out: a channel of the setting `notices.urls`, or mail to a person."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待发送")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("发送失败")

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("渠道"), max_length=80)
    """Name of the channel; its address, which may hold a password, stays in the settings."""
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("通知发送")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "channel", "user"], name="sent_once", nulls_distinct=False)
        ]
