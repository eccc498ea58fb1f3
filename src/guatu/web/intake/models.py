"""Where cases came from that were not typed in here: their numbers elsewhere, and the patches of satellite pictures."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.models import Attachment
from guatu.web.cases.models import Case


class OutsideNumber(models.Model):
    """The number of a case in another system or file. What comes with it a second time makes no second case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="outside_numbers")
    system = models.CharField(max_length=90)
    """`table:` with the name of the source, `patch:` with that of the survey, `open311:` with that of the neighbour."""
    number = models.CharField(_("外部编号"), max_length=120)
    sent = models.BooleanField(default=False)
    """The case began here and was passed on."""
    reported_at = models.DateTimeField(null=True)
    """When it was reported there, which may be long before it came here; the clocks of the case begin here."""
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("外部编号")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["system", "number"], name="one_case_per_outside_number")
        ]


class Patch(models.Model):
    """A place that changed between two satellite pictures (疑似图斑)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="patch")
    number = models.CharField(_("图斑编号"), max_length=120)
    survey = models.CharField(_("批次"), max_length=60)
    polygon = models.JSONField()
    """GeoJSON geometry in degrees."""
    area_m2 = models.FloatField()
    before_state = models.CharField(max_length=200, blank=True)
    after_state = models.CharField(max_length=200, blank=True)
    before_date = models.DateField()
    after_date = models.DateField()
    before_picture = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    after_picture = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("卫片图斑")
