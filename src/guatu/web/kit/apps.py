from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "guatu.web.kit"
    label = "kit"
    verbose_name = "页面部件"
