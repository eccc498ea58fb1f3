from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DispatchConfig(AppConfig):
    name = "guatu.web.dispatch"
    label = "dispatch"
    verbose_name = "调度"
    styles: ClassVar = ("dispatch", "supervision")
    tabs: ClassVar = (
        _("督办"),
        (
            ("order_list", _("督办单"), "alert-triangle", ""),
            ("instruction_list", _("批示"), "pencil", "order.view"),
            ("meeting_list", _("会议"), "users", "order.view"),
            ("problem_list", _("问题清单"), "flag", ""),
            ("step_list", _("建议措施"), "player-play", "order.edit"),
            ("act_list", _("重大措施"), "alert-triangle", ""),
            ("appeal_list", _("申诉"), "message", "appeal.make"),
            ("appeal_decisions", _("申诉"), "message", "appeal.decide"),
            ("notice_list", _("通知"), "bell", ""),
            ("calendar_page", _("日历订阅"), "calendar", ""),
        ),
    )
    hooks: ClassVar = (
        "case_notices",
        "file_rights",
        "ledger_hooks",
        "notices",
        "supervision",
        "today_leaders",
        "today_office",
        "today_units",
    )

    def ready(self) -> None:
        from guatu.web.dispatch import plan_hooks  # noqa: F401 (listens to plans that are saved)
