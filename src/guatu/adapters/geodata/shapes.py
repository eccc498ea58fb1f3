"""Shapefiles (ESRI, 1998) to features in degrees: .shp and .dbf, the projection of .prj, the encoding of .cpg."""

import codecs
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from guatu.adapters.geodata.archive import Parts
from guatu.adapters.geodata.geojson import (
    BAD_FEATURE,
    BAD_TYPE,
    METRES,
    TWICE,
    Box,
    Fault,
    Feature,
    geometry_fault,
)
from guatu.adapters.geodata.projection import NO_FIT, NO_PRJ, Transform, transform_of
from guatu.core.fields.geometry import on_earth
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

MOST_SHAPES, MOST_POINTS = 20_000, 3_000_000
_ENCODINGS = {"utf8": "utf-8", "utf-8": "utf-8", "65001": "utf-8", "936": "gb18030", "54936": "gb18030"}

NO_SHAPES = Kind(
    "geodata.no-shapes",
    "error",
    "压缩包里没有 .shp 或 .geojson 文件;请把 .shp、.dbf、.shx、.prj 一起打包",
    "there is no .shp or .geojson file in the zip; pack .shp, .dbf, .shx and .prj together",
)
MANY = Kind(
    "geodata.many-files",
    "error",
    "压缩包里有几个图层({found});一次上传一个",
    "there are several layers in the zip ({found}); upload one at a time",
)
NO_DBF = Kind(
    "geodata.no-dbf",
    "error",
    "压缩包里没有 {name},图斑没有属性;请一起打包",
    "{name} is not in the zip, so that the shapes have no attributes; pack it too",
)
BROKEN_SHAPES = Kind(
    "geodata.shapefile-broken",
    "error",
    "{name} 已损坏,读不出来({reason});请重新导出 shapefile",
    "{name} is broken and cannot be read ({reason}); export the shapefile again",
)
UNEQUAL = Kind(
    "geodata.shapefile-unequal",
    "error",
    "图形有 {shapes} 个,属性表有 {records} 行,对不上;请重新导出 shapefile",
    "there are {shapes} shapes and {records} rows of attributes; export the shapefile again",
)
TOO_MANY = Kind(
    "geodata.too-many-shapes",
    "error",
    "有 {found} 个图形或顶点,一次最多 {most} 个;请按乡镇拆分",
    "there are {found} shapes or vertices, at most {most} are taken at a time; split them by town",
)

CUT = Kind(
    "geodata.value-cut",
    "warning",
    "第 {number} 个图斑的 {name} 在写入 shapefile 时被截断,最后一个字不全,读作“{found}”;请加长字段后重新导出",
    "the {name} of shape {number} was cut inside its last character when the shapefile was written, and reads "
    "'{found}'; make the field longer and export it again",
)

Row = tuple[dict[str, Any], dict[str, Any]]
"""A geometry as in GeoJSON, its coordinates as they stand in the file, and its attributes."""


class _Unreadable(Exception):
    def __init__(self, kind: Kind, **params: str | int) -> None:
        super().__init__(kind.code)
        self.finding = row_finding(kind, "", "file", None, **params)


def read_shapefile(
    parts: Parts, kinds: Sequence[str], within: Box | None = None, id_fields: Sequence[str] = ()
) -> tuple[list[Feature], list[RowFinding]]:
    """Sound areas of the one shapefile among some files, and the first fault of each of the others.

    The id of a feature is the first of `id_fields` that it has. Without .prj the coordinates have to be degrees.
    """
    try:
        rows, transform, has_prj = _open(parts)
    except _Unreadable as wrong:
        return [], [wrong.finding]
    features: list[Feature] = []
    findings: list[RowFinding] = []
    seen: set[str] = set()
    for number, (geometry, properties) in enumerate(rows, 1):
        findings.extend(_mended(number, properties))
        found = _feature(number, geometry, properties, kinds, within, transform, id_fields)
        if isinstance(found, Feature):
            if found.id not in seen:
                features.append(found)
                seen.update({found.id} - {""})
                continue
            found = TWICE, "id", {"found": found.id}
        if found[0] == METRES and not has_prj:
            return [], [row_finding(NO_PRJ, "", "file", None, found=str(found[2].get("found", "")))]
        kind, field, params = found
        findings.append(row_finding(kind, str(number), field, None, **{"number": number, **params}))
    return features, findings


def _open(parts: Parts) -> tuple[list[Row], Transform | None, bool]:
    shapes = parts.with_suffix(".shp")
    if len(shapes) != 1:
        raise _Unreadable(MANY, found="、".join(shapes)[:80]) if shapes else _Unreadable(NO_SHAPES)
    stem = PurePosixPath(shapes[0]).stem
    beside = {PurePosixPath(name).suffix.lower(): name for name in parts.files if PurePosixPath(name).stem == stem}
    if ".dbf" not in beside:
        raise _Unreadable(NO_DBF, name=f"{stem}.dbf")
    transform = None
    if ".prj" in beside:
        transform, fault = transform_of(parts.files[beside[".prj"]], beside[".prj"])
        if fault:
            raise _Unreadable(fault[0], **fault[1])
    return _rows(parts, beside), transform, ".prj" in beside


