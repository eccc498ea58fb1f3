from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicConfig(AppConfig):
    name = "guatu.web.public"
    label = "public"
    verbose_name = "公示"
    styles: ClassVar = ("public",)
    # What is public is looked after by offices, not by who handles cases.
    menu_group = "office"
    menu: ClassVar = (
        ("release_list", _("信息公开"), "eye", "public.view"),
        ("disclosure_list", _("村务公开情况"), "list-check", "public.view"),
        ("opinion_list", _("意见箱"), "message", "public.answer"),
    )
    hooks: ClassVar = ("file_rights",)
