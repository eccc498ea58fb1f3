"""The county's own settings: what it is called, who logs in how, how often it is backed up, its working days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guatu.core.calendar.holidays import LAST_YEAR
from guatu.core.calendar.working import DayRow
from guatu.core.fields.code import Code
from guatu.core.fields.day import Day
from guatu.core.fields.number import Number
from guatu.core.fields.text import Text
from guatu.core.fields.truth import Truth
from guatu.web.base.declarations import Cell, Declared, One, Rows, Several
from guatu.web.base.roles import role_words

# What the settings of several apps are shown under.
COUNTY, CALENDAR, SYSTEM, CASE_GROUP = _("本县"), _("工作日历"), _("账号与系统"), _("案件")
# Rights to change: what the county is and how its server runs, its rules, what concerns cases.
EDIT = "settings.edit"
RULES = "settings.rules"
CASES = "settings.cases"
DAY_CELLS = (
    Cell("day", _("日期"), Day(required=True), width="col-day"),
    Cell("working", _("上班"), Truth(required=True), width="col-short"),
    Cell("name", _("名称"), Text(longest=40)),
)


def _roles() -> Mapping[str, Sequence[str]]:
    return role_words()


def twice(keys: Iterable[object]) -> Iterator[str]:
    """Says which rows are there more than once: the later one would hold, without a word."""
    for key, count in Counter(map(str, keys)).items():
        if count > 1:
            yield gettext("“%(key)s”有 %(n)d 行,只能有一行") % {"key": key, "n": count}


def _days_wrong(days: Sequence[DayRow]) -> Iterable[str]:
    return twice(row.day for row in days)


def _years_wrong(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A year is known only with its whole notice, whoever says that it is."""
    from guatu.web.base.calendar import not_whole

    yield from twice(row["year"] for row in rows)
    yield from filter(None, (not_whole(int(row["year"])) for row in rows))


COUNTY_NAME = Declared(
    "county.name",
    One(Text(longest=60)),
    "",
    label=_("县(市、区)名称"),
    help=_("全称,如“青禾县”。显示在每一页的页首,也用作公文落款的开头。"),
    group=COUNTY,
    permission=EDIT,
    absent=_("页首显示 guatu;公文不能生成"),
    opening=True,
)
COUNTY_CODE = Declared(
    "county.code",
    One(Code(longest=20, pattern=r"[0-9A-Za-z-]*", form="139923")),
    "",
    label=_("区划代码"),
    help=_("六位县级区划代码。业务包的时限表按它取本县自己的行;向别的系统转交案件时也用它。"),
    group=COUNTY,
    permission=EDIT,
    absent=_("用各地通用的时限"),
    opening=True,
)
CALENDAR_DAYS: Declared[Any] = Declared(
    "calendar.days",
    Rows(DAY_CELLS, tuple[DayRow, ...]),
    (),
    label=_("放假和调休的日子"),
    help=_(
        "与星期不同的日子:放假的工作日、上班的周末。全国的放假安排随程序更新;程序还没有的年份,按国务院办公厅的通知逐行填写或导入。"
    ),
    group=CALENDAR,
    permission=RULES,
    source=_("国务院办公厅关于部分节假日安排的年度通知"),
    check=_days_wrong,
)
CALENDAR_YEARS: Declared[Any] = Declared(
    "calendar.years",
    Rows(
        (
            Cell("year", _("年份"), Number(places=0, least=Decimal(2004), most=Decimal(LAST_YEAR), required=True)),
            Cell("notice", _("通知文号"), Text(longest=80, required=True)),
        ),
        tuple[dict[str, str | int], ...],
    ),
    (),
    label=_("已录入全年放假通知的年份"),
    help=_("全年的放假和调休都已录入的年份。不在这里、程序也没有的年份,算出的日期都标为暂定。"),
    group=CALENDAR,
    permission=RULES,
    check=_years_wrong,
)
SECOND_FACTOR_ROLES = Declared(
    "accounts.second-factor-roles",
    Several(_roles),
    (),
    label=_("须两步验证的角色"),
    help=_("持有这些角色的人登录后要先绑定验证器应用。"),
    group=SYSTEM,
    permission=EDIT,
)
BACKUP_DAYS = Declared(
    "backup.longest-days",
    One(Number(places=0, least=Decimal(1), most=Decimal(365), required=True)),
    7,
    label=_("多少天没有备份就提醒"),
    help=_("上一次备份超过这些天,首页提醒管理员。"),
    group=SYSTEM,
    permission=EDIT,
)
