"""Positions, lines and areas in all their spellings, and what is none."""

from typing import Any

import pytest

from guatu.core.fields.geometry import Degrees, Geometry, Spatial

SQUARE = ((118.0, 32.0), (118.1, 32.0), (118.1, 32.1), (118.0, 32.0))


@pytest.mark.parametrize(
    "given",
    [
        "118.12345,32.5",
        "１１８.12345，３２.5",
        "(118.12345 32.5)",
        "118.12345°, 32.5°",
        "POINT (118.12345 32.5)",
        "point(118.12345 32.5)",
        "SRID=4490;POINT(118.12345 32.5)",
        "POINT Z (118.12345 32.5 12)",
        '{"type": "Point", "coordinates": [118.12345, 32.5]}',
        {"type": "Point", "coordinates": [118.12345, 32.5, 12]},
        {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [118.12345, 32.5]}},
        {
            "type": "Point",
            "coordinates": [118.12345, 32.5],
            "crs": {"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        },
    ],
)
def test_one_position_in_all_its_spellings_is_one_value(given: Any) -> None:
    assert Spatial().read(given).value == Geometry("Point", (118.12345, 32.5))


@pytest.mark.parametrize(
    "given",
    [
        "118,32\n118.1,32\n118.1,32.1",
        "118,32\n118.1,32\n118.1,32.1\n118,32",
        "POLYGON ((118 32, 118.1 32, 118.1 32.1, 118 32))",
    ],
)
def test_one_area_in_all_its_spellings_is_one_value(given: str) -> None:
    assert Spatial(shapes=("Polygon",)).read(given).value == Geometry("Polygon", (SQUARE,))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("32.5, 118.12345", "field.degrees-swapped"),
        ("500123.5, 3598123.4", "field.degrees-out-of-range"),
        ("SRID=4547;POINT(118 32)", "field.other-system"),
        ({"type": "Point", "coordinates": [1, 2], "crs": {"properties": {"name": "EPSG:2343"}}}, "field.other-system"),
        ("LINESTRING (118 32, 118.1 32)", "field.other-geometry"),
        ("POINT (118)", "field.no-geometry"),
        ("POINT (118 32", "field.no-geometry"),
        ("POINT (118 32) DROP", "field.no-geometry"),
        ("POINT (118 32 nan)", "field.no-geometry"),
        ({"type": "Point", "coordinates": [float("nan"), 32]}, "field.no-geometry"),
        ({"type": "Point", "coordinates": [True, 32]}, "field.no-geometry"),
        ({"type": "Circle"}, "field.no-geometry"),
        ({"type": []}, "field.no-geometry"),
        ("县政府门口", "field.no-geometry"),
        ("119.5, 32", "field.out-of-range"),
    ],
)
def test_what_is_no_position_here_says_why(given: Any, code: str) -> None:
    error = Spatial(box=(118, 31, 119, 33)).read(given).error
    assert error is not None and error.code == code


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("POLYGON ((118 32, 118.1 32, 118.1 32.1))", "field.ring-open"),
        ("118,32\n118.1,32", "field.ring-open"),
        ({"type": "Polygon", "coordinates": []}, "field.ring-open"),
        ("118,32\n118.1,三十二", "field.no-geometry"),
    ],
)
def test_an_area_that_is_none_says_why(given: Any, code: str) -> None:
    error = Spatial(shapes=("Polygon",)).read(given).error
    assert error is not None and error.code == code


def test_the_message_says_how_to_write_it() -> None:
    error = Spatial().read("32.5, 118.12345").error
    assert error is not None
    assert error.message() == "“32.5, 118.12345”像是先写了纬度，请先写经度、后写纬度。"


def test_plane_coordinates_are_taken_where_their_system_is_declared() -> None:
    kind = Spatial(system="EPSG:4547", box=(400_000, 3_500_000, 600_000, 3_700_000))
    assert kind.read("SRID=4547;POINT(500123.5 3598123.4)").value == Geometry("Point", (500123.5, 3598123.4))
    assert kind.read("118.1,32.1").error is not None


@pytest.mark.parametrize(("given", "value"), [("118.5°", 118.5), (118, 118.0), ("一百", 100.0), ("-0.5度", -0.5)])
def test_a_coordinate_alone_is_read_as_any_number(given: Any, value: float) -> None:
    assert Degrees().read(given).value == value


@pytest.mark.parametrize(
    ("given", "code"), [("118.5米", "value.no-degrees"), (32000000, "field.degrees-out-of-range"), (91, None)]
)
def test_a_coordinate_that_is_none_says_why(given: Any, code: str | None) -> None:
    error = Degrees(most=180).read(given).error
    assert (error and error.code) == code
