"""Every page of the directory and the accounts, for every role: an answer that a person can read, and nobody else's rows."""

import datetime
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guatu.web.base import jobs
from guatu.web.base import urls as base_urls
from guatu.web.base.files import store
from guatu.web.base.models import ApiToken, Attachment, AuditEntry, Job, User
from guatu.web.directory import urls as directory_urls
from guatu.web.directory.models import Person, Post, RoleGrant, Unit, UnitAlias, UnitVersion
from guatu.web.kit import urls as kit_urls
from guatu.web.kit.importer import importers
from guatu.web.kit.sheets import read_sheet
from tests.web.answers import body_of, status_of
from tests.web.directory.test_imports import UNIT_HEADS, book

ROLES = [*RoleGrant.Role.values, None]
SINCE = datetime.date(2020, 1, 1)


@pytest.fixture
def things(county: Any) -> dict[str, Any]:
    """One of everything that an address can name."""
    unit = county.unit("县水利局")
    person = Person.objects.create(name="王五", phone="13800001234")
    post = Post.objects.create(person=person, unit=unit, title="局长", valid_from=SINCE)
    alias = UnitAlias.objects.create(unit=unit, text="水务局")
    grant = RoleGrant.objects.get(user=county.users["town"])
    token = ApiToken.objects.create(user=county.users["town"], name="t", sha256="0" * 64, created_at=timezone.now())
    job = jobs.enqueue("sheet.import", {"kind": "units"}, county.users["admin"], timezone.now())
    file = Attachment.objects.create(
        sha256="0" * 64, name="a.txt", size=1, media_type="text/plain", uploaded_at=timezone.now()
    )
    return {
        "unit": unit.pk,
        "place": county.places["柳林镇"].pk,
        "person": person.pk,
        "post": post.pk,
        "alias": alias.pk,
        "grant": grant.pk,
        "token": token.pk,
        "job": job.pk,
        "file": file.pk,
        "user": county.users["town"].pk,
    }


