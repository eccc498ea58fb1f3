"""Every address that the server answers stands in a table with the app that owns it and, for a library's page, why it is there.

A new address comes into the table by somebody who thought of it; nothing of a dependency is public by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from guatu.web.project.api import routers

TABLE = Path(__file__).with_name("addresses.txt")


def patterns(found: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, prefix + str(one.pattern))
        else:
            yield prefix + str(one.pattern), one


def module(view: Any) -> str:
    view = getattr(view, "func", view)  # of a partial
    return str(getattr(view, "view_class", view).__module__)


def app_of(name: str) -> str:
    """The app that a module belongs to: one of ours, or the library."""
    parts = name.split(".")
    return parts[2] if parts[:2] == ["guatu", "web"] else parts[0]


def operations() -> dict[str, str]:
    """Addresses of the API with the app whose router has them."""
    found = {}
    for router in routers():
        for path, view in router.path_operations.items():
            route = "/api/" + path.lstrip("/").replace("{", "<").replace("}", ">")
            found[route] = app_of(view.operations[0].view_func.__module__)
    return found


def there() -> dict[str, str]:
    found = {f"/{route}": app_of(module(pattern.callback)) for route, pattern in patterns(get_resolver().url_patterns)}
    return {**found, **operations()}


def written() -> dict[str, tuple[str, str]]:
    """Address, owner, and why (for those of a library), divided by ` | `."""
    found = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            route, app, *why = (part.strip() for part in line.split(" | "))
            assert route not in found, f"twice in the table: {route}"
            found[route] = (app, why[0] if why else "")
    return found


def test_the_table_names_every_address_and_none_that_is_gone() -> None:
    now, table = there(), written()
    new = [f"{route} | {app}" for route, app in sorted(now.items()) if route not in table]
    gone = sorted(route for route in table if route not in now)
    assert not new, f"add to {TABLE.name}, with a reason where a library answers:\n" + "\n".join(new)
    assert not gone, f"take out of {TABLE.name}:\n" + "\n".join(gone)
    assert {route: app for route, (app, _why) in table.items()} == now


def test_each_address_of_a_library_has_a_reason() -> None:
    ours = {*settings.GUATU_APPS, "project"}
    without = [route for route, (app, why) in written().items() if app not in ours and len(why) < 10]
    assert without == []


GONE = [
    "account_signup", "account_email", "account_email_verification_sent", "account_confirm_email",
    "account_reset_password", "account_reset_password_done", "account_confirm_login_code", "account_request_login_code",
    "socialaccount_connections", "socialaccount_signup", "socialaccount_login_error",
]  # fmt: skip


@pytest.mark.parametrize("name", GONE)
def test_no_page_of_the_library_for_mail_signing_up_or_connecting_is_there(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name, kwargs={"key": "x"} if name == "account_confirm_email" else None)


@pytest.mark.parametrize(
    "address",
    ["accounts/", "accounts/signup/", "accounts/email/", "accounts/confirm-email/x/", "accounts/password/reset/",
     "accounts/3rdparty/", "accounts/3rdparty/signup/", "accounts/social/connections/", "accounts/login/code/confirm/",
     "accounts/oidc/county/login/?process=connect"],
)  # fmt: skip
@pytest.mark.parametrize("role", [None, "town"])
@pytest.mark.django_db
def test_and_their_addresses_answer_that_there_is_nothing(county: Any, address: str, role: str | None) -> None:
    client = Client()
    if role:
        client.force_login(county.users[role])
    for method in (client.get, client.post):
        assert method(f"/{address}").status_code == 404, (method, address)
