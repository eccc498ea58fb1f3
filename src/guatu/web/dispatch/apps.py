from typing import ClassVar

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "guatu.web.dispatch"
    label = "dispatch"
    verbose_name = "调度"
    hooks: ClassVar = ("file_rights", "ledger_hooks", "notices", "supervision")

    def ready(self) -> None:
        from guatu.web.dispatch import plan_hooks  # noqa: F401 (listens to plans that are saved)
