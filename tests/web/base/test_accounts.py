"""Logging in and out of trouble: first passwords, second factor, invitations, roles."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone

from guatu.web.base.models import AuditEntry, Setting, User
from guatu.web.directory.models import RoleGrant
from tests.web.answers import body_of
from tests.web.conftest import PASSWORD

LOGIN = "/accounts/login/"


def log_in(name: str, password: str, client: Client | None = None) -> Any:
    return (client or Client()).post(LOGIN, {"login": name, "password": password})


def test_logging_in_leads_to_the_page_that_was_wanted_and_leaves_a_line(county: Any) -> None:
    answer = Client().post(f"{LOGIN}?next=/units/", {"login": "leader", "password": PASSWORD, "next": "/units/"})
    assert (answer.status_code, answer["Location"]) == (302, "/units/")
    assert AuditEntry.objects.get(action="account.log-in").user == county.users["leader"]


def test_who_has_a_first_password_sees_nothing_until_it_is_changed(county: Any) -> None:
    User.objects.filter(pk=county.users["leader"].pk).update(must_change_password=True)
    client = Client()
    log_in("leader", PASSWORD, client)
    for address in ("/units/", "/account/", "/"):
        assert client.get(address)["Location"] == "/accounts/password/change/", address
    assert client.get("/units/", headers={"HX-Request": "true"})["HX-Redirect"] == "/accounts/password/change/"
    answer = client.get("/units/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (403, "account.password-not-own")
    assert "初始密码" in client.get("/accounts/password/change/").content.decode()
    new = "another good horse 7"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/accounts/password/change/", form).status_code == 302
    assert client.get("/units/").status_code == 200
    assert not User.objects.get(username="leader").must_change_password


@pytest.mark.parametrize("weak", ["short", "1234567890123", "password123", "leader1234"])
def test_weak_passwords_are_refused_with_a_reason(county: Any, weak: str) -> None:
    user = county.users["leader"]
    client = Client()
    client.force_login(user)
    page = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert page.status_code == 200
    assert "invalid-feedback" in page.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_new_account_gets_a_password_once_and_its_user_must_change_it(
    county: Any, client_of: Callable[[str], Client]
) -> None:
    form = {"username": "zhaoliu", "display_name": "赵六", "role": "town", "unit_id": "柳林镇", "_key": "k1"}
    page = client_of("admin").post("/users/new/", form)
    assert "no-store" in page["Cache-Control"]
    password = re.search(r"font-monospace\">([a-z0-9-]{14})<", page.content.decode())
    assert password is not None
    again = client_of("admin").post("/users/new/", form).content.decode()
    assert password[1] not in again
    user = User.objects.get(username="zhaoliu")
    assert RoleGrant.objects.get(user=user).unit == county.unit("柳林镇")
    client = Client()
    assert log_in("zhaoliu", password[1], client).status_code == 302
    assert client.get("/units/")["Location"] == "/accounts/password/change/"
    assert not AuditEntry.objects.filter(after__icontains=password[1]).exists()


def test_an_account_whose_role_is_refused_is_not_made_either(county: Any, client_of: Callable[[str], Client]) -> None:
    page = client_of("admin").post("/users/new/", {"username": "zhaoliu", "display_name": "赵六", "role": "town"})
    assert page.status_code == 422
    assert "这个角色须指定单位" in page.content.decode()
    assert not User.objects.filter(username="zhaoliu").exists()


def test_a_reset_ends_the_sessions_of_the_user(county: Any, client_of: Callable[[str], Client]) -> None:
    town = Client()
    log_in("town", PASSWORD, town)
    assert town.get("/account/").status_code == 200
    assert client_of("admin").post(f"/users/{county.users['town'].pk}/password/").status_code == 200
    assert town.get("/account/").status_code == 302
    assert log_in("town", PASSWORD).status_code == 200


def test_a_closed_account_is_out_at_once(county: Any, client_of: Callable[[str], Client]) -> None:
    town = Client()
    log_in("town", PASSWORD, town)
    client_of("admin").post(f"/users/{county.users['town'].pk}/active/", {"active": "0"})
    assert town.get("/account/").status_code == 302
    assert (
        "这个账号已停用" in Client().post(LOGIN, {"login": "town", "password": PASSWORD}, follow=True).content.decode()
    )


def test_the_last_administrator_stays(county: Any, client_of: Callable[[str], Client]) -> None:
    admin = county.users["admin"]
    grant = RoleGrant.objects.get(user=admin)
    for address, form in (
        (f"/users/{admin.pk}/active/", {"active": "0"}),
        (f"/users/{admin.pk}/grants/{grant.pk}/end/", {}),
    ):
        page = client_of("admin").post(address, form, follow=True).content.decode()
        assert "至少要有一个长期有效的系统管理员" in page
    assert client_of("admin").get("/users/").status_code == 200


def test_a_role_begins_and_ends_on_its_days(county: Any, client_of: Callable[[str], Client]) -> None:
    user, today = county.users["village"], timezone.localdate()
    form = {"role": "auditor", "day": (today + datetime.timedelta(days=1)).isoformat()}
    assert client_of("admin").post(f"/users/{user.pk}/grants/", form).status_code == 302
    assert client_of("village").get("/audit/").status_code == 403
    grant = RoleGrant.objects.get(user=user, role="auditor")
    RoleGrant.objects.filter(pk=grant.pk).update(valid_from=today)
    assert client_of("village").get("/audit/").status_code == 200
    client_of("admin").post(f"/users/{user.pk}/grants/{grant.pk}/end/")
    assert client_of("village").get("/audit/").status_code == 403


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"role": "town"}, "须指定单位"),
        ({"role": "emperor"}, "“emperor”不在可选项中"),
        ({"role": "auditor", "day": "2001-01-01"}, "不能从过去开始"),
        ({"role": "auditor", "until": "2001-01-01"}, "须晚于生效日期"),
        ({"role": "admin"}, "已有这个角色"),
    ],
)
def test_a_role_that_makes_no_sense_is_told_at_its_field(
    county: Any, client_of: Callable[[str], Client], form: dict[str, str], said: str
) -> None:
    page = client_of("admin").post(f"/users/{county.users['admin'].pk}/grants/", form)
    assert page.status_code == 422
    assert said in page.content.decode()


def test_an_invitation_lets_a_person_set_a_password_once(county: Any, client_of: Callable[[str], Client]) -> None:
    user = User.objects.create(username="sunqi", display_name="孙七")
    user.set_unusable_password()
    user.save()
    answer = client_of("admin").post("/users/invitations.xlsx")
    data = body_of(answer)
    import io

    import python_calamine

    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    links = {row[0]: row[3] for row in rows[1:]}
    path = links["sunqi"].removeprefix("http://testserver")
    visitor = Client()
    page = visitor.get(path, follow=True)
    assert "设置您的密码" in page.content.decode()
    new = "another good horse 7"
    visitor.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert log_in("sunqi", new).status_code == 302
    assert "链接已失效" in Client().get(path, follow=True).content.decode()
    assert client_of("supervision").post("/users/invitations.xlsx").status_code == 403


def test_a_second_factor_is_asked_for_after_the_password(county: Any) -> None:
    user = county.users["leader"]
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    client = Client()
    assert log_in("leader", PASSWORD, client)["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/units/").status_code == 302
    assert "两步验证" in client.get("/accounts/2fa/authenticate/").content.decode()
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    assert client.get("/units/").status_code == 200


def test_a_role_that_needs_a_second_factor_sets_it_up_first(county: Any) -> None:
    Setting.objects.create(
        name="accounts.second-factor-roles", value=["supervision"], valid_from=datetime.date(2020, 1, 1)
    )
    client = Client()
    log_in("supervision", PASSWORD, client)
    assert client.get("/units/")["Location"] == "/accounts/2fa/totp/activate/"
    page = client.get("/accounts/2fa/totp/activate/", follow=True).content.decode()
    assert "启用验证器应用" in page or "确认身份" in page
    totp.TOTP.activate(county.users["supervision"], totp.generate_totp_secret())
    assert client.get("/units/").status_code == 200
    leader = Client()
    log_in("leader", PASSWORD, leader)
    assert leader.get("/units/").status_code == 200


def test_a_lost_phone_is_taken_off_by_the_administrator(county: Any, client_of: Callable[[str], Client]) -> None:
    totp.TOTP.activate(county.users["town"], totp.generate_totp_secret())
    client_of("admin").post(f"/users/{county.users['town'].pk}/second-factor/remove/")
    assert not Authenticator.objects.exists()
    assert log_in("town", PASSWORD)["Location"] == "/"


def test_ones_own_name_and_language_are_kept_and_used_in_another_browser(county: Any) -> None:
    client = Client()
    log_in("leader", PASSWORD, client)
    answer = client.post("/account/", {"display_name": "陈县长", "phone": "", "language": "en"})
    assert answer.status_code == 302
    other = Client()
    log_in("leader", PASSWORD, other)
    page = other.get("/account/").content.decode()
    assert '<html lang="en">' in page
    assert "陈县长" in page
    assert client.post("/account/", {"display_name": "", "phone": ""}).status_code == 422


def test_the_language_switch_goes_back_to_the_page_and_nowhere_else(county: Any) -> None:
    for wanted, gone in (
        ("/units/?q=1", "/units/?q=1"),
        ("//evil.example/", "/"),
        ("https://evil.example", "/"),
        ("/\\evil", "/"),
    ):
        answer = Client().post("/language/", {"language": "en", "next": wanted})
        assert answer["Location"] == gone, wanted
        assert answer.cookies["django_language"].value == "en"


@pytest.mark.parametrize(
    "address",
    ["/accounts/login/", "/accounts/logout/", "/accounts/inactive/", "/accounts/password/change/", "/accounts/password/set/",
     "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/generate/",
     "/accounts/reauthenticate/", "/accounts/3rdparty/login/cancelled/"],
)  # fmt: skip
@pytest.mark.parametrize("role", [None, "town"])
def test_every_page_of_the_login_answers_in_our_frame(county: Any, address: str, role: str | None) -> None:
    client = Client()
    if role:
        log_in(role, PASSWORD, client)
    answer = client.get(address, follow=True)
    assert answer.status_code in (200, 401, 403, 404)
    assert 'id="main"' in answer.content.decode()
