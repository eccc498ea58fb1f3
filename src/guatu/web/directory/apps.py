from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "guatu.web.directory"
    label = "directory"
    verbose_name = "机构与区域"
