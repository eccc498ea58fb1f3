"""Which of the times in a plan are its own time limits."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.goal_verbs import LIMITS, pattern_of
from guatu.core.plan.commitments.relative_times import relative_times
from guatu.core.plan.commitments.times import Time, times
from guatu.core.plan.model import SectionKind


class DeadlineDraft(msgspec.Struct, frozen=True):
    iso: str
    start: int
    end: int
    since: str | None = None
    """What a limit counts from whose day is not known."""


_TITLES = regex(r"《[^《》\n]{0,200}》")
_LIMIT = ("前", "止", "内")
_AIM = regex(r"到|至|力争|确保|争取|计划|预计|最迟")
_DONE = regex(rf"(?:份)?[,，]?(?:{pattern_of(LIMITS)})")
_NOUN_BEHIND = regex(
    r"的|度|以来|版|初|第|来|间|工作|发布|印发|颁布|修订|召开的|级|考核|岗位|绩效|目标责任|决算|预算|总结|度考"
)
_REACHES = regex(
    r"(?:要|应|力争|确保)?(?:达到?|提高到|提升[到至]|增[加长]?[到至]|突破|降[低至]|下降|控制在|不低于|不少于)"
)
_IN_FORCE = regex(r"(?:正式|全面)?(?:执行|施行|实施|启用|试行|推行)")
_CAMPAIGN = regex(r"[,，]?(?:在|集中|开展|组织|利用|用)")
_WORDS = regex(r"[\u4e00-\u9fff]{2}|\d")
_AIM_BEFORE = regex(r"(?:力争|确保|争取|到|计划)$")
_DONE_BEFORE = regex(r"(?:在|对|较|比|自|从|截至|截止|按|由|据|于)$")
_PAST = regex(r"^[,，]?[^。;]{0,14}(?:已|共有|累计完成了|现有)")
_HISTORY = regex(r"(?:历史|数据|自|从|去年|上年)[^,。;]{0,10}\(?$")
# 2020年底前建成的小区, 2020年底前完成了: of the past. 底前完成任务的八成 is not.
_TOLD = regex(r"[,，]?(?:[\u4e00-\u9fff]{1,12}(?<!任务|目标|工作)的(?!任务|目标|工作)|[^,。;]{0,14}(?:了|过|已))")
# 发文日期:2026-02-10 on the card of a page; 2026年 月 日 left blank; 1月、2月应缴的费用.
_ISSUED = regex(r"(?:发文|成文|发布|印发|公布|公开|生成|填报|填表|制表|签发|更新|登记)(?:日期|时间):? ?$")
_BLANK_DAY = regex(r" {0,8}月 {0,8}日")
_MONTHS_LISTED = regex(r"月份?[、和及]$")
# 2026年毕业生..., 2026年受理的申请...: a year that names something.
_NAMED_BY_YEAR = regex(r"度?[\u4e00-\u9fff]{1,10}(?<!任务|目标|工作)的(?!任务|目标|工作)")
_PROMISES = regex(rf"{pattern_of(LIMITS)}|力争|确保|全面|基本|启动|开展|实施|推进|计划|\d(?![\d年月日号])")
_PROMISE_WITHIN = 60
_COLON = regex(r"(?:时限|时间|期限|日期|节点):? ?$")


def find_deadlines(
    norm: str,
    spans: Sequence[tuple[int, int, SectionKind]],
    year: int | None,
    brackets: Sequence[tuple[int, int]] = (),
    issued: str | None = None,
) -> list[DeadlineDraft]:
    """The time limits in the paragraphs of one document, which was issued on that day where it is known.

    `brackets` are the times behind the headings of phases, and cells of a column of deadlines: any time there is a
    limit. Elsewhere a time is one when it says so (底前, 到 ..., 年内) or opens a clause that sets a goal.
    """
    found = [d for start, end in brackets for d in _all(norm, start, end, year, issued)]
    taken = sorted((d.start, d.end) for d in found)
    for start, end, kind in spans:
        titles = [m.span() for m in _TITLES.finditer(norm, start, end)]
        for time in times(norm, start, end, year):
            if _inside(time, titles) or _inside(time, taken) or time.iso is None:
                continue
            if _is_limit(norm, time, kind, year, start) and not _only_names(norm, time):
                found.append(_draft(time))
        if kind != "other":
            found += [one for one in _relative(norm, start, end, issued) if not _covers(one.start, one.end, taken)]
    return sorted(found, key=lambda d: d.start)


def _relative(
    norm: str, start: int, end: int, issued: str | None, *, in_column: bool = False
) -> Iterator[DeadlineDraft]:
    for one in relative_times(norm, start, end, issued, in_column=in_column):
        yield DeadlineDraft(one.iso, one.start, one.end, one.since)


# 2026.9 alone in a cell is a month; in a sentence it may be the number of a section.
MONTH: Final = regex(r"\s*(?P<year>20\d\d) ?[./-] ?(?P<month>0?[1-9]|1[0-2])\s*")


def _all(norm: str, start: int, end: int, year: int | None, issued: str | None) -> Iterator[DeadlineDraft]:
    month = MONTH.fullmatch(norm, start, end)
    if month is not None:
        yield DeadlineDraft(f"{month['year']}-{int(month['month']):02d}", month.start("year"), month.end("month"))
        return
    yield from _relative(norm, start, end, issued, in_column=True)
    for time in times(norm, start, end, year):
        if time.iso:
            yield _draft(time)


def _draft(time: Time) -> DeadlineDraft:
    return DeadlineDraft(time.iso or "", time.start, time.end)


def _inside(time: Time, ranges: Sequence[tuple[int, int]]) -> bool:
    return _covers(time.start, time.end, ranges)


def _covers(start: int, end: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether one of some ranges, which are in order and apart, touches `[start, end)`: only the last that begins
    before its end can, and a table may have thousands."""
    i = bisect_left(ranges, (end, 0)) - 1
    return i >= 0 and start < ranges[i][1]


