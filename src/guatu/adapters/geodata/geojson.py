"""GeoJSON (RFC 7946) to features, with the place of every fault: which feature, which part, which position.

Coordinates are degrees of longitude and latitude in WGS 84 or CGCS2000, which agree to centimetres. Anything else is
refused with what to do: plane coordinates of a surveyor look like metres, and a map provider's shifted coordinates
cannot be told from true ones, so that a file has to say what it is.
"""

import json
import re
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

import msgspec

from guatu.core.fields.geometry import on_earth
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

Box = tuple[float, float, float, float]
Fault = tuple[Kind, str, dict[str, str | int | float]]

MOST_BYTES = 100_000_000
_DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
# WGS 84 by its names, and CGCS2000 (EPSG 4490 in degrees).
_DEGREES = re.compile(r"(?:urn:ogc:def:crs:)?(?:OGC:(?:1\.3)?:?CRS84|EPSG:(?:[\d.]*:)?(?:4326|4490))", re.IGNORECASE)

NOT_JSON = Kind(
    "geodata.not-json",
    "error",
    "文件不是有效的 GeoJSON({reason});请重新导出为 UTF-8 编码的 GeoJSON",
    "the file is no GeoJSON ({reason}); export it again as GeoJSON in UTF-8",
)
TOO_LARGE = Kind(
    "geodata.too-large",
    "error",
    "文件有 {size} 字节,超过上限 {most};请按乡镇拆分",
    "the file has {size} bytes, over the limit of {most}; split it by town",
)
NOT_FEATURES = Kind(
    "geodata.not-features",
    "error",
    "文件不是 FeatureCollection(现为 {found});请导出要素集",
    "the file is no FeatureCollection but {found}; export features",
)
OTHER_SYSTEM = Kind(
    "geodata.other-system",
    "error",
    "坐标系为 {found},需要 WGS84 或 CGCS2000 经纬度(EPSG:4326 或 4490);请转换后导入",
    "the coordinates are {found}; convert them to degrees of WGS 84 or CGCS2000 (EPSG 4326 or 4490)",
)
BAD_FEATURE = Kind(
    "geodata.feature-invalid",
    "error",
    "第 {number} 个要素不是 Feature 或没有几何;请补全",
    "feature {number} is no Feature or has no geometry; complete it",
)
BAD_TYPE = Kind(
    "geodata.geometry-type",
    "error",
    "第 {number} 个要素的几何类型为 {found},需要 {wanted};请更正",
    "the geometry of feature {number} is {found} and should be {wanted}; correct it",
)
BAD_POSITION = Kind(
    "geodata.position-invalid",
    "error",
    "第 {number} 个要素 {where} 处的坐标无效: {found};请更正",
    "feature {number} has no valid coordinates at {where}: {found}; correct them",
)
METRES = Kind(
    "geodata.not-degrees",
    "error",
    "第 {number} 个要素 {where} 处的坐标 {found} 不是经纬度,可能是平面坐标;请转换后导入",
    "the coordinates {found} of feature {number} at {where} are no degrees, perhaps metres; convert them",
)
RING = Kind(
    "geodata.ring-open",
    "error",
    "第 {number} 个要素 {where} 处的环不足 4 点或首尾不重合;请闭合",
    "the ring of feature {number} at {where} has fewer than 4 positions or is not closed; close it",
)
OUTSIDE = Kind(
    "geodata.outside",
    "error",
    "第 {number} 个要素 {where} 处的坐标 {found} 不在本县范围内;请核对",
    "the coordinates {found} of feature {number} at {where} lie outside of the county; check them",
)
SWAPPED = Kind(
    "geodata.swapped",
    "error",
    "第 {number} 个要素 {where} 处的坐标 {found} 经纬度颠倒;请按经度、纬度的次序导出",
    "the coordinates {found} of feature {number} at {where} have longitude and latitude swapped; export longitude "
    "first",
)
TWICE = Kind(
    "geodata.id-twice",
    "error",
    "第 {number} 个要素的编号“{found}”重复;请使编号唯一",
    "feature {number} repeats the id “{found}”; give each its own",
)


class Feature(msgspec.Struct, frozen=True):
    """A feature with its number in the file (from 1), its id as text ("" where there is none), and its geometry as
    read."""

    number: int
    id: str
    kind: str
    coordinates: list[Any]
    properties: dict[str, Any]

    def wkb(self) -> bytes:
        """The geometry as the database keeps it."""
        import shapely
        from shapely.geometry import shape

        written: bytes = shapely.to_wkb(shapely.force_2d(shape({"type": self.kind, "coordinates": self.coordinates})))
        return written

    def box(self) -> Box:
        """West, south, east, north."""
        positions = [position for position, _ in _positions(self.kind, self.coordinates, "")]
        xs, ys = [position[0] for position in positions], [position[1] for position in positions]
        return min(xs), min(ys), max(xs), max(ys)


