"""The columns of a table of cases. Their labels are those of the list's export, which can be taken in again."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.parsing import day_of
from guatu.web.base.problems import Invalid
from guatu.web.base.sheets import Choice, Column, Text
from guatu.web.base.sheets.columns import text_of
from guatu.web.cases.actions.open_case import LONGEST_ADDRESS, LONGEST_TEXT
from guatu.web.cases.models import Case

_TIME = re.compile(r"(?P<day>[^\sT]+)(?:[\sT]+(?P<hour>\d{1,2})[::](?P<minute>\d{2})(?:[::]\d{2})?)?")


@dataclass(frozen=True)
class Degrees(Column):
    """A coordinate in degrees."""

    most: float = 180

    def read(self, value: Any) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool):
            found = float(value)
        else:
            text = text_of(value).replace("°", "").strip()
            try:
                found = float(text)
            except ValueError as error:
                said = _("“%(text)s”不是经纬度,请按 118.12345 的格式填写。") % {"text": text[:30]}
                raise Invalid(said) from error
        if not abs(found) <= self.most:
            raise Invalid(
                _("应在 -%(most)d 到 %(most)d 之间,现为 %(found)s;平面坐标请先换算成经纬度。")
                % {"most": self.most, "found": f"{found:.10g}"}
            )
        return found


@dataclass(frozen=True)
class Moment(Column):
    """A day with or without a time, as 2024-03-01 09:30; the time of the county."""

    def read(self, value: Any) -> datetime.datetime:
        found = value if isinstance(value, datetime.datetime) else self._parsed(value)
        return found if timezone.is_aware(found) else timezone.make_aware(found)

    def _parsed(self, value: Any) -> datetime.datetime:
        if isinstance(value, datetime.date):
            return datetime.datetime.combine(value, datetime.time())
        text = text_of(value)
        match = _TIME.fullmatch(text)
        day = day_of(match["day"]) if match else None
        if match is None or day is None:
            raise Invalid(_("“%(text)s”不是时间,请写成 2024-03-01 09:30 这样。") % {"text": text[:30]})
        try:
            time = datetime.time(int(match["hour"] or 0), int(match["minute"] or 0))
        except ValueError as error:
            raise Invalid(_("“%(text)s”不是时间,请写成 2024-03-01 09:30 这样。") % {"text": text[:30]}) from error
        return datetime.datetime.combine(day, time)


SOURCES = {
    choice.value: choice.label
    for choice in (
        Case.Source.PUBLIC, Case.Source.HOTLINE, Case.Source.COLLECTOR, Case.Source.UNIT, Case.Source.API,
        Case.Source.IMPORT, Case.Source.PATCH,
    )
}  # fmt: skip

COLUMNS: tuple[Column, ...] = (
    Text("code", gettext_lazy("查询码"), False, 18, gettext_lazy("新案件留空;本系统导出的案件带着它,不会重复登记"), "", 20),
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
