from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionConfig(AppConfig):
    name = "guatu.web.inspection"
    label = "inspection"
    verbose_name = "随机抽查"
    styles: ClassVar = ("dispatch", "evaluation")
    menu_group = "cases"
    menu: ClassVar = (("inspection_list", _("随机抽查"), "eye", "inspection.view"),)
