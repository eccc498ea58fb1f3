from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "guatu.web.cases"
    label = "cases"
    verbose_name = "案件"
    menu_group = "cases"
    menu: ClassVar = (
        ("case_list", _("案件"), "flag", "case.view"),
        ("case_mine", _("待我办理"), "list-check", "case.handle"),
        ("case_mine", _("待我办理"), "list-check", "case.collect"),
        ("flow_list", _("办案流程"), "settings", "flow.publish"),
    )
    hooks: ClassVar = ("audit_rights", "file_rights", "today")
