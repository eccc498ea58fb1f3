"""Secrets of second factors are encrypted in the database, with a key from the county's secret that can be changed."""

from __future__ import annotations

import io
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.management import call_command
from django.db import connection
from django.test import Client

from guatu.web.base.checks import second_factors_are_readable
from guatu.web.base.models import AuditEntry, User
from guatu.web.base.second_factor import MARK, Unreadable, decrypt, encrypt
from tests.web.conftest import PASSWORD, County

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CODE = "/accounts/2fa/authenticate/"


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def activate(user: User) -> None:
    totp.TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


def get_in(code: str) -> Any:
    client = Client()
    client.post("/accounts/login/", {"login": "town", "password": PASSWORD})
    return client.post(CODE, {"code": code})


@pytest.mark.django_db
def test_no_secret_lies_in_clear_and_both_ways_in_work(county: County) -> None:
    user = county.users["town"]
    activate(user)
    code = Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        rows = str(cursor.fetchall())
    assert SECRET not in rows and rows.count(MARK) == 2
    assert get_in(code_of(SECRET)).status_code == 302
    assert get_in(code).status_code == 302
    assert get_in(code).status_code == 200


def test_the_same_text_is_never_encrypted_the_same_and_comes_back() -> None:
    one, other = encrypt("x"), encrypt("x")
    assert one != other and decrypt(one) == decrypt(other) == "x"


@pytest.mark.django_db
def test_with_another_secret_the_login_the_pages_and_the_check_say_that_nothing_can_be_read(
    county: County, settings: Any
) -> None:
    activate(county.users["town"])
    settings.SECRET_KEY = "another secret"
    page = get_in(code_of(SECRET))
    assert page.status_code == 200 and "两步验证的密钥无法读取" in page.content.decode()
    assert not county.users["town"].slowdowns.filter(kind="code").exists(), "nobody is slowed down by it"
    client = Client()
    client.force_login(county.users["town"])
    for address in ("/accounts/2fa/", "/accounts/2fa/recovery-codes/generate/"):
        answer = client.get(address, follow=True)
        assert answer.status_code < 500 or "两步验证的密钥无法读取" in answer.content.decode(), address
    assert "无法读取" in client.get("/accounts/2fa/").content.decode()
    found = second_factors_are_readable(["default"])
    assert [(one.id, one.msg.endswith("(2)")) for one in found] == [("guatu.W001", True)]


@pytest.mark.django_db
def test_a_secret_is_changed_with_the_old_one_beside_it_and_then_without(county: County, settings: Any) -> None:
    activate(county.users["town"])
    old, settings.SECRET_KEY = settings.SECRET_KEY, "a new secret"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert second_factors_are_readable(["default"]) == []
    assert get_in(code_of(SECRET)).status_code == 302
    out = io.StringIO()
    call_command("renew_second_factors", stdout=out)
    assert "2" in out.getvalue()
    settings.SECRET_KEY_FALLBACKS = []
    assert second_factors_are_readable(["default"]) == []
    assert decrypt(Authenticator.objects.get(type="totp").data["secret"]) == SECRET
    assert AuditEntry.objects.get(action="account.renew-second-factors").after == {"renewed": 2, "unreadable": 0}
    settings.SECRET_KEY = "a third one"
    with pytest.raises(Unreadable):
        decrypt(Authenticator.objects.get(type="totp").data["secret"])
    call_command("renew_second_factors", stdout=out, stderr=(err := io.StringIO()))
    assert "unreadable" in err.getvalue() and "2" in err.getvalue()
