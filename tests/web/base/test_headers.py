"""What answers tell the browser: no code in pages, nothing kept of what is personal, static files kept for long."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.templatetags.static import static
from django.test import Client

from guatu.web.base import headers

PERSONAL = ("/tasks/", "/account/", "/nowhere/", "/api/openapi.json", "/api/")


def test_a_page_may_load_only_what_the_server_itself_gives(db: None) -> None:
    answer = Client().get("/accounts/login/")
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Permissions-Policy"].startswith("geolocation=(self), camera=(self)")
    assert answer["Referrer-Policy"] == answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["X-Frame-Options"] == "DENY"


def test_the_login_service_of_the_county_may_be_sent_to(monkeypatch: pytest.MonkeyPatch) -> None:
    app = {"settings": {"server_url": "https://login.qinghe.example/realms/county"}}
    monkeypatch.setattr(settings, "SOCIALACCOUNT_PROVIDERS", {"openid_connect": {"APPS": [app]}})
    assert "form-action 'self' https:" in headers.policy()


@pytest.mark.parametrize("address", PERSONAL)
def test_nothing_that_somebody_was_shown_after_logging_in_is_kept(
    client_of: Callable[[str], Client], address: str
) -> None:
    assert client_of("supervision").get(address)["Cache-Control"] == "private, no-store"


def test_what_is_for_everybody_may_be_kept_for_a_minute_but_not_by_who_is_logged_in(
    client_of: Callable[[str], Client], db: None
) -> None:
    address = "/open311/v2/services.json"
    assert Client().get(address)["Cache-Control"] == "public, max-age=60"
    assert client_of("supervision").get(address)["Cache-Control"] == "private, no-store"
    assert Client().get("/report/")["Cache-Control"] == "private, no-store"


def test_static_files_are_kept_for_a_year_under_an_address_that_changes_with_them(db: None) -> None:
    address = static("guatu/guatu.css")
    assert re.fullmatch(r"/static/guatu/guatu\.css\?v=[0-9a-f]{12}", address)
    for asked, kept in (
        (address, "public, max-age=31536000, immutable"),
        ("/static/guatu/guatu.css", "max-age=60, public"),
    ):
        answer = Client().get(asked)
        assert answer["Cache-Control"] == kept and b"".join(answer.streaming_content)
        answer.close()


def test_no_template_holds_a_style_or_a_script() -> None:
    """A browser that heeds the policy would drop them."""
    wanted = re.compile(r"<style|<script(?![^>]*\bsrc=)|\bstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:")
    found = []
    for path in Path(settings.WEB).rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        found += [f"{path.relative_to(settings.WEB)}: {hit[0]}" for hit in wanted.finditer(text)]
    assert found == []
