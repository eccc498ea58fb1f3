"""The county's duty list: which unit handles which cases where, from when to when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.dated import Dated
from guatu.web.base.models import Versioned
from guatu.web.directory.models import Place, Unit


class Duty(Versioned, Dated):
    """A row. An empty pack, class or place stands for all; a class stands for all whose codes begin with it."""

    pack = models.CharField(_("业务包"), max_length=80, blank=True)
    class_code = models.CharField(_("类别代码"), max_length=40, blank=True)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("区域")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="case_duties", verbose_name=_("承办单位"))
    source = models.CharField(_("依据文件"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("职责行")
        indexes: ClassVar = [models.Index(fields=["class_code", "valid_from"])]
