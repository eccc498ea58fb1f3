"""Time limits that count from something: 方案印发后30日内, 印发之日起两年内, 2026年起三年内, 两年内, 用三年时间.

What counts from the issue of the plan has a day where the plan is dated. All else keeps what it counts from, for the
day of that is known only when it has come.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import msgspec

from guatu.core.calendar.keys import month_end
from guatu.core.fields.numerals import CHINESE, value_of
from guatu.core.kernel.regex import regex
from guatu.core.plan.clauses.breaks import clause_start

EVENTS: Final[dict[str, str]] = {
    r"(?:印发|下发|发布|公布|出台|发文)": "方案印发后30日内出台细则。",
    r"(?:实施|施行|启动|开展|部署)": "方案启动后2个月内完成摸底。",
    r"(?:开工|竣工|完工|建成|投用|到位|成立)": "项目开工后18个月内建成投用。",
    r"(?:完成|结束|验收(?:合格|通过)?)": "任务完成后20日内组织验收。",
    r"(?:收到|接到)本?(?:通知|方案|文件|函)": "收到本通知后10日内报送名单。",
    r"批[复准]": "规划批复后3个月内开工建设。",
}
"""What a limit of a plan counts from, with a sentence of each. A request, a complaint or an accident is none: how fast
those are dealt with is a standard, and so a target."""
_EVENT: Final = regex(
    rf"(?P<event>[^,。;:、()\s]{{0,20}}?(?:{'|'.join(EVENTS)}))(?P<joint>(?:之日|之时|当[日天])?(?:起|算起),?|之?后的?|以后)?$"
)
_NO_EVENT: Final = regex(r"每|疫情|灾|事故|案件|火灾|事件|投诉|活动|会议|培训|检查|公[示告]")
"""What may come again and again, or never."""
_ISSUE: Final = regex(
    r"(?:(?:本|该|此)?(?:实施|行动|工作)?(?:方案|通知|意见|办法|计划|措施|规划|文件)|本[\u4e00-\u9fff]{1,6})?(?:印发|下发|发布|公布|出台|发文)"
)
_LEADS_IN: Final = regex(r".*(?:自|从|在|于|须|应|要)(?!然|主|动|身)(?=.)")
_AMOUNT: Final = regex(
    rf"(?P<n>\d{{1,3}}|{CHINESE}|半)(?P<unit>个?工作日|个?自然日|日|天|周|个?星期|个月|年)(?P<behind>左右)?(?:的?时间)?(?:之|以)?$"
)
_YEAR_FROM: Final = regex(r"(?P<year>20\d\d)年(?:起|开始),?$")
_SPENT: Final = regex(r"(?:用|经过|通过|利用|力争|争取)(?:(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})年(?:左右)?的?)$")
_LONG: Final = frozenset(("个月", "年"))
"""Without anything that it counts from, a shorter one is a standard of service (5个工作日内办结)."""
_OPENS: Final = regex(r"(?:^|[,。;:!?(“\s、.]|力争|争取|确保|计划|[在于用])$")
_OF_SOMETHING_ELSE: Final = regex(
    r"(?:近|每|任期|聘期|保质期?|质保期?|有效期?|过去|最近|连续|前|后|起|未来|可以?|可在|有权)在?$"
)
_NO_PROMISE: Final = regex(
    r",?[^,。;]{0,10}(?:不得|不准|不予|不再|不能|不可|不许|禁止|免[收征交]|未|无|累计|曾|有过)|[的曾,]?$"
)
_MOST_YEARS: Final = 20
_WINDOW: Final = 44
_MONTHS: Final = 12
_SIGNS: Final = {"工作日": "WD", "自然日": "D", "日": "D", "天": "D", "周": "W", "星期": "W", "月": "M", "年": "Y"}


class Relative(msgspec.Struct, frozen=True, gc=False):
    """A limit as it was written: its place, its ISO text, and what it counts from where no day could be computed."""

    start: int
    end: int
    iso: str
    since: str | None = None


def relative_times(
    norm: str, start: int, end: int, issued: str | None = None, *, in_column: bool = False
) -> Iterator[Relative]:
    """The limits in `norm[start:end]` that count from something.

    `issued` is the day of the plan (2026-01-15). `in_column`: a head or a phase says already that a limit stands here.
    Without that a bare 两年内 has to open a clause that promises something.
    """
    at = norm.find("内", start, end)
    while at >= 0:
        found = _within(norm, start, at, end, issued, in_column=in_column)
        if found is not None:
            yield found
        at = norm.find("内", at + 1, end)
    at = norm.find("时间", start, end)
    while at >= 0:
        spent = _SPENT.search(norm, max(start, at - _WINDOW), at)
        if spent is not None:
            yield Relative(spent.start("n"), at + len("时间"), f"P{value_of(spent['n'])}Y")
        at = norm.find("时间", at + 1, end)


def _within(norm: str, floor: int, at: int, ceiling: int, issued: str | None, *, in_column: bool) -> Relative | None:
    """The limit whose 内 stands at `at`."""
    amount = _AMOUNT.search(norm, max(floor, at - 12), at)
    if amount is None or norm.startswith("蒙", at + 1):
        return None
    before = norm[max(floor, amount.start() - _WINDOW) : amount.start()]
    duration = _duration(amount["n"], amount["unit"])
    if duration is None or before.endswith(("月", "第", "年")) or before[-1:].isdecimal():
        return None
    year = _YEAR_FROM.search(before)
    if year is not None and amount["unit"] == "年":
        last = int(year["year"]) + int(duration[1:-1]) - 1
        return Relative(amount.start() - len(year[0]), at + 1, f"{year['year']}/{last}")
    counted = _counted_from(norm, floor, amount.start())
    if counted is not None:
        first, since = counted
        day = _day_after(issued, duration) if issued and _ISSUE.fullmatch(since) else None
        return Relative(first, at + 1, day or duration, None if day else since)
    if in_column or _promises(norm, before, at, ceiling, amount["unit"]):
        day = _day_after(issued, duration) if issued else None
        return Relative(amount.start(), at + 1, day or duration)
    return None


def _counted_from(norm: str, floor: int, at: int) -> tuple[int, str] | None:
    """Where the words begin that say what a limit counts from, and those words without what leads in."""
    stop = at - (norm[at - 1 : at] == ",")
    clause = norm[clause_start(norm, stop, floor) : stop]
    found = _EVENT.search(clause)
    if found is None or _NO_EVENT.search(clause) or not (found["joint"] or (stop == at and _begins(found["event"]))):
        return None
    if stop < at and not (found["joint"] or "").startswith(("之日", "起")):
        return None
    lead = _LEADS_IN.match(found["event"])
    since = found["event"][lead.end() :] if lead else found["event"]
    return stop - (found.end() - found.start("event")) + (lead.end() if lead else 0), since


def _begins(event: str) -> bool:
    """方案实施一年内: of what begins a limit may count without a word between."""
    return event.endswith(("实施", "施行", "启动", "印发", "开工"))


def _promises(norm: str, before: str, at: int, ceiling: int, unit: str) -> bool:
    """Whether 两年内 opens a clause that sets a goal."""
    if unit not in _LONG or not _OPENS.search(before) or _OF_SOMETHING_ELSE.search(before):
        return False
    return _NO_PROMISE.match(norm[at + 1 : min(ceiling, at + 16)]) is None


def _duration(count: str, unit: str) -> str | None:
    """ISO 8601; P10WD for working days, which it has no sign for."""
    sign = _SIGNS[unit.removeprefix("个")]
    if count == "半":
        return {"年": "P6M", "个月": "P15D"}.get(unit)
    number = value_of(count)
    if number is None or number < 1 or (sign == "Y" and number > _MOST_YEARS):
        return None
    return f"P{number}{sign}"


def _day_after(issued: str, duration: str) -> str | None:
    """The last day of a span that begins with the day after `issued`; None for working days, which are the county's."""
    year, month, day = (int(part) for part in issued.split("-"))
    number, sign = duration[1:-1], duration[-1]
    if duration.endswith("WD"):
        return None
    if sign in ("D", "W"):
        return (date(year, month, day) + timedelta(days=int(number) * (7 if sign == "W" else 1))).isoformat()
    last = month_end(year, month + int(number) * (_MONTHS if sign == "Y" else 1))
    return last.replace(day=min(day, last.day)).isoformat()
