"""What is known of a milestone while the work runs."""

from __future__ import annotations

from typing import ClassVar

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


class MilestoneTable(models.Model):
    """The milestones of a task as they stood from a day on, until the next table.

    Lights of a period go by the table of its last day: what is entered or agreed anew later changes none of them.
    """

    task = models.ForeignKey("ledger.Task", on_delete=models.CASCADE, related_name="milestone_tables")
    since = models.DateField()
    rows = models.JSONField()
    """As in `selectors.milestones.kept_rows`; how far those came that were removed later stands in the row."""

    class Meta:
        verbose_name = _("节点表")
        constraints: ClassVar = [models.UniqueConstraint(fields=["task", "since"], name="one_milestone_table_a_day")]
