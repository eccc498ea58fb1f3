"""The pages of grids: what they show to whom, what is typed wrong told at its place, what they cost."""

from __future__ import annotations

import datetime
import io
import json
import time
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guatu.web.base.jobs import run_waiting
from guatu.web.grids.actions.rate_month import PublishRatings, RateMonth
from guatu.web.grids.actions.staff import Appoint
from guatu.web.grids.models import Grid, GridChange, GridVersion, Partition, RatingRun, Service
from guatu.web.grids.selectors.standing import forget, grid_index
from tests.web.grids.conftest import FIRST, PEOPLE, TODAY, Town, square
from tests.web.html import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
MAY = datetime.date(2024, 5, 1)
PAGES = ("/grids/", "/grids/staffing/", "/grids/ratings/", "/grids/partitions/")


@pytest.fixture
def full(town: Town) -> Town:
    """Four grids in 柳林镇 and one in 城关镇, with people and a published month."""
    for grid in town.lattice(2, 2):
        town.do(Appoint(grid.pk, "head", f"{grid.code}长", "", FIRST))
    other = town.draw("远岸格", square(-5, 0), unit=town.county.unit("城关镇").pk, role="supervision")
    town.do(Appoint(other.pk, "head", "某", "", FIRST), "supervision")
    run = town.do(RateMonth(MAY), "supervision")
    town.do(PublishRatings(run.pk, run.row_version), "supervision")
    return town


def text(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b"".join(parts.read(name) for name in parts.namelist())
    found: str = body.decode("utf-8", "replace")
    return found


def test_a_town_sees_its_own_grids_and_the_office_all(full: Town, client_of: Callable[[str], Client]) -> None:
    addresses = [
        *PAGES, "/grids/export", "/grids/borders.geojson", "/grids/staffing/export",
        f"/grids/ratings/{RatingRun.objects.get().pk}/", f"/grids/ratings/{RatingRun.objects.get().pk}/export",
    ]  # fmt: skip
    own, office = client_of("town"), client_of("supervision")
    for address in addresses:
        mine, all_ = text(own.get(address)), text(office.get(address))
        assert "远岸格" not in mine, address
        if "partitions" not in address and address != "/grids/ratings/":
            assert "L00" in mine and "远岸格" in all_, address
    other = Grid.objects.get(code="远岸格")
    for address in (f"/grids/{other.pk}/", f"/grids/{other.pk}/staff", f"/grids/{other.pk}/edit"):
        assert own.get(address).status_code == 404
    change = GridVersion.objects.get(grid=other).begun_by_id
    assert own.get(f"/grids/changes/{change}/").status_code == 404


@pytest.mark.parametrize("role", ["collector", "hospital", "insurer", "village", "lead", None])
def test_others_have_no_grids_and_no_entry_in_the_menu(full: Town, client_of: Any, role: str | None) -> None:
    client = client_of(role) if role else Client()
    for address in PAGES:
        answer = client.get(address)
        assert answer.status_code in (302, 403) and "L00" not in answer.content.decode()
    if role:
        assert 'href="/grids/"' not in client.get("/account/").content.decode()


@pytest.mark.parametrize("role", ["leader", "auditor", "desk"])
def test_who_may_look_is_offered_no_change(full: Town, client_of: Any, role: str) -> None:
    client = client_of(role)
    page = client.get("/grids/").content.decode()
    assert "L00" in page and "/grids/new/" not in page
    pk = Grid.objects.get(code="L00").pk
    for address in (
        "/grids/new/",
        "/grids/import/",
        "/grids/merge/",
        f"/grids/{pk}/edit",
        f"/grids/{pk}/split",
        "/grids/fixed/",
    ):
        assert client.get(address).status_code == 403
    assert client.post(f"/grids/{pk}/staff", {"act": "appoint", "person": "x"}).status_code == 403


def test_a_grid_is_drawn_redrawn_split_and_merged_by_the_forms(town: Town, client_of: Any) -> None:
    client = client_of("town")
    form = {
        "unit": town.unit, "kind": "duty", "code": "A", "name": "甲", "residents": "900", "day": "2024-06-10",
        "boundary": "121.1,30\n121.11,30\n121.11,30.01\n121.1,30.01",
    }  # fmt: skip
    grid_page = client.post("/grids/new/", form)
    assert grid_page.status_code == 302
    grid = Grid.objects.get(code="A")
    edit = {**form, "name": "乙", "seen": 1, "day": "2024-06-11"}
    assert client.post(f"/grids/{grid.pk}/edit", edit).status_code == 302
    split = {"seen": 2, "line": "121.105,29\n121.105,31", "code": "A1", "code2": "A2", "day": "2024-06-12"}
    assert client.post(f"/grids/{grid.pk}/split", split).status_code == 302
    pairs = [f"{one.pk}:{one.row_version}" for one in Grid.objects.filter(code__in=("A1", "A2"))]
    asked = client.get("/grids/merge/", {"grid": pairs})
    assert "A1" in asked.content.decode() and "900" in asked.content.decode()
    assert client.post("/grids/merge/", {"grid": pairs, "code": "M", "day": "2024-06-13"}).status_code == 302
    history = client.get(f"/grids/{Grid.objects.get(code='M').pk}/?day=2024-06-14").content.decode()
    assert "← <a" in history and "A2" in history
    change = GridVersion.objects.get(grid__code="M").begun_by_id
    assert client.post(f"/grids/changes/{change}/", {"day": "2024-06-13"}).status_code == 302
    assert not Grid.objects.filter(code="M").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"boundary": "121.1,30"}, "boundary"),
        ({"boundary": "<script>"}, "boundary"),
        ({"residents": "多"}, "residents"),
        ({"residents": "3001"}, "residents"),
        ({"code": ""}, "code"),
        ({"name": ""}, "name"),
        ({"day": ""}, "day"),
        ({"day": "明天"}, "day"),
    ],
)
def test_what_is_typed_wrong_is_told_at_its_field_and_kept(
    town: Town, client_of: Any, changes: dict[str, str], field: str
) -> None:
    form = {
        "unit": town.unit, "kind": "duty", "code": "A", "name": "甲", "residents": "900", "day": "2024-06-10",
        "boundary": "121.1,30\n121.11,30\n121.11,30.01\n121.1,30.01", **changes,
    }  # fmt: skip
    answer = client_of("town").post("/grids/new/", form)
    page = answer.content.decode()
    assert (
        answer.status_code == 422
        and f'id="f-{field}-said"' in page
        and "<script>" not in page.split("<main")[1].split("</main")[0]
    )
    assert not Grid.objects.exists()


