"""Talks (约谈) that the ladder of supervision came to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.models import User
from guatu.web.dispatch.models.ladder import LadderEvent


class Talk(models.Model):
    """The record of one talk: when, where, who with whom, what was said and promised. Written once."""

    event = models.OneToOneField(LadderEvent, on_delete=models.CASCADE, related_name="talk")
    held_on = models.DateField(_("约谈日期"))
    place = models.CharField(_("地点"), max_length=120, blank=True)
    by = models.CharField(_("约谈人"), max_length=120)
    people = models.CharField(_("被约谈人"), max_length=300)
    text = models.TextField(_("约谈内容和整改承诺"))
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("约谈记录")
