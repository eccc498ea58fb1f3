from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutiesConfig(AppConfig):
    name = "guatu.web.duties"
    label = "duties"
    verbose_name = "职责清单"
    menu_group = "cases"
    menu: ClassVar = (("duty_list", _("职责清单"), "list-check", "directory.edit"),)

    def ready(self) -> None:
        from guatu.web.cases.routing import routed_by
        from guatu.web.duties.selectors.duties import route

        routed_by(route)
