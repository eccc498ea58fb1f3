"""The seal of a closed period: what its pictures need, as it was on the day of closing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.dispatch.models.reports import Period


class Seal(models.Model):
    """Written when a period is closed, gone when it is opened again; in between nothing of the period changes.

    Names, hierarchy, tasks and targets live on in other tables and change there: a map of last year that is drawn
    with today's names shows a county that never was.
    """

    period = models.OneToOneField(Period, on_delete=models.CASCADE, related_name="seal")
    facts = models.TextField()
    """selectors.sealing.Facts as canonical JSON. Text, since a database may order the keys of its JSON anew."""
    digest = models.CharField(max_length=64)
    """SHA-256 over the facts and over all lights, reports and figures of the period."""
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("封存")
