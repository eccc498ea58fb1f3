"""The list of first steps is made of facts alone; the short forms write what the list asks for, all of it or nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guatu.web.base.models import AuditEntry, Setting, User
from guatu.web.base.problems import Invalid
from guatu.web.county.lines import TownLine, office_lines, town_lines
from guatu.web.county.selectors.facts import facts_on
from guatu.web.county.selectors.first_steps import Facts, first_steps, is_open, names
from guatu.web.directory.models import Person, Place, PlaceVersion, Post, RoleGrant, Unit, UnitVersion
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.tree import unit_tree
from tests.web.conftest import SINCE, County

WHOLE = Facts(
    name="青禾县",
    code="130990",
    issuer="青禾县人民政府督查室",
    counties=("青禾县",),
    towns=("临溪镇",),
    offices=4,
    accounts=3,
    confirms=True,
    reports=True,
    running=1,
    rules=1,
)
TOWNS = "临溪镇 130990101\n云岭乡,130990102000\n103 城东街道"


@pytest.fixture
def empty(db: None, quick_passwords: None) -> Client:
    """The administrator of a county in which nothing has been entered."""
    user = User.objects.create_user("guanli", password="x", display_name="管理员")
    RoleGrant.objects.create(user=user, role="admin", valid_from=SINCE)
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, step: str, **given: str) -> Any:
    return client.post(f"/first-steps/{step}/", given)


def today() -> Any:
    return timezone.localdate()


def test_nothing_is_missing_in_a_county_that_has_all() -> None:
    assert [step.missing for step in first_steps(WHOLE)] == [()] * 6
    assert not is_open(first_steps(WHOLE))


def test_each_fact_that_is_taken_away_opens_its_own_step_and_no_other() -> None:
    without: dict[str, Any] = {
        "name": ("county", ""),
        "code": ("county", ""),
        "counties": ("county", ()),
        "towns": ("places", ()),
        "unled": ("places", ("临溪镇",)),
        "offices": ("units", 0),
        "confirms": ("people", False),
        "reports": ("people", False),
        "running": ("plan", 0),
        "rules": ("periods", 0),
    }
    for fact, (key, value) in without.items():
        steps = first_steps(dataclasses.replace(WHOLE, **{fact: value}))
        assert [step.key for step in steps if not step.done] == [key], fact


def test_a_unit_that_nobody_reports_for_is_told_and_keeps_nothing_open() -> None:
    steps = first_steps(dataclasses.replace(WHOLE, silent=("云岭乡",)))
    assert not is_open(steps)
    assert any("云岭乡" in said for step in steps for said in step.advice)


def test_of_many_names_the_first_are_said_and_how_many_there_are() -> None:
    assert names([f"{n}镇" for n in range(1, 10)]) == "1镇、2镇、3镇、4镇、5镇、6镇等 9 个"
    assert names(["1镇", "2镇"]) == "1镇、2镇"


def test_towns_are_read_in_any_order_of_words_and_with_any_part_of_their_code() -> None:
    lines = town_lines("临溪镇 130990101\n\n 102\t云岭乡 \n130990103000,城东街道,城东街道办", "130990")
    assert lines == [
        TownLine(1, "临溪镇", "130990101000", "临溪镇人民政府"),
        TownLine(3, "云岭乡", "130990102000", "云岭乡人民政府"),
        TownLine(4, "城东街道", "130990103000", "城东街道办"),
    ]
    assert town_lines("城东街道 103", "130990")[0].unit == "城东街道办事处"


def test_a_town_whose_code_is_of_another_county_is_told_with_its_line() -> None:
    with pytest.raises(Invalid, match="第 2 行的代码“130991102”不在本县") as refused:
        town_lines("临溪镇 130990101\n云岭乡 130991102\n城东街道", "130990")
    assert "第 3 行" in str(refused.value.message)


@pytest.mark.parametrize("code", ["13099x", "990990", "130990101", "1309"])
def test_a_code_that_is_corrected_has_to_be_one_as_the_first_had(empty: Client, code: str) -> None:
    post(empty, "county", county="青禾县", code="130990", issuer="")
    assert post(empty, "county", county="青禾县", code=code, issuer="").status_code == 422
    assert Setting.objects.get(name="county.code").value == "130990"


def test_all_lines_without_a_code_are_told_at_once() -> None:
    with pytest.raises(Invalid) as caught:
        town_lines("临溪镇\n云岭乡 130990102\n城东街道 甲 乙 103", "130990")
    assert "第 1 行" in str(caught.value.message) and "第 3 行" in str(caught.value.message)
    assert "第 2 行" not in str(caught.value.message)


def test_an_office_that_begins_with_the_county_has_the_short_name_that_papers_use() -> None:
    found = office_lines("青禾县水利局\n县财政局\n青禾县人民政府督查室 县政府督查室\n青禾县", "青禾县")
    assert [one.short_name for one in found] == ["县水利局", "", "县政府督查室", ""]


def test_the_name_the_code_and_the_area_of_a_county_come_by_one_form(empty: Client) -> None:
    assert post(empty, "county", county="青禾县", code="130990", issuer="").status_code == 302
    assert {row.name: row.value for row in Setting.objects.all()} == {"county.name": "青禾县", "county.code": "130990"}
    facts = facts_on(today())
    assert (facts.name, facts.code, facts.counties) == ("青禾县", "130990", ["青禾县"])
    assert facts.issuer == "青禾县人民政府督查室"
    # Again, with another issuer: the area stays one, and only the issuer is new.
    assert post(empty, "county", county="青禾县", code="130990", issuer="青禾县督查考核办").status_code == 302
    assert Place.objects.count() == 1 and facts_on(today()).issuer == "青禾县督查考核办"


def test_a_code_that_was_never_set_is_missing_and_no_word_of_the_program(empty: Client) -> None:
    assert facts_on(today()).code == "" and "None" not in empty.get("/first-steps/county/").content.decode()
    Setting.objects.create(name="county.name", value="青禾县", valid_from=SINCE)
    assert first_steps(facts_on(today()))[0].there[0] == "青禾县"


def test_a_code_that_is_none_leaves_nothing_behind(empty: Client) -> None:
    page = post(empty, "county", county="青禾县", code="990990", issuer="")
    assert page.status_code == 422 and "省级代码" in page.content.decode()
    assert not Setting.objects.exists() and not Place.objects.exists()


def test_towns_come_with_a_unit_in_charge_each_all_or_none(empty: Client) -> None:
    assert "请先填写县名和代码" in post(empty, "towns", lines=TOWNS).content.decode()
    post(empty, "county", county="青禾县", code="130990", issuer="")
    page = post(empty, "towns", lines=f"{TOWNS}\n石桥镇 130990101")
    assert page.status_code == 422 and "第 4 行" in page.content.decode() and "石桥镇" in page.content.decode()
    assert not PlaceVersion.objects.filter(level="town").exists() and not Unit.objects.exists()
    assert post(empty, "towns", lines=TOWNS).status_code == 302
    units, places = unit_tree(today()), place_tree(today())
    charge = {places.nodes[one.place_id or 0].name: (one.name, one.category) for one in units.nodes.values()}
    assert charge == {
        "临溪镇": ("临溪镇人民政府", "town"),
        "云岭乡": ("云岭乡人民政府", "town"),
        "城东街道": ("城东街道办事处", "town"),
    }
    # As if it had been entered there: each town and each unit has its audit line.
    assert AuditEntry.objects.filter(action="county.add-towns").count() == 6


def test_towns_that_are_there_without_a_unit_stand_in_the_form_and_get_one(empty: Client) -> None:
    post(empty, "county", county="青禾县", code="130990", issuer="")
    post(empty, "towns", lines=TOWNS)
    UnitVersion.objects.filter(name="云岭乡人民政府").delete()
    assert facts_on(today()).unled == ["云岭乡"]
    assert "云岭乡 130990102000" in empty.get("/first-steps/towns/").content.decode()
    Unit.objects.filter(code="130990102").delete()
    assert post(empty, "towns", lines="云岭乡 130990102000").status_code == 302
    assert facts_on(today()).unled == [] and PlaceVersion.objects.filter(name="云岭乡").count() == 1


def test_offices_get_codes_that_no_unit_ever_had(empty: Client) -> None:
    post(empty, "county", county="青禾县", code="130990", issuer="")
    Unit.objects.create(code="BM-002")
    assert post(empty, "units", lines="青禾县水利局\n青禾县财政局").status_code == 302
    made = {one.code: (one.name, one.short_name) for one in unit_tree(today()).nodes.values()}
    assert made == {"BM-001": ("青禾县水利局", "县水利局"), "BM-003": ("青禾县财政局", "县财政局")}


def test_people_come_with_account_post_and_role_and_their_passwords_are_shown_once(empty: Client) -> None:
    post(empty, "county", county="青禾县", code="130990", issuer="")
    post(empty, "units", lines="青禾县水利局\n青禾县财政局")
    water = next(one.id for one in unit_tree(today()).nodes.values() if one.short_name == "县水利局")
    rows = {"name-1": "李水利", "unit-1": str(water), "role-1": "lead", "name-2": "", "unit-2": "", "role-2": "lead"}
    page = post(empty, "people", **rows, **{"name-3": "李水利", "unit-3": "", "role-3": "leader"})
    assert page.status_code == 200
    assert [user.username for user in User.objects.order_by("id")] == ["guanli", "李水利", "李水利2"]
    user = User.objects.get(username="李水利")
    assert user.must_change_password and Person.objects.get(user=user).name == "李水利"
    assert Post.objects.get().unit_id == water
    assert set(RoleGrant.objects.exclude(role="admin").values_list("role", "unit_id")) == {
        ("lead", water),
        ("leader", None),
    }
    shown = page.context["made"]
    assert all(one.user.check_password(one.raw) and one.raw in page.content.decode() for one in shown)


def test_a_wrong_row_of_people_keeps_all_out_and_what_was_typed_in(empty: Client) -> None:
    given = {"name-1": "李水利", "unit-1": "", "role-1": "leader", "name-2": "王", "unit-2": "", "role-2": "lead"}
    page = post(empty, "people", own_office="1", **given)
    said = page.content.decode()
    assert page.status_code == 422 and "第 2 行" in said and 'value="李水利"' in said and 'value="王"' in said
    assert User.objects.count() == 1 and not RoleGrant.objects.filter(role="supervision").exists()


def test_who_may_not_give_accounts_comes_to_no_form(county: County, client_of: Callable[[str], Client]) -> None:
    for step in ("", "county/", "towns/", "units/", "people/"):
        assert client_of("town").get(f"/first-steps/{step}").status_code == 403
    assert client_of("supervision").post("/first-steps/towns/", {"lines": TOWNS}).status_code == 403


def test_the_administrator_begins_with_the_steps_and_nobody_else_does(
    county: County, client_of: Callable[[str], Client]
) -> None:
    assert client_of("admin").get("/")["Location"] == "/first-steps/"
    assert client_of("admin").get("/map/").status_code == 200
    assert client_of("supervision").get("/").status_code == 200
