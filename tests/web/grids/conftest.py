"""Square grids in 柳林镇, whose border is a square of a tenth of a degree; the acts of people on given days."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor
from guatu.web.directory.models import PlaceVersion
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.grids.actions.common import Given
from guatu.web.grids.actions.draw_grid import DrawGrid
from guatu.web.grids.models import Grid
from guatu.web.grids.selectors.standing import forget

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
TODAY = datetime.date(2024, 6, 10)
FIRST = datetime.date(2024, 3, 1)
WEST, SOUTH, SIDE = 121.1, 30.0, 0.01
PEOPLE = 900


def at(day: datetime.date = TODAY) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(9), BEIJING)


def square(column: float, row: float, wide: float = 1, high: float = 1) -> dict[str, Any]:
    """A rectangle of the lattice, counted from the south-west of the town."""
    x, y = round(WEST + column * SIDE, 7), round(SOUTH + row * SIDE, 7)
    x2, y2 = round(WEST + (column + wide) * SIDE, 7), round(SOUTH + (row + high) * SIDE, 7)
    return {"type": "Polygon", "coordinates": [[[x, y], [x2, y], [x2, y2], [x, y2], [x, y]]]}


@dataclass
class Town:
    """Acts as the people of the county in 柳林镇."""

    county: Any

    @property
    def unit(self) -> int:
        pk: int = self.county.unit("柳林镇").pk
        return pk

    def context(self, role: str = "town", day: datetime.date = TODAY) -> Context:
        user = self.county.users[role]
        return Context(Actor(user, day, grants_of(user, day)), at(day))

    def do(self, action: Any, role: str = "town", day: datetime.date = TODAY) -> Any:
        return perform(action, self.context(role, day))

    def draw(
        self,
        code: str,
        boundary: dict[str, Any],
        residents: int = PEOPLE,
        day: datetime.date = FIRST,
        kind: str = "duty",
        unit: int | None = None,
        role: str = "town",
    ) -> Grid:
        action = DrawGrid(unit or self.unit, kind, code, Given(f"{code}号网格", boundary, residents), day)
        self.do(action, role)
        return Grid.objects.get(code=code)

    def lattice(self, columns: int, rows: int) -> list[Grid]:
        return [self.draw(f"L{c}{r}", square(c, r)) for r in range(rows) for c in range(columns)]


@pytest.fixture
def town(county: Any, settings: Any, tmp_path: Any) -> Town:
    settings.MEDIA_ROOT = tmp_path
    forget()
    for n, name in enumerate(("城关镇", "柳林镇", "石门镇", "白鹿乡", "双河乡")):
        west = 121.0 + n * 0.1
        ring = [[west, 30.0], [west + 0.1, 30.0], [west + 0.1, 30.1], [west, 30.1], [west, 30.0]]
        ring = [[round(x, 7), y] for x, y in ring]
        boundary = {"type": "Polygon", "coordinates": [ring]}
        PlaceVersion.objects.filter(place=county.places[name]).update(boundary=boundary)
    return Town(county)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime.date], None]:
    """Sets the day of the server."""
    from django.utils import timezone

    def set_day(day: datetime.date) -> None:
        monkeypatch.setattr(timezone, "now", lambda: at(day))

    set_day(TODAY)
    return set_day
