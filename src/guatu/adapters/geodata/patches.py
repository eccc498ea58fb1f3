"""Satellite patches (卫片图斑): where the ground changed between two pictures, as cases are made of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from guatu.adapters.geodata.geojson import Box, Feature, read_geojson
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

MISSING = Kind(
    "patch.field-missing",
    "error",
    "第 {number} 个图斑缺少“{field}”;请补全后导入",
    "patch {number} lacks “{field}”; complete it and import again",
)
BAD_DATE = Kind(
    "patch.date-invalid",
    "error",
    "第 {number} 个图斑的“{field}”为“{found}”,应为日期(如 2026-05-01 或 20260501);请更正",
    "“{field}” of patch {number} is “{found}” and should be a date (2026-05-01 or 20260501); correct it",
)
BAD_ORDER = Kind(
    "patch.dates-reversed",
    "error",
    "第 {number} 个图斑的前时相 {before} 不早于后时相 {after};请核对",
    "the first picture of patch {number} ({before}) is not earlier than the second ({after}); check them",
)


class PatchFields(msgspec.Struct, frozen=True):
    """The names of a file's properties: what stood there before and after, when the pictures were taken, the number."""

    number: str = "number"
    before: str = "before"
    after: str = "after"
    before_date: str = "before_date"
    after_date: str = "after_date"


class Patch(msgspec.Struct, frozen=True):
    """A patch with its number, its polygon, and both states; further properties are kept as they came."""

    number: str
    feature: Feature
    before: str
    after: str
    before_date: date
    after_date: date


def read_patches(
    data: bytes, fields: PatchFields | None = None, within: Box | None = None
) -> tuple[list[Patch], list[RowFinding]]:
    """Sound patches of a GeoJSON file, and what is wrong with the others; a finding's row is the feature's number."""
    names = fields or PatchFields()
    features, findings = read_geojson(data, ("Polygon", "MultiPolygon"), within, names.number)
    patches = []
    for feature in features:
        found = _patch(feature, names)
        if isinstance(found, Patch):
            patches.append(found)
        else:
            findings += found
    return patches, sorted(findings, key=lambda finding: int(finding.row or 0))


def _patch(feature: Feature, names: PatchFields) -> Patch | list[RowFinding]:
    row = str(feature.number)
    texts = {field: _text(feature.properties, getattr(names, field)) for field in names.__struct_fields__}
    dates = {field: _date(texts[field]) for field in ("before_date", "after_date")}
    wrong = []
    for field, text in texts.items():
        name = getattr(names, field)
        if not text:
            wrong.append(row_finding(MISSING, row, field, None, number=feature.number, field=name))
        elif field in dates and dates[field] is None:
            wrong.append(row_finding(BAD_DATE, row, field, None, number=feature.number, field=name, found=text[:40]))
    before, after = dates["before_date"], dates["after_date"]
    if wrong or before is None or after is None:
        return wrong
    if before >= after:
        order = {"before": before.isoformat(), "after": after.isoformat()}
        return [row_finding(BAD_ORDER, row, "before_date", None, number=feature.number, **order)]
    return Patch(texts["number"], feature, texts["before"], texts["after"], before, after)


def _text(properties: Mapping[str, Any], name: str) -> str:
    value = properties.get(name)
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10] if "T" in text else text.replace("/", "-"))
    except ValueError:
        return None
