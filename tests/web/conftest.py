# ruff: noqa: E402 (models can be imported only when Django is set up)
"""A small county to test against: units and places of three levels, and a user in every role."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import django
import pytest

django.setup()

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connections, models
from django.test import Client
from django.utils import translation

from guatu.web.base import jobs
from guatu.web.base.actors import Actor
from guatu.web.base.models import Setting, User
from guatu.web.directory.models import Place, PlaceVersion, RoleGrant, Unit, UnitAlias, UnitVersion
from guatu.web.directory.selectors.grants import grants_of

try:
    from tests.web.browser import browse, browser, tabs
except pytest.skip.Exception:  # playwright is an extra: without it the tests that need a browser are skipped
    browse = browser = tabs = None

# Threads that serve pages to a browser leave no connection behind: the test database is dropped in the end.
connections.settings["default"]["CONN_MAX_AGE"] = 0
# Files of pages are looked for when they are asked for, not counted anew for each of a thousand test clients.
settings.WHITENOISE_AUTOREFRESH = True
# Tables come from the models, in a second; that the migrations lead to the same tables is a test of its own.
connections.settings["default"].setdefault("TEST", {})["MIGRATE"] = False

M = TypeVar("M", bound=models.Model)
SINCE = datetime.date(2020, 1, 1)
PASSWORD = "correct horse battery"
DEPARTMENTS = ("县水利局", "县财政局", "县住建局", "县农业农村局", "县交通局", "市生态环境局青禾分局")
TOWNS = ("城关镇", "柳林镇", "石门镇", "白鹿乡", "双河乡")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Journeys through the browser are the same on either database, below which all else is tested: they run on one."""
    if connections["default"].vendor == "sqlite":
        return
    journeys = [item for item in items if "browser" in getattr(item, "fixturenames", ())]
    if journeys:
        config.hook.pytest_deselected(items=journeys)
        items[:] = [item for item in items if item not in set(journeys)]


@dataclass(frozen=True)
class County:
    """Units by name, places by name, users by role (`town` acts for 柳林镇, `lead` for 县水利局)."""

    units: dict[str, Unit]
    places: dict[str, Place]
    users: dict[str, User]

    def unit(self, name: str) -> Unit:
        return self.units[name]


@pytest.fixture(scope="session", autouse=True)
def no_session_is_left(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Threads that a test asked at once keep their connections when they end, and PostgreSQL drops no database in use."""
    yield
    if connections["default"].vendor == "postgresql":
        with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
            others = "datname = current_database() AND pid <> pg_backend_pid()"
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """A slow hash is right for people and needless for users who live as long as a test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def work_is_known(django_db_setup: None) -> None:
    """Before a test puts its own work in place of all that there is, all that there is has to be there."""
    jobs.load()


@pytest.fixture(autouse=True)
def language_of_the_county() -> None:
    """A page that a test before this one asked for in English leaves its thread in English."""
    translation.deactivate()


ACTS_FOR = {
    "lead": "县水利局",
    "responsible": "县财政局",
    "town": "柳林镇",
    "village": "柳林东村",
}


class _P(NamedTuple):
    code: str
    name: str
    level: str
    parent: str = ""


class _U(NamedTuple):
    code: str
    name: str
    category: str
    parent: str = ""
    place: str = ""
    order: int = 0


def _places() -> Iterator[_P]:
    yield _P("990123", "青禾县", "county")
    for i, name in enumerate(TOWNS):
        yield _P(f"990123{101 + i:03d}000", name, "town", "青禾县")
        for j, village in enumerate(_villages(name)):
            yield _P(f"990123{101 + i:03d}{201 + j:03d}", village, "village", name)


def _units() -> Iterator[_U]:
    """By the names under which tests ask for them; a town's unit is called 柳林镇人民政府 and asked for as 柳林镇."""
    yield _U("gov", "青禾县人民政府", "county", place="青禾县")
    yield _U("dc", "县政府督查室", "department", "青禾县人民政府", order=1)
    for i, name in enumerate(DEPARTMENTS):
        yield _U(f"d{i}", name, "department", "青禾县人民政府", order=10 + i)
    for i, name in enumerate(TOWNS):
        yield _U(f"t{i}", name, "town", "青禾县人民政府", name, order=100 + i)
        for j, village in enumerate(_villages(name)):
            yield _U(f"v{i}{j}", village, "village", name, village)


def _villages(town: str) -> tuple[str, str]:
    return f"{town[:-1]}东村", f"{town[:-1]}西村"


@pytest.fixture
def county(db: None, quick_passwords: None) -> County:
    return make_county()


def make_county() -> County:
    """Few statements however many rows: it is made for most of the tests."""
    drawn, named = list(_places()), list(_units())
    places = dict(zip((one.name for one in drawn), _stored(Place(code=one.code) for one in drawn), strict=True))
    units = dict(zip((one.name for one in named), _stored(Unit(code=one.code) for one in named), strict=True))
    _stored(
        PlaceVersion(
            place=places[one.name],
            name=one.name,
            level=one.level,
            parent=places.get(one.parent),
            valid_from=SINCE,
        )
        for one in drawn
    )
    _stored(
        UnitVersion(
            unit=units[one.name],
            name=f"{one.name}人民政府" if one.category == "town" else one.name,
            category=one.category,
            line="area" if one.category in ("town", "village") else "line",
            parent=units.get(one.parent),
            place=places.get(one.place),
            order=one.order,
            valid_from=SINCE,
        )
        for one in named
    )
    _stored(UnitAlias(unit=units[name], text=name) for name in TOWNS)
    Setting.objects.create(name="county.name", value="青禾县", valid_from=SINCE)
    password = make_password(PASSWORD)
    users = _stored(User(username=role, password=password, display_name=role) for role in RoleGrant.Role.values)
    _stored(
        RoleGrant(user=user, role=user.username, unit=units.get(ACTS_FOR.get(user.username, "")), valid_from=SINCE)
        for user in users
    )
    return County(units, places, {user.username: user for user in users})


def _stored(rows: Iterable[M]) -> list[M]:
    made = list(rows)
    return type(made[0])._default_manager.bulk_create(made)


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
