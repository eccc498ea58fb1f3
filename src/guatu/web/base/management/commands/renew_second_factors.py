"""guatu manage renew_second_factors: after a change of the secret, encrypts second factors with the new one."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from guatu.web.base.actions import Context, perform
from guatu.web.base.actions.renew_second_factors import RenewSecondFactors
from guatu.web.base.actors import anonymous


class Command(BaseCommand):
    help = "Encrypts second factors with the secret of today. 更换服务器密钥后重新加密两步验证。"

    def handle(self, *args: Any, **options: Any) -> None:
        found = perform(RenewSecondFactors(), Context(anonymous(timezone.localdate()), timezone.now()))
        self.stdout.write(f"已重新加密 encrypted anew: {found.done}")
        if found.unreadable:
            self.stderr.write(f"无法读取 unreadable (GUATU_SECRET_BEFORE?): {found.unreadable}")
