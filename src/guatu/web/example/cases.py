"""A handful of cases in the example county, each at another stage, through the same actions that people use."""

from __future__ import annotations

import datetime
import struct
import zlib

import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guatu.core.pack.sections import samples
from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import anonymous
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.actions.rate_case import RateCase
from guatu.web.cases.library import library
from guatu.web.cases.models import Case
from guatu.web.directory.models import PlaceVersion, Unit
from guatu.web.example.people import People

PACK = "urban_management"
UNIT = "cgj"
MINUTE = datetime.timedelta(minutes=1)
# How far each case has come: the steps done after the report.
STAGES: tuple[tuple[str, ...], ...] = (
    (),
    ("file",),
    ("file", "assign"),
    ("file", "assign", "handle", "report_back"),
    ("file", "assign", "handle", "report_back", "check", "close"),
)
WHO = {
    "file": "shouli",
    "assign": "shouli",
    "handle": "chengguan",
    "report_back": "shouli",
    "check": "caiji",
    "close": "shouli",
}


def load_cases(people: People, today: datetime.date) -> list[Case]:
    """One case for each stage, reported in the days before `today`."""
    pack = library().pack(PACK)
    rows = pack[samples.SECTION].case if pack else ()
    where = points()
    made = []
    for n, stages in enumerate(STAGES):
        sample = rows[n % len(rows)]
        day = today - datetime.timedelta(days=1 + n)
        when = timezone.make_aware(datetime.datetime.combine(day, datetime.time(8, 30)))
        lon, lat = where[n % len(where)]
        action = OpenCase(PACK, sample.class_, sample.zh, "", lon, lat)
        case = perform(action, Context(anonymous(day), when))
        for at, step in enumerate(stages, 1):
            _do(people, case, step, when + 10 * at * MINUTE)
        if "close" in stages:
            perform(RateCase(case.code, 5), Context(anonymous(day), when + 200 * MINUTE))
        made.append(case)
    return made


def _do(people: People, case: Case, step: str, when: datetime.datetime) -> None:
    case.refresh_from_db()
    fields = {
        "file": {"class_code": case.class_code},
        "assign": {"unit": str(Unit.objects.get(code=UNIT).pk)},
        "handle": {"result": "已到场处置"},
    }.get(step, {})
    photos = {"photo_after": [SimpleUploadedFile("处置后.png", picture(), "image/png")]} if step == "handle" else {}
    action = MoveCase(case.pk, case.row_version, step, "forward", "", fields, photos)
    perform(action, people.context(people.users[WHO[step]], when))


def points() -> list[tuple[float, float]]:
    """A point inside of each town that has a border."""
    rows = PlaceVersion.objects.filter(level="town", boundary__isnull=False).order_by("place__code")
    shapes = [shapely.geometry.shape(row.boundary) for row in rows]
    inside = [shape.representative_point() for shape in shapes]
    return [(round(point.x, 6), round(point.y, 6)) for point in inside]


def picture() -> bytes:
    """A grey square, as a PNG made here."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    side = 8
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    lines = zlib.compress((b"\0" + b"\x99" * side) * side)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
