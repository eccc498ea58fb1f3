"""No password, link, token or secret of a second factor comes into a log or onto the console, whatever is done."""

from __future__ import annotations

import io
import logging
import logging.config
import re
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client

from guatu.web.base.logs import without_secrets
from guatu.web.base.models import User
from guatu.web.directory.passwords import invitation_path
from tests.web.answers import body_of
from tests.web.conftest import PASSWORD, County
from tests.web.html import flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that the server's own handlers write, at the most talkative level."""
    out = io.StringIO()
    logging.config.dictConfig(django_settings.LOGGING)
    root = logging.getLogger()
    level, handler = root.level, root.handlers[-1]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(out)
    root.setLevel(logging.DEBUG)
    yield out
    root.setLevel(level)
    root.removeHandler(handler)


def refused(client: Client, path: str) -> None:
    """The ways in which an address itself comes into the log."""
    client.get(f"{path}x/y/")
    Client(enforce_csrf_checks=True).post(path, {})


def test_neither_log_nor_console_holds_what_lets_somebody_in(
    county: County, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    admin, town = Client(), Client()
    admin.force_login(county.users["admin"])
    fresh = User.objects.create(username="sunqi", display_name="孙七")
    link = invitation_path(fresh)
    body_of(admin.post("/users/invitations.xlsx"))
    refused(Client(), link)
    reset = admin.post(f"/users/{county.users['lead'].pk}/password/").content.decode()
    password = re.search(r"font-monospace\">([a-z0-9-]{14})<", reset)
    assert password is not None
    for tried in ("wrong-secret-1", PASSWORD):
        town.post("/accounts/login/", {"login": "town", "password": tried})
        Client().post("/accounts/login/", {"login": "typed-secret-2", "password": tried})
    page = town.post("/account/tokens/", {"label": "t", "scopes": ["read"], "days": "9"}).content.decode()
    token = re.search(r"guatu_[\w-]{43}", page)
    assert token is not None
    Client().get(f"/api/tasks/{token[0]}", headers={"Authorization": f"Bearer {token[0]}"})
    Client().get("/open311/v2/requests.yaml", {"api_key": token[0]})
    Client().get(f"/calendar/{county.users['town'].calendar_token}.ics/")
    town.post("/accounts/reauthenticate/", {"password": PASSWORD})
    activate = town.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'id="secret" type="text" value="(\w+)"', flat(activate))
    assert secret is not None
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    code = totp.format_hotp_value(totp.hotp_value(secret[1], counter))
    town.post("/accounts/2fa/totp/activate/", {"code": code})
    codes = re.findall(r"<li>(\d{8})</li>", town.get("/accounts/2fa/recovery-codes/").content.decode())
    assert len(codes) > 5
    captured = capfd.readouterr()
    said = log.getvalue() + captured.out + captured.err
    assert "Not Found: /" in said, "the log was listened to"
    key = link.rstrip("/").rsplit("-", 2)
    calendar = str(county.users["town"].calendar_token)
    never = [
        link,
        "-".join(key[-2:]),
        password[1],
        PASSWORD,
        "wrong-secret-1",
        "typed-secret-2",
        token[0],
        secret[1],
        calendar,
    ]
    assert [one for one in (*never, *codes) if one in said] == []
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Not Found: /accounts/password/reset/key/1z-abc-0f3/", "Not Found: /accounts/password/reset/key/1z-…/"),
        ("GET /open311/v2/requests.json?api_key=guatu_abcdefgh&x=1", "GET /open311/v2/requests.json?api_key=…&x=1"),
        ("Bearer guatu_abcdefghijk failed", "Bearer guatu_… failed"),
        ("/calendar/5f0c4a2e-1111-2222-3333-444455556666.ics", "/calendar/….ics"),
        ("nothing to hide in guatu_t", "nothing to hide in guatu_t"),
    ],
)
def test_what_an_address_holds_is_taken_out_of_the_line(line: str, written: str) -> None:
    assert without_secrets(line) == written


def test_no_mail_can_leave_and_none_is_printed() -> None:
    from guatu.web.project import settings

    assert settings.EMAIL_BACKEND == "django.core.mail.backends.dummy.EmailBackend"
