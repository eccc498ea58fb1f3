"""Positions, lines and areas: 118.12345,32.12345 · a vertex a line · WKT · GeoJSON, of one declared coordinate system.

Sources: OGC 06-103r4 (well-known text), RFC 7946 (GeoJSON). Degrees come with the longitude first. What another system
is named for is refused, never converted: that needs parameters which the writer of a cell does not know.
"""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import isfinite
from typing import Any, Final, Literal, cast

import msgspec

from guatu.core.fields.findings import (
    DEGREES_OUT_OF_RANGE,
    DEGREES_SWAPPED,
    NO_DEGREES,
    NO_GEOMETRY,
    OTHER_GEOMETRY,
    OTHER_SYSTEM,
    OUT_OF_RANGE,
    RING_OPEN,
    FieldFinding,
    Read,
    found,
)
from guatu.core.fields.kind import Cell, Field
from guatu.core.fields.normal import typed
from guatu.core.fields.number import Written, of_cell
from guatu.core.kernel.finding import Language

Shape = Literal["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"]
Box = tuple[float, float, float, float]
"""West, south, east, north."""

DEPTH: Final[Mapping[str, int]] = {
    "Point": 0, "LineString": 1, "MultiPoint": 1, "Polygon": 2, "MultiLineString": 2, "MultiPolygon": 3,
}  # fmt: skip
"""How deep the points of each shape lie in lists of lists."""
LONGEST: Final = 2_000_000
_DEGREES: Final = ("EPSG:4490", "EPSG:4326")
"""CGCS2000 and WGS 84, longitude first; they differ by centimetres, so that one may stand for the other."""
_DECIMALS: Final = 12
_NAMES: Final = {kind.upper(): kind for kind in DEPTH}
_NUMBER: Final = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?"
_TAGGED: Final = re.compile(r"(?:SRID=(\d{1,6}); ?)?([A-Z]+) ?(?:Z ?)?\(", re.IGNORECASE)
_TOKEN: Final = re.compile(rf"[(),]|{_NUMBER}")
_WKT_SIGNS: Final = re.compile(rf"(?:[(),\s]|{_NUMBER})*", re.ASCII)
_PAIR: Final = re.compile(rf"[(\[]?({_NUMBER})°?[ ,;、/]+({_NUMBER})°?[)\]]?", re.ASCII)
_CRS: Final = re.compile(r"(?:EPSG:+|CRS84)(\d*)$", re.IGNORECASE)


class Geometry(msgspec.Struct, frozen=True):
    """A shape with its coordinates: a point of two numbers, or tuples of points as deep as the shape asks."""

    shape: Shape
    coordinates: tuple[Any, ...]

    @property
    def points(self) -> Iterator[tuple[float, float]]:
        return _points(self.coordinates, DEPTH[self.shape])

    def as_geojson(self) -> dict[str, Any]:
        return {"type": self.shape, "coordinates": _lists(self.coordinates)}