def test_a_grid_drawn_from_an_uploaded_file_and_a_file_imported(town: Town, client_of: Any) -> None:
    client = client_of("town")
    upload = SimpleUploadedFile("a.geojson", json.dumps(square(0, 0)).encode())
    form = {"unit": town.unit, "kind": "duty", "code": "A", "name": "甲", "residents": "9", "day": "2024-06-10"}
    assert client.post("/grids/new/", {**form, "boundary_file": upload}).status_code == 302
    exported = text(client.get("/grids/borders.geojson")).replace('"A"', '"B"').replace("121.1", "121.15")
    data = json.loads(exported)
    data["features"][0]["geometry"] = square(4, 4)
    again = SimpleUploadedFile("b.geojson", json.dumps(data).encode())
    answer = client.post("/grids/import/", {"unit": town.unit, "kind": "duty", "day": "2024-06-10", "file": again})
    assert answer.status_code == 302 and Grid.objects.filter(code="B").exists()
    bad = client.post("/grids/import/", {"unit": town.unit, "kind": "duty", "day": "2024-06-10"})
    assert bad.status_code == 422 and 'id="f-file-said"' in bad.content.decode()


def test_staff_are_appointed_replaced_and_leave_by_the_form(town: Town, client_of: Any) -> None:
    client, grid = client_of("town"), town.draw("A", square(0, 0))
    address = f"/grids/{grid.pk}/staff"
    appoint = {"act": "appoint", "post": "head", "person": "赵一", "since": "2024-03-01"}
    assert client.post(address, appoint).status_code == 302
    assert client.post(address, appoint).status_code == 422
    first = Service.objects.get()
    replace = {"act": "replace", "service": first.pk, "seen": 1, "person": "钱二", "since": "2024-06-01"}
    assert client.post(address, replace).status_code == 302
    second = Service.objects.get(person="钱二")
    leave = {"act": "leave", "service": second.pk, "seen": 1, "since": "2024-06-09"}
    assert client.post(address, leave).status_code == 302
    page = flat(client.get(address).content.decode())
    assert "赵一 (2024-03-01) → 钱二 (2024-06-01)" in page and "没有网格长" in page


