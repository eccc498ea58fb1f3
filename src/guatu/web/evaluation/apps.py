from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "guatu.web.evaluation"
    label = "evaluation"
    verbose_name = "综合评价"
    styles: ClassVar = ("dispatch", "supervision", "evaluation")
    menu_group = "cases"
    menu: ClassVar = (("evaluation_list", _("综合评价"), "chart-line", "case.view"),)
