from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GridsConfig(AppConfig):
    name = "guatu.web.grids"
    label = "grids"
    verbose_name = "网格"
    menu_group = "cases"
    menu: ClassVar = (("grid_list", _("网格"), "target", "grid.view"),)
    hooks: ClassVar = ("selectors.standing",)
