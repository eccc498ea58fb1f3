"""The workbook of the first hour: what it holds comes back unchanged, and what people do to it is taken or told."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor
from guatu.web.base.models import AuditEntry, RequestKey, Setting, User
from guatu.web.base.roles import grants_of
from guatu.web.county.actions.load_county import LoadWorkbook, Outcome, SheetOutcome
from guatu.web.county.actions.loading import people
from guatu.web.county.selectors.facts import facts_on
from guatu.web.county.selectors.workbook import present_rows
from guatu.web.county.sheets import SHEETS
from guatu.web.directory.models import Person, PlaceVersion, Post, RoleGrant, Unit, UnitAlias, UnitVersion
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.kit.kinds import Choice, Code
from guatu.web.kit.sheets import read_workbook, write_workbook
from tests.web.conftest import SINCE, County
from tests.web.tokens import token_of

Lines = Sequence[Sequence[Any]]
OWN: Lines = [["青禾县", "130990"]]
TOWNS: Lines = [["临溪镇", "130990101"], ["云岭乡", "102"], ["城东街道", "130990103000"]]
UNITS: Lines = [
    ["青禾县人民政府督查室", "县政府督查室"],
    ["青禾县水利局", None, "县水务局;水利局"],
    ["青禾县财政局"],
    ["青禾县住房和城乡建设局"],
]
PEOPLE: Lines = [
    ["张督查", "县政府督查室", "督查室"],
    ["李水利", "水利局", "牵头单位", "13800000001"],
    ["王财政", "青禾县财政局", "责任单位"],
    ["赵临溪", "临溪镇", "乡镇街道"],
]
TABS = {"县": OWN, "乡镇街道": TOWNS, "单位": UNITS, "人员": PEOPLE}


def today() -> Any:
    return timezone.localdate()


@pytest.fixture
def admin(db: None, quick_passwords: None) -> User:
    """The administrator of a county in which nothing has been entered."""
    user = User.objects.create_user("guanli", password="x", display_name="管理员")
    RoleGrant.objects.create(user=user, role="admin", valid_from=SINCE)
    return user


@pytest.fixture
def client(admin: User) -> Client:
    found = Client()
    found.force_login(admin)
    return found


def downloaded() -> bytes:
    out = io.BytesIO()
    write_workbook(out, SHEETS, present_rows(today()))
    return out.getvalue()


def filled(tabs: Mapping[str, Lines] = TABS) -> bytes:
    """The workbook that the county downloads, with lines below those that are there."""
    book = load_workbook(io.BytesIO(downloaded()))
    for tab, lines in tabs.items():
        for line in lines:
            book[tab].append(list(line))
    return saved(book)


def own(tabs: Mapping[str, Lines]) -> bytes:
    """A workbook that somebody made without ours: heads in the first line of each sheet."""
    book = Workbook()
    for tab, lines in tabs.items():
        sheet = book.create_sheet(tab)
        for line in lines:
            sheet.append(list(line))
    book.remove(book.worksheets[0])
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def load(user: User, data: bytes, **how: bool) -> Outcome:
    context = Context(Actor(user, today(), grants_of(user, today())), timezone.now())
    return perform(LoadWorkbook(data, "county.xlsx", **how), context)


def sheet(outcome: Outcome, key: str) -> SheetOutcome:
    return next(one for one in outcome.sheets if one.key == key)


def errors(outcome: Outcome) -> list[tuple[str, int, str]]:
    return [(one.key, error["row"], error["column"]) for one in outcome.sheets for error in one.errors]


# --- The file


def values_of(column: Any) -> st.SearchStrategy[str]:
    if isinstance(column, Choice):
        return st.sampled_from([str(value) for value, _label in column.choices])
    if isinstance(column, Code):
        return st.text("0123456789ABz-", min_size=1, max_size=column.longest)
    some = st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"])
    return st.text(some, min_size=1, max_size=column.longest)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, list[dict[str, str]]]:
    """Lines of all sheets, some cells left empty, none of them required."""
    found = {}
    for kind in SHEETS:
        line = st.fixed_dictionaries(
            {column.name: values_of(column) for column in kind.columns if column.required},
            optional={column.name: values_of(column) for column in kind.columns if not column.required},
        )
        found[kind.key] = draw(st.lists(line, max_size=3))
    return found


# Each example writes a workbook and reads it in a process of its own.
@settings(max_examples=25)
@given(rows(), st.sampled_from(["zh-hans", "en"]))
def test_what_a_workbook_holds_comes_back_as_it_was(given: dict[str, list[dict[str, str]]], language: str) -> None:
    with translation.override(language):
        out = io.BytesIO()
        write_workbook(out, SHEETS, given)
    # Whoever fills it in may send it by a page in the other language.
    book = read_workbook(out.getvalue(), "a.xlsx", SHEETS)
    assert (book.wrong, book.unknown) == ({}, [])
    for kind in SHEETS:
        wanted = [read(kind.columns, line) for line in given[kind.key]]
        assert [row.values for row in book.sheets[kind.key].rows] == [one for one in wanted if one]
        assert book.sheets[kind.key].errors == [] or any(len(one) < len(kind.columns) for one in wanted)


def read(columns: Any, line: Mapping[str, str]) -> dict[str, Any]:
    """A line as its cells are read: blanks at the ends and characters that nobody sees are no part of a text."""
    known = {column.name: column.bound() for column in columns}
    found = {name: known[name].read(value) for name, value in line.items() if value.strip()}
    return {name: value for name, value in found.items() if value}


def test_the_workbook_of_an_empty_county_has_heads_a_line_that_explains_and_choices(admin: User) -> None:
    book = load_workbook(io.BytesIO(downloaded()))
    assert book.sheetnames == ["县", "乡镇街道", "单位", "人员", "填写说明"]
    for tab in book.sheetnames[:-1]:
        lines = book[tab]
        assert lines.max_row == (3 if tab == "人员" else 2) and lines.freeze_panes == "B3"
        assert [str(span) for span in lines.merged_cells.ranges] == [
            f"A1:{lines.cell(2, lines.max_column).column_letter}1"
        ]
        assert "一行" in lines["A1"].value
    offered = {str(one.sqref): one.formula1 for one in book["人员"].data_validations.dataValidation}
    assert "督查室" in offered["C3:C5001"] and offered["B3:B5001"] == "'单位'!$A$3:$A$5000"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_list_of_choices_is_longer_than_excel_takes(language: str) -> None:
    with translation.override(language):
        for kind in SHEETS:
            for column in kind.columns:
                if isinstance(column, Choice):
                    assert len(",".join(column.bound().labels.values())) <= 255, column.label


# --- From an empty county


def test_a_county_comes_by_one_workbook(admin: User) -> None:
    outcome = load(admin, filled())
    assert outcome.written and outcome.wrong == 0
    facts = facts_on(today())
    assert (facts.name, facts.code, facts.issuer) == ("青禾县", "130990", "青禾县人民政府督查室")
    assert facts.towns == ["临溪镇", "云岭乡", "城东街道"] and facts.unled == []
    assert facts.offices == 4 and facts.accounts == 4 and facts.confirms and facts.reports
    units = {one.name: one for one in unit_tree(today()).nodes.values()}
    assert units["青禾县水利局"].short_name == "县水利局" and units["青禾县水利局"].code == "BM-002"
    assert units["城东街道办事处"].code == "130990103"
    assert set(UnitAlias.objects.values_list("text", flat=True)) == {"县水务局", "水利局"}
    grants = {one.user.username: (one.role, one.unit_id) for one in RoleGrant.objects.exclude(user=admin)}
    assert grants["李水利"] == ("lead", units["青禾县水利局"].id)
    assert grants["赵临溪"] == ("town", units["临溪镇人民政府"].id)
    assert Person.objects.get(name="李水利").phone == "13800000001"
    assert AuditEntry.objects.filter(action="county.load-workbook", object_type="directory.unit").count() == 7


def test_whoever_got_a_first_password_logs_in_with_it_and_has_to_change_it(admin: User) -> None:
    accounts = load(admin, filled()).accounts
    assert [one.username for one in accounts] == ["张督查", "李水利", "王财政", "赵临溪"]
    for one in accounts:
        user = User.objects.get(username=one.username)
        assert user.check_password(one.password) and user.must_change_password


def test_the_same_workbook_a_second_time_changes_nothing(admin: User) -> None:
    data = filled()
    load(admin, data)
    before = (AuditEntry.objects.count(), Setting.objects.count(), User.objects.count(), Post.objects.count())
    again = load(admin, data)
    assert (again.good, again.wrong, again.same, again.accounts) == (0, 0, 13, ())
    assert before == (AuditEntry.objects.count(), Setting.objects.count(), User.objects.count(), Post.objects.count())


def test_what_is_downloaded_changes_nothing_when_it_is_sent(admin: User) -> None:
    load(
        admin, filled({**TABS, "人员": [*PEOPLE, ["李水利", "水利局", "责任单位", "13800000001"], ["路人", "财政局"]]})
    )
    again = load(admin, downloaded())
    assert (again.good, again.wrong) == (0, 0)
    assert [one.same for one in again.sheets] == [1, 3, 7, 7]


def test_what_a_county_of_years_downloads_changes_nothing_when_it_is_sent(county: County) -> None:
    Setting.objects.create(name="county.code", value="990123", valid_from=SINCE)
    # Two of a name: each is written by its code.
    UnitVersion.objects.create(
        unit=Unit.objects.create(code="x1"),
        name="县水利局",
        category="other",
        valid_from=SINCE,
        parent=county.unit("柳林镇"),
    )
    again = load(county.users["admin"], downloaded())
    assert errors(again) == [] and again.good == 0


def test_a_change_that_is_set_for_a_day_to_come_does_not_stand_against_the_download(county: County) -> None:
    unit, tomorrow = county.unit("县水利局"), timezone.localdate() + timezone.timedelta(days=1)
    UnitVersion.objects.filter(unit=unit).update(valid_to=tomorrow)
    UnitVersion.objects.create(unit=unit, name="县水务局", category="department", valid_from=tomorrow)
    again = load(county.users["admin"], downloaded())
    assert errors(again) == [] and again.good == 0


def test_what_is_only_tried_leaves_nothing_behind_and_says_what_would_come(admin: User) -> None:
    found = load(admin, filled(), tried=True)
    assert not found.written and found.accounts == () and found.created == 1 + 3 + 3 + 4 + 4
    assert not Setting.objects.exists() and not Unit.objects.exists() and User.objects.count() == 1
    assert not AuditEntry.objects.exists() and facts_on(today()).name == ""


def test_a_village_hangs_under_the_town_of_its_code(admin: User) -> None:
    load(admin, filled({"县": OWN, "乡镇街道": [["柳村", "130990101201"], ["临溪镇", "130990101"]]}))
    tree = place_tree(today())
    village = next(one for one in tree.nodes.values() if one.name == "柳村")
    assert village.level == "village" and tree.name(village.parent_id) == "临溪镇"


def test_a_unit_of_a_town_that_is_written_among_the_units_is_not_set_up_twice(admin: User) -> None:
    named = [
        ["临溪镇人民政府", None, "临溪镇政府"],
        ["云岭水管站", None, None, None, "其他", "云岭乡人民政府", "云岭乡"],
    ]
    load(admin, filled({"县": OWN, "乡镇街道": TOWNS, "单位": named}))
    units = {one.name: one for one in unit_tree(today()).nodes.values()}
    assert sorted(units) == sorted(["临溪镇人民政府", "云岭乡人民政府", "城东街道办事处", "云岭水管站"])
    assert (units["临溪镇人民政府"].category, units["临溪镇人民政府"].code) == ("town", "130990101")
    assert units["云岭水管站"].parent_id == units["云岭乡人民政府"].id and facts_on(today()).unled == []


def test_superiors_may_stand_below_and_be_called_by_any_of_their_names(admin: User) -> None:
    lines = [
        ["丙站", None, None, None, None, "乙局"],
        ["青禾县乙局", "乙局", None, "yi", None, "甲"],
        ["甲委员会", "甲"],
    ]
    assert load(admin, filled({"县": OWN, "单位": lines})).wrong == 0
    tree = unit_tree(today())
    third = next(one for one in tree.nodes.values() if one.name == "丙站")
    assert [one.name for one in tree.path(third.id)] == ["甲委员会", "青禾县乙局"]


# --- Later


def test_a_cell_that_is_changed_changes_that_and_says_so_first(admin: User) -> None:
    load(admin, filled())
    book = load_workbook(io.BytesIO(downloaded()))
    line = next(row for row in book["单位"].iter_rows(min_row=3) if row[0].value == "青禾县水利局")
    line[0].value, line[2].value = "青禾县水务局", "水务局"
    found = load(admin, saved(book), tried=True)
    (said,) = sheet(found, "units").changed
    assert "青禾县水利局 → 青禾县水务局" in said and "水务局" in said and found.good == 1
    load(admin, saved(book))
    node = next(one for one in unit_tree(today()).nodes.values() if one.code == "BM-002")
    # What the cells leave empty stays: the short name was not written, and none of the aliases is gone.
    assert (node.name, node.short_name) == ("青禾县水务局", "县水利局")
    assert UnitAlias.objects.filter(unit_id=node.id).count() == 3


def test_empty_cells_change_nothing(admin: User) -> None:
    load(admin, filled())
    book = load_workbook(io.BytesIO(downloaded()))
    for tab, kept in (("县", 2), ("乡镇街道", 2), ("单位", 1), ("人员", 2)):
        for row in book[tab].iter_rows(min_row=3):
            for cell in row[kept:]:
                cell.value = None
    found = load(admin, saved(book))
    assert (found.good, found.wrong) == (0, 0)


def test_a_person_who_is_there_gets_what_is_missing_and_no_second_account(admin: User) -> None:
    load(admin, filled())
    more = [
        ["李水利", "县水利局", "责任单位"],
        ["王财政", "财政局", "", "13900000002"],
        ["李水利", "财政局", "责任单位"],
    ]
    found = load(admin, filled({"人员": more}))
    assert len(sheet(found, "people").changed) == 2 and [one.username for one in found.accounts] == ["李水利2"]
    held = RoleGrant.objects.filter(user__username="李水利").values_list("role", flat=True)
    assert sorted(held) == ["lead", "responsible"] and Person.objects.get(name="王财政").phone == "13900000002"


def test_two_people_of_one_name_are_two_accounts_at_once_and_again(admin: User) -> None:
    both = [["张伟", "水利局", "牵头单位"], ["张伟", "财政局", "责任单位"]]
    data = filled({**TABS, "人员": both})
    assert [one.username for one in load(admin, data).accounts] == ["张伟", "张伟2"]
    assert load(admin, data).good == 0


def test_one_person_in_two_roles_is_two_lines_and_one_account(admin: User) -> None:
    both = [["张伟", "水利局", "牵头单位"], ["张 伟", "水利局", "责任单位"]]
    assert [one.username for one in load(admin, filled({**TABS, "人员": both})).accounts] == ["张伟"]
    assert RoleGrant.objects.filter(user__username="张伟").count() == 2 and Post.objects.count() == 1


def test_a_name_with_a_dot_is_one_to_log_in_by(admin: User) -> None:
    found = load(admin, filled({**TABS, "人员": [["买买提·艾力", "财政局", "责任单位"]]}))
    assert [one.username for one in found.accounts] == ["买买提艾力"]
    assert User.objects.get(username="买买提艾力").display_name == "买买提·艾力"


def test_a_person_without_a_role_gets_no_account_and_that_is_said(admin: User) -> None:
    found = load(admin, filled({**TABS, "人员": [["路人", "财政局"]]}))
    assert found.accounts == () and "1 行没有填角色" in sheet(found, "people").notes[0]
    assert Person.objects.get(name="路人").user is None


def test_of_more_accounts_than_fit_the_others_are_told_and_come_the_next_time(
    admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "MOST_ACCOUNTS", 3)
    found = load(admin, filled(), only_good=True)
    assert len(found.accounts) == 3 and errors(found) == [("people", 7, "登录名")]
    assert [one.username for one in load(admin, filled({"人员": PEOPLE})).accounts] == ["赵临溪"]


def test_a_closed_account_is_told(admin: User) -> None:
    load(admin, filled())
    User.objects.filter(username="李水利").update(is_active=False)
    found = load(admin, filled({"人员": [["李水利", "水利局", "责任单位", None, "李水利"]]}))
    assert errors(found) == [("people", 7, "登录名")]


# --- What people type


def test_full_width_digits_blanks_and_numbers_are_read(admin: User) -> None:
    tabs = {
        "县": [["青 禾 县", "１３０９９０"]],
        "乡镇街道": [["临 溪 镇", 130990101], ["云岭乡\u3000", " １０２ "], ["城东街道", 130990103000]],
        "人员": [["张　督查", None, "督查室", 13800000001]],
    }
    found = load(admin, filled(tabs))
    assert errors(found) == [] and facts_on(today()).name == "青禾县"
    assert facts_on(today()).towns == ["临溪镇", "云岭乡", "城东街道"]
    assert Person.objects.get().phone == "13800000001" and found.accounts[0].username == "张督查"


def test_sheets_and_columns_of_other_names_in_another_order_are_found_and_others_are_told(admin: User) -> None:
    found = load(
        admin,
        own(
            {
                "通讯录": [
                    ["序号", "所在单位", "姓 名", "角色(必填)", "手机号"],
                    [1, "财政局", "王财政", "责任单位", "1"],
                ],
                "县情": [["行政区划代码", "县名"], ["130990", "青禾县"]],
                "随便": [["什么"], ["也不是"]],
                "部门": [
                    ["某某县部门名录"],
                    [],
                    ["编码", "部门名称", "又名", "备注"],
                    ["cz", "青禾县财政局", "财政局", "无"],
                ],
            }
        ),
    )
    assert errors(found) == [] and found.unknown == ("随便",)
    assert sheet(found, "people").unknown == ("序号",) and sheet(found, "units").unknown == ("备注",)
    assert not sheet(found, "towns").there and facts_on(today()).offices == 1 and len(found.accounts) == 1


def test_heads_of_two_lines_and_merged_cells_are_read_as_they_look(admin: User) -> None:
    book = load_workbook(io.BytesIO(own({"县": [["名称", "代码"], *OWN], "人员": []})))
    lines = book["人员"]
    for line in (
        ["姓名", "任职", None],
        [None, "单位", "角色"],
        ["甲某", "水利局", "牵头单位"],
        ["乙某", None, "责任单位"],
    ):
        lines.append(line)
    for span in ("A1:A2", "B1:C1", "B3:B4"):
        lines.merge_cells(span)
    units = book.create_sheet("单位")
    units.append(["全称", "别名"])
    units.append(["青禾县水利局", "水利局"])
    found = load(admin, saved(book))
    assert errors(found) == [] and len(found.accounts) == 2
    assert Post.objects.values("unit").distinct().count() == 1


def test_a_wrong_cell_is_told_at_its_place_and_loses_nothing_else(admin: User) -> None:
    tabs = {
        "县": OWN,
        "乡镇街道": [*TOWNS, ["错镇", "13099"], ["邻镇", "130991101"], ["同码", "101"]],
        "单位": [
            *UNITS,
            ["错局", None, None, None, "什么类别"],
            ["下属", None, None, None, None, "错局"],
            ["孤站", *[None] * 4, "天上"],
        ],
        "人员": [
            *PEOPLE,
            ["甲", "没有的单位", "牵头单位"],
            ["乙", "水利局", "国王"],
            ["丙", None, "牵头单位"],
            [None, "水利局"],
        ],
    }
    found = load(admin, filled(tabs))
    assert not found.written and not Unit.objects.exists()
    assert errors(found) == [
        ("towns", 6, "区划代码"),
        ("towns", 7, "区划代码"),
        ("towns", 8, "区划代码"),
        ("units", 7, "类别"),
        ("units", 8, "上级单位"),
        ("units", 9, "上级单位"),
        ("people", 8, "单位"),
        ("people", 9, "角色"),
        ("people", 10, "单位"),
        ("people", 11, "姓名"),
    ]
    assert "第 7 行" in sheet(found, "units").errors[1]["message"]
    found = load(admin, filled(tabs), only_good=True)
    assert found.written and found.wrong == 10 and facts_on(today()).offices == 4 and len(found.accounts) == 4


def test_a_county_that_cannot_be_is_told_and_towns_wait_for_it(admin: User) -> None:
    found = load(admin, filled({**TABS, "县": [["青禾县", "990990"]]}), only_good=True)
    assert ("county", 3, "区划代码") in errors(found) and ("towns", 0, "") in errors(found)
    assert not Setting.objects.exists() and not PlaceVersion.objects.exists() and facts_on(today()).offices == 4


def test_a_second_line_of_the_county_is_told(admin: User) -> None:
    found = load(admin, filled({"县": [*OWN, ["白河县", "130991"]]}))
    assert errors(found) == [("county", 4, "县(市、区)名称")] and not Setting.objects.exists()


def test_a_unit_that_is_written_by_another_of_its_names_is_not_made_twice(admin: User) -> None:
    load(admin, filled())
    found = load(admin, filled({"单位": [["县水利局"]]}))
    assert errors(found) == [("units", 10, "全称")] and "BM-002" in sheet(found, "units").errors[0]["message"]
    # With a code of its own it is another one.
    assert load(admin, filled({"单位": [["县水利局", None, None, "sl2"]]})).written


def test_units_above_each_other_are_told(admin: User) -> None:
    found = load(admin, filled({"县": OWN, "单位": [["甲局", *[None] * 4, "乙局"], ["乙局", *[None] * 4, "甲局"]]}))
    assert errors(found) == [("units", 3, "上级单位"), ("units", 4, "上级单位")]


def test_a_formula_is_told_at_its_cell(admin: User) -> None:
    found = load(admin, filled({"县": [["青禾县", '="130"&"990"']]}))
    assert errors(found) == [("county", 3, "区划代码")] and "B3" in sheet(found, "county").errors[0]["message"]


def test_one_sheet_without_its_heads_or_twice_is_told_and_the_others_are_taken(admin: User) -> None:
    book = load_workbook(io.BytesIO(filled()))
    book["人员"].delete_rows(2)
    again = book.create_sheet("乡镇")
    again.append(["名称", "代码"])
    found = load(admin, saved(book), only_good=True)
    assert errors(found) == [("towns", 0, ""), ("people", 0, "")]
    assert "两张表" in sheet(found, "towns").errors[0]["message"] and facts_on(today()).offices == 4


# --- The page


def upload(client: Client, data: bytes, name: str = "青禾.xlsx") -> Any:
    return client.post("/first-steps/workbook/", {"file": SimpleUploadedFile(name, data)})


def test_the_page_looks_first_then_enters_and_shows_passwords_once(client: Client) -> None:
    taken = client.get("/first-steps/workbook.xlsx")
    assert load_workbook(io.BytesIO(b"".join(taken.streaming_content))).sheetnames[0] == "县"
    address = upload(client, filled())["Location"]
    shown = client.get(address).content.decode()
    assert "确认录入 15 项" in shown and "同时设立单位 3" in shown and not Unit.objects.exists()
    # What was tried is nowhere seen: the county has no name yet.
    assert "青禾县" not in shown.partition("<main")[0]
    done = client.post(address, {"_key": "one"}).content.decode()
    assert "已录入" in done and done.count("font-monospace") == 4
    again = client.post(address, {"_key": "one"}).content.decode()
    assert "初始密码不再显示" in again and "font-monospace" not in again
    assert "都与现状相同" in client.get(address).content.decode()
    assert not any(char in str(RequestKey.objects.get().answer) for char in ('"password": "a',))


def test_the_page_tells_what_is_wrong_and_enters_the_good_lines_alone(client: Client) -> None:
    address = upload(client, filled({**TABS, "人员": [*PEOPLE, ["甲", "没有的单位", "牵头单位"]]}))["Location"]
    shown = client.get(address).content.decode()
    assert "没有的单位" in shown and "只录入正确的 15 项" in shown and "确认录入" not in shown
    assert "什么也没有录入" in client.post(address).content.decode() and not Unit.objects.exists()
    assert "1 行有错误" in client.post(address, {"only_good": "1"}).content.decode() and Unit.objects.count() == 7


@pytest.mark.parametrize(("data", "name"), [(b"", "a.xlsx"), (b"no workbook", "a.xlsx"), (b"a,b", "a.csv")])
def test_a_file_that_is_no_workbook_is_told_where_it_was_chosen(client: Client, data: bytes, name: str) -> None:
    answer = upload(client, data, name)
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    assert page.status_code == 422 and "invalid-feedback" in page.content.decode()


def test_a_workbook_of_others_is_neither_seen_nor_entered(client: Client, county: County) -> None:
    address = upload(client, filled())["Location"]
    other = Client()
    other.force_login(county.users["admin"])
    assert other.get(address).status_code == 404 and other.post(address).status_code == 404


def test_the_workbook_is_for_those_who_keep_the_settings(client_of: Callable[[str], Client]) -> None:
    for address in ("/first-steps/workbook/", "/first-steps/workbook.xlsx", "/first-steps/workbook/1/"):
        assert client_of("supervision").get(address).status_code == 403


# --- Programs


@pytest.fixture
def program(admin: User) -> Callable[..., Any]:
    token = token_of(admin, ["setup"])

    def call(step: str, given: Any, key: str = "", **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}", **({"Idempotency-Key": key} if key else {})}
        return Client().post(f"/api/first-steps/{step}", given, headers=headers, **more)

    def send(step: str, given: Any, key: str = "") -> Any:
        return (
            call(step, given, key, content_type="application/json")
            if isinstance(given, dict)
            else call(step, {"file": SimpleUploadedFile("a.xlsx", given)}, key)
        )

    return send


def test_a_program_enters_a_county_step_by_step(program: Callable[..., Any]) -> None:
    assert program("county", {"county": "青禾县", "code": "130990"}).status_code == 200
    towns = [{"name": name, "code": code} for name, code in TOWNS]
    assert program("towns", {"rows": towns}).json()["sheets"][1]["along"][2] == "城东街道办事处"
    called = ("name", "short_name", "aliases")
    units = [{key: text for key, text in zip(called, line, strict=False) if text} for line in UNITS]
    assert program("units", {"rows": units}).json()["sheets"][2]["created"][0] == "青禾县人民政府督查室"
    names = ("name", "unit", "role", "phone")
    answer = program("people", {"rows": [dict(zip(names, line, strict=False)) for line in PEOPLE]}).json()
    assert [one["username"] for one in answer["accounts"]] == [line[0] for line in PEOPLE]
    assert User.objects.get(username="李水利").check_password(answer["accounts"][1]["password"])
    facts = facts_on(today())
    assert (facts.offices, facts.accounts, facts.unled) == (4, 4, [])


def test_a_program_is_told_each_wrong_row_and_nothing_is_written_but_on_its_word(program: Callable[..., Any]) -> None:
    program("county", {"county": "青禾县", "code": "130990"})
    given = {"rows": [{"name": "临溪镇", "code": "101"}, {"name": "错镇", "code": "9"}, {"name": "", "code": "103"}]}
    answer = program("towns", given)
    assert answer.status_code == 422 and answer.json()["code"] == "rows.wrong"
    wrong = answer.json()["sheets"][1]["errors"]
    assert [(one["row"], one["column"]) for one in wrong] == [(2, "区划代码"), (3, "名称")]
    assert facts_on(today()).towns == []
    answer = program("towns", {**given, "only_good": True})
    assert answer.status_code == 200 and answer.json()["written"] and facts_on(today()).towns == ["临溪镇"]


def test_a_program_tries_a_workbook_enters_it_and_repeats_itself_without_harm(program: Callable[..., Any]) -> None:
    data = filled()
    tried = program("workbook?tried=true", data, "k").json()
    assert not tried["written"] and not Unit.objects.exists()
    done = program("workbook", data, "k").json()
    assert done["written"] and all(one["password"] for one in done["accounts"])
    again = program("workbook", data, "k").json()
    assert again["repeated"] and [one["password"] for one in again["accounts"]] == [""] * 4
    assert program("workbook", filled({"人员": [["又一人"]]}), "k").json()["code"] == "request.key-reused"


def test_a_token_for_settings_opens_no_accounts(admin: User) -> None:
    for scopes in (["settings"], ["directory", "read"]):
        headers = {"Authorization": f"Bearer {token_of(admin, scopes)}"}
        rows_ = {"rows": [{"name": "甲", "role": "auditor"}]}
        answer = Client().post("/api/first-steps/people", rows_, "application/json", headers=headers)
        assert answer.status_code == 403 and answer.json()["code"] == "token.scope"
    assert User.objects.count() == 1


def test_each_step_asks_for_its_own_right(county: County) -> None:
    Setting.objects.create(name="county.code", value="990123", valid_from=SINCE)
    headers = {"Authorization": f"Bearer {token_of(county.users['supervision'])}"}

    def status(step: str, given: Any) -> int:
        answer = Client().post(f"/api/first-steps/{step}", given, "application/json", headers=headers)
        return answer.status_code

    assert status("units", {"rows": [{"name": "新局"}]}) == 200
    assert status("people", {"rows": [{"name": "甲", "role": "auditor"}]}) == 403
    assert status("county", {"county": "青禾县", "code": "990123"}) == 403


def test_a_program_takes_the_workbook_away_without_telephone_numbers_and_sends_it_back(admin: User) -> None:
    load(admin, filled())
    headers = {"Authorization": f"Bearer {token_of(admin, ['read'])}"}
    data = Client().get("/api/first-steps/workbook", headers=headers).content
    people_ = load_workbook(io.BytesIO(data))["人员"]
    assert people_.max_row == 7 and "13800000001" not in str([*people_.values])
    assert load(admin, data).good == 0 and Person.objects.get(name="李水利").phone == "13800000001"


# --- The command line


@pytest.fixture
def command(admin: User) -> Iterator[Callable[..., tuple[int, str]]]:
    def run(*given: str) -> tuple[int, str]:
        out = StringIO()
        try:
            call_command("county", *given, stdout=out, stderr=out)
        except SystemExit as ended:
            return int(str(ended.code)), out.getvalue()
        return 0, out.getvalue()

    yield run


def test_the_command_writes_the_workbook_says_what_it_comes_to_and_enters_it(
    command: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    file = tmp_path / "county.xlsx"
    assert command("workbook", str(file))[0] == 0 and file.read_bytes()[:2] == b"PK"
    assert command("workbook", str(file))[0] == 2, "a file that is there is not written over"
    file.write_bytes(filled())
    code, said = command("load", str(file))
    assert code == 0 and "+ 青禾县水利局" in said and "--yes" in said and not Unit.objects.exists()
    code, said = command("load", str(file), "--yes", "--user", "guanli")
    assert code == 0 and said.count("\t") == 4 and facts_on(today()).accounts == 4
    assert AuditEntry.objects.filter(user__username="guanli").exists()
    assert "都与现状相同" in command("load", str(file), "--yes")[1]


def test_the_command_names_wrong_cells_and_ends_with_one(
    command: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    file = tmp_path / "county.xlsx"
    file.write_bytes(filled({**TABS, "人员": [["甲", "没有的单位", "牵头单位"]]}))
    code, said = command("load", str(file), "--yes")
    assert code == 1 and "第 4 行 单位“没有的单位”" in said and not Unit.objects.exists()
    assert command("load", str(file), "--yes", "--only-good")[0] == 1 and Unit.objects.count() == 7
    assert command("load", str(tmp_path / "none.xlsx"))[0] == 2
    file.write_bytes(b"nothing")
    assert command("load", str(file))[0] == 2
