"""The first draft of a meeting's agenda, from the figures of its period; and its minutes as an official document.

Official papers are Chinese whatever the language of the page.
"""

from __future__ import annotations

import datetime
from collections import Counter

from guatu.adapters.writers.official import Block, Heading, OfficialDocument, Paragraph, blocks_of
from guatu.adapters.writers.official.words import chinese_signs, numbered, period_name
from guatu.web.base.actors import Actor
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.models import Light, Meeting, Order, Period, Report
from guatu.web.dispatch.selectors.circular_texts import issuer
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.dispatch.selectors.watched import watched
from guatu.web.ledger.selectors.names import unit_labels

_TASKS, _UNITS = 5, 4


def title_of(period: Period) -> str:
    return f"{period.rule.plan.title}{period_name(period.key)}调度会议"[:200]


def agenda_of(period: Period, held_on: datetime.date, actor: Actor) -> str:
    """What became of the last decisions first, then the figures, the tasks that are behind, what is next."""
    points = [_follow_up(period, held_on), _figures(period), _behind(period, actor), "研究下一步工作安排。"]
    return "\n".join(f"{at}.{text}" for at, text in enumerate(filter(None, points), 1))


def last_meeting(plan: int, before: datetime.date, pk: int | None = None) -> Meeting | None:
    """The one before it of which minutes were issued."""
    found = Meeting.objects.filter(plan=plan, state=Meeting.State.ISSUED, held_on__lte=before)
    found = found if pk is None else found.exclude(pk=pk)
    return found.order_by("-held_on", "-id").first()


def _follow_up(period: Period, held_on: datetime.date) -> str:
    last = last_meeting(period.rule.plan_id, held_on)
    if last is None or not (count := last.decisions.count()):
        return ""
    done = last.decisions.filter(order__state=Order.State.CLOSED).count()
    return f"通报上次会议议定事项落实情况：{count} 项中已办结 {done} 项。"


def _figures(period: Period) -> str:
    lights = Counter(Light.objects.filter(period=period, target=None).values_list("colour", flat=True))
    reports = Report.objects.filter(period=period)
    due, handed_in = reports.count(), reports.filter(state__in=HANDED_IN).count()
    said = f"听取{period_name(period.key)}调度情况汇报：应报 {due} 份，已报 {handed_in} 份"
    if lights:
        red, amber, green = (lights[colour] for colour in ("red", "amber", "green"))
        said += f"；亮灯 {sum(lights.values())} 个，其中严重滞后 {red} 个、滞后 {amber} 个、正常 {green} 个"
    return f"{said}。"


def _behind(period: Period, actor: Actor) -> str:
    found = watched(actor, [period], _TASKS)
    named = []
    for one in found:
        units = [name for name, _colour, _pk in one.units]
        more = "等" if len(units) > _UNITS else ""
        named.append(f"{one.task}（{'、'.join(units[:_UNITS])}{more}）")
    return f"研究滞后任务：{'；'.join(named)}。" if named else ""


def minutes_document(meeting: Meeting) -> OfficialDocument:
    """会议纪要: who met when and about what, what was decided, each decision with its unit and day."""
    on = meeting.issued_on or meeting.held_on
    by = issuer(on)
    decisions = list(meeting.decisions.all())
    names = unit_labels((one.unit_id for one in decisions), on)
    held = f"{meeting.held_on.year}年{meeting.held_on.month}月{meeting.held_on.day}日"
    place = f"在{meeting.place}" if meeting.place else ""
    chair = f"，{meeting.chair}主持会议" if meeting.chair else ""
    blocks: list[Block] = [Paragraph(f"{held}{place}召开{meeting.title}{chair}。现将会议情况纪要如下。")]
    blocks += [Heading(1, numbered(1, "会议议程")), *blocks_of(chinese_signs(meeting.agenda))]
    at = 2
    if meeting.minutes:
        blocks += [Heading(1, numbered(at, "会议要求")), *blocks_of(chinese_signs(meeting.minutes))]
        at += 1
    if decisions:
        blocks.append(Heading(1, numbered(at, "议定事项")))
        blocks += [
            Paragraph(
                f"{n}．{chinese_signs(one.text).rstrip('。')}。（责任单位：{names.get(one.unit_id, '')}；"
                f"完成时限：{one.due_on.year}年{one.due_on.month}月{one.due_on.day}日）"
            )
            for n, one in enumerate(decisions, 1)
        ]
    if meeting.attended:
        blocks.append(Paragraph(f"参加人员：{chinese_signs(meeting.attended)}"))
    return OfficialDocument(
        agency=str(setting("supervision.agency-mark", on) or by),
        number=meeting.number,
        title=f"{meeting.title}纪要",
        blocks=tuple(blocks),
        author=by,
        on=on,
    )
