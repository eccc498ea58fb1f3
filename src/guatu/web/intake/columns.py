"""The columns of a table of cases. Their labels are those of the list's export, which can be taken in again."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from guatu.core.fields.time import Time
from guatu.web.base.parsing import EARLIEST, LATEST, degrees_of, taken
from guatu.web.cases.actions.open_case import LONGEST_ADDRESS, LONGEST_TEXT
from guatu.web.cases.models import Case
from guatu.web.kit.field import Field
from guatu.web.kit.kinds import Choice, Code, Text


@dataclass(frozen=True)
class Degrees(Field):
    """A coordinate in degrees."""

    most: int = 180

    def read(self, value: Any) -> float | None:
        return degrees_of(value, most=self.most)


@dataclass(frozen=True)
class Moment(Field):
    """A day with or without a time, as 2024-03-01 09:30; the time of the county."""

    def read(self, value: Any) -> datetime.datetime | None:
        return taken(kind_of_moment().read(value))


def kind_of_moment(now: datetime.datetime | None = None) -> Time:
    """Moments of the county; `now` makes a later one a warning."""
    zone, clock = timezone.get_current_timezone(), datetime.time()
    first, last = (datetime.datetime.combine(day, clock, zone) for day in (EARLIEST, LATEST))
    return Time(zone=zone, earliest=first, latest=last, now=now)


SOURCES = [
    (choice.value, choice.label)
    for choice in (
        Case.Source.PUBLIC, Case.Source.HOTLINE, Case.Source.COLLECTOR, Case.Source.UNIT, Case.Source.API,
        Case.Source.IMPORT, Case.Source.PATCH,
    )
]  # fmt: skip

COLUMNS: tuple[Field, ...] = (
    Code(
        "code",
        gettext_lazy("查询码"),
        width=18,
        hint=gettext_lazy("新案件留空;本系统导出的案件带着它,不会重复登记"),
        longest=20,
    ),
    Text(
        "number",
        gettext_lazy("外部编号"),
        width=20,
        hint=gettext_lazy("在原系统里的编号;同一编号只登记一次"),
        example="RX-20260501-0012",
        longest=100,
    ),
    Text("class", gettext_lazy("类别"), width=18, hint=gettext_lazy("所选业务的类别名称或编码"), longest=60),
    Text("text", gettext_lazy("情况描述"), required=True, width=44, longest=LONGEST_TEXT),
    Text(
        "address", gettext_lazy("地点"), width=28, hint=gettext_lazy("地点和经纬度至少填一样"), longest=LONGEST_ADDRESS
    ),
    Degrees(
        "lon",
        gettext_lazy("经度"),
        width=12,
        hint=gettext_lazy("WGS84 或 CGCS2000 的度数"),
        example="118.12345",
        most=180,
    ),
    Degrees("lat", gettext_lazy("纬度"), width=12, example="30.12345", most=90),
    Moment(
        "reported",
        gettext_lazy("上报时间"),
        width=18,
        hint=gettext_lazy("在原系统里的时间,只作记录;时限从导入时起算"),
        example="2026-05-01 09:30",
    ),
    Choice("source", gettext_lazy("来源"), width=12, hint=gettext_lazy("不填为批量导入"), choices=SOURCES),
    Text("reporter", gettext_lazy("姓名"), width=12, hint=gettext_lazy("只供受理人员回访"), longest=60),
    Text("phone", gettext_lazy("电话"), width=16, hint=gettext_lazy("只供受理人员回访"), longest=30),
)
PRIVATE = ("reporter", "phone")
LABELS = {column.name: column.label for column in COLUMNS}
