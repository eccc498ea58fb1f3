"""Days of the working calendar are added or taken away, and a year's notice is said to be entered whole."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guatu.core.calendar.working import DayRow, days
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.set_setting import SetSetting
from guatu.web.base.models import Setting
from guatu.web.base.problems import Invalid
from guatu.web.base.selectors.settings import rows_of, stamp_of
from guatu.web.base.settings import RULES
from guatu.web.base.settings_table import setting
from guatu.web.county.selectors.days import YEARS, kept_days, missing_days, own_days
from guatu.web.kit.kinds import Choice, Day, Text

# Longer stretches are slips of the pen: no holiday has lasted longer than two weeks.
LONGEST = 31
"""Days that one entry may span."""
_WORKING = (("no", _("放假")), ("yes", _("上班")))
DAYS, NOTICES = "calendar.days", "calendar.years"


@dataclass(frozen=True)
class DayValues:
    """A line of the sheet of days."""

    day: Annotated[datetime.date, Day(label=_("日期"), required=True, example="2027-02-05")]
    working: Annotated[str, Choice(label=_("放假或上班"), required=True, choices=_WORKING, example="放假", width=14)]
    name: Annotated[str, Text(label=_("名称"), hint=_("如 春节、国庆节调休"), longest=40, example="春节")] = ""

    def row(self) -> DayRow:
        return DayRow(self.day, self.working == "yes", self.name)


def laid(
    context: Context, rows: Iterable[DayRow], without: Iterable[datetime.date] = (), basis: str = ""
) -> SetSetting:
    """The change that lays rows over the county's own days; the later row of a day replaces the earlier."""
    # The whole table is one value: days of last year stay, since what was counted then is looked up by it.
    own = {row.day: row for row in own_days(context.actor.today)}
    own |= {row.day: row for row in rows}
    for day in without:
        own.pop(day, None)
    return SetSetting(DAYS, kept_days(own.values()), basis=basis, seen=stamp_of(rows_of(DAYS)))


@dataclass(frozen=True)
class AddDays(RowAction[Setting]):
    """Each day from the first to the last; one day where the last is left out."""

    day: Annotated[datetime.date, Day(label=_("日期"), required=True, box="col-6 col-md-2")]
    working: Annotated[str, Choice(label=_("放假或上班"), required=True, choices=_WORKING, box="col-6 col-md-2")]
    until: Annotated[datetime.date | None, Day(label=_("到(可不填)"), box="col-6 col-md-2")] = None
    title: Annotated[str, Text(label=_("名称"), longest=40, box="col-6 col-md-2")] = ""
    basis: Annotated[str, Text(label=_("依据"), longest=200, box="col-12 col-md-3")] = ""
    name = "calendar.add-days"
    words = _("登记放假和调休")
    permission = RULES

    def change(self, context: Context) -> Change[Setting]:
        last = self.until or self.day
        if last < self.day or (last - self.day).days >= LONGEST:
            said = gettext("结束日期应在开始日期之后,一次最多 %(n)d 天。") % {"n": LONGEST}
            raise Invalid(said, field="until", code="calendar.span")
        # Weekend days between them are named as well: a notice names them, and a year is whole only with them.
        rows = [DayRow(day, self.working == "yes", self.title) for day in days(self.day, last)]
        return laid(context, rows, basis=self.basis).change(context)


@dataclass(frozen=True)
class RemoveDay(RowAction[Setting]):
    day: datetime.date
    name = "calendar.remove-day"
    words = _("删除放假和调休")
    permission = RULES

    def change(self, context: Context) -> Change[Setting]:
        return laid(context, [], [self.day]).change(context)


@dataclass(frozen=True)
class AnnounceYear(RowAction[Setting]):
    """From now on dates counted into the year are no longer provisional."""

    year: int
    notice: Annotated[
        str,
        Text(label=_("通知文号"), required=True, longest=80, example="国办发明电〔2026〕9号", box="col-12 col-md-5"),
    ]
    name = "calendar.announce-year"
    words = _("确认全年放假安排已录入")
    permission = RULES

    def change(self, context: Context) -> Change[Setting]:
        if self.year not in YEARS:
            raise Invalid(gettext("没有这一年的日历。"), field="year", code="calendar.no-year")
        self._check(own_days(context.actor.today, self.year))
        # The number of the notice is corrected by saying it again.
        kept = [dict(row) for row in setting(NOTICES, context.actor.today) if int(row["year"]) != self.year]
        kept.append({"year": self.year, "notice": self.notice})
        action = SetSetting(NOTICES, kept, basis=self.notice, seen=stamp_of(rows_of(NOTICES)))
        return action.change(context)

    def _check(self, own: Sequence[DayRow]) -> None:
        # Without this, one own day and a click would make a year known of which nobody has read the notice.
        missing = missing_days(self.year, own)
        if missing:
            named = gettext("、").join(f"{row.name} {row.day:%m-%d}" for row in missing)
            said = gettext("%(year)d 年的安排还不完整,法定节假日缺:%(days)s。请先逐日录入或导入整份通知。")
            raise Invalid(said % {"year": self.year, "days": named}, field="notice", code="calendar.not-whole")
