"""Tokens for programs: made for scopes and a time, by who has just shown to be the owner, and ended with his rights."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.test import Client
from django.utils import timezone
from ninja.security import SessionAuth

from guatu.web.base.models import ApiToken, AuditEntry, Setting, User
from guatu.web.base.scoped_api import TokenAuth
from guatu.web.base.scopes import EVERY, SCOPES
from guatu.web.base.tokens import digest, working_token
from guatu.web.directory.models import RoleGrant
from guatu.web.directory.passwords import invitation_path
from guatu.web.project.api import api, routers
from tests.web.conftest import PASSWORD, County
from tests.web.tokens import token_of

pytestmark = pytest.mark.django_db
PAGE = "/account/tokens/"
GIVEN = {"label": "台账同步", "scopes": ["read", "report"], "days": "90"}
Clients = Callable[[str], Client]


def logged_in(name: str, password: str = PASSWORD) -> Client:
    client = Client()
    assert client.post("/accounts/login/", {"login": name, "password": password}).status_code == 302
    return client


def raw_in(page: Any) -> str:
    found = re.search(r"guatu_[\w-]{40,}", page.content.decode())
    return found[0] if found else ""


def works(raw: str, at: datetime.datetime | None = None) -> bool:
    return working_token(raw, at or timezone.now()) is not None


def ask(raw: str, method: str = "get", address: str = "/api/me", given: Any = None) -> Any:
    head = {"Authorization": f"Bearer {raw}"}
    if method == "get":
        return Client().get(address, headers=head)
    return getattr(Client(), method)(address, json.dumps(given or {}), content_type="application/json", headers=head)


# Scopes

# What hangs in public is for everybody: no token, no session.
FOR_EVERYBODY = {"/open/notices", "/open/notices/{int:pk}"}


def test_every_operation_names_a_scope_that_there_is_and_a_token_needs_it() -> None:
    found = 0
    for router in routers():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                if path in FOR_EVERYBODY:
                    assert operation.methods == ["GET"] and operation.auth_callbacks == []
                    found += 1
                    continue
                auth = [one for one in operation.auth_param if isinstance(one, TokenAuth)]
                assert len(auth) == 1 and len(operation.auth_param) == 2, path
                assert isinstance(operation.auth_param[1], SessionAuth), path
                scope = auth[0].scope
                assert scope in (*SCOPES, EVERY), (path, operation.methods, scope)
                assert operation.openapi_extra["x-scope"] == scope, path
                reads = operation.methods == ["GET"]
                assert (scope in ("read", "cases-read", EVERY)) == reads, (path, operation.methods, scope)
                found += 1
    described = sum(len(methods) for methods in api.get_openapi_schema()["paths"].values())
    assert found == described > 50


def test_no_scope_is_there_for_nothing() -> None:
    named = {
        operation["x-scope"] for methods in api.get_openapi_schema()["paths"].values() for operation in methods.values()
    }
    assert named == {*SCOPES, EVERY}


def test_an_operation_that_names_no_scope_is_open_to_no_token(county: County) -> None:
    token_auth = next(one for one in api.auth if isinstance(one, TokenAuth))  # type: ignore[union-attr]
    assert token_auth.scope not in (*SCOPES, EVERY)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_token_opens_its_scope_and_nothing_else(county: County, scope: str) -> None:
    """Every operation is called with a token of each scope: where it is not the operation's, the answer says which is."""
    raw = token_of(county.users["admin"], [scope])
    assert ask(raw).status_code == 200
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            answer = ask(raw, method, re.sub(r"\{\w+\}", "999999", path))
            refused = answer.status_code == 403 and answer.json()["code"] == "token.scope"
            assert refused == (operation["x-scope"] not in (scope, EVERY)), (method, path, answer.status_code)
            if refused:
                assert answer.json()["scope"] == operation["x-scope"]
                assert str(SCOPES[operation["x-scope"]]) in answer.json()["message"]


def test_open311_takes_reports_only_by_a_token_for_cases(county: County) -> None:
    desk = county.users["desk"]
    form = {"service_code": "x", "lat": "1", "long": "1"}
    for scopes, status in ((["cases"], 400), (["read", "cases-read"], 403), ([], 403)):
        answer = Client().post("/open311/v2/requests.json", {**form, "api_key": token_of(desk, scopes)})
        assert (answer.status_code == 403) == (status == 403), scopes


