from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "guatu.web.dispatch"
    label = "dispatch"
    verbose_name = "调度"

    def ready(self) -> None:
        from guatu.web.dispatch import file_rights, jobs  # noqa: F401 (register handlers and rights)
