"""Logging in through a login service of the county: a small OpenID provider in a thread, and the whole way through it."""

import base64
import hashlib
import json
import secrets
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from guatu.web.base.models import AuditEntry, User
from guatu.web.project.oidc import providers

KEY, STRANGE = (rsa.generate_private_key(65537, 2048) for _ in range(2))


class Provider(ThreadingHTTPServer):
    """Knows one person. It gives a code for each way to it, a token for each code once, and signs with its key.

    `asked` holds the form of each request for a token; `claims` and `key` let a test bend what comes back.
    """

    fails = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.person: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        self.codes: dict[str, str] = {}
        self.key, self.kid = KEY, "2026"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def token(self) -> dict[str, str]:
        now = int(time.time())
        claims = {**self.person, "iss": self.url, "aud": "guatu", "iat": now, "exp": now + 300, **self.claims}
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": self.kid})
        return {"access_token": "access", "token_type": "Bearer", "id_token": signed}


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *args: Any) -> None:
        """Nothing: tests are quiet."""

    def answer(self, body: dict[str, Any], status: int = 200, **headers: str) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        url, path = self.server.url, urlsplit(self.path)
        if path.path.startswith("/.well-known/"):
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
        elif path.path == "/authorize":
            self.authorize({name: values[0] for name, values in parse_qs(path.query).items()})
        elif path.path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self.answer({"keys": [{**public, "kid": "2026", "use": "sig", "alg": "RS256"}]})
        elif path.path == "/userinfo" and self.headers["Authorization"] == "Bearer access":
            self.answer(self.server.person)
        else:
            self.answer({}, 404)

    def authorize(self, asked: dict[str, str]) -> None:
        """The person is known here and sent back with a code."""
        code = secrets.token_urlsafe(8)
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        self.server.codes[code] = asked["code_challenge"]
        back = urlencode({"code": code, "state": asked["state"]})
        self.answer({}, 302, Location=f"{asked['redirect_uri']}?{back}")

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        given = {name: values[0] for name, values in form.items()}
        self.server.asked.append(given)
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        known = self.server.codes.pop(given["code"], None) == challenge and given["client_secret"] == "secret"
        if self.server.fails or not known:
            self.answer({"error": "invalid_grant"}, 400)
            return
        self.answer(self.server.token())


class NoWay(urllib.request.HTTPRedirectHandler):
    """A browser that says where it is sent instead of going there."""

    def redirect_request(self, *args: Any, **given: Any) -> None:
        return None


def sent_to(address: str) -> str:
    try:
        urllib.request.build_opener(NoWay).open(address, timeout=30)
    except urllib.error.HTTPError as answer:
        assert answer.code == 302
        with answer:
            return str(answer.headers["Location"])
    raise AssertionError("the provider kept the person")


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
    """From our login page to the provider, which sends the person back with a code."""
    away = client.post(start)["Location"]
    asked = parse_qs(urlsplit(away).query)
    assert asked["client_id"] == ["guatu"] and "openid" in asked["scope"][0].split()
    back = urlsplit(sent_to(away))
    assert back.path == "/accounts/oidc/county/login/callback/"
    return client.get(f"{back.path}?{back.query}")


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


@pytest.mark.parametrize(
    "claims",
    [{"aud": "another server"}, {"iss": "https://elsewhere.example"}, {"exp": 1}],
    ids=["for another", "of another", "old"],
)
def test_a_token_that_is_not_for_us_of_the_service_and_fresh_opens_nothing(
    county: Any, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.person, provider.claims = {"sub": "77", "preferred_username": "leader"}, claims
    nobody_comes_in(provider)


@pytest.mark.parametrize("kid", ["2026", "unknown"])
def test_a_token_that_another_key_signed_opens_nothing(county: Any, provider: Provider, kid: str) -> None:
    provider.person, provider.key, provider.kid = {"sub": "77", "preferred_username": "leader"}, STRANGE, kid
    nobody_comes_in(provider)


def nobody_comes_in(provider: Provider) -> None:
    client = Client()
    answer = come_back(client, provider)
    assert answer.status_code < 500 and "没有成功" in answer.content.decode()
    assert client.get("/account/").status_code == 302
    assert SocialAccount.objects.count() == 0


def test_a_code_opens_once(county: Any, provider: Provider) -> None:
    provider.person = {"sub": "77", "preferred_username": "leader"}
    client = Client()
    away = client.post("/accounts/oidc/county/login/?process=login")["Location"]
    back = urlsplit(sent_to(away))
    assert client.get(f"{back.path}?{back.query}")["Location"] == "/"
    other = Client()
    assert "没有成功" in other.get(f"{back.path}?{back.query}").content.decode()
    assert other.get("/account/").status_code == 302


def test_half_a_configuration_names_what_is_missing() -> None:
    assert providers({}) == {}
    with pytest.raises(SystemExit, match="GUATU_OIDC_SECRET"):
        providers({"GUATU_OIDC_URL": "https://login.example", "GUATU_OIDC_CLIENT": "guatu"})
