"""Logging in through a login service of the county: a small OpenID provider in a thread, and the whole way through it."""

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from guatu.web.base.models import AuditEntry, User
from guatu.web.project.oidc import providers


class Provider(ThreadingHTTPServer):
    """Knows one person; `asked` holds the form of each request for a token."""

    person: dict[str, Any]
    fails = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.person, self.asked = {}, []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *args: Any) -> None:
        """Nothing: tests are quiet."""

    def answer(self, body: dict[str, Any], status: int = 200) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        url = self.server.url
        if self.path.startswith("/.well-known/"):
            self.answer(
                {
                    "issuer": url,
                    "authorization_endpoint": f"{url}/authorize",
                    "token_endpoint": f"{url}/token",
                    "userinfo_endpoint": f"{url}/userinfo",
                    "jwks_uri": f"{url}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif self.path == "/userinfo" and self.headers["Authorization"] == "Bearer access":
            self.answer(self.server.person)
        else:
            self.answer({}, 404)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append({name: values[0] for name, values in form.items()})
        if self.server.fails:
            self.answer({"error": "invalid_grant"}, 400)
            return
        claims = {**self.server.person, "iss": self.server.url, "aud": "guatu", "exp": 4_000_000_000, "iat": 1}
        self.answer({"access_token": "access", "token_type": "Bearer", "id_token": unsigned(claims)})


def unsigned(claims: dict[str, Any]) -> str:
    """An id token without signature: it came over the direct line to the provider and is not measured by one."""
    parts = [json.dumps(part).encode() for part in ({"alg": "RS256", "typ": "JWT", "kid": "1"}, claims)]
    return ".".join([*(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts), "AA"])


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.SOCIALACCOUNT_PROVIDERS = providers(
        {
            "GUATU_OIDC_NAME": "云上青禾",
            "GUATU_OIDC_URL": server.url,
            "GUATU_OIDC_CLIENT": "guatu",
            "GUATU_OIDC_SECRET": "secret",
        }
    )
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def come_back(client: Client, provider: Provider, start: str = "/accounts/oidc/county/login/?process=login") -> Any:
    """From our login page to the provider and back with its code."""
    away = urlsplit(client.post(start)["Location"])
    assert away.path == "/authorize"
    asked = parse_qs(away.query)
    assert asked["client_id"] == ["guatu"]
    assert "code_challenge" in asked
    callback = urlsplit(asked["redirect_uri"][0])
    return client.get(callback.path, {"code": "c", "state": asked["state"][0]})


def test_the_login_page_offers_the_service_by_its_name(county: Any, provider: Provider) -> None:
    assert "用 云上青禾 登录" in Client().get("/accounts/login/").content.decode()


def test_a_person_whose_name_is_known_comes_in_as_that_user(county: Any, provider: Provider) -> None:
    provider.person = {"sub": "77", "preferred_username": "leader", "name": "县长"}
    client = Client()
    answer = come_back(client, provider)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/account/").context["actor"].user == county.users["leader"]
    assert provider.asked[0]["client_secret"] == "secret"
    assert "code_verifier" in provider.asked[0]
    actions = set(AuditEntry.objects.filter(user=county.users["leader"]).values_list("action", flat=True))
    assert {"account.log-in", "account.connect-single-sign-on"} <= actions


def test_the_second_time_the_service_knows_the_person_by_his_number(county: Any, provider: Provider) -> None:
    provider.person = {"sub": "77", "preferred_username": "leader"}
    come_back(Client(), provider)
    provider.person = {"sub": "77", "preferred_username": "renamed"}
    client = Client()
    assert come_back(client, provider)["Location"] == "/"
    assert client.get("/account/").context["actor"].user == county.users["leader"]
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("name", ["stranger", ""])
def test_a_person_without_an_account_gets_none_and_is_told(county: Any, provider: Provider, name: str) -> None:
    provider.person = {"sub": "78", "preferred_username": name}
    before = User.objects.count()
    client = Client()
    answer = come_back(client, provider)
    assert answer.status_code == 403
    assert "还没有账号" in answer.content.decode()
    assert User.objects.count() == before
    assert client.get("/account/").status_code == 302


def test_a_closed_account_stays_closed(county: Any, provider: Provider) -> None:
    User.objects.filter(username="leader").update(is_active=False)
    provider.person = {"sub": "77", "preferred_username": "leader"}
    client = Client()
    come_back(client, provider)
    assert client.get("/account/").status_code == 302


def test_a_service_that_refuses_or_is_down_gets_a_page_and_no_error(county: Any, provider: Provider) -> None:
    provider.person, provider.fails = {"sub": "77", "preferred_username": "leader"}, True
    assert "没有成功" in come_back(Client(), provider).content.decode()
    provider.shutdown()
    provider.server_close()
    answer = Client().post("/accounts/oidc/county/login/?process=login")
    assert answer.status_code < 500
    assert "没有成功" in answer.content.decode()


def test_a_state_that_was_not_given_out_is_refused(county: Any, provider: Provider) -> None:
    provider.person = {"sub": "77", "preferred_username": "leader"}
    client = Client()
    answer = client.get("/accounts/oidc/county/login/callback/", {"code": "c", "state": "made-up"})
    assert "没有成功" in answer.content.decode()
    assert client.get("/account/").status_code == 302


def test_half_a_configuration_names_what_is_missing() -> None:
    assert providers({}) == {}
    with pytest.raises(SystemExit, match="GUATU_OIDC_SECRET"):
        providers({"GUATU_OIDC_URL": "https://login.example", "GUATU_OIDC_CLIENT": "guatu"})
