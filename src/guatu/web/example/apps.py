from django.apps import AppConfig


class ExampleConfig(AppConfig):
    name = "guatu.web.example"
    label = "example"
    verbose_name = "示例县"
