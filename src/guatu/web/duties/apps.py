from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutiesConfig(AppConfig):
    name = "guatu.web.duties"
    label = "duties"
    verbose_name = "职责清单"
    styles: ClassVar = ("dispatch", "supervision", "cases")
    menu_group = "cases"
    menu: ClassVar = (("duty_list", _("职责清单"), "list-check", "directory.edit"),)
    hooks: ClassVar = ("selectors.duties", "in_hand")
