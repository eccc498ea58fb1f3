from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "guatu.web.ledger"
    label = "ledger"
    verbose_name = "台账"

    def ready(self) -> None:
        from guatu.web.ledger import file_rights  # noqa: F401 (registers the rights)
