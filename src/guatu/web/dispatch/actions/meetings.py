"""A meeting of dispatch: made for a period with an agenda from its figures, written up, and issued; what it decided
becomes orders when its minutes are issued."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.action import also
from guatu.web.base.problems import Invalid, NotNow, standing
from guatu.web.dispatch.actions.order_by_word import OrderOfMeeting, subject_of
from guatu.web.dispatch.actions.order_rows import cleaned
from guatu.web.dispatch.models import Decision, Meeting, Period
from guatu.web.dispatch.selectors.meeting_texts import agenda_of, title_of
from guatu.web.ledger.selectors.running import task_or_none

MOST = 50
RIGHT = "meeting.edit"


@dataclass(frozen=True)
class MakeMeeting(RowAction[Meeting]):
    name = "dispatch.make-meeting"
    words = gettext_lazy("登记调度会议")
    permission = RIGHT
    period: int
    held_on: datetime.date

    def change(self, context: Context) -> Change[Meeting]:
        period = standing(
            Period.objects.select_related("rule__plan").filter(pk=self.period).first(), _("这一期已不存在,请刷新页面。")
        )
        made = Meeting.objects.create(
            plan=period.rule.plan,
            period=period,
            title=title_of(period),
            held_on=self.held_on,
            agenda=agenda_of(period, self.held_on, context.actor),
            made_by=context.actor.user,
            made_at=context.at,
        )
        change = Change(made)
        change.note(made, None, {"period": period.key, "held_on": self.held_on.isoformat(), "title": made.title})
        return change


@dataclass(frozen=True)
class EditMeeting(RowAction[Meeting]):
    name = "dispatch.edit-meeting"
    words = gettext_lazy("修改会议纪要")
    permission = RIGHT
    meeting: int
    seen: int
    title: str
    held_on: datetime.date
    agenda: str
    place: str = ""
    chair: str = ""
    attended: str = ""
    minutes: str = ""
    number: str = ""

    def change(self, context: Context) -> Change[Meeting]:
        meeting = draft(self.meeting)
        take_version(meeting, self.seen)
        before = values(meeting)
        meeting.title = cleaned(self.title, "title", _("请写明会议名称。"), 200)
        meeting.agenda = cleaned(self.agenda, "agenda", _("请写明议程。"))
        for name, most in (("place", 120), ("chair", 120), ("attended", 2000), ("minutes", 5000), ("number", 60)):
            setattr(meeting, name, cleaned(getattr(self, name), name, "", most))
        meeting.held_on = self.held_on
        meeting.save()
        change = Change(meeting)
        change.note(meeting, before, values(meeting))
        return change


@dataclass(frozen=True)
class AddDecision(RowAction[Decision]):
    """What is to be done, by whom and when; on a task, or on the plan as a whole."""

    name = "dispatch.add-decision"
    words = gettext_lazy("登记议定事项")
    permission = RIGHT
    meeting: int
    text: str
    unit: int
    due_on: datetime.date
    task: int | None = None

    def change(self, context: Context) -> Change[Decision]:
        meeting = draft(self.meeting)
        text = cleaned(self.text, "text", _("请写明议定事项。"), 2000)
        if self.due_on < context.actor.today:
            raise Invalid(_("完成时限不能早于今天。"), field="due_on")
        if meeting.decisions.count() >= MOST:
            raise NotNow(_("一次会议最多 %(n)d 项议定事项。") % {"n": MOST})
        task = task_or_none(self.task)
        if task is not None and task.plan_id != meeting.plan_id:
            raise Invalid(_("这项任务不属于会议所依据的方案。"), field="task")
        made = Decision.objects.create(meeting=meeting, text=text, unit_id=self.unit, due_on=self.due_on, task=task)
        change = Change(made)
        due = self.due_on.isoformat()
        change.note(
            made, None, {"meeting": meeting.pk, "text": text, "unit": self.unit, "due_on": due, "task": self.task}
        )
        return change


@dataclass(frozen=True)
class RemoveDecision(RowAction[Meeting]):
    name = "dispatch.remove-decision"
    words = gettext_lazy("删去议定事项")
    permission = RIGHT
    decision: int

    def change(self, context: Context) -> Change[Meeting]:
        found = standing(Decision.objects.filter(pk=self.decision).first(), _("这项已不存在,请刷新页面。"))
        meeting = draft(found.meeting_id)
        change = Change(meeting)
        change.note(found, {"text": found.text, "unit": found.unit_id, "due_on": found.due_on.isoformat()}, None)
        found.delete()
        return change


@dataclass(frozen=True)
class IssueMeeting(RowAction[Meeting]):
    """The minutes are issued: nothing changes any more, and each decision is an order with its unit and day."""

    name = "dispatch.issue-meeting"
    words = gettext_lazy("印发会议纪要")
    permission = RIGHT
    meeting: int
    seen: int

    def change(self, context: Context) -> Change[Meeting]:
        meeting = draft(self.meeting)
        decisions = list(meeting.decisions.select_for_update())
        if not decisions and not meeting.minutes:
            raise NotNow(_("还没有议定事项,也没有会议要求,纪要不能印发。"), code="meeting.empty")
        if meeting.held_on > context.actor.today:
            raise NotNow(_("会议还没有开,纪要不能印发。"), code="meeting.ahead")
        take_version(meeting, self.seen)
        change = Change(meeting)
        for one in decisions:
            order = OrderOfMeeting(
                one.unit_id,
                subject_of(one.text),
                one.text,
                plan=meeting.plan_id,
                task=one.task_id,
                due_on=one.due_on,
                despite=True,
            )
            one.order = also(order, context, change)
            one.save(update_fields=["order"])
        meeting.state, meeting.issued_on, meeting.issued_by = (
            Meeting.State.ISSUED,
            context.actor.today,
            context.actor.user,
        )
        meeting.save()
        numbers = [one.order.number for one in decisions if one.order]
        change.note(meeting, {"state": Meeting.State.DRAFT}, {"state": meeting.state, "orders": numbers})
        return change


def draft(pk: int) -> Meeting:
    """The meeting while it may be written; locked."""
    meeting = standing(
        Meeting.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=pk).first(),
        _("这次会议已不存在,请刷新页面。"),
    )
    if meeting.state != Meeting.State.DRAFT:
        raise NotNow(_("会议纪要已经印发,不能再改。"), code="meeting.issued")
    return meeting


def values(meeting: Meeting) -> dict[str, str]:
    """What is written of a meeting, for the audit line."""
    names = ("title", "place", "chair", "attended", "agenda", "minutes", "number")
    return {**{name: getattr(meeting, name) for name in names}, "held_on": meeting.held_on.isoformat()}
