"""Sound features are read; each fault is named with its feature and place."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.adapters.geodata.geojson import read_geojson

SQUARE = [[[110.0, 30.0], [110.1, 30.0], [110.1, 30.1], [110.0, 30.0]]]
COUNTY = (109.0, 29.0, 111.0, 31.0)


def collection(*geometries: Any, **more: Any) -> bytes:
    features = [
        {"type": "Feature", "id": at, "properties": {"name": f"格{at}"}, "geometry": geometry}
        for at, geometry in enumerate(geometries, 1)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def polygon(coordinates: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": coordinates}


def test_features_are_read_with_their_ids_and_properties() -> None:
    features, findings = read_geojson(
        b"\xef\xbb\xbf" + collection(polygon(SQUARE), {"type": "Point", "coordinates": [110, 30, 5]})
    )
    assert findings == []
    assert [(f.number, f.id, f.kind, f.properties["name"]) for f in features] == [
        (1, "1", "Polygon", "格1"),
        (2, "2", "Point", "格2"),
    ]
    assert features[0].box() == (110.0, 30.0, 110.1, 30.1)


def test_a_geometry_goes_to_the_database_flat() -> None:
    shapely = pytest.importorskip("shapely")
    features, _ = read_geojson(collection({"type": "Point", "coordinates": [110, 30, 5]}, polygon(SQUARE)))
    assert shapely.from_wkb(features[0].wkb()) == shapely.Point(110, 30)
    assert shapely.from_wkb(features[1].wkb()).area == pytest.approx(0.005)


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4490", "urn:ogc:def:crs:EPSG::4326", "epsg:4326"]
)
def test_wgs_84_and_cgcs2000_are_taken(name: str) -> None:
    features, findings = read_geojson(collection(polygon(SQUARE), crs={"type": "name", "properties": {"name": name}}))
    assert (len(features), findings) == (1, [])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "the file is no GeoJSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1)); export it again as GeoJSON in UTF-8"),
        (b"[" * 100_000, "the file is no GeoJSON"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "the file is no GeoJSON (NaN is no JSON number)"),
        ("青".encode("gbk"), "the file is no GeoJSON"),
        (b'{"type": "Point", "coordinates": [1, 2]}', "the file is no FeatureCollection but Point; export features"),
        (b"[]", "the file is no FeatureCollection but list; export features"),
        (collection(crs={"properties": {"name": "EPSG:4528"}}), "the coordinates are EPSG:4528; convert them to degrees of WGS 84 or CGCS2000 (EPSG 4326 or 4490)"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_why(data: bytes, message: str) -> None:
    features, findings = read_geojson(data)
    assert features == []
    assert findings[0].message("en").startswith(message)


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        (None, "feature 2 is no Feature or has no geometry; complete it"),
        ({"type": "Point", "coordinates": [110, 30]}, "the geometry of feature 2 is Point and should be Polygon; correct it"),
        (polygon([]), "feature 2 has no valid coordinates at -: []; correct them"),
        (polygon([[[110, 30], [110, "x"], [111, 30], [110, 30]]]), "feature 2 has no valid coordinates at 1.2: [110, 'x']; correct them"),
        (polygon([[110, 30], [111, 30]]), "feature 2 has no valid coordinates at 1.1: 110; correct them"),
        (polygon([[[110, 30], [110.1, 30], [110.1, 30.1], [110, 30.1]]]), "the ring of feature 2 at 1 has fewer than 4 positions or is not closed; close it"),
        (polygon([[[110, 30], [110.1, 30], [110, 30]]]), "the ring of feature 2 at 1 has fewer than 4 positions or is not closed; close it"),
        (polygon([[[37500000, 3300000]] * 4]), "the coordinates (37500000, 3300000) of feature 2 at 1.1 are no degrees, perhaps metres; convert them"),
        (polygon([[[30, 110]] * 4]), "the coordinates (30, 110) of feature 2 at 1.1 have longitude and latitude swapped; export longitude first"),
        (polygon([[[120, 30]] * 4]), "the coordinates (120, 30) of feature 2 at 1.1 lie outside of the county; check them"),
    ],
)  # fmt: skip
def test_a_faulty_feature_is_named_and_the_others_are_read(geometry: Any, message: str) -> None:
    features, findings = read_geojson(collection(polygon(SQUARE), geometry, polygon(SQUARE)), ("Polygon",), COUNTY)
    assert [feature.number for feature in features] == [1, 3]
    assert [(finding.row, finding.message("en")) for finding in findings] == [("2", message)]


def test_an_id_given_twice_is_found() -> None:
    data = collection(polygon(SQUARE), polygon(SQUARE)).replace(b'"id": 2', b'"id": 1')
    features, findings = read_geojson(data)
    assert len(features) == 1
    assert findings[0].message("zh") == "第 2 个要素的编号“1”重复;请使编号唯一"


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(-200, 200) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["type", "geometry", "coordinates"]), inner)
    ),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=4), st.sampled_from(["Point", "Polygon", "MultiPolygon", "LineString"]), JSON)
def test_whatever_a_file_holds_every_feature_is_read_or_found_wrong(
    items: list[Any], kind: str, coordinates: Any
) -> None:
    odd = {"type": "Feature", "properties": None, "geometry": {"type": kind, "coordinates": coordinates}}
    data = json.dumps({"type": "FeatureCollection", "features": [*items, odd]}).encode()
    features, findings = read_geojson(data)
    assert len(features) + len(findings) == len(items) + 1
