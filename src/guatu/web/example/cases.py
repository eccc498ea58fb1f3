"""Cases of every pack of the example county, each at another stage, through the same actions that people use."""

from __future__ import annotations

import datetime
import re
import struct
import zlib
from functools import cache

import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guatu.core.cases.case_fields import CaseField
from guatu.core.cases.flow import Node
from guatu.core.pack.sections import samples
from guatu.core.pack.sections.samples import SampleRow
from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import anonymous
from guatu.web.base.models import User
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.actions.open_case import OpenCase, may_open, source_of
from guatu.web.cases.actions.rate_case import RateCase
from guatu.web.cases.history import Standing, standing
from guatu.web.cases.library import library
from guatu.web.cases.models import Case
from guatu.web.cases.posts import posts_of, posts_of_pack, roles_of
from guatu.web.directory.models import PlaceVersion, Unit
from guatu.web.example.courses import COURSES, Course
from guatu.web.example.directory import BODIES
from guatu.web.example.people import People

PACK = "urban_management"
UNIT = "cgj"
MINUTES = datetime.timedelta(minutes=10)
DAY = datetime.timedelta(days=1)
WORK = datetime.timedelta(days=30)
"""What is promised is promised for a month on."""
DESK = "shouli"
BODY_OF = {post: end for end, _shown, posts in BODIES for post in posts}
REASON = "按现场情况退回或改办"
_STEP = re.compile(r"(\w+)(?::(\w+))?(?:\+(\d+))?")


def load_cases(people: People, today: datetime.date) -> list[Case]:
    """The cases of all courses, opened in the days before `today`."""
    return [_Run(people, course, today).run() for course in COURSES]


class _Run:
    """One case on its course."""

    def __init__(self, people: People, course: Course, today: datetime.date) -> None:
        self.people, self.course = people, course
        morning = datetime.datetime.combine(today - course.days * DAY, datetime.time(8, 30))
        self.at = timezone.make_aware(morning)
        self.sample = sample_rows(course.pack)[course.sample]

    def run(self) -> Case:
        self.case = perform(self._open(), self._opener())
        for step, move, days in _STEP.findall(self.course.steps):
            self.at += int(days) * DAY if days else MINUTES
            self._do(step, move or "forward")
        if self.course.stars:
            at = self.at + 6 * MINUTES
            perform(RateCase(self.case.code, self.course.stars), Context(anonymous(at.date()), at))
        self.case.refresh_from_db()
        return self.case

    def _opener(self) -> Context:
        by = self.course.by
        if not by:
            return Context(anonymous(self.at.date()), self.at)
        return self.people.context(self.people.users[by], self.at)

    def _open(self) -> OpenCase:
        lon, lat = point_in(self.course.where)
        actor = self._opener().actor
        source = source_of(actor) if may_open(actor) else Case.Source.PUBLIC
        pack, sample = self.course.pack, self.sample
        return OpenCase(pack, sample.class_, sample.zh, self.course.where, lon, lat, source=source)

    def _do(self, step: str, move: str) -> None:
        self.case.refresh_from_db()
        now = standing(self.case)
        node = now.engine.flow.by_id[step]
        asked = [(now.engine.fields.field(need.name), need.required) for need in node.fields]
        fields = {one.name: self._filled(one, required) for one, required in asked if not one.is_file}
        photos = {one.name: [file_of(one.zh)] for one, required in asked if one.is_file and required}
        reason = "" if move == "forward" else REASON
        action = MoveCase(self.case.pk, self.case.row_version, step, move, reason, fields, photos)
        perform(action, self.people.context(self._holder(now, node), self.at))

    def _filled(self, field: CaseField, required: bool) -> str:
        """What the sample says of a field; what it does not, by the kind of the field."""
        said = self.sample.fields.get(field.name)
        by_kind = {
            "class": self.case.class_code,
            "condition": self.sample.condition,
            "unit": str(self.case.unit_id or Unit.objects.get(code=UNIT).pk),
            "day": timezone.localtime(self.at + WORK).date().isoformat(),
            "code": f"{timezone.localtime(self.at + WORK):%Y-%m}",
        }
        return str(said) if said is not None else by_kind.get(field.kind, self.sample.zh if required else "")

    def _holder(self, now: Standing, node: Node) -> User:
        """Who acts: of those who hold a post of the step and are not kept apart from it, the one whom it is meant for,
        else the first; the desk where the post is nobody's."""
        posts = posts_of_pack(self.case.pack)
        able: list[User] = []
        for user in self.people.with_roles({role for post in node.roles for role in roles_of(self.case.pack, post)}):
            for post in posts_of(self.people.actor(user), self.case, set(node.roles)):
                if posts.kept_apart(now.case.history, str(user.pk), post) is None:
                    if user.username.endswith(f"-{BODY_OF.get(post)}"):
                        return user
                    able.append(user)
        return able[0] if able else self.people.users[DESK]


def sample_rows(pack: str) -> tuple[SampleRow, ...]:
    found = library().pack(pack)
    return found[samples.SECTION].case if found else ()


def file_of(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.png", picture(), "image/png")


def points() -> list[tuple[float, float]]:
    """A point inside of each town that has a border."""
    rows = PlaceVersion.objects.filter(level="town", boundary__isnull=False).order_by("place__code")
    return [_inside(row) for row in rows]


def point_in(name: str) -> tuple[float, float]:
    """A point inside of a town or village."""
    return _inside(PlaceVersion.objects.get(name=name, boundary__isnull=False))


def _inside(row: PlaceVersion) -> tuple[float, float]:
    point = shapely.geometry.shape(row.boundary).representative_point()
    return round(point.x, 6), round(point.y, 6)


@cache
def picture() -> bytes:
    """A grey square, as a PNG made here."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    side = 8
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    lines = zlib.compress((b"\0" + b"\x99" * side) * side)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
