"""The county's duty list: rows with dates, a sheet of them, and the unit that a case is suggested."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guatu.adapters.flows.publish import Declared, publish
from guatu.core.kernel.explained import Explained
from guatu.web.base.actions import perform
from guatu.web.base.hooks import Hooks
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import AuditEntry, Job, Setting
from guatu.web.base.problems import Conflict, Denied, Invalid
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.history import standing
from guatu.web.cases.library import library
from guatu.web.cases.models import Case
from guatu.web.cases.position import grid_of, position_of
from guatu.web.cases.routing import Matter, route
from guatu.web.cases.selectors.suggestion import suggestion
from guatu.web.cases.selectors.visible import visible
from guatu.web.directory.models import PlaceVersion, UnitAlias
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.duties.actions.keep_duties import AddDuty, DutyValues, EndDuty
from guatu.web.duties.models import Duty
from guatu.web.duties.selectors.duties import duty_list, faults
from tests.adapters.flows.texts import BPMN, DMN
from tests.web.cases.conftest import Desk, at
from tests.web.cases.conftest import borders as borders
from tests.web.cases.conftest import desk as desk
from tests.web.html import flat

pytestmark = pytest.mark.django_db
JUNE = datetime.date(2024, 6, 3)
SINCE = datetime.date(2024, 1, 1)


def add(
    desk: Desk,
    code: str,
    unit: str,
    place: str = "",
    day: datetime.date = SINCE,
    role: str = "supervision",
    **more: Any,
) -> Duty:
    place_id = desk.county.places[place].pk if place else None
    values = DutyValues(more.pop("pack", ""), code, place_id, desk.county.unit(unit).pk, day, **more)
    return perform(AddDuty(values), desk.context(role, at(1)))


def routed(desk: Desk, code: str, place: str = "", on: datetime.date = JUNE) -> Any:
    return route(Matter("urban_management", code, desk.county.places[place].pk if place else None, on))


def test_the_longer_class_decides_and_then_the_nearer_place(desk: Desk) -> None:
    add(desk, "C01", "县住建局")
    add(desk, "C01", "柳林镇", "柳林镇")
    add(desk, "C0101", "县水利局")
    assert routed(desk, "C0104").unit_id == desk.county.unit("县住建局").pk
    assert routed(desk, "C0104", "柳林东村").unit_id == desk.county.unit("柳林镇").pk
    found = routed(desk, "C0101", "柳林东村")
    assert found.unit_id == desk.county.unit("县水利局").pk
    assert isinstance(found.why, Explained)
    assert "县水利局" in found.why.sentence("zh") and "第" in found.why.sentence("zh")
    Setting.objects.create(name="cases.duty-precedence", value="place-first", valid_from=SINCE)
    assert routed(desk, "C0101", "柳林东村").unit_id == desk.county.unit("柳林镇").pk


def test_why_there_is_no_unit_is_said(desk: Desk) -> None:
    found = routed(desk, "C0101")
    assert found.unit_id is None and "没有" in found.why.sentence("zh")
    add(desk, "C02", "县交通局")
    assert "C0101" in routed(desk, "C0101").why.sentence("zh")


def test_a_new_row_takes_the_place_of_the_old_one_from_its_first_day(desk: Desk) -> None:
    old = add(desk, "C01", "县住建局")
    add(desk, "C01", "县水利局", day=datetime.date(2024, 7, 1))
    old.refresh_from_db()
    assert old.valid_to == datetime.date(2024, 7, 1)
    assert routed(desk, "C0101", on=datetime.date(2024, 6, 30)).unit_id == desk.county.unit("县住建局").pk
    assert routed(desk, "C0101", on=datetime.date(2024, 7, 1)).unit_id == desk.county.unit("县水利局").pk
    with pytest.raises(Invalid) as found:
        add(desk, "C01", "县交通局", day=datetime.date(2024, 6, 1))
    assert found.value.code == "duty.later-row"
    assert AuditEntry.objects.filter(object_type="duties.duty").count() == 3


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"code": "Z9"}, "duty.no-class"),
        ({"code": "C01", "pack": "nothing"}, "duty.no-pack"),
        ({"code": "C01", "pack": "disputes"}, "duty.no-class"),
        ({"code": "C01", "until": SINCE}, "duty.no-time"),
        ({"code": "C01", "day": datetime.date(2019, 1, 1)}, "duty.unit-not-standing"),
    ],
)
def test_a_row_that_cannot_be_says_at_which_field(desk: Desk, values: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as found:
        add(desk, values.pop("code"), "县住建局", **values)
    assert found.value.code == code
    assert not Duty.objects.exists()


@pytest.mark.parametrize("role", ["desk", "lead", "town", "leader", "auditor"])
def test_only_who_keeps_the_directory_changes_the_list(desk: Desk, role: str) -> None:
    with pytest.raises(Denied):
        add(desk, "C01", "县住建局", role=role)
    row = add(desk, "C01", "县住建局")
    with pytest.raises(Denied):
        perform(EndDuty(row.pk, row.row_version, JUNE), desk.context(role, at(3)))


def test_a_row_is_ended_once(desk: Desk) -> None:
    row = add(desk, "C01", "县住建局")
    perform(EndDuty(row.pk, row.row_version, JUNE), desk.context("supervision", at(3)))
    assert routed(desk, "C0101").unit_id is None
    with pytest.raises(Conflict):
        perform(EndDuty(row.pk, row.row_version, JUNE), desk.context("supervision", at(3)))
    row.refresh_from_db()
    with pytest.raises(Invalid):
        perform(EndDuty(row.pk, row.row_version, JUNE), desk.context("supervision", at(3)))


def test_rows_that_contradict_each_other_and_classes_without_a_unit_are_shown(desk: Desk) -> None:
    assert list(faults(duty_list(JUNE), "zh")) == []
    add(desk, "C01", "县住建局", "柳林镇")
    found = faults(duty_list(JUNE), "zh")
    assert any("C0101" in one and "没有承办单位" in one for one in found)
    unit = desk.county.unit("县水利局")
    Duty.objects.create(class_code="C01", place=desk.county.places["柳林镇"], unit=unit, valid_from=SINCE)
    assert any("县水利局" in one and "县住建局" in one for one in faults(duty_list(JUNE), "zh"))
    assert "rows" in faults(duty_list(JUNE), "en").rows[0]


def test_rows_of_two_packs_do_not_contradict_each_other_and_one_does_not_stand_in_for_the_other(desk: Desk) -> None:
    add(desk, "", "县住建局", pack="disputes")
    add(desk, "", "县水利局", pack="volunteering")
    assert list(faults(duty_list(JUNE), "zh")) == []
    add(desk, "debt", "县水利局", "柳林镇", pack="stock_problems")
    assert ["debt" in one for one in faults(duty_list(JUNE), "zh")] == [True]


# The sheet.

HEADS = ("类别代码", "区域", "承办单位*", "生效日期*", "失效日期", "业务包", "依据文件")


def workbook(*rows: tuple[Any, ...]) -> SimpleUploadedFile:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate((HEADS, *rows)):
            sheet.write_row(n, 0, row)
    return SimpleUploadedFile("职责清单.xlsx", out.getvalue())


def imported(client: Client, file: SimpleUploadedFile) -> Job:
    answer = client.post("/sheets/duties/import/", {"file": file})
    assert answer.status_code == 302
    run_waiting()
    job = Job.objects.latest("pk")
    assert client.get(f"/sheets/imports/{job.pk}/").status_code == 200
    return job


def test_a_sheet_is_taken_in_whole_and_again_changes_nothing(desk: Desk, client_of: Callable[[str], Client]) -> None:
    rows = (
        ("C01", "", "县住建局", "2024-01-01", "", "", "三定方案"),
        ("C01", "柳林镇", "t1", "2024-01-01", "", "urban_management", ""),
        ("", "", "县水利局", "2024-01-01", "2025-01-01", "", ""),
    )
    client = client_of("supervision")
    assert imported(client, workbook(*rows)).result["created"] == 3
    assert imported(client, workbook(*rows)).result["same"] == 3
    assert Duty.objects.count() == 3
    changed = imported(client, workbook(("C01", "", "县交通局", "2024-05-01", "", "", ""))).result
    assert (changed["created"], changed["changed"]) == (0, 1)
    assert routed(desk, "C0101").unit_id == desk.county.unit("县交通局").pk


def test_each_wrong_row_says_its_column_and_what_to_do_and_none_is_written(
    desk: Desk, client_of: Callable[[str], Client]
) -> None:
    job = imported(
        client_of("supervision"),
        workbook(
            ("C01", "", "县住建局", "2024-01-01", "", "", ""),
            ("C01", "", "县水利局", "2024-01-01", "", "", ""),
            ("Z1", "", "县住建局", "2024-01-01", "", "", ""),
            ("C02", "月亮镇", "县住建局", "2024-01-01", "", "", ""),
            ("C03", "", "县航天局", "2024-01-01", "", "", ""),
            ("E01", "", "县住建局", "昨天", "", "", ""),
            ("E02", "", "", "2024-01-01", "", "", ""),
        ),
    )
    assert not job.result["written"] and not Duty.objects.exists()
    assert [(error["row"], error["column"]) for error in job.result["errors"]] == [
        (3, "类别代码"), (4, "类别代码"), (5, "区域"), (6, "承办单位"), (7, "生效日期"), (8, "承办单位"),
    ]  # fmt: skip


def test_the_export_is_a_sheet_that_can_be_taken_in_again(desk: Desk, client_of: Callable[[str], Client]) -> None:
    add(desk, "C01", "县住建局", "柳林镇", source="三定方案")
    client = client_of("supervision")
    body = client.get("/sheets/duties/export.xlsx").getvalue()
    result = imported(client, SimpleUploadedFile("清单.xlsx", body)).result
    assert (result["same"], result["errors"]) == (1, [])


# Pages.


def test_the_page_lists_tries_adds_and_ends(desk: Desk, client_of: Callable[[str], Client]) -> None:
    client = client_of("supervision")
    assert "清单中还没有行" in client.get("/duties/").content.decode()
    unit = desk.county.unit("县水利局").pk
    wrong = client.post("/duties/add", {"class_code": "<script>", "unit": unit, "day": "2024-01-01"})
    assert wrong.status_code == 422 and "<script>" not in wrong.content.decode()
    assert client.post("/duties/add", {"class_code": "C01", "unit": unit, "day": "2024-01-01"}).status_code == 302
    row = Duty.objects.get()
    page = client.get("/duties/?try_class=C0101").content.decode()
    assert "县水利局" in page and "✓" in page
    assert "没有类别" in client.get("/duties/?try_class=Z").content.decode()
    assert client.post(f"/duties/{row.pk}/end", {"seen": row.row_version}).status_code == 302
    row.refresh_from_db()
    assert row.valid_to is not None


def test_the_list_is_read_by_the_desk_and_by_nobody_without_the_directory(
    desk: Desk, client_of: Callable[[str], Client]
) -> None:
    add(desk, "C01", "县住建局")
    page = client_of("desk").get("/duties/").content.decode()
    assert "县住建局" in page and "增加一行" not in page
    assert client_of("collector").get("/duties/").status_code == 403
    assert Client().get("/duties/").status_code == 302


def test_more_rows_cost_no_more_queries(desk: Desk, client_of: Callable[[str], Client]) -> None:
    client, costs = client_of("supervision"), []
    for n in range(2):
        for code in ("C01", "C02", "C03") if n else ("E01",):
            add(desk, code, "县住建局")
        client.get("/duties/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/duties/")
        costs.append(len(queries))
    assert costs[0] == costs[1] < 25


# The suggestion on the desk.


def test_the_desk_is_told_the_row_and_the_rule_and_the_unit_is_chosen(
    desk: Desk, client_of: Callable[[str], Client]
) -> None:
    case = desk.report()
    desk.move(case, "desk", "file", at(3, 9, 5), class_code="C0101", condition="danger")
    case.refresh_from_db()
    tree = unit_tree(JUNE)
    found = suggestion(standing(case), tree, JUNE, "zh")
    assert found.unit_id is None
    assert "没有" in found.reasons[0] and "第 2 条规则" in found.reasons[1] and "可登记为别名" in found.reasons[1]
    UnitAlias.objects.create(unit=desk.county.unit("县水利局"), text="排水管理单位")
    found = suggestion(standing(case), tree, JUNE, "zh")
    assert found.unit_id == desk.county.unit("县水利局").pk and "即 县水利局" in found.reasons[1]
    row = add(desk, "C01", "县住建局")
    found = suggestion(standing(case), tree, JUNE, "zh")
    assert found.unit_id == desk.county.unit("县住建局").pk
    assert f"第 {row.pk} 行" in found.reasons[0]
    page = flat(client_of("desk").get(f"/cases/{case.pk}/").content.decode())
    assert f'value="{found.unit_id}" selected' in page and found.reasons[0] in page


def test_a_dispute_that_the_hotline_hears_of_has_the_unit_of_the_list(desk: Desk, borders: Any) -> None:
    lon, lat = borders("柳林镇")
    add(desk, "", "柳林东村", "柳林镇", pack="disputes")
    code = library().classes("disputes")[0].code
    action = OpenCase("disputes", code, "邻里争水", "", lon, lat, source="hotline")
    case: Case = perform(action, desk.context("desk", at(3)))
    assert case.unit == desk.county.unit("柳林东村")
    assert visible(desk.context("village", at(3)).actor).filter(pk=case.pk).exists()


# Positions.


def test_a_border_that_is_drawn_anew_counts_at_once(desk: Desk, borders: Any) -> None:
    lon, lat = borders("柳林镇")
    assert position_of(lon, lat, JUNE) == desk.county.places["柳林镇"].pk
    version = PlaceVersion.objects.get(place=desk.county.places["柳林镇"])
    ring = [[122.0, 30.0], [122.1, 30.0], [122.1, 30.1], [122.0, 30.1], [122.0, 30.0]]
    version.boundary = {"type": "Polygon", "coordinates": [ring]}
    version.save()
    version.place.row_version += 1
    version.place.save()
    with pytest.raises(Invalid, match="不在本县范围内"):
        position_of(lon, lat, JUNE)
    assert position_of(122.05, 30.05, JUNE) == desk.county.places["柳林镇"].pk


def test_grids_answer_for_a_position_where_an_app_keeps_them(monkeypatch: pytest.MonkeyPatch) -> None:
    import shapely

    from guatu.core.cases.routing.position import Area, PositionIndex
    from guatu.web.cases import position

    grids: Hooks[Any] = Hooks()
    monkeypatch.setattr(position, "_grids", grids)
    assert grid_of(121.0, 30.0, JUNE) is None
    index = PositionIndex([Area("G-01", shapely.to_wkb(shapely.box(121, 30, 121.1, 30.1)))], "grid")
    grids.add(lambda day: index if day == JUNE else None)
    found = grid_of(121.05, 30.05, JUNE)
    assert isinstance(found, Explained) and found.value == "G-01"
    assert grid_of(None, None, JUNE) is None and grid_of(121.05, 30.05, SINCE) is None


def test_the_page_of_a_case_names_its_grid(
    desk: Desk, borders: Any, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    import shapely

    from guatu.core.cases.routing.position import Area, PositionIndex
    from guatu.web.cases import position
    from guatu.web.grids.selectors.standing import grid_index

    assert position._grids.last() is grid_index
    lon, lat = borders("柳林镇")
    case = desk.report(lon=lon, lat=lat)
    address = f"/cases/{case.pk}/"
    assert "网格 G-07" not in client_of("desk").get(address).content.decode()
    index = PositionIndex([Area("G-07", shapely.to_wkb(shapely.Point(lon, lat).buffer(0.01)))], "grid")
    monkeypatch.setattr(position, "_grids", Hooks())
    position._grids.add(lambda day: index)
    assert "柳林镇 网格 G-07" in client_of("desk").get(address).content.decode()


@pytest.mark.parametrize(
    ("amount", "lacking"), [({}, "amount"), ({"amount": "很多"}, "amount (不是数)"), ({"amount": 3}, "")]
)
def test_the_desk_is_told_what_a_table_lacks(desk: Desk, amount: dict[str, object], lacking: str) -> None:
    table = DMN.replace('name="unit"', 'name="unit_suggested"')
    engine, _ = publish(BPMN, "p.bpmn", Declared(frozenset({"r", "q"}), frozenset({"c"})), {"routing.dmn": table})
    row = desk.report()
    row.class_code = "02"
    now: Any = SimpleNamespace(row=row, engine=engine, state=SimpleNamespace(data=amount))
    said = suggestion(now, unit_tree(JUNE), JUNE, "zh").reasons[-1]
    assert (said == f"决策表“派遣”不能判定,缺少:{lacking}。") == bool(lacking)
    assert ("第 3 条规则" in said) != bool(lacking)
