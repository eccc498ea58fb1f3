"""Days of the working calendar are added or taken away, and a year's notice is said to be entered whole."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guatu.core.calendar.working import DayRow, days
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.set_setting import SetSetting
from guatu.web.base.calendar import not_whole
from guatu.web.base.models import Setting
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.base.selectors.settings import rows_of, stamp_of
from guatu.web.base.settings import RULES
from guatu.web.base.settings_table import setting
from guatu.web.county.selectors.days import YEARS, kept_days, own_days
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


def _from_now_on(
    context: Context, name: str, value: Callable[[datetime.date], Any], basis: str = ""
) -> Change[Setting]:
    """Changes the value that holds today and each that begins later: else what is entered now would end without a word
    on the day of a value that was set before. Raises `NotNow` where none of them changes."""
    done, same = [], NotNow("")
    coming = {row.valid_from: row.source for row in rows_of(name, lock=True) if row.valid_from > context.actor.today}
    for day in (context.actor.today, *sorted(coming)):
        action = SetSetting(name, value(day), day, basis or coming.get(day, ""), stamp_of(rows_of(name)))
        try:
            done.append(action.change(context))
        except NotNow as problem:
            same = problem
    if not done:
        raise same
    return Change(done[0].result, [line for one in done for line in one.lines])


def lay(
    context: Context, rows: Iterable[DayRow], without: Iterable[datetime.date] = (), basis: str = ""
) -> Change[Setting]:
    """Lays rows over the county's own days; the later row of a day replaces the earlier."""
    laid, gone = {row.day: row for row in rows}, set(without)

    def over(day: datetime.date) -> Any:
        # The whole table is one value: days of last year stay, since what was counted then is looked up by it.
        own = {row.day: row for row in own_days(day)} | laid
        return kept_days(row for row in own.values() if row.day not in gone)

    return _from_now_on(context, DAYS, over, basis)


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
        return lay(context, rows, basis=self.basis)


@dataclass(frozen=True)
class RemoveDay(RowAction[Setting]):
    day: datetime.date
    name = "calendar.remove-day"
    words = _("删除放假和调休")
    permission = RULES

    def change(self, context: Context) -> Change[Setting]:
        return lay(context, [], [self.day])


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
        # Without this, one own day and a click would make a year known of which nobody has read the notice.
        if missing := not_whole(self.year, context.actor.today):
            raise Invalid(missing, field="notice", code="calendar.not-whole")
        return _from_now_on(context, NOTICES, self._with, self.notice)

    def _with(self, day: datetime.date) -> Any:
        # The number of the notice is corrected by saying it again.
        kept = [dict(row) for row in setting(NOTICES, day) if int(row["year"]) != self.year]
        return [*kept, {"year": self.year, "notice": self.notice}]