def _is_limit(norm: str, time: Time, kind: SectionKind, year: int | None, start: int) -> bool:
    before = norm[max(start, time.start - 16) : time.start]
    behind = norm[time.end : time.end + 24]
    if _is_background(time, before, behind, year):
        return False
    if _COLON.search(before) or time.after.endswith(_LIMIT) or (time.after == "起" and time.shape == "day"):
        return time.shape not in ("range", "years") or kind != "other"
    if kind in ("goal", "task", "phase", "safeguard"):
        return _sets_goal(time, before, behind)
    if time.shape == "range":
        return time.lead in ("自", "从") and bool(_CAMPAIGN.match(behind))
    return _AIM.match(time.lead) is not None and _opens(before) and time.shape != "month"


def _is_background(time: Time, before: str, behind: str, year: int | None) -> bool:
    """Times that recur, that only begin something, and those of the past."""
    if _ISSUED.search(before) or (time.shape == "year" and _BLANK_DAY.match(behind)):
        return True
    if time.shape == "month" and not time.after and _MONTHS_LISTED.search(before):
        return True
    if (
        time.lead in ("每", "次")
        or (time.lead in ("自", "从") and time.shape != "range")
        or time.lead.startswith("截")
        or before.endswith(("每", "次", "每年", "每年的"))
    ):
        return True
    if (time.after in ("起", "开始") and not _IN_FORCE.match(behind)) or _PAST.match(behind) or _HISTORY.search(before):
        return True
    if year is None or time.last_year is None or time.last_year >= year:
        return False
    return not _is_overdue(time, behind)


def _is_overdue(time: Time, behind: str) -> bool:
    """2023年12月底前完成 in a plan of 2024 is its own limit with a wrong year: it is kept, so that it can be reported."""
    written = time.after.endswith(("前", "止")) and time.own_year == time.last_year
    return written and not _TOLD.match(behind)


def _sets_goal(time: Time, before: str, behind: str) -> bool:
    """A time without 前 is a limit where it opens a clause that promises something."""
    if _AIM.match(time.lead) or _AIM_BEFORE.search(before) or time.shape == "five":
        return time.shape != "years"
    if time.shape == "year" and _REACHES.match(behind):
        return True
    done = bool(_DONE.match(behind.lstrip(",")))
    if time.lead in ("在", "于"):
        return done and time.shape in ("month", "day", "part")
    if _NOUN_BEHIND.match(behind) or _DONE_BEFORE.search(before):
        return _ends_period(time) and done
    if time.shape == "range":
        return time.after == "期间" or done or behind[:1] in (",", ":") or _opens(before)
    if time.shape == "years":
        return False
    if time.shape == "year":
        return _opens(before) and (behind[:1] in (",", ":") or _WORDS.match(behind) is not None)
    if time.shape == "day" and not _ends_period(time):
        return done and _opens(before)
    return done or (time.shape == "part" and _opens(before))


_CLAUSE_END = regex(r"[。;\n]")


def _only_names(norm: str, time: Time) -> bool:
    """A bare year at the head of a clause that promises nothing says of which year something is."""
    if time.shape != "year" or time.lead or time.after:
        return False
    stop = _CLAUSE_END.search(norm, time.end, time.end + _PROMISE_WITHIN)
    end = stop.start() if stop else time.end + _PROMISE_WITHIN
    return _NAMED_BY_YEAR.match(norm, time.end, end) is not None or _PROMISES.search(norm, time.end, end) is None


def _ends_period(time: Time) -> bool:
    return time.iso is not None and (time.iso.endswith(("-30", "-31", "-28", "-29")) or time.shape == "part")


def _opens(before: str) -> bool:
    """The time begins its clause."""
    return not before or before[-1] in "。,;:、!?(“ \n)\t" or before.endswith(("计划", "其中"))
