"""Cases in the invented county: its towns have borders, and the acts of people on given days."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor, anonymous
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.models import Case
from guatu.web.directory.models import PlaceVersion
from guatu.web.directory.selectors.grants import grants_of

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
INSIDE = (121.05, 30.05)
OUTSIDE = (10.0, 50.0)


def at(day: int, hour: int = 9, minute: int = 0, month: int = 6) -> datetime.datetime:
    """A time in June 2024; the 3rd is a Monday."""
    return datetime.datetime(2024, month, day, hour, minute, tzinfo=BEIJING)


def photo(name: str = "现场.jpg", size: int = 200) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (b"\xff\xd8\xff" + b"0" * size)[:size], "image/jpeg")


@dataclass
class Desk:
    """Opens and moves cases as the people of the county."""

    county: Any

    def context(self, role: str | None, when: datetime.datetime, key: str = "") -> Context:
        today = when.astimezone(BEIJING).date()
        if role is None:
            return Context(anonymous(today), when, key=key)
        user = self.county.users[role]
        return Context(Actor(user, today, grants_of(user, today)), when, key=key)

    def report(self, when: datetime.datetime | None = None, code: str = "C0101", **values: Any) -> Case:
        given = {"text": "井盖缺失,路人险些跌入", "address": "云岭路 12 号", **values}
        return perform(OpenCase("urban_management", code, **given), self.context(None, when or at(3)))

    def move(
        self,
        case: Case,
        role: str,
        step: str,
        when: datetime.datetime,
        move: str = "forward",
        reason: str = "",
        photos: Sequence[str] = (),
        **fields: str,
    ) -> Case:
        case.refresh_from_db()
        files = {name: [photo()] for name in photos}
        action = MoveCase(case.pk, case.row_version, step, move, reason, fields, files)
        return perform(action, self.context(role, when))

    def assigned(self, unit: str = "县水利局", when: datetime.datetime | None = None, **values: Any) -> Case:
        """A case that waits for a unit to handle it."""
        begin = when or at(3)
        case = self.report(begin, **values)
        minute = datetime.timedelta(minutes=1)
        self.move(case, "desk", "file", begin + minute, class_code=case.class_code, condition="danger")
        return self.move(case, "desk", "assign", begin + 2 * minute, unit=str(self.county.unit(unit).pk))

    def handled(self, case: Case, when: datetime.datetime, role: str = "lead") -> Case:
        return self.move(case, role, "handle", when, result="已更换井盖", photos=("photo_after",))

    def closed(self, when: datetime.datetime | None = None, **values: Any) -> Case:
        begin = when or at(3)
        case = self.assigned(when=begin, **values)
        minute = datetime.timedelta(minutes=1)
        self.handled(case, begin + 30 * minute)
        self.move(case, "desk", "report_back", begin + 31 * minute)
        self.move(case, "collector", "check", begin + 32 * minute)
        return self.move(case, "desk", "close", begin + 33 * minute)


@pytest.fixture
def desk(county: Any, settings: Any, tmp_path: Any) -> Desk:
    settings.MEDIA_ROOT = tmp_path
    return Desk(county)


@pytest.fixture
def borders(county: Any) -> Callable[[str], tuple[float, float]]:
    """Squares for the five towns, side by side; gives the middle of a town."""
    middles = {}
    for n, name in enumerate(("城关镇", "柳林镇", "石门镇", "白鹿乡", "双河乡")):
        west = 121.0 + n * 0.1
        ring = [[west, 30.0], [west + 0.1, 30.0], [west + 0.1, 30.1], [west, 30.1], [west, 30.0]]
        PlaceVersion.objects.filter(place=county.places[name]).update(
            boundary={"type": "Polygon", "coordinates": [ring]}
        )
        middles[name] = (west + 0.05, 30.05)
    return middles.__getitem__
