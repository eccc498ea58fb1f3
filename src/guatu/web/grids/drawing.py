"""Borders and lines as people give them: coordinates as text, or GeoJSON."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _
from shapely.geometry import mapping, shape

from guatu.adapters.geodata.geojson import read_geojson
from guatu.core.fields.geometry import Spatial
from guatu.core.grids.boundary import check_shape
from guatu.web.base.parsing import taken
from guatu.web.base.problems import Invalid
from guatu.web.grids.words import refuse

MOST_TEXT = 2_000_000
DIGITS = 7
"""Of a degree: about a centimetre."""
_AREA, _LINE = Spatial(shapes=("Polygon",)), Spatial(shapes=("LineString",))


def polygon_of(text: str, field: str = "boundary") -> dict[str, Any]:
    """A polygon out of GeoJSON, or of a vertex a line as `longitude,latitude`. Raises `Invalid` at `field`."""
    if text.lstrip().startswith("{"):
        geometry = _geojson(text, field, ("Polygon", "MultiPolygon"))
    else:
        geometry = _drawn(text, _AREA, field)
    return sound(geometry, field)


def sound(geometry: dict[str, Any], field: str = "boundary") -> dict[str, Any]:
    """The geometry of a valid polygon, rounded; raises `Invalid` at `field` for any other."""
    rounded = plain(shape(geometry))
    wrong = check_shape(shape(rounded))
    if wrong is not None:
        refuse([wrong], field)
    return rounded


def line_of(text: str, field: str = "line") -> dict[str, Any]:
    """A line out of GeoJSON, or of two or more vertices."""
    if text.lstrip().startswith("{"):
        return plain(shape(_geojson(text, field, ("LineString",))))
    return plain(shape(_drawn(text, _LINE, field)))


def plain(geometry: Any) -> dict[str, Any]:
    """A Shapely geometry as GeoJSON with seven decimals."""
    rounded: dict[str, Any] = json.loads(
        json.dumps(mapping(geometry)), parse_float=lambda text: round(float(text), DIGITS)
    )
    return rounded


def as_text(geometry: dict[str, Any]) -> str:
    """A geometry as it is edited: vertices a line where there is one ring, else GeoJSON."""
    rings = geometry["coordinates"]
    if geometry["type"] == "LineString":
        return _lines(rings)
    if geometry["type"] == "Polygon" and len(rings) == 1:
        return _lines(rings[0][:-1])
    return json.dumps(geometry)


def _lines(points: Any) -> str:
    return "\n".join(f"{point[0]},{point[1]}" for point in points)


def _drawn(text: str, kind: Spatial, field: str) -> dict[str, Any]:
    """Of a vertex a line; raises `Invalid` at `field`."""
    _check_length(text, field)
    found = taken(kind.read(text), field)
    if found is None:
        raise Invalid(_("请至少画两个不同的顶点。"), field=field, code="grid.few-vertices")
    return found.as_geojson()


def _check_length(text: str, field: str) -> None:
    """It is read in the server itself, in time that grows with its length."""
    if len(text) > MOST_TEXT:
        raise Invalid(_("坐标太多,请简化边界后再试。"), field=field, code="grid.too-long")


def _geojson(text: str, field: str, kinds: tuple[str, ...]) -> dict[str, Any]:
    """The first geometry of a collection, feature or geometry."""
    _check_length(text, field)
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        given = None
    if isinstance(given, dict) and given.get("type") != "FeatureCollection":
        feature = given if given.get("type") == "Feature" else {"type": "Feature", "properties": {}, "geometry": given}
        given = {"type": "FeatureCollection", "features": [feature]}
    features, findings = read_geojson((json.dumps(given) if given is not None else text).encode(), kinds)
    if findings:
        refuse(findings[:1], field)
    if not features:
        raise Invalid(_("GeoJSON 中没有要素。"), field=field, code="grid.no-feature")
    return {"type": features[0].kind, "coordinates": features[0].coordinates}
