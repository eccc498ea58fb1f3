from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "guatu.web.base"
    label = "base"
    verbose_name = "基础"

    def ready(self) -> None:
        from guatu.web.base import checks, lookups, signals

        assert checks and lookups and signals
