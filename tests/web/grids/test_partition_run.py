"""A town is divided in the background; the proposal is laid beside a greedy one, and accepted or discarded."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from shapely.geometry import mapping, shape

from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import Job
from guatu.web.base.problems import Denied, Invalid, NotNow
from guatu.web.grids.actions.accept_partition import AcceptPartition, DiscardPartition
from guatu.web.grids.actions.compute_partition import ComputePartition
from guatu.web.grids.actions.set_fixed_border import SetFixedBorder
from guatu.web.grids.actions.undo_change import UndoChange
from guatu.web.grids.fictional import fictional_units
from guatu.web.grids.models import Grid, GridVersion, Partition
from guatu.web.grids.selectors.standing import standing, town_shape
from guatu.web.grids.uploads import units_of
from tests.web.grids.conftest import FIRST, SIDE, SOUTH, TODAY, WEST, Town, square

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + datetime.timedelta(days=1)


def cells(columns: int, rows: int, residents: int = 1000) -> list[dict[str, Any]]:
    return [
        {"key": f"u{c}{r}", "residents": residents, "boundary": square(c, r)}
        for r in range(rows)
        for c in range(columns)
    ]


def computed(town: Town, units: list[dict[str, Any]], large: int = 2, **values: Any) -> Partition:
    made = town.do(ComputePartition(town.unit, units, values.get("cap", 3000), large, "一"))
    run_waiting()
    made.refresh_from_db()
    return made


def test_a_town_is_divided_and_the_accepted_proposal_is_its_grids_from_the_day(town: Town) -> None:
    town.draw("old", square(0, 0))
    made = computed(town, cells(4, 3))
    assert made.state == "done" and made.outcome["feasible"]
    grids = made.outcome["grids"]
    assert sorted(key for grid in grids for key in grid["units"]) == sorted(unit["key"] for unit in made.units)
    assert all(grid["residents"] <= 3000 for grid in grids)
    assert made.outcome["balance"]["grids"] == 4 <= made.outcome["greedy"]["grids"]
    town.do(AcceptPartition(made.pk, made.row_version, TOMORROW, "LL"))
    assert list(standing(TODAY).values_list("grid__code", flat=True)) == ["old"]
    new = standing(TOMORROW)
    assert new.filter(grid__kind="duty").count() == 4 and new.filter(grid__kind="large").count() == 2
    assert sum(new.filter(grid__kind="duty").values_list("residents", flat=True)) == 12_000
    assert all(version.large is not None for version in new.filter(grid__kind="duty"))


def test_an_accepted_partition_is_undone_by_date(town: Town) -> None:
    town.draw("old", square(0, 0))
    made = computed(town, cells(2, 2), large=1)
    made = town.do(AcceptPartition(made.pk, made.row_version, TOMORROW, "LL"))
    town.do(UndoChange(made.accepted_as.pk, TOMORROW + datetime.timedelta(days=2)))
    day = TOMORROW + datetime.timedelta(days=1)
    assert standing(day).count() == 3
    assert list(standing(day + 2 * (day - TODAY)).values_list("grid__code", flat=True)) == ["old"]


def test_the_work_tells_how_far_it_is(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from guatu.web.base.jobs import Running

    said: list[int] = []
    monkeypatch.setattr(Running, "progress", lambda self, percent, message="": said.append(percent))
    computed(town, cells(5, 4))
    assert said == sorted(said) and len(set(said)) > 5 and said[-1] < 100


def test_a_unit_over_the_limit_is_named_and_the_proposal_cannot_be_accepted(town: Town) -> None:
    units = cells(3, 1)
    units[1]["residents"] = 3001
    made = computed(town, units, large=1)
    errors = [row["zh"] for row in made.outcome["findings"] if row["severity"] == "error"]
    assert any("“u10”" in words and "3,001" in words for words in errors)
    with pytest.raises(NotNow):
        town.do(AcceptPartition(made.pk, made.row_version, TOMORROW, "LL"))
    town.do(DiscardPartition(made.pk, made.row_version))


def test_units_that_touch_no_other_are_named_and_the_proposal_cannot_be_accepted(town: Town) -> None:
    far = {"key": "孤岛", "residents": 10, "boundary": square(8, 8)}
    made = computed(town, [*cells(3, 1), far], large=1)
    assert any("“孤岛”" in row["zh"] and row["severity"] == "error" for row in made.outcome["findings"])
    assert not made.outcome["feasible"]


def test_no_grid_of_a_partition_reaches_over_a_fixed_border(town: Town) -> None:
    river = {"type": "LineString", "coordinates": [[WEST + SIDE, SOUTH - 1], [WEST + SIDE, SOUTH + 1]]}
    town.do(SetFixedBorder(town.unit, "清水河", river, FIRST))
    made = computed(town, cells(2, 2, 500), large=1)
    sides = [{key[1] for key in grid["units"]} for grid in made.outcome["grids"]]
    assert sorted(map(sorted, sides)) == [["0"], ["1"]]


def test_a_discarded_proposal_changes_no_grid_and_is_not_accepted_later(town: Town) -> None:
    made = computed(town, cells(2, 1), large=1)
    made = town.do(DiscardPartition(made.pk, made.row_version))
    with pytest.raises(NotNow):
        town.do(AcceptPartition(made.pk, made.row_version, TOMORROW, "LL"))
    assert not Grid.objects.exists()


def test_a_job_that_runs_twice_stores_one_outcome(town: Town) -> None:
    made = computed(town, cells(2, 1), large=1)
    Job.objects.update(state="waiting")
    before = made.outcome
    run_waiting()
    made.refresh_from_db()
    assert made.outcome == before and Job.objects.get().state == "done"


def test_another_town_cannot_be_divided(town: Town) -> None:
    with pytest.raises(Denied):
        town.do(ComputePartition(town.county.unit("城关镇").pk, cells(2, 1), 3000, 1, "一"))


def csv_file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("单元.csv", text.encode("gb18030"))


def test_units_come_as_features_with_a_table_of_residents_or_as_a_table_with_borders() -> None:
    features = [
        {"type": "Feature", "geometry": unit["boundary"], "properties": {"code": unit["key"], "residents": 1}}
        for unit in cells(2, 1)
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    counts = csv_file("编号,居民数\nu00,700\nu10,800\n")
    found = units_of(SimpleUploadedFile("单元.geojson", data), counts)
    table = "编号,居民数,边界\n" + "".join(
        f'{unit["key"]},{unit["residents"]},"{shape(unit["boundary"]).wkt}"\n' for unit in found
    )
    assert [unit["residents"] for unit in found] == [700, 800]
    assert units_of(csv_file(table), None) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("编号,居民数,边界\nu1,多,\n", "WKT"),
        ('编号,居民数,边界\nu1,x,"POLYGON((0 0,1 0,1 1,0 0))"\n', "应为不小于 0 的整数"),
        ('编号,居民数,边界\n,1,"POLYGON((0 0,1 0,1 1,0 0))"\n', "应有编号"),
        ("", "没有文字"),
        ("编号,居民数,边界\n", "没有内容"),
    ],
)
def test_a_table_that_cannot_be_taken_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        units_of(csv_file(text), None)
    assert words in str(refused.value) and refused.value.field == "file"


def test_the_invented_units_fill_the_town_and_are_divided(town: Town) -> None:
    whole = town_shape(town.unit, TODAY)
    units = fictional_units(whole, 60, 7)
    assert sum(one.shape.area for one in units) == pytest.approx(whole.area, rel=1e-3)
    rows = [{"key": one.key, "residents": one.residents, "boundary": mapping(one.shape)} for one in units]
    rows = json.loads(json.dumps(rows))
    made = computed(town, rows, large=4)
    assert made.outcome["feasible"], made.outcome["findings"]
    made = town.do(AcceptPartition(made.pk, made.row_version, TOMORROW, "LL"))
    from guatu.web.grids.selectors.lists import checks

    found = [one for version in GridVersion.objects.filter(grid__kind="duty") for one in checks(version, TOMORROW)]
    assert [words for severity, words in found if severity == "error"] == []
