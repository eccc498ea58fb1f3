"""One object of every kind of field, with values that it may hold: what all kinds promise is tested over these."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from guatu.core.fields.choice import Choice
from guatu.core.fields.code import Code
from guatu.core.fields.day import Day
from guatu.core.fields.file import File, Given
from guatu.core.fields.geometry import Degrees, Geometry, Spatial
from guatu.core.fields.identity import CitizenNumber
from guatu.core.fields.kind import Field
from guatu.core.fields.money import Amount
from guatu.core.fields.number import Number
from guatu.core.fields.person import PersonName
from guatu.core.fields.phone import Phone
from guatu.core.fields.photo import Photo
from guatu.core.fields.place import Place
from guatu.core.fields.reference import Reference, Row, directory
from guatu.core.fields.share import Share
from guatu.core.fields.text import Text
from guatu.core.fields.time import Time
from guatu.core.fields.truth import Truth
from guatu.core.fields.unit import Unit
from guatu.core.kernel.codes import citizen_check_character
from guatu.core.kernel.money import Money

TODAY = date(2026, 9, 30)
ROWS = directory(
    [
        Row(1, "d0", "县水利局"),
        Row(2, "t1", "柳林镇 (新区)"),
        Row(3, "t2", "柳林镇"),
        Row(4, "x", ""),
        Row(5, "t3", "柳林镇"),
    ]
)
DEGREE = st.floats(-90, 90).map(lambda value: round(value, 9))
POINT = st.tuples(st.floats(-180, 180).map(lambda value: round(value, 7)), DEGREE)
RING = st.lists(POINT, min_size=3, max_size=5, unique=True).map(lambda points: (*points, points[0]))
SHAPES: st.SearchStrategy[Geometry] = st.one_of(
    st.builds(Geometry, st.just("Point"), POINT),
    st.builds(Geometry, st.just("MultiPoint"), st.lists(POINT, min_size=1, max_size=4).map(tuple)),
    st.builds(Geometry, st.just("LineString"), st.lists(POINT, min_size=2, max_size=5, unique=True).map(tuple)),
    st.builds(Geometry, st.just("Polygon"), st.lists(RING, min_size=1, max_size=2).map(tuple)),
    st.builds(
        Geometry,
        st.just("MultiLineString"),
        st.lists(st.lists(POINT, min_size=2, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple),
    ),
    st.builds(
        Geometry,
        st.just("MultiPolygon"),
        st.lists(st.lists(RING, min_size=1, max_size=2).map(tuple), min_size=1, max_size=2).map(tuple),
    ),
)
ALL = ("Point", "MultiPoint", "LineString", "Polygon", "MultiLineString", "MultiPolygon")
DIGIT = st.integers(0, 9).map(str)


def digits(count: int) -> st.SearchStrategy[str]:
    return st.lists(DIGIT, min_size=count, max_size=count).map("".join)


MOBILE = st.builds(lambda head, rest: f"1{head}{rest}", st.integers(3, 9), digits(9))
FIXED = st.builds(lambda area, first, rest: f"0{area}-{first}{rest}", digits(3), st.integers(2, 9), digits(6))
LOCAL = st.builds(lambda first, rest, inner: f"{first}{rest}转{inner}", st.integers(2, 9), digits(7), digits(3))


def citizen(born: date, order: int) -> str:
    first = f"340123{born:%Y%m%d}{order:03d}"
    return first + citizen_check_character(first)


CITIZEN = st.builds(citizen, st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
FILES = st.builds(Given, st.sampled_from(["报告.pdf", "照片 1.jpg", "张三的病历.docx", "a.b.zip"]))

KINDS: list[tuple[Field[Any], st.SearchStrategy[Any]]] = [
    (Text(), st.sampled_from(["青禾县", "a  b".replace("  ", " "), "（新）"])),
    (Code(), st.from_regex(r"[A-Z0-9-]{1,20}", fullmatch=True)),
    (Choice(options={"red": ("红", "red"), "green": ("绿", "green")}), st.sampled_from(["red", "green"])),
    (Number(unit="亩"), st.decimals(-(10**9), 10**9, places=6)),
    (Share(), st.integers(0, 10**6).map(lambda n: Decimal(n).scaleb(-6).normalize() + 0)),
    (Truth(), st.booleans()),
    (Amount(), st.integers(-(10**12), 10**12).map(Money)),
    (Truth(), st.booleans()),
    (Day(), st.dates(date(1000, 1, 1))),
    (Time(zone=UTC), st.datetimes(datetime(1000, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC))),
    (Unit(directory=ROWS), st.sampled_from(list(ROWS.rows))),
    (Place(directory=ROWS), st.sampled_from(list(ROWS.rows))),
    (Reference(directory=ROWS), st.sampled_from(list(ROWS.rows))),
    (PersonName(), st.sampled_from(["张三", "欧阳小云", "Anna Berg", "李"])),
    (Phone(), st.one_of(MOBILE, FIXED, LOCAL, st.sampled_from(["12345", "95598", "400-123-4567"]))),
    (CitizenNumber(today=TODAY), CITIZEN),
    (Spatial(shapes=ALL), SHAPES),  # type: ignore[arg-type]  # a tuple of their names
    (Degrees(), st.floats(-180, 180).map(lambda value: round(value, 12))),
    (File(), FILES),
    (Photo(), FILES),
]
