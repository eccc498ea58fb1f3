from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "guatu.web.dispatch"
    label = "dispatch"
    verbose_name = "调度"
