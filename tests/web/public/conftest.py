"""Notices in the invented county: who writes them, who puts them up, and whoever reads them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor
from guatu.web.base.models import Setting
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.public.actions.draft_release import DraftRelease
from guatu.web.public.actions.put_up_release import PutUpRelease
from guatu.web.public.actions.withdraw_release import WithdrawRelease
from guatu.web.public.models import Release
from guatu.web.public.notices import NoticeText
from tests.conftest import TODAY


@dataclass
class Board:
    """Acts as the people of the county; `day` is the day on which they do."""

    county: Any
    day: datetime.date = TODAY
    public: Client = field(default_factory=Client)

    def context(self, role: str = "supervision", day: datetime.date | None = None) -> Context:
        day = day or self.day
        user = self.county.users[role]
        at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(10)))
        return Context(Actor(user, day, grants_of(user, day)), at)

    def act(self, action: Any, role: str = "supervision", day: datetime.date | None = None) -> Any:
        return perform(action, self.context(role, day))

    def draft(self, kind: str = "notice", role: str = "supervision", **values: Any) -> Release:
        given = {
            "title": "停水通知", "ground": "供水条例第十条", "text": "城关镇六月十二日停水。", "from_on": self.day,
            "unit": self.county.unit("县水利局").pk, **values,
        }  # fmt: skip
        return self.act(DraftRelease(kind, NoticeText(**given)), role)

    def of_village(self, kind: str, role: str = "village", village: str = "柳林东村", **values: Any) -> Release:
        place = self.county.places[village].pk
        return self.draft(f"village_affairs/{kind}", role, place=place, unit=None, **values)

    def put_up(self, row: Release, role: str = "supervision", *, checked: bool = False) -> Release:
        return self.act(PutUpRelease(row.pk, row.row_version, checked), role)

    def hung(self, *args: Any, **values: Any) -> Release:
        return self.put_up(self.draft(*args, **values))

    def withdraw(self, row: Release, reason: str = "日期有误") -> Release:
        return self.act(WithdrawRelease(row.pk, row.row_version, reason))

    def get(self, address: str, **headers: str) -> Any:
        return Client(headers={"Accept-Language": "zh-CN", **headers}).get(address)

    def read(self, address: str) -> str:
        answer = self.get(address)
        assert answer.status_code == 200, address
        return str(answer.content.decode())

    def as_(self, role: str) -> Client:
        client = Client()
        client.force_login(self.county.users[role])
        return client

    def setting(self, name: str, value: Any) -> None:
        Setting.objects.create(name=name, value=value, valid_from=datetime.date(2020, 1, 1))


@pytest.fixture
def board(county: Any) -> Board:
    return Board(county)
