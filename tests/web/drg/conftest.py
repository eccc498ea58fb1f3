"""A small region-year: twelve hospitals, two of them with accounts, computed in the background as in use."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import User
from guatu.web.directory.models import RoleGrant
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.drg.actions.create_year import CreateYear
from guatu.web.drg.actions.link_hospital import LinkHospital
from guatu.web.drg.actions.publish import Publish
from guatu.web.drg.actions.run_year import RunYear
from guatu.web.drg.models import Hospital, RegionYear, Run
from guatu.web.example.drg import files, upload

AT = datetime.datetime(2027, 1, 20, 9, tzinfo=datetime.UTC)
UNTIL = datetime.date(2099, 12, 31)
SINCE = datetime.date(2020, 1, 1)
OWN, OTHER = "H001", "H002"
UNITS = {OWN: "柳林镇", OTHER: "石门镇"}


@cache
def region_files() -> dict[str, bytes]:
    return files(1400, 12, 3)


def named(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@dataclass
class Region:
    county: Any
    year: RegionYear
    users: dict[str, User]

    def context(self, who: str, at: datetime.datetime = AT) -> Context:
        user = self.users[who]
        return Context(Actor(user, at.date(), grants_of(user, at.date())), at)

    def client(self, who: str) -> Client:
        client = Client()
        client.force_login(self.users[who])
        return client

    def act(self, who: str, action: Any) -> Any:
        return perform(action, self.context(who))

    def run(self, again: int | None = None) -> Run:
        self.year.refresh_from_db()
        run = self.act("insurer", RunYear(self.year.pk, self.year.row_version, again))
        run_waiting()
        run.refresh_from_db()
        return run

    def publish(self, run: Run) -> Any:
        self.year.refresh_from_db()
        return self.act("insurer", Publish(run.pk, self.year.row_version, UNTIL, 10))


def user_of(name: str, role: str, unit: Any = None) -> User:
    user = User.objects.filter(username=name).first() or User.objects.create_user(name, display_name=name)
    RoleGrant.objects.filter(user=user).delete()
    RoleGrant.objects.create(user=user, role=role, unit=unit, valid_from=SINCE)
    return user


@pytest.fixture
def empty(county: Any, settings: Any, tmp_path: Any) -> Region:
    """The region with its people and nothing uploaded."""
    settings.MEDIA_ROOT = tmp_path
    users = {
        "insurer": county.users["insurer"],
        "second": user_of("second", "insurer"),
        "hospital": user_of("hospital", "hospital", county.unit(UNITS[OWN])),
        "rival": user_of("rival", "hospital", county.unit(UNITS[OTHER])),
        "nowhere": user_of("nowhere", "hospital"),
        "leader": county.users["leader"],
        "auditor": county.users["auditor"],
        "town": county.users["town"],
    }
    region = Region(county, RegionYear(), users)
    region.year = region.act("insurer", CreateYear("云岭市", 2026))
    return region


@pytest.fixture
def region(empty: Region) -> Region:
    """Everything uploaded and approved, two hospitals linked to units."""
    upload(empty.year, region_files(), empty.context("insurer"), empty.context("second"))
    for code, unit in UNITS.items():
        hospital = Hospital.objects.get(code=code)
        empty.act("insurer", LinkHospital(hospital.pk, empty.county.unit(unit).pk, hospital.row_version))
    return empty


@pytest.fixture
def computed(region: Region) -> tuple[Region, Run]:
    run = region.run()
    assert run.state == Run.State.DONE, run.failure
    return region, run


@pytest.fixture
def published(computed: tuple[Region, Run]) -> tuple[Region, Run]:
    region, run = computed
    region.publish(run)
    run.refresh_from_db()
    return region, run
