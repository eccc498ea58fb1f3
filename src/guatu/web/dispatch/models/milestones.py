"""What is known of a milestone while the work runs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.directory.models import Unit
from guatu.web.ledger.models import Milestone


class MilestoneProgress(models.Model):
    """Who does it, when it was begun, and the finish that the unit now expects; that it is done stands in the
    milestone."""

    milestone = models.OneToOneField(Milestone, on_delete=models.CASCADE, related_name="progress")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Its working calendar counts the days; the common one where there is none."""
    started_on = models.DateField(_("开始日期"), null=True, blank=True)
    expected_on = models.DateField(_("预计完成"), null=True, blank=True)

    class Meta:
        verbose_name = _("节点进度")
