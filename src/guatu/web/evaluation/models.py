"""Evaluations as they were published. The live ones are computed from the cases and stored nowhere."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guatu.web.base.models import User


class EvaluationResult(models.Model):
    """A published evaluation with all of its figures and the cases that they were counted from. It never changes.

    A period that is published again gets the next `number`; the earlier result stays.
    """

    class Kind(models.TextChoices):
        AREA = "area", pgettext_lazy("evaluated", "区域")
        UNIT = "unit", pgettext_lazy("evaluated", "部门")
        POST = "post", pgettext_lazy("evaluated", "岗位")
        COLLECTOR = "collector", pgettext_lazy("evaluated", "采集员")

    pack = models.CharField(_("业务包"), max_length=80)
    kind = models.CharField(_("评价对象"), max_length=12, choices=Kind)
    level = models.CharField(max_length=10, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(db_index=True)
    number = models.PositiveIntegerField(_("版次"), default=1)
    sheet = models.CharField(max_length=80, blank=True)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    figures = models.JSONField()
    """`Figures` of selectors.figures as plain values."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the figures, which is in the audit line as well."""
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("评价结果")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pack", "kind", "level", "starts_on", "ends_on", "number"], name="one_evaluation_a_number"
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("a published evaluation does not change")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("a published evaluation does not change")