def test_the_page_for_administrators_tells_every_scope() -> None:
    page = (Path(settings.WEB).parents[2] / "docs/how-to/accounts.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE) == [*SCOPES]


# Making one


def test_a_token_is_shown_once_with_its_scopes_and_kept_as_a_hash(county: County) -> None:
    client = logged_in("lead")
    page = client.post(PAGE, GIVEN)
    raw = raw_in(page)
    assert raw and "no-store" in page["Cache-Control"]
    again = client.get(PAGE).content.decode()
    assert raw not in again and str(SCOPES["report"]) in again and "从未使用" in again
    token = ApiToken.objects.get()
    assert (token.sha256, token.scopes) == (digest(raw), ["read", "report"])
    assert works(raw)
    assert "从未使用" not in client.get(PAGE).content.decode()
    assert not works(raw, timezone.now() + datetime.timedelta(days=90))
    line = AuditEntry.objects.get(action="account.create-token")
    assert line.after["scopes"] == ["read", "report"] and raw not in str(line.after)


def test_it_has_the_least_by_default_and_an_end_within_a_year(county: County) -> None:
    client = logged_in("lead")
    form = client.get(PAGE).context["form"]
    assert form.fields["scopes"].initial == ["read"] and form.fields["days"].initial == 90
    for wrong in ({"scopes": []}, {"scopes": ["everything"]}, {"days": "366"}, {"days": "0"}, {"label": " "}):
        page = client.post(PAGE, {**GIVEN, **wrong})
        assert page.status_code == 422 and "invalid-feedback" in page.content.decode(), wrong
    assert not ApiToken.objects.exists()
    assert ApiToken(user=county.users["lead"]).scopes == []


def test_only_who_has_just_given_the_password_makes_one_and_what_was_typed_is_not_lost(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = logged_in("lead")
    monkeypatch.setattr("guatu.web.base.fresh.FRESH", -1)
    asking = client.post(PAGE, GIVEN)
    assert asking["Location"].startswith("/accounts/reauthenticate/") and not ApiToken.objects.exists()
    monkeypatch.setattr("guatu.web.base.fresh.FRESH", 300)
    page = client.post(asking["Location"], {"password": PASSWORD})
    assert works(raw_in(page))
    assert ApiToken.objects.get().name == GIVEN["label"]


def test_a_session_that_was_stolen_makes_none(county: County, client_of: Clients) -> None:
    """A session without any login in it, as a copied cookie that is older than five minutes."""
    thief = client_of("lead")
    assert thief.post(PAGE, GIVEN)["Location"].startswith("/accounts/reauthenticate/")
    thief.post(f"/accounts/reauthenticate/?next={PAGE}", {"password": "guess"})
    assert not ApiToken.objects.exists()


def test_where_there_is_a_second_factor_the_password_is_not_enough(county: County) -> None:
    client = logged_in("lead")
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(county.users["lead"], secret)
    asking = client.post(PAGE, GIVEN)["Location"]
    assert asking.startswith("/accounts/2fa/reauthenticate/")
    client.post(f"/accounts/reauthenticate/?next={PAGE}", {"password": PASSWORD})
    assert client.post(PAGE, GIVEN)["Location"] == asking
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    assert works(raw_in(client.post(asking, {"code": code})))


def test_who_comes_by_the_login_service_alone_is_told_to_log_in_anew(county: County, client_of: Clients) -> None:
    user = county.users["lead"]
    user.set_unusable_password()
    user.save()
    client = Client()
    client.force_login(user)
    page = client.post(PAGE, GIVEN)
    assert page.status_code == 409 and "重新用统一身份认证登录" in page.content.decode()


def test_another_person_does_not_stop_it_and_its_owner_and_the_administrator_do(
    county: County, client_of: Clients
) -> None:
    for who in ("lead", "admin"):
        raw = token_of(county.users["lead"])
        pk = ApiToken.objects.latest("pk").pk
        assert client_of("town").post(f"{PAGE}{pk}/revoke/").status_code == 403
        assert works(raw)
        client_of(who).post(f"{PAGE}{pk}/revoke/")
        assert not works(raw)


# What ends one


def new_password(county: County, user: User) -> None:
    client = logged_in(user.username)
    form = {"oldpassword": PASSWORD, "password1": "another good horse 7", "password2": "another good horse 7"}
    assert client.post("/accounts/password/change/", form).status_code == 302


def by_link(county: County, user: User) -> None:
    page = Client()
    user.refresh_from_db()  # a link holds until the next login
    address = page.get(invitation_path(user), follow=True).redirect_chain[-1][0]
    page.post(address, {"password1": "another good horse 7", "password2": "another good horse 7"})
    user.refresh_from_db()
    assert user.check_password("another good horse 7")


def administrator(path: str, **form: str) -> Callable[[County, User], None]:
    def act(county: County, user: User) -> None:
        client = Client()
        client.force_login(county.users["admin"])
        assert client.post(f"/users/{user.pk}/{path}", form).status_code in (200, 302)

    return act


def role_ends(county: County, user: User) -> None:
    grant = RoleGrant.objects.get(user=user)
    administrator(f"grants/{grant.pk}/end/")(county, user)
    RoleGrant.objects.create(user=user, role="auditor", valid_from=datetime.date(2020, 1, 1))


def role_runs_out(county: County, user: User) -> None:
    RoleGrant.objects.filter(user=user).update(valid_to=timezone.localdate())
    RoleGrant.objects.create(user=user, role="auditor", valid_from=datetime.date(2020, 1, 1))


def first_password(county: County, user: User) -> None:
    User.objects.filter(pk=user.pk).update(must_change_password=True)


def second_factor_wanted(county: County, user: User) -> None:
    name = "accounts.second-factor-roles"
    Setting.objects.create(name=name, value=["town"], valid_from=datetime.date(2020, 1, 1))


ENDS: dict[str, Callable[[County, User], None]] = {
    "password changed": new_password,
    "password set by a link": by_link,
    "password reset": administrator("password/"),
    "account closed": administrator("active/", active="0"),
    "role ended": role_ends,
    "role ran out": role_runs_out,
    "password is to be changed": first_password,
    "second factor is wanted": second_factor_wanted,
}


@pytest.mark.parametrize("what", ENDS)
def test_it_ends_with_what_ends_the_rights_of_its_user(county: County, what: str) -> None:
    user = county.users["town"]
    raw = raw_in(logged_in("town").post(PAGE, GIVEN))
    other = token_of(county.users["leader"])
    assert works(raw)
    ENDS[what](county, user)
    assert not works(raw)
    assert ask(raw).status_code == 401 and ask(other).status_code == 200


def test_an_account_that_is_opened_again_has_no_tokens(county: County) -> None:
    raw, user = token_of(county.users["town"]), county.users["town"]
    administrator("active/", active="0")(county, user)
    administrator("active/", active="1")(county, user)
    assert not works(raw)


def test_a_hash_that_is_only_renewed_ends_nothing(county: County, settings: Any) -> None:
    """Django makes a stronger hash of the same password at a login; the county's programs go on."""
    raw = token_of(county.users["town"])
    old = User.objects.get(username="town").password
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    logged_in("town")
    assert User.objects.get(username="town").password != old
    assert works(raw)


def test_with_the_second_factor_set_up_the_tokens_work_again(county: County) -> None:
    raw = token_of(county.users["town"])
    second_factor_wanted(county, county.users["town"])
    assert not works(raw)
    totp.TOTP.activate(county.users["town"], totp.generate_totp_secret())
    assert works(raw)


def test_the_page_says_why_a_token_works_no_more(county: County, client_of: Clients) -> None:
    user = county.users["town"]
    token_of(user, roles=[["village", 1]])
    token_of(user, expires_at=timezone.now() - datetime.timedelta(days=1))
    token_of(user, revoked_at=timezone.now())
    page = client_of("town").get(PAGE).content.decode()
    for said in ("生成时的角色已变化", "已到期", "已作废"):
        assert said in page


def test_its_use_is_noted_once_in_ten_minutes(county: County) -> None:
    raw, now = token_of(county.users["town"]), timezone.now()
    uses = []
    for minutes in (0, 5, 11):
        working_token(raw, now + datetime.timedelta(minutes=minutes))
        uses.append(ApiToken.objects.get().last_used_at)
    assert uses == [now, now, now + datetime.timedelta(minutes=11)]