def test_a_partition_is_computed_shown_and_accepted_by_the_pages(town: Town, client_of: Any) -> None:
    client = client_of("town")
    example = client.get(f"/grids/partitions/example.geojson?unit={town.unit}")
    units = SimpleUploadedFile("units.geojson", example.content)
    form = {"unit": town.unit, "file": units, "cap": "3000", "large": "4", "seed": "一"}
    answer = client.post("/grids/partitions/", form)
    assert answer.status_code == 302
    running = client.get(answer["Location"]).content.decode()
    assert "job-" in running
    run_waiting()
    page = client.get(answer["Location"]).content.decode()
    assert "手工做法" in page and "grid-a" in page and "采纳" in page
    made = Partition.objects.get()
    accept = {"act": "accept", "seen": made.row_version, "prefix": "LL", "day": "2024-06-11"}
    assert client.post(answer["Location"], {**accept, "prefix": ""}).status_code == 422
    assert client.post(answer["Location"], accept).status_code == 302
    assert GridChange.objects.get().kind == "partition"


def test_the_office_rates_and_publishes_by_the_pages(town: Town, client_of: Any) -> None:
    town.draw("A", square(0, 0))
    office = client_of("supervision")
    assert office.post("/grids/ratings/", {"month": "2024-06"}).status_code == 422
    answer = office.post("/grids/ratings/", {"month": "2024-05"})
    page = office.get(answer["Location"]).content.decode()
    assert "绿牌" in page and "未核实" in page and "没有到期案件" in page
    assert client_of("town").get(answer["Location"]).status_code == 404
    run = RatingRun.objects.get()
    assert office.post(f"/grids/ratings/{run.pk}/publish", {"seen": run.row_version}).status_code == 302
    assert client_of("town").get(answer["Location"]).status_code == 200
    assert "没有到期案件" in text(office.get(f"/grids/ratings/{run.pk}/export"))


def counted(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_more_grids_cost_no_more_queries(full: Town, client_of: Any) -> None:
    client = client_of("supervision")
    pk, run = Grid.objects.get(code="L00").pk, RatingRun.objects.get().pk
    addresses = (*PAGES, f"/grids/{pk}/", f"/grids/{pk}/staff", f"/grids/{pk}/edit", f"/grids/ratings/{run}/")
    few = {address: counted(client, address) for address in addresses}
    for column in range(3, 8):
        grid = full.draw(f"M{column}", square(column, 3), day=TODAY)
        full.do(Appoint(grid.pk, "head", "某", "", FIRST))
    many = {address: counted(client, address) for address in addresses}
    assert {address: (few[address], many[address]) for address in addresses if many[address] > few[address]} == {}
    assert max(few.values()) <= 25, few


@pytest.mark.slow
def test_a_million_points_find_their_grid_of_five_thousand_in_two_seconds(town: Town) -> None:
    change = GridChange.objects.create(kind="import", day=FIRST, at=datetime.datetime.now(datetime.UTC))
    side = 71
    grids = Grid.objects.bulk_create(Grid(code=f"{n:05}", kind="duty", unit_id=town.unit) for n in range(side * side))
    GridVersion.objects.bulk_create(
        GridVersion(
            grid=grid, name=grid.code, boundary=square(n % side, n // side), residents=PEOPLE, valid_from=FIRST,
            begun_by=change,
        )
        for n, grid in enumerate(grids)
    )  # fmt: skip
    forget()
    index = grid_index(TODAY)
    rng = np.random.default_rng(1)
    x, y = 121.1 + 0.71 * rng.random(1_000_000), 30.0 + 0.71 * rng.random(1_000_000)
    began = time.process_time()  # of one core: the clock on the wall tells of the other users
    found = index.locate(x, y)
    seconds = time.process_time() - began
    assert seconds < 2, seconds
    column, row = ((x - 121.1) / 0.01).astype(int), ((y - 30.0) / 0.01).astype(int)
    codes = np.array([int(code) for code in index.codes])
    assert (codes[found] == row * side + column).mean() > 0.9999
    assert grid_index(TODAY) is index
