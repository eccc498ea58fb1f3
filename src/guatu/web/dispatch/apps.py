from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "guatu.web.dispatch"
    label = "dispatch"
    verbose_name = "调度"

    def ready(self) -> None:
        from guatu.web.dispatch import file_rights, ledger_hooks, plan_hooks, supervision

        assert file_rights and ledger_hooks and plan_hooks and supervision  # each registers what it has