def addresses(things: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every name of ours with an address that names something that is there."""
    heads = {
        "unit": "unit", "alias": "unit", "place": "place", "person": "person", "post_add": "person", "post_end": "post",
        "import_": "job", "job": "job", "attachment": "file", "token": "token",
    }  # fmt: skip
    for pattern in [*base_urls.urlpatterns, *directory_urls.urlpatterns, *kit_urls.urlpatterns]:
        name = pattern.name
        thing = next((kind for head, kind in heads.items() if name.startswith(head)), "user")
        values = {"pk": things[thing], "kind": "units", "alias": things["alias"], "grant": things["grant"]}
        values |= {"token": things["token"], "later": "none"}
        wanted = pattern.pattern.converters
        yield name, reverse(name, kwargs={key: values[key] for key in wanted})


def visitor(county: Any, role: str | None) -> Client:
    client = Client(raise_request_exception=True)
    if role is not None:
        client.force_login(county.users[role])
    return client


@pytest.mark.parametrize("role", ROLES)
def test_no_address_fails_for_any_role_whether_asked_or_sent_to(county: Any, things: Any, role: str | None) -> None:
    client = visitor(county, role)
    answers = {}
    for name, address in addresses(things):
        answers[name, "get"] = status_of(client.get(address))
        if name not in ("account_active", "password_reset", "grant_end"):  # those change what the others need
            answers[name, "post"] = status_of(client.post(address, {}))
    assert set(answers.values()) <= {200, 302, 403, 404, 405, 409, 422}, answers
    if role is None:
        assert {status for (name, how), status in answers.items() if how == "get" and name != "session_state"} <= {
            302,
            405,
        }


READS = [
    "unit_list", "unit", "unit_branch", "unit_options", "place_list", "place", "place_options", "person_list", "person",
    "sheet_template", "sheet_export",
]  # fmt: skip


SEE_THE_DIRECTORY = ("admin", "leader", "supervision", "lead", "responsible", "town", "auditor", "desk", "insurer")


@pytest.mark.parametrize("role", RoleGrant.Role.values)
def test_who_may_see_the_directory_sees_it_and_who_may_not_is_refused(county: Any, things: Any, role: str) -> None:
    client = visitor(county, role)
    wanted = 200 if role in SEE_THE_DIRECTORY else 403
    found = {name: status_of(client.get(address)) for name, address in addresses(things) if name in READS}
    assert found == dict.fromkeys(READS, wanted)


@pytest.mark.parametrize("role", RoleGrant.Role.values)
def test_forms_of_change_are_shown_to_editors_alone(county: Any, things: Any, role: str) -> None:
    client = visitor(county, role)
    names = ("new", "change", "rename", "split", "merge", "end", "add")
    editing = [
        (name, address)
        for name, address in addresses(things)
        if (name.split("_")[-1] in names and name.split("_")[0] in ("unit", "place", "person", "post"))
        or name == "import_new"
    ]
    assert len(editing) > 10
    wanted = 200 if role in ("admin", "supervision") else 403
    assert {name: client.get(address).status_code for name, address in editing} == {n: wanted for n, _ in editing}
    link = reverse("unit_change", args=[things["unit"]])
    page = client.get(reverse("unit", args=[things["unit"]])).content.decode()
    assert (link in page) == (wanted == 200)


@pytest.mark.parametrize("role", [r for r in RoleGrant.Role.values if r != "admin"])
def test_accounts_are_the_administrators_alone(county: Any, things: Any, role: str) -> None:
    client = visitor(county, role)
    for name, address in addresses(things):
        if address.startswith("/users/"):
            assert client.get(address).status_code in (403, 405), name
            assert client.post(address, {"active": "0"}).status_code in (403, 405, 422), name
    county.users["town"].refresh_from_db()
    assert county.users["town"].is_active
    assert "/users/" not in client.get("/account/").content.decode()


def test_phones_are_whole_for_editors_and_for_their_own_unit(county: Any, things: Any) -> None:
    address = reverse("unit", args=[things["unit"]])
    seen = {role: visitor(county, role).get(address).content.decode() for role in ("admin", "lead", "town")}
    assert "13800001234" in seen["admin"]
    assert "13800001234" in seen["lead"]
    assert "13800001234" not in seen["town"]
    assert "138****1234" in seen["town"]
    for name in ("person_list", "person"):
        args = [things["person"]] if name == "person" else []
        assert "13800001234" not in visitor(county, "town").get(reverse(name, args=args)).content.decode()
    export = visitor(county, "town").get(reverse("sheet_export", args=["people"]))
    sheet = read_sheet(body_of(export), "a.xlsx", importers()["people"].columns)
    assert [row.values["phone"] for row in sheet.rows] == ["138****1234"]


def test_a_job_and_a_file_are_open_to_their_owner_and_hidden_from_others(
    county: Any, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    admin = county.users["admin"]
    file = store(SimpleUploadedFile("a.txt", b"secret"), admin, timezone.now())
    job = jobs.enqueue("sheet.import", {"kind": "units"}, admin, timezone.now())
    for address in (
        reverse("attachment", args=[file.pk]),
        reverse("job", args=[job.pk]),
        reverse("import_result", args=[job.pk]),
    ):
        assert status_of(visitor(county, "admin").get(address)) == 200
        assert visitor(county, "supervision").get(address).status_code == 404
    response = visitor(county, "admin").get(reverse("attachment", args=[file.pk]))
    assert response["Content-Disposition"].startswith("attachment")
    body_of(response)


def test_an_unknown_number_is_a_page_and_no_error(county: Any) -> None:
    client = visitor(county, "admin")
    for name in ("unit", "unit_change", "unit_rename", "unit_split", "unit_end", "place", "place_change", "place_end",
                 "person", "person_change", "post_end", "account_detail"):  # fmt: skip
        assert client.get(reverse(name, args=[999_999])).status_code == 404, name
    assert "没有这个页面" in client.get("/units/999999/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "on=yesterday",
        "on=2024-02-30",
        "on=9999-99-99",
        "page=x",
        "page=-3",
        "page=99999999999999999999",
        "q=%00",
        "category=?",
    ],
)
def test_odd_questions_get_an_answer(county: Any, query: str) -> None:
    client = visitor(county, "admin")
    for name in ("unit_list", "place_list", "person_list", "account_list", "audit_list"):
        assert client.get(f"{reverse(name)}?{query}").status_code in (200, 422), name


def test_the_tree_of_a_day_is_shown_as_it_stood(county: Any) -> None:
    unit, day = county.unit("县水利局"), datetime.date(2023, 1, 1)
    UnitVersion.objects.filter(unit=unit).update(name="县水利电力局", valid_to=day)
    UnitVersion.objects.create(unit=unit, name="县水利局", category="department", valid_from=day)
    client = visitor(county, "leader")
    assert "县水利电力局" in client.get("/units/?on=2022-12-31").content.decode()
    assert "县水利电力局" not in client.get("/units/").content.decode()
    page = client.get(f"/units/{unit.pk}/").content.decode()
    assert "县水利电力局" in page


def test_a_search_finds_names_aliases_and_codes_and_says_how_many(county: Any) -> None:
    UnitAlias.objects.create(unit=county.unit("县水利局"), text="水务局")
    client = visitor(county, "leader")
    for text in ("水利", "水务局", "d0"):
        page = client.get("/units/", {"q": text}).content.decode()
        assert "县水利局" in page, text
        assert "找到 1 个" in page, text
    assert "没有符合条件的单位" in client.get("/units/", {"q": "没有这个"}).content.decode()


def test_the_export_is_what_the_list_shows(county: Any) -> None:
    client = visitor(county, "leader")
    response = client.get("/sheets/units/export.xlsx", {"category": "town"})
    sheet = read_sheet(body_of(response), "a.xlsx", importers()["units"].columns)
    assert {row.values["name"] for row in sheet.rows} == {
        f"{name}人民政府" for name in ("城关镇", "柳林镇", "石门镇", "白鹿乡", "双河乡")
    }


def test_pages_ask_the_database_a_fixed_number_of_times(county: Any, things: Any) -> None:
    def queries(address: str) -> int:
        client = visitor(county, "admin")
        client.get("/account/")
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    pages = {
        "/units/": 10,
        "/units/?q=镇": 10,
        f"/units/{county.unit('柳林镇').pk}/": 16,
        "/places/": 9,
        "/people/": 9,
        "/users/": 10,
        "/audit/": 8,
        "/account/": 9,
    }
    before = {address: queries(address) for address in pages}
    root = county.unit("青禾县人民政府")
    units = Unit.objects.bulk_create(Unit(code=f"many{n}") for n in range(60))
    UnitVersion.objects.bulk_create(
        UnitVersion(unit=unit, name=f"多{n}", parent=root, valid_from=SINCE) for n, unit in enumerate(units)
    )
    User.objects.bulk_create(User(username=f"many{n}") for n in range(60))
    for n, unit in enumerate(units):
        person = Person.objects.create(name=f"人{n}")
        Post.objects.create(person=person, unit=unit, title="干事", valid_from=SINCE)
    assert {address: queries(address) for address in pages} == before
    assert {a: n for a, n in before.items() if n > pages[a]} == {}


def test_setting_up_a_unit_keeps_what_was_typed_and_says_the_rule_at_the_field(county: Any) -> None:
    client = visitor(county, "admin")
    form = {
        "code": "d0", "name": "县新局", "category": "department", "line": "line", "parent_id": "青禾县人民政府",
        "order": "5", "day": "2024-01-01",
    }  # fmt: skip
    page = client.post("/units/new/", form)
    assert page.status_code == 422
    assert "已被使用" in page.content.decode()
    assert 'value="县新局"' in page.content.decode()
    page = client.post("/units/new/", form | {"code": "d9"})
    made = Unit.objects.get(code="d9")
    assert page["Location"] == f"/units/{made.pk}/"
    assert made.versions.get().parent == county.unit("青禾县人民政府")


def test_a_unit_that_is_typed_wrongly_is_answered_with_what_it_may_be(county: Any) -> None:
    form = {"code": "x", "name": "县甲中心", "category": "other", "line": "line", "order": "0", "day": "2024-01-01"}
    page = visitor(county, "admin").post("/units/new/", form | {"parent_id": "县水力局"}).content.decode()
    assert "县水利局 (d0)" in page


def test_the_second_of_two_who_change_a_unit_sees_what_the_first_did_and_saves_again(county: Any) -> None:
    client, unit = visitor(county, "admin"), county.unit("县水利局")
    day = timezone.localdate().isoformat()
    first = {"seen": "1", "new_name": "县水务局", "short_name": "", "day": day, "basis": ""}
    assert client.post(f"/units/{unit.pk}/rename/", first).status_code == 302
    second = client.post(f"/units/{unit.pk}/rename/", first | {"new_name": "县水资源局"})
    page = second.content.decode()
    assert second.status_code == 409
    assert "县水务局" in page
    assert 'value="县水资源局"' in page
    assert 'name="seen" value="2"' in page
    assert client.post(f"/units/{unit.pk}/rename/", first | {"new_name": "县水资源局", "seen": "2"}).status_code == 302


def test_merging_and_splitting_through_the_forms(county: Any) -> None:
    client = visitor(county, "admin")
    day = timezone.localdate().isoformat()
    form = {
        "unit_1": "柳林镇",
        "unit_2": "石门镇人民政府 (t2)",
        "into": "first",
        "day": day,
        "basis": "青政〔2024〕1号",
    }
    assert client.post("/units/merge/", form).status_code == 302
    assert UnitVersion.objects.get(unit=county.unit("石门镇")).valid_to == timezone.localdate()
    town = county.unit("双河乡")
    form = {
        "seen": "1",
        "stays": "no",
        "heir": "1",
        "day": day,
        "code_1": "e",
        "name_1": "东河乡",
        "code_2": "w",
        "name_2": "西河乡",
    }
    assert client.post(f"/units/{town.pk}/split/", form).status_code == 302
    assert UnitVersion.objects.filter(parent=Unit.objects.get(code="w")).count() == 2
    page = client.get(f"/units/{town.pk}/").content.decode()
    assert "拆分" in page


def test_importing_through_the_pages_from_template_to_the_list_of_errors(
    county: Any, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = visitor(county, "admin")
    template = client.get("/sheets/units/template.xlsx")
    assert status_of(template) == 200
    rows = [["x1", "县甲局", "部门", "gov", "2024-01-01"], ["x2", "", "部门", "gov", "2024-01-01"]]
    upload = SimpleUploadedFile("单位.xlsx", book(UNIT_HEADS, rows))
    result = client.post("/sheets/units/import/", {"file": upload})["Location"]
    assert "hx-get" in client.get(result).content.decode()
    jobs.run_waiting()
    page = client.get(result).content.decode()
    assert "2 行中有 1 行不对" in page
    assert "不能为空" in page
    errors = client.get(f"{result}errors.xlsx")
    assert "不能为空" in _text(body_of(errors))
    again = client.post(f"{result}good/")["Location"]
    jobs.run_waiting()
    assert "新增 1 行" in client.get(again).content.decode()
    assert Unit.objects.filter(code="x1").exists()


def _text(data: bytes) -> str:
    import python_calamine

    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    return "\n".join(str(cell) for row in rows for cell in row)


def test_a_file_that_is_too_large_or_empty_is_told_at_the_field(county: Any, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.GUATU_LARGEST_UPLOAD = tmp_path, 1024 * 1024
    client = visitor(county, "admin")
    large = client.post("/sheets/units/import/", {"file": SimpleUploadedFile("a.xlsx", b"0" * 2_000_000)})
    assert large.status_code == 422
    assert "上限" in large.content.decode()
    assert client.post("/sheets/units/import/", {"file": SimpleUploadedFile("a.xlsx", b"")}).status_code == 422
    assert client.post("/sheets/units/import/", {}).status_code == 422
    assert not Job.objects.exists()


def test_a_boundary_is_taken_from_a_geojson_file_and_drawn(county: Any) -> None:
    client, place = visitor(county, "admin"), county.places["柳林镇"]
    ring = "[[115.0,36.0],[115.2,36.0],[115.2,36.1],[115.0,36.1],[115.0,36.0]]"
    form = {
        "seen": "1",
        "name": "柳林镇",
        "level": "town",
        "parent_id": "青禾县",
        "day": timezone.localdate().isoformat(),
    }

    def send(text: str, seen: str) -> Any:
        file = SimpleUploadedFile("b.geojson", text.encode())
        return client.post(f"/places/{place.pk}/change/", form | {"boundary": file, "seen": seen})

    for wrong in ("{", "[]", '{"type":"Point","coordinates":[1,2]}', '{"type":"Polygon","coordinates":[[[900,1]]]}'):
        assert send(wrong, "1").status_code == 422, wrong
    assert send(f'{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}', "1").status_code == 302
    assert "<path d=" in client.get(f"/places/{place.pk}/").content.decode()
    county_page = client.get("/places/", {"under": county.places["青禾县"].pk}).content.decode()
    assert county_page.count("<path d=") == 1


def test_the_audit_trail_is_filtered_and_leaves_as_csv(county: Any, client_of: Callable[[str], Client]) -> None:
    admin = client_of("admin")
    unit = county.unit("县水利局")
    day = timezone.localdate().isoformat()
    admin.post(f"/units/{unit.pk}/rename/", {"seen": "1", "new_name": "县水务局", "day": day})
    AuditEntry.objects.create(
        at=timezone.now(), action="x.other", object_type="a.b", object_id="1", after={"a": "=1+1"}
    )
    auditor = client_of("auditor")
    page = auditor.get("/audit/", {"action": "directory.rename-unit"}).content.decode()
    assert "县水务局" in page
    assert "x.other" not in page
    assert "单位更名" in page
    assert "全称" in page
    for query in ({"user": "nobody"}, {"since": "2099-01-01"}, {"until": "2001-01-01"}, {"number": "0"}):
        assert "没有符合条件的操作记录" in auditor.get("/audit/", query).content.decode(), query
    lines = body_of(auditor.get("/audit/export?format=csv")).decode("utf-8-sig").splitlines()
    assert any("单位更名" in line and "县水利局" in line for line in lines)
    assert any(line.endswith("'=1+1") for line in lines)
    assert client_of("leader").get("/audit/export?format=csv").status_code == 403
