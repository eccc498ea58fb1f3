"""Files of grids and of residential units, to rows with what is wrong with each at its place."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import shapely
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from shapely.geometry import mapping

from guatu.adapters.geodata.child import Wanted, features_of
from guatu.adapters.geodata.geojson import Feature
from guatu.adapters.readers import ReadError
from guatu.adapters.tables import TEXTS, Asked, read_cells
from guatu.core.fields.file import File
from guatu.core.fields.normal import lines
from guatu.core.fields.number import Number
from guatu.web.base.files import check
from guatu.web.base.problems import Invalid, Problem
from guatu.web.base.reading import check_ending, not_read, read_bounded
from guatu.web.grids.actions.common import Given
from guatu.web.grids.actions.import_grids import SHOWN, GridRow
from guatu.web.grids.drawing import sound
from guatu.web.grids.words import said

POLYGONS = ("Polygon", "MultiPolygon")
MOST_UNITS = 5000
MOST_COLUMNS = 200
MB = 2**20
CODE = ("code", "编号", "网格编号", "key")
NAME = ("name", "名称", "网格名称")
RESIDENTS = ("residents", "居民数", "人口", "常住人口", "population")
BORDER = ("boundary", "边界", "wkt")

# Ends of the names of files of features, and whether they are a zipped shapefile.
READERS = {".geojson": False, ".json": False, ".zip": True}


def grids_of(upload: UploadedFile | None) -> tuple[GridRow, ...]:
    """The grids of a file. Raises `Invalid` at `file` with all that cannot be taken, by the number of the feature."""
    rows, wrong = [], []
    for feature in _features(upload, "file"):
        try:
            rows.append(_grid(feature))
        except Problem as problem:
            wrong.append(_at(feature.number, str(problem)))
    _refuse(wrong, "file")
    return tuple(rows)


def units_of(upload: UploadedFile | None, counts: UploadedFile | None) -> list[dict[str, Any]]:
    """Residential units as they are stored; `counts` is a table of residents by key that goes over those of the file.

    The units come as features, or as a table with borders in WKT.
    """
    if upload is not None and (upload.name or "").lower().endswith(".csv"):
        units = _units_of_table(upload)
    else:
        units = _units_of_features(_features(upload, "file"))
    if counts is not None:
        _recount(units, counts)
    if len(units) > MOST_UNITS:
        said_ = _("一次最多 %(most)d 个居民单元,请按乡镇拆分。") % {"most": MOST_UNITS}
        raise Invalid(said_, field="file", code="partition.too-many")
    return units


def _units_of_features(features: list[Feature]) -> list[dict[str, Any]]:
    units: dict[str, dict[str, Any]] = {}
    wrong = []
    for feature in features:
        key = feature.id or text(feature.properties, CODE)
        try:
            units[_fresh(key, units)] = {
                "key": key,
                "residents": residents_of(text(feature.properties, RESIDENTS)),
                "boundary": sound({"type": feature.kind, "coordinates": feature.coordinates}, "file"),
            }
        except Problem as problem:
            wrong.append(_at(feature.number, str(problem)))
    _refuse(wrong, "file")
    return list(units.values())


def _units_of_table(upload: UploadedFile) -> list[dict[str, Any]]:
    units: dict[str, dict[str, Any]] = {}
    wrong = []
    for number, row in _table(upload, "file"):
        key = text(row, CODE)
        try:
            shape = shapely.from_wkt(text(row, BORDER), on_invalid="ignore")
            if shape is None:
                raise Invalid(_("“边界”列应为 WKT 格式的面,如 POLYGON((118.1 32.1, …))。"))
            residents = residents_of(text(row, RESIDENTS))
            units[_fresh(key, units)] = {"key": key, "residents": residents, "boundary": sound(mapping(shape), "file")}
        except Problem as problem:
            wrong.append(_at(number, str(problem)))
    _refuse(wrong, "file")
    return list(units.values())


def _recount(units: list[dict[str, Any]], upload: UploadedFile) -> None:
    by_key = {unit["key"]: unit for unit in units}
    wrong = []
    for number, row in _table(upload, "counts"):
        key = text(row, CODE)
        try:
            if key not in by_key:
                raise Invalid(_("文件中没有编号为“%(key)s”的居民单元。") % {"key": key[:40]})
            by_key[key]["residents"] = residents_of(text(row, RESIDENTS))
        except Problem as problem:
            wrong.append(_at(number, str(problem)))
    _refuse(wrong, "counts")


def _grid(feature: Feature) -> GridRow:
    code = text(feature.properties, CODE) or feature.id
    boundary = sound({"type": feature.kind, "coordinates": feature.coordinates}, "file")
    given = text(feature.properties, RESIDENTS)
    residents = residents_of(given) if given else 0
    return GridRow(feature.number, code, Given(text(feature.properties, NAME) or code, boundary, residents))


def _features(upload: UploadedFile | None, field: str) -> list[Feature]:
    data = _data(upload, field)
    assert upload is not None, "it has data"
    given = check(upload, File(endings=tuple(READERS)), field)
    check_ending(data, given.name, field)
    read = read_bounded(features_of, data, Wanted(POLYGONS, READERS[given.ending]), field)
    _refuse([said(finding) for finding in read.findings if finding.severity == "error"], field)
    if not read.features:
        raise Invalid(_("文件中没有要素。"), field=field, code="grid.no-feature")
    return read.features


def _data(upload: UploadedFile | None, field: str) -> bytes:
    if upload is None:
        raise Invalid(_("请选择要上传的文件。"), field=field, code="file.missing")
    limit = settings.GUATU_LARGEST_UPLOAD
    if upload.size is not None and upload.size > limit:
        said_ = _("文件有 %(size)d MB,超过 %(limit)d MB 的上限。请压缩或拆分后再上传。")
        values = {"size": upload.size // MB, "limit": limit // MB}
        raise Invalid(said_ % values, field=field, code="file.too-large")
    return b"".join(upload.chunks())


def _table(upload: UploadedFile, field: str) -> list[tuple[int, dict[str, Any]]]:
    """Lines of a CSV file by the heads of their columns, with their number in the file."""
    try:
        asked = Asked(upload.name or "", 10 * MOST_UNITS, MOST_COLUMNS)
        lines = enumerate(read_cells(_data(upload, field), asked, TEXTS).rows, 1)
    except ReadError as error:
        raise not_read(error, field) from error
    filled = [(number, line) for number, line in lines if any(line)]
    if len(filled) < 2:
        raise Invalid(_("文件没有内容,第一行应是列名。"), field=field, code="table.empty")
    heads = filled[0][1]
    return [(number, dict(zip(heads, line, strict=False))) for number, line in filled[1:]]


def text(values: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The first of several properties that is there."""
    for name in names:
        value = values.get(name)
        if value is not None and not isinstance(value, dict | list):
            return lines(str(value))
    return ""


def residents_of(given: str) -> int:
    read = Number(unit="人", places=0, least=Decimal(0), most=Decimal(10) ** 9 - 1).read(given)
    if read.value is None:
        raise Invalid(_("居民数“%(text)s”应为不小于 0 的整数。") % {"text": given[:20]}, field="residents")
    return int(read.value)


def _fresh(key: str, units: Mapping[str, Any]) -> str:
    if not key or len(key) > 60:
        raise Invalid(_("每个居民单元应有编号(属性 code),不超过 60 个字符。"))
    if key in units:
        raise Invalid(_("编号“%(key)s”重复。") % {"key": key})
    return key


def _at(number: int, words: str) -> str:
    return _("第 %(n)d 个: %(text)s") % {"n": number, "text": words}


def _refuse(wrong: list[str], field: str) -> None:
    if wrong:
        more = [_("另有 %(n)d 处,改正以上后再导入。") % {"n": len(wrong) - SHOWN}] if len(wrong) > SHOWN else []
        raise Invalid("\n".join([*wrong[:SHOWN], *more]), field=field, code="grid.import-refused")
