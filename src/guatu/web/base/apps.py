from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "guatu.web.base"
    label = "base"
    verbose_name = "基础"
