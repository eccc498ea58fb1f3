"""Patches are read with their two states; what lacks a state or a date is named."""

import json
from datetime import date

import pytest

from guatu.adapters.geodata.patches import PatchFields, read_patches

pytest.importorskip("shapely")

RING = [[[110.0, 30.0], [110.1, 30.0], [110.1, 30.1], [110.0, 30.0]]]
GOOD = {"number": "TB-01", "before": "耕地", "after": "建筑", "before_date": "20260115", "after_date": "2026-04-20"}


def collection(*properties: dict[str, object]) -> bytes:
    features = [
        {"type": "Feature", "properties": each, "geometry": {"type": "Polygon", "coordinates": RING}}
        for each in properties
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_a_patch_has_both_states_and_their_days() -> None:
    (patch,), findings = read_patches(collection({**GOOD, "operator": "甲"}))
    assert findings == []
    assert (patch.number, patch.before, patch.after) == ("TB-01", "耕地", "建筑")
    assert (patch.before_date, patch.after_date) == (date(2026, 1, 15), date(2026, 4, 20))
    assert patch.feature.properties["operator"] == "甲"


def test_properties_of_another_name_are_declared() -> None:
    named = {"TBBH": 7, "QSX": "林地", "HSX": "道路", "QSJ": "2026/01/15", "HSJ": "2026-04-20T08:00:00"}
    (patch,), _ = read_patches(collection(named), PatchFields("TBBH", "QSX", "HSX", "QSJ", "HSJ"))
    assert (patch.number, patch.after, patch.after_date) == ("7", "道路", date(2026, 4, 20))


@pytest.mark.parametrize(
    "written", ["2026/5/1", "2026.5.1", "2026年5月1日", "20260501", "２０２６年５月１日", "2026-05-01T08:00:00Z"]
)
def test_a_day_is_read_in_every_spelling(written: str) -> None:
    (patch,), findings = read_patches(collection({**GOOD, "after_date": written}))
    assert findings == [] and patch.after_date == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"before": None}, "第 2 个图斑缺少“before”;请补全后导入"),
        ({"number": " "}, "第 2 个图斑缺少“number”;请补全后导入"),
        ({"after_date": "四月"}, "第 2 个图斑的“after_date”为“四月”,应为日期(如 2026-05-01 或 20260501);请更正"),
        ({"before_date": "2026-04-20"}, "第 2 个图斑的前时相 2026-04-20 不早于后时相 2026-04-20;请核对"),
        ({"number": "TB-01"}, "第 2 个要素的编号“TB-01”重复;请使编号唯一"),
    ],
)
def test_a_faulty_patch_is_named_and_the_others_are_read(change: dict[str, object], message: str) -> None:
    patches, findings = read_patches(collection(GOOD, {**GOOD, "number": "TB-02", **change}))
    assert [patch.number for patch in patches] == ["TB-01"]
    assert [finding.message("zh") for finding in findings] == [message]


def test_a_patch_is_an_area() -> None:
    data = collection(GOOD).replace(json.dumps(RING).encode(), b"[110, 30]").replace(b"Polygon", b"Point")
    assert [finding.code for finding in read_patches(data)[1]] == ["geodata.geometry-type"]
