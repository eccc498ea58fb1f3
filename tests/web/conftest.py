# ruff: noqa: E402 (models can be imported only when Django is set up)
"""A small county to test against: units and places of three levels, and a user in every role."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django
import pytest

django.setup()

from django.db import connections
from django.test import Client

from guatu.web.base.actors import Actor
from guatu.web.base.models import User
from guatu.web.directory.models import Place, PlaceVersion, RoleGrant, Unit, UnitAlias, UnitVersion
from guatu.web.directory.selectors.grants import grants_of

try:
    from tests.web.browser import browse, browser
except pytest.skip.Exception:  # playwright is an extra: without it the tests that need a browser are skipped
    browse = browser = None

# Threads that serve pages to a browser leave no connection behind: the test database is dropped in the end.
connections.settings["default"]["CONN_MAX_AGE"] = 0

SINCE = datetime.date(2020, 1, 1)
PASSWORD = "correct horse battery"
DEPARTMENTS = ("县水利局", "县财政局", "县住建局", "县农业农村局", "县交通局", "市生态环境局青禾分局")
TOWNS = ("城关镇", "柳林镇", "石门镇", "白鹿乡", "双河乡")


@dataclass(frozen=True)
class County:
    """Units by name, places by name, users by role (`town` acts for 柳林镇, `lead` for 县水利局)."""

    units: dict[str, Unit]
    places: dict[str, Place]
    users: dict[str, User]

    def unit(self, name: str) -> Unit:
        return self.units[name]


def _place(code: str, name: str, level: str, parent: Place | None) -> Place:
    place = Place.objects.create(code=code)
    PlaceVersion.objects.create(place=place, name=name, level=level, parent=parent, valid_from=SINCE)
    return place


def _unit(code: str, name: str, category: str, parent: Unit | None, place: Place | None = None, order: int = 0) -> Unit:
    unit = Unit.objects.create(code=code)
    line = "area" if category in ("town", "village") else "line"
    UnitVersion.objects.create(
        unit=unit, name=name, category=category, line=line, parent=parent, place=place, order=order, valid_from=SINCE
    )
    return unit


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """A slow hash is right for people and needless for users who live as long as a test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def county(db: None) -> County:
    places = {"青禾县": _place("990123", "青禾县", "county", None)}
    units = {"青禾县人民政府": _unit("gov", "青禾县人民政府", "county", None, places["青禾县"])}
    root = units["青禾县人民政府"]
    units["县政府督查室"] = _unit("dc", "县政府督查室", "department", root, order=1)
    for i, name in enumerate(DEPARTMENTS):
        units[name] = _unit(f"d{i}", name, "department", root, order=10 + i)
    for i, name in enumerate(TOWNS):
        places[name] = _place(f"990123{101 + i:03d}000", name, "town", places["青禾县"])
        units[name] = _unit(f"t{i}", f"{name}人民政府", "town", root, places[name], order=100 + i)
        UnitAlias.objects.create(unit=units[name], text=name)
        for j in range(2):
            village = f"{name[:-1]}{'东西'[j]}村"
            places[village] = _place(f"990123{101 + i:03d}{201 + j:03d}", village, "village", places[name])
            units[village] = _unit(f"v{i}{j}", village, "village", units[name], places[village])
    users = {role: _user(role, units) for role in RoleGrant.Role.values}
    return County(units, places, users)


ACTS_FOR = {
    "lead": "县水利局",
    "responsible": "县财政局",
    "town": "柳林镇",
    "village": "柳林东村",
}


def _user(role: str, units: dict[str, Unit]) -> User:
    user = User.objects.create_user(role, password=PASSWORD, display_name=role)
    unit = units[ACTS_FOR[role]] if role in ACTS_FOR else None
    RoleGrant.objects.create(user=user, role=role, unit=unit, valid_from=SINCE)
    return user


@pytest.fixture
def client_of(county: County) -> Callable[[str], Client]:
    """A test client that is logged in as the user of a role."""

    def client(role: str) -> Client:
        found = Client()
        found.force_login(county.users[role])
        return found

    return client


@pytest.fixture
def actor_of(county: County) -> Callable[[str], Actor]:
    def actor(role: str, today: datetime.date = datetime.date(2024, 6, 10)) -> Actor:
        user = county.users[role]
        return Actor(user, today, grants_of(user, today))

    return actor