def read_geojson(
    data: bytes, kinds: Sequence[str] = tuple(_DEPTHS), within: Box | None = None, id_property: str = ""
) -> tuple[list[Feature], list[RowFinding]]:
    """The sound features of a file and a finding for each of the others (its first fault).

    `kinds` are the types of geometry that are wanted, `within` is a box around the county, `id_property` the property
    that holds the id where it is not the feature's own.
    """
    if len(data) > MOST_BYTES:
        return [], [row_finding(TOO_LARGE, "", "", None, size=len(data), most=MOST_BYTES)]
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        return [], [row_finding(NOT_JSON, "", "", None, reason=str(error)[:100] or type(error).__name__)]
    if (
        not isinstance(found, dict)
        or found.get("type") != "FeatureCollection"
        or not isinstance(found.get("features"), list)
    ):
        kind = found.get("type") if isinstance(found, dict) else type(found).__name__
        return [], [row_finding(NOT_FEATURES, "", "", None, found=str(kind)[:50])]
    if (system := _system(found)) and not _DEGREES.fullmatch(system):
        return [], [row_finding(OTHER_SYSTEM, "", "crs", None, found=system[:80])]
    return _features(found["features"], tuple(kinds), within, id_property)


def _features(
    items: Sequence[Any], kinds: tuple[str, ...], within: Box | None, id_property: str
) -> tuple[list[Feature], list[RowFinding]]:
    features, findings = [], []
    seen: set[str] = set()
    for number, item in enumerate(items, 1):
        fault = _feature_fault(item, kinds, within)
        if fault is None:
            feature = _feature(item, number, id_property)
            if feature.id not in seen:
                features.append(feature)
                seen.update({feature.id} - {""})
                continue
            fault = TWICE, "id", {"found": feature.id}
        kind, field, params = fault
        findings.append(row_finding(kind, str(number), field, None, number=number, **params))
    return features, findings


def _feature(item: dict[str, Any], number: int, id_property: str) -> Feature:
    properties = item.get("properties") or {}
    named = properties.get(id_property) if id_property else item.get("id")
    geometry = item["geometry"]
    return Feature(number, "" if named is None else str(named), geometry["type"], geometry["coordinates"], properties)


def _feature_fault(item: Any, kinds: tuple[str, ...], within: Box | None) -> Fault | None:
    geometry = item.get("geometry") if isinstance(item, dict) else None
    properties = item.get("properties") if isinstance(item, dict) else None
    if not isinstance(geometry, dict) or item.get("type") != "Feature" or not isinstance(properties, dict | None):
        return BAD_FEATURE, "geometry", {}
    kind = geometry.get("type")
    if kind not in kinds or kind not in _DEPTHS:
        return BAD_TYPE, "geometry", {"found": str(kind)[:50], "wanted": ", ".join(kinds)}
    return geometry_fault(kind, geometry.get("coordinates"), within)


def geometry_fault(kind: str, coordinates: Any, within: Box | None) -> Fault | None:
    """The first fault of coordinates of a type that is known."""
    try:
        positions = list(_positions(kind, coordinates, ""))
    except _Misplaced as wrong:
        return BAD_POSITION, "geometry", {"where": wrong.where, "found": wrong.found}
    if not positions:
        return BAD_POSITION, "geometry", {"where": "-", "found": "[]"}
    for position, where in positions:
        if fault := _position_fault(position, where, within):
            return fault
    return _ring_fault(kind, coordinates)


class _Misplaced(Exception):
    """Something stands where a list or a position should be."""

    def __init__(self, where: str, found: object) -> None:
        super().__init__(where)
        self.where, self.found = where or "-", str(found)[:60]


def _positions(kind: str, coordinates: Any, where: str) -> Iterator[tuple[Sequence[float], str]]:
    yield from _walk(coordinates, _DEPTHS[kind], where)


def _walk(part: Any, depth: int, where: str) -> Iterator[tuple[Sequence[float], str]]:
    if not isinstance(part, list) or (depth and not part):
        raise _Misplaced(where, part)
    if depth:
        for at, inner in enumerate(part, 1):
            yield from _walk(inner, depth - 1, f"{where}.{at}" if where else str(at))
        return
    if len(part) < 2 or any(isinstance(n, bool) or not isinstance(n, int | float) or not isfinite(n) for n in part):
        raise _Misplaced(where, part)
    yield part, where or "-"


def _position_fault(position: Sequence[float], where: str, within: Box | None) -> Fault | None:
    x, y = position[0], position[1]
    params: dict[str, str | int | float] = {"where": where, "found": f"({x}, {y})"}
    if within and not _inside(x, y, within) and _inside(y, x, within):
        return SWAPPED, "geometry", params
    if not on_earth(x, y):
        return (SWAPPED if on_earth(y, x) else METRES), "geometry", params
    return (OUTSIDE, "geometry", params) if within and not _inside(x, y, within) else None


def _inside(x: float, y: float, box: Box) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _ring_fault(kind: str, coordinates: list[Any]) -> Fault | None:
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind, [])
    for at, polygon in enumerate(polygons, 1):
        for ring_at, ring in enumerate(polygon, 1):
            if len(ring) < 4 or ring[0] != ring[-1]:
                where = f"{at}.{ring_at}" if kind == "MultiPolygon" else str(ring_at)
                return RING, "geometry", {"where": where}
    return None


def _system(found: dict[str, Any]) -> str:
    """The name of the old `crs` member, which programs in use still write; without one it is WGS 84 by RFC 7946."""
    crs = found.get("crs")
    if crs is None:
        return ""
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = named.get("name") if isinstance(named, dict) else None
    return str(name or crs)


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")