class Spatial(Field[Geometry], frozen=True, kw_only=True):
    """A geometry of one of `shapes`, in `system`; `box` is where it has to lie."""

    shapes: tuple[Shape, ...] = ("Point",)
    system: str = _DEGREES[0]
    box: Box | None = None

    def read(self, given: Cell | Mapping[str, Any]) -> Read[Geometry]:
        """Also an object of JSON."""
        return super().read(cast(Cell, given))

    def parse(self, given: Cell | Mapping[str, Any]) -> Geometry | FieldFinding:
        value = self._read(given)
        if isinstance(value, FieldFinding):
            return value
        if value.shape not in self.shapes:
            return found(OTHER_GEOMETRY, wanted="/".join(self.shapes), kind=value.shape)
        return self._placed(value) or self._closed(value) or value

    def _read(self, given: Cell | Mapping[str, Any]) -> Geometry | FieldFinding:
        if isinstance(given, Mapping):
            return self._of_json(given)
        if not isinstance(given, str) or len(given) > LONGEST:
            return found(NO_GEOMETRY, given)
        text = given.strip()
        if text.startswith("{"):
            try:
                value = json.loads(text)
            except (ValueError, RecursionError):
                value = None
            return self._of_json(value) if isinstance(value, dict) else found(NO_GEOMETRY, given)
        tagged = _TAGGED.match(text)
        return self._of_wkt(text, tagged) if tagged else self._of_pairs(given)

    def _of_json(self, given: Mapping[str, Any]) -> Geometry | FieldFinding:
        """A geometry, or the geometry of a feature."""
        named = given.get("crs")
        if isinstance(named, Mapping) and (other := self._other(str((named.get("properties") or {}).get("name", "")))):
            return other
        inner = given.get("geometry") if given.get("type") == "Feature" else given
        kind = inner.get("type") if isinstance(inner, Mapping) else None
        if not isinstance(inner, Mapping) or not isinstance(kind, str) or kind not in DEPTH:
            return found(NO_GEOMETRY, kind or "GeoJSON")
        coordinates = _tuples(inner.get("coordinates"), DEPTH[kind])
        return found(NO_GEOMETRY, kind) if coordinates is None else Geometry(_shape(kind), coordinates)

    def _of_wkt(self, text: str, tagged: re.Match[str]) -> Geometry | FieldFinding:
        kind = _NAMES.get(tagged[2].upper())
        body = text[tagged.end() - 1 :]
        if kind is None or not _WKT_SIGNS.fullmatch(body):
            return found(NO_GEOMETRY, text)
        if tagged[1] and (other := self._other(f"EPSG:{tagged[1]}")):
            return other
        coordinates = _wkt(body, DEPTH[kind])
        return found(NO_GEOMETRY, text) if coordinates is None else Geometry(_shape(kind), coordinates)

    def _of_pairs(self, given: str) -> Geometry | FieldFinding:
        """A pair is a point; a pair a line are the vertices of the first other shape that is asked for."""
        pairs = []
        for one in filter(str.strip, given.splitlines()):
            match = _PAIR.fullmatch(typed(one))
            if match is None:
                return found(NO_GEOMETRY, one)
            pairs.append((float(match[1]), float(match[2])))
        if len(pairs) == 1:
            return Geometry("Point", pairs[0])
        ring = (*pairs, pairs[0]) if pairs and pairs[0] != pairs[-1] else tuple(pairs)
        # Who draws an area by hand does not write its first vertex again.
        if "Polygon" in self.shapes:
            return Geometry("Polygon", (ring,)) if pairs else found(NO_GEOMETRY, given)
        return Geometry("LineString", tuple(pairs)) if pairs else found(NO_GEOMETRY, given)

    def _other(self, name: str) -> FieldFinding | None:
        """What says that the coordinates are of another system than the one that is declared."""
        match = _CRS.search(name)
        code = f"EPSG:{match[1] or 4326}" if match else name
        same = code == self.system or (code in _DEGREES and self.system in _DEGREES)
        return None if same else found(OTHER_SYSTEM, found=name or "?", wanted=self.system)

    def _placed(self, value: Geometry) -> FieldFinding | None:
        for x, y in value.points:
            if self.system in _DEGREES and not on_earth(x, y):
                return found(DEGREES_SWAPPED if on_earth(y, x) else DEGREES_OUT_OF_RANGE, f"{x:.10g}, {y:.10g}")
            if self.box is not None and not (self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]):
                least, most = (f"{self.box[at]:.10g}, {self.box[at + 1]:.10g}" for at in (0, 2))
                return found(OUT_OF_RANGE, f"{x:.10g}, {y:.10g}", least=least, most=most)
        return None

    def _closed(self, value: Geometry) -> FieldFinding | None:
        polygons = value.coordinates if value.shape == "MultiPolygon" else (value.coordinates,)
        if value.shape in ("Polygon", "MultiPolygon"):
            rings = [ring for polygon in polygons for ring in polygon]
            if not rings or any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings):
                return found(RING_OPEN)
        short = value.shape == "LineString" and len(set(value.points)) < 2
        return found(NO_GEOMETRY, value.shape) if short or not any(True for _ in value.points) else None

    def show(self, value: Geometry | None, language: Language = "zh") -> str:
        """Well-known text, with all digits; a point as its pair."""
        if value is None:
            return ""
        if value.shape == "Point":
            return f"{_digits(value.coordinates[0])}, {_digits(value.coordinates[1])}"
        return f"{value.shape.upper()} {_written(value.coordinates, DEPTH[value.shape])}"

    def sort_key(self, value: Geometry | None) -> tuple[bool, object]:
        return value is None, (value.shape, tuple(value.points)) if value is not None else ("", ())


