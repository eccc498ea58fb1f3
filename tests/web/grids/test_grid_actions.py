"""Grids are drawn, redrawn, split, merged, imported and taken back, each with its checks, and the past stays as it was."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Conflict, Denied, Invalid, NotNow
from guatu.web.grids.actions.common import Given
from guatu.web.grids.actions.edit_grid import EditGrid
from guatu.web.grids.actions.import_grids import ImportGrids
from guatu.web.grids.actions.merge_grids import MergeGrids
from guatu.web.grids.actions.set_fixed_border import SetFixedBorder
from guatu.web.grids.actions.split_grid import SplitGrid
from guatu.web.grids.actions.undo_change import UndoChange
from guatu.web.grids.drawing import line_of, polygon_of
from guatu.web.grids.models import Grid, GridChange, GridVersion, RatingRun
from guatu.web.grids.selectors.standing import grid_index, standing
from guatu.web.grids.uploads import grids_of
from tests.web.grids.conftest import FIRST, PEOPLE, SIDE, SOUTH, TODAY, WEST, Town, at, square

pytestmark = pytest.mark.django_db
BEFORE = TODAY - datetime.timedelta(days=1)
MIDDLE = {"type": "LineString", "coordinates": [[WEST + SIDE / 2, SOUTH - 1], [WEST + SIDE / 2, SOUTH + 1]]}


def codes(day: datetime.date, kind: str = "duty") -> list[str]:
    return list(standing(day).filter(grid__kind=kind).values_list("grid__code", flat=True))


def test_a_redrawn_grid_keeps_its_old_border_on_earlier_days(town: Town) -> None:
    grid = town.draw("A", square(0, 0))
    town.do(EditGrid(grid.pk, grid.row_version, Given("甲", square(0, 0, 2), 1000), TODAY))
    old, new = (standing(day).get(grid=grid) for day in (BEFORE, TODAY))
    assert (old.boundary, old.residents) == (square(0, 0), PEOPLE)
    assert (new.boundary, new.residents, new.name) == (square(0, 0, 2), 1000, "甲")
    east = WEST + 1.5 * SIDE, SOUTH + 0.5 * SIDE
    assert grid_index(TODAY).locate_one(*east).value == "A"
    assert not hasattr(grid_index(BEFORE).locate_one(*east), "value")


def test_each_change_leaves_an_audit_line(town: Town) -> None:
    grid = town.draw("A", square(0, 0))
    town.do(EditGrid(grid.pk, grid.row_version, Given("甲", square(0, 0, 2), 1000), TODAY))
    lines = AuditEntry.objects.filter(action="grids.edit-grid", object_type="grids.grid", object_id=str(grid.pk))
    assert lines.count() == 2


@pytest.mark.parametrize(
    ("boundary", "residents", "code", "field"),
    [
        (square(0.5, 0), 100, "grid.overlaps", "boundary"),
        (square(2, 0), 3001, "grid.residents-above-cap", "residents"),
        (square(2, 0), -1, "grid.residents", "residents"),
    ],
)
def test_a_border_that_cannot_be_is_refused_at_its_place(
    town: Town, boundary: Any, residents: int, code: str, field: str
) -> None:
    town.draw("A", square(0, 0))
    with pytest.raises(Invalid) as refused:
        town.draw("B", boundary, residents)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert codes(TODAY) == ["A"]


def test_a_border_that_crosses_itself_is_refused_with_the_place() -> None:
    with pytest.raises(Invalid) as refused:
        polygon_of("121,30\n121.1,30.1\n121.1,30\n121,30.1")
    assert refused.value.code == "grid.border-crosses-itself"
    assert "121.05" in str(refused.value) and "30.05" in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "1,2", "a,b\n1,2\n3,4", "200,10\n1,2\n3,4", "{", '{"type": "Point"}', "1,1\n2,2\n3,3", "1,2,3\n" * 4]
)
def test_text_that_is_no_polygon_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        polygon_of(text)
    assert refused.value.field == "boundary"


def test_coordinates_and_geojson_give_the_same_polygon() -> None:
    import json

    lines = "121.1,30\n121.11,30\n121.11,30.01\n121.1,30.01"
    assert polygon_of(lines) == polygon_of(json.dumps(square(0, 0))) == square(0, 0)
    feature = {"type": "Feature", "properties": None, "geometry": square(0, 0)}
    assert polygon_of(json.dumps(feature)) == square(0, 0)


def test_a_gap_to_a_neighbour_is_told_and_the_grid_is_kept(town: Town) -> None:
    from guatu.web.grids.selectors.lists import checks

    town.draw("A", square(0, 0))
    town.draw("B", square(1.008, 0))
    version = GridVersion.objects.get(grid__code="B")
    assert [severity for severity, _words in checks(version, TODAY)] == ["warning"]
    assert "空隙" in checks(version, TODAY)[0][1]
    assert checks(town.draw("C", square(0, 1)).versions.get(), TODAY) == []


def test_a_grid_over_a_fixed_border_is_refused_and_one_along_it_is_not(town: Town) -> None:
    river = {"type": "LineString", "coordinates": [[WEST + SIDE, SOUTH - 1], [WEST + SIDE, SOUTH + 1]]}
    town.do(SetFixedBorder(town.unit, "清水河", river, FIRST))
    town.draw("A", square(0, 0))
    with pytest.raises(Invalid) as refused:
        town.draw("B", square(0.5, 2))
    assert refused.value.code == "grid.over-fixed-border" and "清水河" in str(refused.value)
    town.draw("C", square(1, 0))
    with pytest.raises(Invalid):
        town.do(MergeGrids(tuple((g.pk, g.row_version) for g in Grid.objects.all()), "M", "", TODAY))


def test_a_split_loses_no_resident_and_both_parts_fill_the_grid(town: Town) -> None:
    grid = town.draw("A", square(0, 0), 901)
    change = town.do(SplitGrid(grid.pk, grid.row_version, MIDDLE, ("A1", "A2"), None, TODAY))
    assert codes(BEFORE) == ["A"] and codes(TODAY) == ["A1", "A2"]
    parts = list(change.begun.order_by("grid__code"))
    assert sum(part.residents for part in parts) == 901
    assert {part.residents for part in parts} == {450, 451}
    assert [grid_index(TODAY).locate_one(WEST + x * SIDE, SOUTH + SIDE / 3).value for x in (0.2, 0.8)] == ["A1", "A2"]


@pytest.mark.parametrize(
    ("line", "residents", "field"),
    [
        ({"type": "LineString", "coordinates": [[WEST, SOUTH - 1], [WEST - 1, SOUTH]]}, None, "line"),
        (MIDDLE, 5000, "residents"),
    ],
)
def test_a_line_that_does_not_divide_and_a_number_that_is_too_large_are_refused(
    town: Town, line: Any, residents: int | None, field: str
) -> None:
    grid = town.draw("A", square(0, 0))
    with pytest.raises(Invalid) as refused:
        town.do(SplitGrid(grid.pk, grid.row_version, line, ("A1", "A2"), residents, TODAY))
    assert refused.value.field == field


def test_neighbours_are_merged_and_others_are_not(town: Town) -> None:
    a, b, c = town.draw("A", square(0, 0)), town.draw("B", square(1, 0)), town.draw("C", square(3, 0))
    with pytest.raises(Invalid) as refused:
        town.do(MergeGrids(((a.pk, 1), (c.pk, 1)), "M", "", TODAY))
    assert refused.value.code == "grid.in-pieces"
    town.do(MergeGrids(((a.pk, 1), (b.pk, 1)), "M", "东片", TODAY))
    merged = standing(TODAY).get(grid__code="M")
    assert (merged.residents, merged.name, codes(TODAY)) == (2 * PEOPLE, "东片", ["C", "M"])


def test_a_merger_over_the_limit_is_refused(town: Town) -> None:
    a, b = town.draw("A", square(0, 0), 2000), town.draw("B", square(1, 0), 1001)
    with pytest.raises(Invalid) as refused:
        town.do(MergeGrids(((a.pk, 1), (b.pk, 1)), "M", "", TODAY))
    assert refused.value.code == "grid.above-cap"


def test_of_two_who_change_a_grid_the_second_is_told(town: Town) -> None:
    grid = town.draw("A", square(0, 0))
    town.do(EditGrid(grid.pk, 1, Given("甲", square(0, 0), 1), TODAY))
    with pytest.raises(Conflict):
        town.do(EditGrid(grid.pk, 1, Given("乙", square(0, 0), 2), TODAY + datetime.timedelta(days=1)))


def test_a_change_is_undone_from_a_day_on_and_its_time_stays(town: Town) -> None:
    grid = town.draw("A", square(0, 0))
    split = town.do(SplitGrid(grid.pk, 1, MIDDLE, ("A1", "A2"), None, BEFORE - datetime.timedelta(days=9)))
    with pytest.raises(Invalid):
        town.do(UndoChange(split.pk, split.day))
    town.do(UndoChange(split.pk, TODAY))
    assert codes(BEFORE) == ["A1", "A2"] and codes(TODAY) == ["A"]
    assert standing(TODAY).get().boundary == square(0, 0)
    with pytest.raises(NotNow):
        town.do(UndoChange(split.pk, TODAY))


def test_a_change_that_begins_today_is_undone_as_if_it_had_not_been(town: Town) -> None:
    grid = town.draw("A", square(0, 0))
    split = town.do(SplitGrid(grid.pk, 1, MIDDLE, ("A1", "A2"), None, TODAY))
    town.do(UndoChange(split.pk, TODAY))
    assert codes(TODAY) == ["A"] and not Grid.objects.filter(code="A1").exists()
    grid.refresh_from_db()
    town.do(SplitGrid(grid.pk, grid.row_version, MIDDLE, ("A1", "A2"), None, TODAY))
    assert codes(TODAY) == ["A1", "A2"]


def test_a_change_with_a_later_one_on_top_is_not_undone(town: Town) -> None:
    grid = town.draw("A", square(0, 0))
    drawn = GridChange.objects.get()
    town.do(EditGrid(grid.pk, 1, Given("甲", square(0, 0), 1), BEFORE))
    with pytest.raises(Conflict):
        town.do(UndoChange(drawn.pk, TODAY))


def feature(code: str, boundary: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": boundary, "properties": {"code": code, "residents": 100, **properties}}


def file(*features: Any, name: str = "网格.geojson") -> SimpleUploadedFile:
    import json

    return SimpleUploadedFile(name, json.dumps({"type": "FeatureCollection", "features": features}).encode())


def test_an_import_redraws_known_grids_and_makes_new_ones(town: Town) -> None:
    town.draw("A", square(0, 0))
    rows = grids_of(file(feature("A", square(0, 0, 2)), feature("B", square(2, 0), name="乙片")))
    town.do(ImportGrids(town.unit, "duty", rows, TODAY))
    assert codes(BEFORE) == ["A"] and codes(TODAY) == ["A", "B"]
    assert standing(TODAY).get(grid__code="A").boundary == square(0, 0, 2)


def test_an_import_with_one_wrong_grid_takes_none_and_tells_of_all_at_their_place(town: Town) -> None:
    wrong = [feature("A", square(0, 0)), feature("B", square(0.5, 0)), feature("A", square(4, 0), residents=4000)]
    with pytest.raises(Invalid) as refused:
        town.do(ImportGrids(town.unit, "duty", grids_of(file(*wrong)), TODAY))
    lines = str(refused.value).splitlines()
    assert any("第 2 个(B)" in line and "重叠" in line for line in lines)
    assert any("第 3 个(A)" in line and "重复" in line for line in lines)
    assert any("第 3 个(A)" in line and "3,000" in line for line in lines)
    assert not Grid.objects.exists()


def test_a_file_of_another_kind_is_refused_with_the_kinds_that_are_read() -> None:
    with pytest.raises(Invalid) as refused:
        grids_of(SimpleUploadedFile("网格.pdf", b"%PDF"))
    assert ".geojson" in str(refused.value)


def test_a_published_month_keeps_its_grids(town: Town) -> None:
    grid = town.draw("A", square(0, 0))
    RatingRun.objects.create(month=datetime.date(2024, 5, 1), state="published", rules="", computed_at=at())
    with pytest.raises(Invalid) as refused:
        town.do(EditGrid(grid.pk, 1, Given("甲", square(0, 0), 1), datetime.date(2024, 5, 20)))
    assert refused.value.field == "day"


def test_a_town_changes_no_grid_of_another_and_who_only_sees_changes_none(town: Town) -> None:
    other = town.county.unit("城关镇").pk
    with pytest.raises(Denied):
        town.draw("A", square(-5, 0), unit=other)
    grid = town.draw("A", square(-5, 0), unit=other, role="supervision")
    for role in ("town", "leader", "auditor", "desk", "lead", "village"):
        with pytest.raises(Denied):
            town.do(EditGrid(grid.pk, 1, Given("甲", square(-5, 0), 1), TODAY), role)


def test_a_line_needs_two_points() -> None:
    with pytest.raises(Invalid):
        line_of("121,30\n121,30")


def test_a_zipped_shapefile_is_imported_like_geojson(town: Town) -> None:
    import io
    import zipfile

    import shapefile

    parts = {end: io.BytesIO() for end in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYGON, encoding="utf-8") as writer:
        writer.field("code", "C", 20)
        writer.field("residents", "N", 10)
        writer.poly([ring[::-1] for ring in square(0, 0)["coordinates"]])
        writer.record("A", 700)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for end, part in parts.items():
            archive.writestr(f"grids.{end}", part.getvalue())
        archive.writestr("grids.cpg", "UTF-8")
        archive.writestr("grids.prj", WGS84)
    rows = grids_of(SimpleUploadedFile("网格.zip", packed.getvalue()))
    town.do(ImportGrids(town.unit, "duty", rows, TODAY))
    version = standing(TODAY).get()
    assert (version.grid.code, version.residents) == ("A", 700)
    with pytest.raises(Invalid):
        grids_of(SimpleUploadedFile("网格.zip", b"PK nothing"))


WGS84 = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