def _rows(parts: Parts, beside: dict[str, str]) -> list[Row]:
    declared = parts.files[beside[".cpg"]].decode("ascii", "replace").strip().lower() if ".cpg" in beside else ""
    first = _ENCODINGS.get(declared.removeprefix("cp"), "gb18030" if declared.startswith("gb") else "utf-8")
    second = next(iter({"utf-8", "gb18030"} - {first}))
    wrong: Exception | None = None
    # Before another encoding is tried, values may end inside a character, as those do that their field was too short
    # for; but bytes of the one encoding are seldom whole characters of the other, so most must not.
    for encoding, errors in ((first, "strict"), (first, _CUT), (second, "strict"), (second, _CUT)):
        try:
            rows = _read(parts, beside, encoding, errors)
            if errors == "strict" or _is_likely(rows):
                return rows
        except _Unreadable:
            raise
        except Exception as error:  # the reader meets broken bytes, and another encoding, with whatever they lead it to
            wrong = wrong or error
    reason = f"{type(wrong).__name__}: {wrong}"[:80]
    raise _Unreadable(BROKEN_SHAPES, name=beside[".shp"], reason=reason) from wrong


_CUT = "guatu-cut"
_LOST = "\ufffd"


def _cut(error: UnicodeError) -> tuple[str, int]:
    """Bytes at the end of a value that begin a character and do not end it are marked; others are an error."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    rest = error.object[error.start :]
    if len(rest) > _LONGEST - 1 or not error.reason.startswith(("unexpected end", "incomplete")):
        raise error
    return _LOST, len(error.object)


_LONGEST = 4
"""Bytes of a character, in UTF-8 and in GB 18030."""
codecs.register_error(_CUT, _cut)


def _is_likely(rows: Sequence[Row]) -> bool:
    """Whether at least as many values with Chinese are whole as are cut."""
    values = [
        value for _, record in rows for value in record.values() if isinstance(value, str) and not value.isascii()
    ]
    return 2 * sum(value.endswith(_LOST) for value in values) <= len(values)


def _mended(number: int, properties: dict[str, Any]) -> Iterator[RowFinding]:
    """Takes the marks out of values that were cut, and tells of each."""
    for name, value in properties.items():
        if isinstance(value, str) and value.endswith(_LOST):
            found = properties[name] = value.removesuffix(_LOST)
            yield row_finding(CUT, str(number), name, None, number=number, name=name, found=found)


def _read(parts: Parts, beside: dict[str, str], encoding: str, errors: str) -> list[Row]:
    import shapefile

    files = {
        suffix[1:]: io.BytesIO(parts.files[beside[suffix]]) for suffix in (".shp", ".dbf", ".shx") if suffix in beside
    }
    with shapefile.Reader(**files, encoding=encoding, encodingErrors=errors) as reader:
        geometries = list(_geometries(reader))
        records = [dict(record.as_dict()) for record in islice(reader.iterRecords(), MOST_SHAPES + 1)]
    if len(geometries) != len(records):
        raise _Unreadable(UNEQUAL, shapes=len(geometries), records=len(records))
    return list(zip(geometries, records, strict=True))


def _geometries(reader: Any) -> Iterator[dict[str, Any]]:
    points = 0
    for number, shape in enumerate(reader.iterShapes(), 1):
        points += len(shape.points)
        if number > MOST_SHAPES or points > MOST_POINTS:
            found, most = (number, MOST_SHAPES) if number > MOST_SHAPES else (points, MOST_POINTS)
            raise _Unreadable(TOO_MANY, found=found, most=most)
        yield _geometry(shape)


def _geometry(shape: Any) -> dict[str, Any]:
    """As in GeoJSON; {} for a null shape."""
    if not shape.points:
        return {}
    found = shape.__geo_interface__
    return {"type": found["type"], "coordinates": _lists(found["coordinates"])}


def _lists(part: Any) -> Any:
    return [_lists(inner) for inner in part] if isinstance(part, list | tuple) else part


def _feature(
    number: int,
    geometry: dict[str, Any],
    properties: dict[str, Any],
    kinds: Sequence[str],
    within: Box | None,
    transform: Transform | None,
    id_fields: Sequence[str],
) -> Feature | Fault:
    if not geometry:
        return BAD_FEATURE, "geometry", {}
    kind = geometry["type"]
    if kind not in kinds:
        return BAD_TYPE, "geometry", {"found": kind, "wanted": ", ".join(kinds)}
    coordinates = geometry["coordinates"]
    if transform is not None:
        moved = _moved(coordinates, transform)
        if moved is None:
            return NO_FIT, "geometry", {"found": str(next(_positions(coordinates)))[:60]}
        coordinates = moved
    if fault := geometry_fault(kind, coordinates, within):
        return fault
    named = next((properties[name] for name in id_fields if properties.get(name) not in (None, "")), "")
    return Feature(number, str(named).strip(), kind, coordinates, properties)


def _positions(part: Any) -> Iterator[list[float]]:
    if part and not isinstance(part[0], list):
        yield part
        return
    for inner in part:
        yield from _positions(inner)


def _moved(part: Any, transform: Transform) -> list[Any] | None:
    """Coordinates in degrees; None where a position has none."""
    if part and not isinstance(part[0][0], list):
        xs, ys = transform([p[0] for p in part], [p[1] for p in part])
        pairs = [[float(x), float(y)] for x, y in zip(xs, ys, strict=True)]
        return pairs if all(on_earth(x, y) for x, y in pairs) else None
    found = [_moved(inner, transform) for inner in part]
    return None if None in found else found
