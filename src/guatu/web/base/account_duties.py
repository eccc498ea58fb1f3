"""What a user owes before anything else: a password of their own, and a second factor where the county wants one.

Pages are closed to who owes something (base.middleware), and so are tokens for programs (base.tokens).
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.utils.translation import gettext_lazy as _

from guatu.web.base.models import User
from guatu.web.base.settings_table import setting

_SEEN = "guatu-second-factor-seen"


@dataclass(frozen=True)
class Duty:
    """Something to be done first: pages that stay open for it (the first one is shown) and what is said."""

    code: str
    message: object
    pages: tuple[str, ...]


OWN_PASSWORD = Duty(
    "account.password-not-own",
    _("这是管理员设置的初始密码,请先改成您自己的密码。"),
    ("account_change_password", "account_set_password"),
)
SECOND_FACTOR = Duty(
    "account.second-factor-missing",
    _("您的角色须启用两步验证,请先绑定验证器应用。"),
    ("mfa_activate_totp", "mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
)


def owed(user: User, roles: Callable[[], frozenset[str]], session: MutableMapping[str, Any]) -> Duty | None:
    """The first duty of a user, None where there is none; `session` remembers that the second factor was seen to.

    Roles that need a second factor are the county's setting `accounts.second-factor-roles`; they are read only where it
    has to be known.
    """
    if user.must_change_password:
        return OWN_PASSWORD
    if session.get(_SEEN):
        return None
    wanted = set(setting("accounts.second-factor-roles"))
    if wanted and wanted & roles() and not is_mfa_enabled(user):
        return SECOND_FACTOR
    session[_SEEN] = True
    return None
