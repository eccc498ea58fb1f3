"""Secrets of second factors are encrypted with a key that is derived from the county's secret.

A stolen copy of the database alone gives no codes. A backup holds the secret beside the database; a database that is
restored with another secret has second factors that nobody can read, which the login, the pages of the second factor
and `guatu manage migrate` say.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from guatu.web.base.problems import Problem

MARK = "guatu1:"
"""Before what is encrypted, so that a text in clear is never taken for one."""

UNREADABLE = _(
    "两步验证的密钥无法读取:服务器的密钥(GUATU_SECRET 或数据目录中的 secret)与保存时不同。"
    "请系统管理员恢复原来的密钥,或解除这个账号的两步验证后重新绑定。"
)


class Unreadable(Problem):
    status = 503
    code = "account.second-factor-unreadable"

    def __init__(self) -> None:
        super().__init__(UNREADABLE)


class MFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)


def encrypt(text: str) -> str:
    return MARK + _keys().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """Raises `Unreadable` where neither the secret nor one of those before it fits."""
    try:
        return _keys().decrypt(encrypted.removeprefix(MARK).encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def changed(data: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """The stored data of one second factor with each of its secrets changed."""
    found = dict(data)
    for name in ("secret", "seed"):
        if name in found:
            found[name] = change(found[name])
    if found.get("migrated_codes"):
        found["migrated_codes"] = [change(code) for code in found["migrated_codes"]]
    return found


def _keys() -> MultiFernet:
    """The secret of today first, then those before it (GUATU_SECRET_BEFORE)."""
    return MultiFernet([Fernet(_derived(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _derived(secret: str) -> bytes:
    key = HKDF(SHA256(), 32, salt=None, info=b"guatu second factor").derive(secret.encode())
    return base64.urlsafe_b64encode(key)
