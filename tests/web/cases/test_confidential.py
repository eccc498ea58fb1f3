"""A confidential case is there for whom its flow gives something to do in it, from when it comes to them, and for nobody else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor
from guatu.web.base.models import Attachment, AuditEntry, User
from guatu.web.cases.actions.ask_clock import AskClock
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.history import standing
from guatu.web.cases.library import library
from guatu.web.cases.models import Case, CaseFile
from guatu.web.cases.selectors.visible import Sight, visible
from guatu.web.directory.models import RoleGrant
from guatu.web.directory.selectors.grants import grants_of
from tests.web.cases.conftest import Desk, at, photo
from tests.web.html import flat
from tests.web.test_every_address import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Clients = Callable[[str], Client]
SECRET, PERSON = "两家为排水沟暗中结怨", "隔壁老钟"
ALL = tuple(RoleGrant.Role.values)
# Who knows of a dispute of 柳林东村 as it goes up, step by step.
VILLAGE, TOWN, COUNTY = {"village", "town"}, {"village", "town"}, {"village", "town", "desk"}


@pytest.fixture
def secret(desk: Desk) -> Case:
    """Registered by 柳林东村, with a photo."""
    code = library().classes("disputes")[0].code
    action = OpenCase("disputes", code, SECRET, "柳林东村", source="unit", photos=[photo("暗沟.jpg")])
    case = perform(action, desk.context("village", at(3)))
    desk.move(case, "village", "accept", at(3, 9, 5), parties=PERSON, matter="排水")
    return case


def raised(desk: Desk, case: Case, to: str) -> Case:
    """Not settled, and sent up."""
    desk.move(case, "village", "village", at(3, 10), record="各执一词")
    return case if to == "town" else desk.move(case, "town", "town", at(3, 11), record="仍未谈拢")


def knowing(desk: Desk, case: Case) -> set[str]:
    return {role for role in ALL if visible(desk.context(role, at(4)).actor).filter(pk=case.pk).exists()}


def test_it_is_known_to_a_post_from_when_it_comes_to_it_and_to_readers_from_the_beginning(
    desk: Desk, secret: Case
) -> None:
    assert knowing(desk, secret) == VILLAGE
    raised(desk, secret, "town")
    assert knowing(desk, secret) == TOWN
    desk.move(secret, "town", "town", at(3, 11), record="仍未谈拢")
    assert knowing(desk, secret) == COUNTY
    desk.move(secret, "desk", "county", at(3, 12), "return", "先在镇里谈")
    assert knowing(desk, secret) == COUNTY


def test_another_village_and_another_town_know_nothing(desk: Desk, secret: Case) -> None:
    for role, unit in (("village", "柳林西村"), ("town", "石门镇"), ("village", "石门东村")):
        user = User.objects.create_user(f"{role}-{unit}")
        RoleGrant.objects.create(user=user, role=role, unit=desk.county.unit(unit), valid_from=at(1).date())
        actor = Actor(user, at(4).date(), grants_of(user, at(4).date()))
        assert not visible(actor).exists()
        with pytest.raises(Exception, match="不能查看"):
            perform(MoveCase(secret.pk, 2, "village", "settled", "", {"record": "x"}), Context(actor, at(4)))


def test_who_opened_it_knows_of_it_while_the_role_lasts(desk: Desk) -> None:
    code = library().classes("disputes")[0].code
    case = perform(OpenCase("disputes", code, SECRET, source="unit"), desk.context("responsible", at(3)))
    assert "responsible" in knowing(desk, case)
    RoleGrant.objects.filter(role="responsible").update(valid_to=at(4).date())
    assert "responsible" not in knowing(desk, case)


def test_who_decides_on_time_knows_of_it_while_the_application_waits(desk: Desk, secret: Case) -> None:
    secret.refresh_from_db()
    ask = AskClock(secret.pk, secret.row_version, "village", "extend", "当事人外出", 1)
    perform(ask, desk.context("village", at(3, 10)))
    assert knowing(desk, secret) == VILLAGE | {"desk"}


def test_one_without_a_unit_is_there_for_the_desk_that_names_one(desk: Desk) -> None:
    code = library().classes("disputes")[0].code
    case = perform(OpenCase("disputes", code, SECRET, source="hotline"), desk.context("desk", at(3)))
    Case.objects.filter(pk=case.pk).update(opened_by=None, unit=None)
    assert knowing(desk, case) == {"desk"}


def test_the_answer_for_one_case_and_the_filter_over_all_agree(desk: Desk, secret: Case) -> None:
    plain = desk.assigned()
    for stage in ("village", "town", "county"):
        if stage != "village":
            raised(desk, secret, "town") if stage == "town" else desk.move(
                secret, "town", "town", at(3, 11), record="仍未谈拢"
            )
        for role in ALL:
            seen = Sight(desk.context(role, at(4)).actor)
            for case in Case.objects.filter(pk__in=(plain.pk, secret.pk)):
                assert seen.sees(case) == seen.rows().filter(pk=case.pk).exists(), (stage, role, case.pack)


def test_who_has_an_open_step_to_do_knows_of_the_case(desk: Desk, secret: Case) -> None:
    from guatu.web.cases.posts import posts_of

    raised(desk, secret, "county")
    secret.refresh_from_db()
    now = standing(secret)
    roles = {role for step in now.state.open for role in now.engine.flow.by_id[step].roles}
    for role in ALL:
        actor = desk.context(role, at(4)).actor
        if posts_of(actor, secret, roles):
            assert Sight(actor).sees(secret), role


def shut(answer: Any) -> None:
    """Closes the file of an answer alone: `close` would end the request, and with it the connection of the test."""
    for close in answer._resource_closers:
        close()


def said(client: Client, address: str) -> str:
    """All that an answer says, the parts of a workbook as well."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    shut(answer)
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b"".join(parts.read(name) for name in parts.namelist())
    text = flat(body.decode("utf-8", "replace"))
    return text.encode().decode("unicode_escape", "replace") if "\\u" in text else text


