from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DirectoryConfig(AppConfig):
    name = "guatu.web.directory"
    label = "directory"
    verbose_name = "机构与区域"
    styles: ClassVar = ("supervision", "directory")
    tabs: ClassVar = (
        _("机构与区域"),
        (
            ("unit_list", pgettext_lazy("list", "单位"), "building", ""),
            ("place_list", _("区域"), "map-pin", ""),
            ("person_list", _("人员"), "users", ""),
        ),
    )
