from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CountyConfig(AppConfig):
    name = "guatu.web.county"
    label = "county"
    verbose_name = "本县设置"
    # It has no tables: settings are rows of base, which every app reads.
    # Beside accounts and the audit trail, which the same people look after.
    menu_group = "office"
    menu: ClassVar = (
        ("first_steps", pgettext_lazy("page", "开始使用"), "list-check", "settings.edit"),
        ("setting_list", _("系统设置"), "settings", "settings.view"),
        ("calendar_year", _("工作日历"), "calendar", "settings.view"),
    )
    hooks: ClassVar = ("beginning", "today")
