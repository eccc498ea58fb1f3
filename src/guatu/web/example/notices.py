"""What the example county shows its people: notices of each kind, what villages disclose, opinions with answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from guatu.core.calendar.keys import key_of, span_of, step
from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import anonymous
from guatu.web.base.models import Setting
from guatu.web.directory.models import Unit
from guatu.web.example.directory import SINCE
from guatu.web.example.people import People
from guatu.web.public.actions.draft_release import DraftRelease
from guatu.web.public.actions.opinions import AnswerOpinion, TakeOpinion
from guatu.web.public.actions.put_up_release import PutUpRelease
from guatu.web.public.actions.withdraw_release import WithdrawRelease
from guatu.web.public.models import Release
from guatu.web.public.notices import NoticeText
from guatu.web.public.selectors.disclosing import Village, villages
from guatu.web.public.sources import sources

MADE = ("circular", "ranking", "plan", "evaluation", "inspection", "case", "answer")
EACH = 2
"""So many of each kind that is made of something."""
MONTHS = 3
OPINIONS = (
    (
        "城东公园的路灯晚上九点就关了,散步看不清路,建议延长到十点半。",
        "已与路灯管理单位协调,自下周起延长到二十二点三十分。",
    ),
    ("临溪镇到县城的末班车能不能晚半小时?上晚班的人赶不上。", "已把意见转交客运公司,下月调整时刻表时一并考虑。"),
    ("村里的文化广场建议加装几张长椅。", ""),
)
ACCOUNTS = (
    ("05", "上级转移支付", "12000", ""),
    ("12", "保洁员报酬", "", "3600"),
    ("20", "文化广场灯具维修", "", "850"),
)
HOUSEHOLDS = (
    ("田一禾", "110101195003070013", "一组", "2", "860"),
    ("田小满", "110101196203070012", "二组", "3", "1180"),
)
VILLAGE = "村民委员会组织法"


def load_notices(people: People, today: datetime.date) -> None:
    """All by the actions of who would do it; what a village forgot is overdue."""
    first = key_of("month", today)
    for _n in range(MONTHS):
        first = step(first, -1)
    for name, value in (("public.since", span_of(first)[0].isoformat()), ("public.opinion-unit", "dcs")):
        Setting.objects.create(name=name, value=value, valid_from=SINCE, source="load_example")
    _opinions(people, today)
    _made(people, today)
    _written(people, today)
    _of_villages(people, today, first)


def _at(day: datetime.date, hour: int = 9) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


def _opinions(people: People, today: datetime.date) -> None:
    for n, (text, reply) in enumerate(OPINIONS):
        day = today - datetime.timedelta(days=9 - 2 * n)
        row = perform(TakeOpinion(text), Context(anonymous(day), _at(day)))
        if reply:
            later = day + datetime.timedelta(days=2)
            perform(AnswerOpinion(row.pk, row.row_version, reply), people.office(_at(later)))


def _hung(context: Context, kind: str, **values: Any) -> Release:
    row = perform(DraftRelease(kind, NoticeText(from_on=context.actor.today, **values)), context)
    # Names and telephones in it are invented, as all of the county.
    return perform(PutUpRelease(row.pk, row.row_version, checked=True), context)


def _made(people: People, today: datetime.date) -> None:
    office, unit = people.office(_at(today)), Unit.objects.get(code="dcs").pk
    for kind in MADE:
        for pk, _name in list(sources()[kind].rows(office.actor))[:EACH]:
            _hung(office, kind, source=pk, unit=unit, ground="政府信息公开条例")


def _written(people: People, today: datetime.date) -> None:
    office, unit = people.office(_at(today)), Unit.objects.get(code="zls").pk
    _hung(
        office, "notice", title="关于城区部分路段计划停水的公告", unit=unit, ground="城镇供水条例",
        text="因管网改造,城区部分路段将计划停水,具体时间另行通知。\n请居民提前储水。",
    )  # fmt: skip
    wrong = _hung(
        office, "notice", title="示范村评选结果公示", unit=Unit.objects.get(code="nyj").pk, ground="示范村评选办法",
        text="经评审,拟定示范村两个。", until_on=today + datetime.timedelta(days=6),
    )  # fmt: skip
    perform(WithdrawRelease(wrong.pk, wrong.row_version, "名单有误,更正后另行公示"), office)


def _of_villages(people: People, today: datetime.date, first: str) -> None:
    town = people.context(people.users["linxi"], _at(today))
    known = villages(town.actor, "public.edit")
    for n, village in enumerate(known):
        for period in _months(first, today):
            # The last village never disclosed its accounts; the one before it is late with the last month.
            if n == len(known) - 1 or (n == len(known) - 2 and period == step(key_of("month", today), -1)):
                continue
            _hung(town, "village_affairs/finance_monthly", **_accounts(village, period))
    if known:
        _people(town, known[0], today)


def _months(first: str, today: datetime.date) -> Iterator[str]:
    while span_of(first)[1] < today:
        yield first
        first = step(first)


def _accounts(village: Village, period: str) -> dict[str, Any]:
    rows = ((f"{period}-{day}", what, income, spent, "") for day, what, income, spent in ACCOUNTS)
    table = "\n".join("\t".join(row) for row in rows)
    title = f"{village.name}{period}财务收支公开"
    return {"title": title, "place": village.place_id, "period": period, "ground": VILLAGE, "table": table}


def _people(town: Context, village: Village, today: datetime.date) -> None:
    """A list of people hangs its days with no more of them than the mask."""
    table, until = "\n".join("\t".join(row) for row in HOUSEHOLDS), today + datetime.timedelta(days=9)
    given = {"place": village.place_id, "ground": "低保申请审核公示", "table": table, "until_on": until}
    _hung(town, "village_affairs/low_income", title=f"{village.name}低保对象公示", **given)
    text = "经村民代表会议讨论通过,同意修缮文化广场。应到 42 人,实到 35 人,同意 33 人。"
    given = {"place": village.place_id, "ground": "四议两公开", "text": text}
    _hung(town, "village_affairs/votes", title=f"{village.name}村民代表会议决议", **given)
