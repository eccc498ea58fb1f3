"""Satellite patches become cases with their polygon and both pictures; what cannot be taken is named."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.web.base.models import Job
from guatu.web.cases.models import Case
from guatu.web.intake.models import Patch
from tests.adapters.geodata.shapes_of import layer, packed, square
from tests.bombs import bomb
from tests.web.answers import body_of
from tests.web.html import flat
from tests.web.intake.conftest import SCRIPT, Clients, Intake, patch_row, patches
from tests.web.test_bad_input import Huge

pytestmark = pytest.mark.django_db
JPG = b"\xff\xd8\xff" + b"0" * 200
SIDE = 0.001


@pytest.fixture
def town(borders: Any) -> tuple[float, float]:
    """The middle of 柳林镇; the county reaches from 121.0 to 121.5 and from 30.0 to 30.1."""
    return borders("柳林镇")


def test_a_patch_becomes_a_case_with_polygon_area_and_both_pictures(intake: Intake, town: tuple[float, float]) -> None:
    data = patches(square(*town, SIDE), **{"TB-01_前.jpg": JPG, "TB-01_后.jpg": JPG + b"1"})
    job = intake.checked(data, "图斑.zip")
    page = intake.page(job)
    assert (job.result["new"], job.result["bad_rows"]) == (1, 0)
    assert "patch-inside" in page and "县内" in page
    result = intake.take(job).result
    assert result["created"] == 1
    case = Case.objects.get()
    patch = Patch.objects.get(case=case)
    assert (case.pack, case.class_code, case.source) == ("illegal_construction", "new_building", "patch")
    assert case.open_steps == "verify" and case.place is not None
    assert patch.area_m2 == pytest.approx(SIDE * SIDE * 111_000 * 96_000, rel=0.02)
    assert (patch.survey, patch.number, patch.before_state, patch.after_state) == ("二季度", "TB-01", "耕地", "建筑")
    shown = intake.client.get(f"/cases/{case.pk}/").content.decode()
    assert shown.count("<img") == 4 and "2026-01-15" in shown and "2026-04-20" in shown and "intake-map" in shown
    assert patch.before_picture is not None
    assert body_of(intake.client.get(_picture(shown))) == JPG


def _picture(page: str) -> str:
    return flat(page).split('<img src="')[1].split('"')[0]


def test_patches_in_a_surveyors_projection_lie_where_they_should(intake: Intake, town: tuple[float, float]) -> None:
    from pyproj import Transformer

    east, north = Transformer.from_crs(4490, 4528, always_xy=True).transform(*town)
    assert intake.taken(patches(square(east, north, 100), epsg=4528), "图斑.zip")["created"] == 1
    case = Case.objects.get()
    assert (case.lon, case.lat) == (pytest.approx(town[0], abs=0.001), pytest.approx(town[1], abs=0.001))
    assert Patch.objects.get().area_m2 == pytest.approx(10_000, rel=0.002)


def test_each_fault_is_named_and_the_others_are_taken(intake: Intake, town: tuple[float, float]) -> None:
    x, y = town
    crossing = [(x, y), (x + SIDE, y + SIDE), (x + SIDE, y), (x, y + SIDE), (x, y)]
    rings = [
        square(x, y, SIDE),
        None,
        crossing,
        square(10, 50, SIDE),
        square(x + 0.01, y, SIDE),
        square(120.9995, y, SIDE),
    ]
    rows = [patch_row(f"TB-{n}") for n in (1, 2, 3, 4, 1, 6)]
    job = intake.checked(patches(*rings, rows=rows), "图斑.zip")
    found = {error["row"]: error["message"] for error in job.result["errors"]}
    assert sorted(found) == [2, 3, 4, 5]
    assert "没有几何" in found[2] and "自相交" in found[3] and "不在本县" in found[4] and "重复" in found[5]
    assert [w["message"] for w in job.result["warnings"]] == ["图斑有 50% 在县外,案件位置取县内部分。"]
    page = intake.page(job)
    assert "部分在县外" in page and "县外,不导入" in page and "离本县太远" in page
    assert intake.take(job).result["created"] == 2


def test_the_same_batch_twice_makes_no_second_case_and_another_batch_does(
    intake: Intake, town: tuple[float, float]
) -> None:
    data = patches(square(*town, SIDE))
    assert intake.taken(data, "图斑.zip")["created"] == 1
    again = intake.checked(data, "图斑.zip")
    assert (again.result["new"], again.result["same"]) == (0, 1) and "已登记过" in intake.page(again)
    assert intake.taken(data, "图斑.zip", origin="三季度")["created"] == 1
    assert intake.checked(data, "图斑.zip", origin="四季度").result["likely_count"] == 1


def test_geojson_with_pictures_beside_it_and_a_class_of_its_own(intake: Intake, town: tuple[float, float]) -> None:
    x, y = town
    ring = [list(point) for point in square(x, y, SIDE)]
    properties = {
        "number": "7", "before_date": "2026-01-01", "after_date": "2026-04-01", "before_picture": "a.png",
        "after_picture": "b.png", "class": "存量",
    }  # fmt: skip
    feature = {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    data = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 99
    pictures = [SimpleUploadedFile("a.png", png), SimpleUploadedFile("b.png", png + b"1")]
    assert intake.taken(data, "图斑.geojson", pictures=pictures)["created"] == 1
    case = Case.objects.get()
    assert case.class_code == "stock" and case.files.count() == 2


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "图斑.zip", "空"),
        (b"x", "图斑.rar", ".zip"),
        (Huge(), "图斑.zip", "64 MB"),
    ],
)
def test_a_file_that_is_none_is_refused_at_its_field(intake: Intake, data: Any, name: str, message: str) -> None:
    file = data if hasattr(data, "read") else io.BytesIO(data)
    file.name = name
    answer = intake.client.post("/cases/patches/", {"class": "illegal_construction/stock", "origin": "q", "file": file})
    assert answer.status_code == 422 and message in answer.content.decode()
    assert 'id="f-file-said"' in answer.content.decode() and not Job.objects.exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (bomb, "内容却是“Excel 工作簿（xlsx）”"),
        (lambda: b"PK\x03\x04 broken", "压缩包已损坏"),
        (lambda: b"\x00" * 99, "GeoJSON"),
        (lambda: packed({"../../etc/a.shp": b"x"}), "指向包外"),
        (lambda: packed({**layer([square(121.15, 30.05, SIDE)]), "图斑.dbf": b"\x03broken"}), "已损坏"),
        (lambda: packed(layer([square(40460000, 3300000, 100)])), "没有 .prj 文件"),
        (lambda: packed(layer([])), "没有图斑"),
        (lambda: packed({"a.txt": b"x"}), "没有 .shp"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(intake: Intake, data: Callable[[], bytes], message: str) -> None:
    job = intake.checked(data(), "图斑.zip")
    assert job.state == "failed" and message in job.message
    page = intake.page(job)
    assert message in page and "重新上传" in page


def test_a_batch_needs_a_name(intake: Intake) -> None:
    answer = intake.upload(patches(square(121.15, 30.05, SIDE)), "图斑.zip", origin=" ")
    assert answer.status_code == 422 and "批次名称" in answer.content.decode()


def test_what_is_no_picture_is_refused_for_its_patch_alone(intake: Intake, town: tuple[float, float]) -> None:
    x, y = town
    data = patches(square(x, y, SIDE), square(x + 0.01, y, SIDE), **{"TB-01_前.jpg": b"<html>" * 9})
    result = intake.taken(data, "图斑.zip")
    assert (result["created"], result["bad_rows"]) == (1, 1)
    assert "不是照片" in result["errors"][0]["message"] and Patch.objects.get().number == "TB-02"


def test_script_in_an_attribute_is_shown_as_text(intake: Intake, town: tuple[float, float]) -> None:
    data = patches(square(*town, SIDE), rows=[patch_row(SCRIPT, QDL=SCRIPT)])
    job = intake.checked(data, "图斑.zip", origin=SCRIPT)
    assert SCRIPT not in intake.page(job) and SCRIPT not in intake.page(intake.take(job))
    page = intake.client.get(f"/cases/{Case.objects.get().pk}/").content.decode()
    assert SCRIPT not in page and "&lt;script&gt;" in page


def test_others_see_a_patch_as_they_see_its_case(intake: Intake, town: tuple[float, float], client_of: Clients) -> None:
    data = patches(square(*town, SIDE), **{"TB-01_前.jpg": JPG, "TB-01_后.jpg": JPG + b"1"})
    intake.taken(data, "图斑.zip")
    case = Case.objects.get()
    leader, lead = client_of("leader"), client_of("lead")
    address = _picture(leader.get(f"/cases/{case.pk}/").content.decode())
    assert body_of(leader.get(address)) == JPG
    assert lead.get(f"/cases/{case.pk}/").status_code == 404
    assert lead.get(address).status_code == 404
