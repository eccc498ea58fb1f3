"""First passwords and links, made for people who will set their own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Self

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from guatu.web.base.models import User

# Without what is taken for another character when read from paper: 0 O o, 1 l I.
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
GROUPS, LENGTH = 3, 4


def first_password() -> str:
    """Three groups of four characters, 60 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(GROUPS))


@dataclass(frozen=True)
class FirstPassword:
    """One with its hash, which takes a third of a second: many are made before the transaction that gives them."""

    raw: str
    hashed: str

    @classmethod
    def made(cls) -> Self:
        raw = first_password()
        return cls(raw, make_password(raw))


def invitation_path(user: User) -> str:
    """The address at which a user sets a password; it holds until it is used, or PASSWORD_RESET_TIMEOUT is over.

    It is computed from the account and nothing is stored, so four thousand of them cost nothing.
    """
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
