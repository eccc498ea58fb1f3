"""The first administrator comes from the command line."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor, anonymous
from guatu.web.base.models import AuditEntry, User
from guatu.web.base.problems import Denied
from guatu.web.directory.actions.make_administrator import MakeAdministrator


def test_the_command_opens_an_account_that_may_open_others(db: None) -> None:
    out = io.StringIO()
    call_command("administrator", "zhangsan", stdout=out)
    password = re.search(r"first password: (\S+)", out.getvalue())
    assert password is not None
    client = Client()
    client.post("/accounts/login/", {"login": "zhangsan", "password": password[1]})
    new = "another good horse 7"
    client.post("/accounts/password/change/", {"oldpassword": password[1], "password1": new, "password2": new})
    assert client.get("/users/").status_code == 200
    assert AuditEntry.objects.filter(action="account.make-administrator").count() == 1


def test_a_county_that_has_locked_itself_out_gets_in_again(county: Any) -> None:
    User.objects.filter(username="admin").update(is_active=False)
    call_command("administrator", "admin", stdout=io.StringIO())
    user = User.objects.get(username="admin")
    assert user.is_active
    assert user.grants.count() == 1


def test_no_request_makes_an_administrator(county: Any, actor_of: Callable[..., Actor]) -> None:
    today, now = timezone.localdate(), timezone.now()
    for context in (Context(anonymous(today), now, request_id="r1"), Context(actor_of("admin"), now)):
        with pytest.raises(Denied):
            perform(MakeAdministrator("town"), context)


def test_a_name_that_cannot_be_one_is_refused(db: None) -> None:
    with pytest.raises(CommandError):
        call_command("administrator", "a b", stdout=io.StringIO())