class Degrees(Field[float], frozen=True, kw_only=True):
    """One coordinate in degrees, as sheets have them in two columns: from -`most` to `most`."""

    most: int = 180

    def parse(self, given: Cell) -> float | FieldFinding:
        written = of_cell(given)
        if not isinstance(written, Written) or written.unit not in ("", "°", "度"):
            return found(NO_DEGREES, given)
        # Nobody means a coordinate finer than an atom, and one with an exponent could not be shown and read again.
        value = round(float(written.value), _DECIMALS)
        return value if abs(value) <= self.most else found(DEGREES_OUT_OF_RANGE, f"{value:.10g}")

    def show(self, value: float | None, language: Language = "zh") -> str:
        return "" if value is None else _digits(value)

    def export(self, value: float | None) -> Cell:
        return value


def on_earth(longitude: float, latitude: float) -> bool:
    """Whether two numbers can be degrees, in this order."""
    return abs(longitude) <= 180 and abs(latitude) <= 90


def _shape(kind: str) -> Shape:
    found: Shape = msgspec.convert(kind, Shape)
    return found


def _points(part: Any, depth: int) -> Iterator[tuple[float, float]]:
    if not depth:
        yield part
        return
    for one in part:
        yield from _points(one, depth - 1)


def _lists(part: Any) -> Any:
    return [_lists(one) for one in part] if isinstance(part, tuple) else part


def _tuples(given: Any, depth: int) -> tuple[Any, ...] | None:
    """Coordinates of GeoJSON as tuples; a height is left away. None for what is none."""
    if not isinstance(given, list | tuple):
        return None
    if not depth:
        numbers = all(isinstance(one, int | float) and not isinstance(one, bool) and isfinite(one) for one in given)
        return (float(given[0]), float(given[1])) if 2 <= len(given) <= 3 and numbers else None
    inner = tuple(_tuples(one, depth - 1) for one in given)
    return None if None in inner else inner


def _wkt(body: str, depth: int) -> tuple[Any, ...] | None:
    """The coordinates of a body in brackets that holds nothing but numbers, commas and brackets."""
    tokens = _TOKEN.findall(body)
    value, rest = _group(tokens, 0, max(depth, 1))
    if value is None or rest != len(tokens):
        return None
    return value if depth else value[0] if len(value) == 1 else None


def _group(tokens: list[str], at: int, depth: int) -> tuple[tuple[Any, ...] | None, int]:
    """One bracket with what it holds, separated by commas, and where it ends; a point stands without brackets."""
    if depth == 0 or (depth == 1 and at < len(tokens) and tokens[at] not in "(),"):
        end = at
        while end < len(tokens) and tokens[end] not in "(),":
            end += 1
        return ((float(tokens[at]), float(tokens[at + 1])), end) if 2 <= end - at <= 3 else (None, at)
    if at >= len(tokens) or tokens[at] != "(":
        return None, at
    inner = []
    while at < len(tokens) and tokens[at] in "(,":
        # MULTIPOINT may write each of its points in brackets.
        bare = depth == 1 and tokens[at + 1 : at + 2] == ["("]
        value, at = _group(tokens, at + 1, 1 if bare else depth - 1)
        if value is None:
            return None, at
        inner.append(value[0] if bare else value)
    return (tuple(inner), at + 1) if at < len(tokens) and tokens[at] == ")" else (None, at)


def _written(part: Any, depth: int) -> str:
    if not depth:
        return f"{_digits(part[0])} {_digits(part[1])}"
    return f"({', '.join(_written(one, depth - 1) for one in part)})"


def _digits(value: float) -> str:
    """The shortest decimal that is read as the same number, without an exponent."""
    return f"{Decimal(repr(value)):f}".removesuffix(".0")