def asked(case: Case, file: int) -> Iterator[str]:
    """Every address of the server, with the case and its photo where one is named, and the lists as wide as they go."""
    yield from addresses({Case: case.pk, Attachment: file})
    yield from (
        "/cases/?state=all&q=排水沟", "/cases/?state=all&pack=disputes", "/cases/export?state=all&format=xlsx",
        "/cases/export?state=all&format=csv", "/api/cases?state=all&limit=500", f"/track/{case.code}/",
        f"/open311/v2/requests.json?service_request_id={case.pk}", f"/open311/v2/requests/{case.pk}.xml",
        f"/audit/?kind=cases.case&number={case.pk}", "/audit/?action=case.open", "/audit/export?format=csv&action=case.move",
    )  # fmt: skip


@pytest.mark.parametrize("role", [None, *(role for role in ALL if role not in VILLAGE)])
def test_no_address_says_anything_of_it_to_others(
    desk: Desk, secret: Case, client_of: Clients, role: str | None
) -> None:
    file = CaseFile.objects.get(case=secret).file_id
    client = client_of(role) if role else Client()
    client.raise_request_exception = False
    words = (SECRET, PERSON, secret.code, "暗沟")
    for address in asked(secret, file):
        page = said(client, address)
        # A page may repeat what was typed into its address.
        found = [word for word in words if word in page.replace(f"/track/{secret.code}/", "")]
        assert not found or address == f"/track/{secret.code}/", (address, found)
    assert client.get(f"/files/{file}/").status_code in (302, 403, 404)


def test_they_are_there_for_who_may_know(desk: Desk, secret: Case, client_of: Clients) -> None:
    file = CaseFile.objects.get(case=secret).file_id
    for role in VILLAGE:
        client = client_of(role)
        shown = [address for address in asked(secret, file) if SECRET in said(client, address)]
        for part in ("/cases/?", "/cases/export", f"/cases/{secret.pk}/", "/api/cases?", f"/api/cases/{secret.pk}"):
            assert any(address.startswith(part) for address in shown), (role, part, shown)
        answer = client.get(f"/files/{file}/")
        assert answer.status_code == 200
        shut(answer)


def test_the_audit_trail_is_whole_and_shows_each_reader_what_they_may_know(
    desk: Desk, secret: Case, client_of: Clients
) -> None:
    plain = desk.report()
    lines = AuditEntry.objects.filter(object_type="cases.case")
    assert lines.filter(object_id=str(secret.pk)).count() == 2
    assert PERSON not in str(list(lines.values_list("before", "after")))
    for role in ("admin", "supervision", "auditor"):
        page = said(client_of(role), "/audit/?kind=cases.case")
        assert plain.code in page and secret.code not in page
    RoleGrant.objects.create(
        user=desk.county.users["town"], role="auditor", unit=desk.county.unit("柳林镇"), valid_from=at(1).date()
    )
    assert secret.code in said(client_of("town"), "/audit/?kind=cases.case")


def test_counts_and_filters_of_the_queue_leave_it_out(desk: Desk, secret: Case, client_of: Clients) -> None:
    page = said(client_of("desk"), "/cases/?state=all")
    assert "<strong>0</strong> 全部" in page
    assert f'value="{secret.class_code}"' not in page
    assert said(client_of("desk"), "/api/cases").startswith('{"count": 0')
