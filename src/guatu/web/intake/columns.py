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
from guatu.web.kit.sheets import Choice, Code, Column, Text


@dataclass(frozen=True)
class Degrees(Column):
    """A coordinate in degrees."""

    most: int = 180

    def read(self, value: Any) -> float | None:
        return degrees_of(value, most=self.most)


@dataclass(frozen=True)
class Moment(Column):
    """A day with or without a time, as 2024-03-01 09:30; the time of the county."""

    def read(self, value: Any) -> datetime.datetime | None:
        return taken(kind_of_moment().read(value))


def kind_of_moment(now: datetime.datetime | None = None) -> Time:
    """Moments of the county; `now` makes a later one a warning."""
    zone, clock = timezone.get_current_timezone(), datetime.time()
    first, last = (datetime.datetime.combine(day, clock, zone) for day in (EARLIEST, LATEST))
    return Time(zone=zone, earliest=first, latest=last, now=now)


SOURCES = {
    choice.value: choice.label
    for choice in (
        Case.Source.PUBLIC, Case.Source.HOTLINE, Case.Source.COLLECTOR, Case.Source.UNIT, Case.Source.API,
        Case.Source.IMPORT, Case.Source.PATCH,
    )
}  # fmt: skip

COLUMNS: tuple[Column, ...] = (
    Code("code", gettext_lazy("查询码"), False, 18, gettext_lazy("新案件留空;本系统导出的案件带着它,不会重复登记"), "", 20),
    Text("number", gettext_lazy("外部编号"), False, 20, gettext_lazy("在原系统里的编号;同一编号只登记一次"), "RX-20260501-0012", 100),
    Text("class", gettext_lazy("类别"), False, 18, gettext_lazy("所选业务的类别名称或编码"), "", 60),
    Text("text", gettext_lazy("情况描述"), True, 44, "", "", LONGEST_TEXT),
    Text("address", gettext_lazy("地点"), False, 28, gettext_lazy("地点和经纬度至少填一样"), "", LONGEST_ADDRESS),
    Degrees("lon", gettext_lazy("经度"), False, 12, gettext_lazy("WGS84 或 CGCS2000 的度数"), "118.12345", 180),
    Degrees("lat", gettext_lazy("纬度"), False, 12, "", "30.12345", 90),
    Moment("reported", gettext_lazy("上报时间"), False, 18, gettext_lazy("在原系统里的时间,只作记录;时限从导入时起算"), "2026-05-01 09:30"),
    Choice("source", gettext_lazy("来源"), False, 12, gettext_lazy("不填为批量导入"), choices=SOURCES),
    Text("reporter", gettext_lazy("姓名"), False, 12, gettext_lazy("只供受理人员回访"), "", 60),
    Text("phone", gettext_lazy("电话"), False, 16, gettext_lazy("只供受理人员回访"), "", 30),
)  # fmt: skip
PRIVATE = ("reporter", "phone")
LABELS = {column.key: column.label for column in COLUMNS}
