from typing import ClassVar

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "guatu.web.ledger"
    label = "ledger"
    verbose_name = "台账"
    hooks: ClassVar = ("file_rights", "today")
