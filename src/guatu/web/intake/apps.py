from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "guatu.web.intake"
    label = "intake"
    verbose_name = "案件接入"
    menu_group = "cases"
    menu: ClassVar = (
        ("patrol", _("巡查上报"), "camera", "case.collect"),
        ("intake_table", _("批量导入"), "upload", "case.edit"),
    )
    hooks: ClassVar = ("case_panels",)
