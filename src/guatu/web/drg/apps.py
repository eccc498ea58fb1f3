from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DrgConfig(AppConfig):
    name = "guatu.web.drg"
    label = "drg"
    verbose_name = "DRG"
    styles: ClassVar = ("drg",)
    menu: ClassVar = (("drg_home", _("DRG 付费"), "chart-line", "drg.view"),)
    hooks: ClassVar = ("file_rights",)
