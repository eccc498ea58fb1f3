"""Satellite patches (卫片图斑): where the ground changed between two pictures, as cases are made of them.

They come as GeoJSON, or as a zip that holds one GeoJSON file or one shapefile, and the pictures beside it. What a
property is called differs from survey to survey: the names in use are known, others can be declared.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import msgspec

from guatu.adapters.geodata.archive import Parts, read_zip
from guatu.adapters.geodata.geojson import Box, Feature, read_geojson
from guatu.adapters.geodata.shapes import MANY, NO_SHAPES, read_shapefile
from guatu.core.fields.day import read_day
from guatu.core.fields.normal import lines
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


CROSSED = Kind(
    "patch.self-crossing",
    "error",
    "第 {number} 个图斑的边界在 {where} 附近自相交;请在制图软件里修复几何后导入",
    "the border of patch {number} crosses itself near {where}; repair the geometry and import again",
)
NO_PICTURE = Kind(
    "patch.picture-missing",
    "warning",
    "第 {number} 个图斑的照片 {found} 没有找到;请放进压缩包或一起上传",
    "the picture {found} of patch {number} was not found; put it into the zip or upload it too",
)

Names = tuple[str, ...]
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")
KINDS = ("Polygon", "MultiPolygon")


class PatchFields(msgspec.Struct, frozen=True):
    """The names of a file's properties: what stood there before and after, when the pictures were taken, the number,
    the files of the pictures, and the class."""

    number: str | Names = "number"
    before: str | Names = "before"
    after: str | Names = "after"
    before_date: str | Names = "before_date"
    after_date: str | Names = "after_date"
    before_picture: str | Names = "before_picture"
    after_picture: str | Names = "after_picture"
    case_class: str | Names = "class"


# Names that surveys use, those of dBase cut to ten letters.
KNOWN_FIELDS = PatchFields(
    ("number", "TBBH", "JCBH", "图斑编号", "图斑号", "监测编号"),
    ("before", "QDL", "QDLMC", "前地类", "变化前"),
    ("after", "HDL", "HDLMC", "后地类", "变化后"),
    ("before_date", "before_dat", "QSX", "前时相", "前时相日期"),
    ("after_date", "HSX", "后时相", "后时相日期"),
    ("before_picture", "before_pic", "QYX", "前影像", "前时相影像"),
    ("after_picture", "after_pic", "HYX", "后影像", "后时相影像"),
    ("class", "TBLX", "类别", "图斑类型"),
)


class Patch(msgspec.Struct, frozen=True):
    """A patch with its number, its polygon, and both states; further properties are kept as they came.

    A state is "" only where there is a picture of it; the pictures are names of files, "" where there is none.
    """

    number: str
    feature: Feature
    before: str
    after: str
    before_date: date
    after_date: date
    before_picture: str = ""
    after_picture: str = ""
    case_class: str = ""


class PatchFile(msgspec.Struct, frozen=True):
    """What a file of patches holds: those that are sound, what is wrong with the others, and the pictures by name."""

    patches: list[Patch]
    findings: list[RowFinding]
    pictures: dict[str, bytes]


def read_patches(
    data: bytes, fields: PatchFields | None = None, within: Box | None = None
) -> tuple[list[Patch], list[RowFinding]]:
    """Sound patches of a GeoJSON file, and what is wrong with the others; a finding's row is the feature's number."""
    names = fields or PatchFields()
    number = _names(names.number)
    features, findings = read_geojson(data, KINDS, within, _present(data, number))
    return _of_features(features, findings, names, {})


def read_patch_file(
    data: bytes,
    fields: PatchFields = KNOWN_FIELDS,
    within: Box | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> PatchFile:
    """Patches of GeoJSON or of a zip, with the pictures in the zip and those that were sent beside it."""
    beside = dict(pictures or {})
    if data[:2] != b"PK":
        patches, findings = _of_features(*_json(data, fields, within), fields, beside)
        return PatchFile(patches, findings, beside)
    parts, faults = read_zip(data)
    if parts is None:
        return PatchFile([], faults, beside)
    beside = {**{name: parts.files[name] for name in parts.with_suffix(*PICTURES)}, **beside}
    patches, findings = _of_features(*_packed(parts, fields, within), fields, beside)
    return PatchFile(patches, findings, beside)


def _packed(parts: Parts, fields: PatchFields, within: Box | None) -> tuple[list[Feature], list[RowFinding]]:
    if parts.with_suffix(".shp"):
        return read_shapefile(parts, KINDS, within, _names(fields.number))
    found = parts.with_suffix(".geojson", ".json")
    if len(found) != 1:
        kind, params = (MANY, {"found": "、".join(found)[:80]}) if found else (NO_SHAPES, {})
        return [], [row_finding(kind, "", "file", None, **params)]
    return _json(parts.files[found[0]], fields, within)


def _json(data: bytes, fields: PatchFields, within: Box | None) -> tuple[list[Feature], list[RowFinding]]:
    return read_geojson(data, KINDS, within, _present(data, _names(fields.number)))


def _present(data: bytes, names: Names) -> str:
    """The first of some names that the file has as a key."""
    return next((name for name in names if f'"{name}"'.encode() in data), names[0])


def _of_features(
    features: Sequence[Feature], findings: list[RowFinding], names: PatchFields, pictures: Mapping[str, bytes]
) -> tuple[list[Patch], list[RowFinding]]:
    by_name = {name.lower(): name for name in pictures}
    patches, found = [], list(findings)
    for feature in features:
        patch, wrong = _patch(feature, names, by_name)
        found += wrong
        if patch is not None:
            patches.append(patch)
    return patches, sorted(found, key=lambda finding: int(finding.row or 0))


def _patch(feature: Feature, names: PatchFields, pictures: Mapping[str, str]) -> tuple[Patch | None, list[RowFinding]]:
    row, number = str(feature.number), feature.number
    texts = {field: _text(feature.properties, _names(getattr(names, field))) for field in names.__struct_fields__}
    shown, missing = _pictures(texts, pictures)
    wrong = [*_missing(row, number, texts, shown, names), *_crossing(row, feature)]
    before, before_wrong = _dated(row, number, "before_date", texts, names)
    after, after_wrong = _dated(row, number, "after_date", texts, names)
    wrong += [*before_wrong, *after_wrong]
    if wrong or before is None or after is None:
        return None, wrong
    if before >= after:
        order = {"before": before.isoformat(), "after": after.isoformat()}
        return None, [row_finding(BAD_ORDER, row, "before_date", None, number=number, **order)]
    warned = [row_finding(NO_PICTURE, row, side, None, number=number, found=name[:60]) for side, name in missing]
    patch = Patch(
        texts["number"], feature, texts["before"], texts["after"], before, after,
        shown["before"], shown["after"], texts["case_class"],
    )  # fmt: skip
    return patch, warned


def _missing(
    row: str, number: int, texts: Mapping[str, str], shown: Mapping[str, str], names: PatchFields
) -> list[RowFinding]:
    wanted = ["number", *(side for side in ("before", "after") if not shown[side]), "before_date", "after_date"]
    return [
        row_finding(MISSING, row, field, None, number=number, field=_names(getattr(names, field))[0])
        for field in wanted
        if not texts[field]
    ]


def _dated(
    row: str, number: int, field: str, texts: Mapping[str, str], names: PatchFields
) -> tuple[date | None, list[RowFinding]]:
    text = texts[field]
    read = read_day(text) if text else None
    found = read if isinstance(read, date) else None
    if not text or found is not None:
        return found, []
    name = _names(getattr(names, field))[0]
    return None, [row_finding(BAD_DATE, row, field, None, number=number, field=name, found=text[:40])]


def _pictures(texts: Mapping[str, str], pictures: Mapping[str, str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The pictures of both sides: those named by the patch, else those whose name is its number and the side."""
    shown, missing = {}, []
    for side, words in (("before", ("before", "前")), ("after", ("after", "后"))):
        named = PurePosixPath(texts[f"{side}_picture"].replace("\\", "/")).name
        number = texts["number"].lower()
        guesses = [f"{number}{sep}{word}{suffix}" for word in words for sep in "_-" for suffix in PICTURES]
        shown[side] = next((pictures[name] for name in (named.lower(), *guesses) if name in pictures), "")
        if named and not shown[side]:
            missing.append((f"{side}_picture", named))
    return shown, missing


def _crossing(row: str, feature: Feature) -> list[RowFinding]:
    import shapely
    from shapely.validation import explain_validity

    area = shapely.from_wkb(feature.wkb())
    if area.is_valid and area.area > 0:
        return []
    _reason, _bracket, where = explain_validity(area).partition("[")
    place = ", ".join(f"{float(part):.6f}" for part in where.rstrip("]").split()[:2]) if where else "-"
    return [row_finding(CROSSED, row, "geometry", None, number=feature.number, where=place)]


def _names(names: str | Names) -> Names:
    return (names,) if isinstance(names, str) else names


def _text(properties: Mapping[str, Any], names: Names) -> str:
    for name in names:
        value = properties.get(name)
        text = "" if value is None or isinstance(value, dict | list) else lines(str(value))
        if text:
            return text
    return ""
