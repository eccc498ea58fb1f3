from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GridsConfig(AppConfig):
    name = "guatu.web.grids"
    label = "grids"
    verbose_name = "网格"
    styles: ClassVar = ("dispatch", "supervision", "grids")
    tabs: ClassVar = (
        _("网格的页面"),
        (
            ("grid_list", _("网格图"), "", ""),
            ("staffing_list", _("人员配备"), "", ""),
            ("rating_list", _("月评与补助"), "", ""),
            ("partition_list", _("计算划分"), "", ""),
            ("grid_borders", _("固定边界"), "", "grid.edit"),
        ),
    )
    menu_group = "cases"
    menu: ClassVar = (("grid_list", _("网格"), "target", "grid.view"),)
    hooks: ClassVar = ("selectors.standing", "in_hand")
