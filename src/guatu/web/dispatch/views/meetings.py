"""Meetings of dispatch: the list, and one with what became of the last decisions, its agenda and what it decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from guatu.adapters.writers.official import official_document
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.dispatch.actions.meetings import AddDecision, EditMeeting, IssueMeeting, MakeMeeting, RemoveDecision
from guatu.web.dispatch.models import Meeting
from guatu.web.dispatch.selectors.circulars import periods_to_tell
from guatu.web.dispatch.selectors.meeting_texts import last_meeting, minutes_document
from guatu.web.dispatch.selectors.meetings import FOLLOWED, MEETINGS, decisions_of, visible_meeting
from guatu.web.dispatch.selectors.orders import default_due
from guatu.web.kit.downloads import DOCX, attached
from guatu.web.kit.field import Field
from guatu.web.kit.forms import Form, by_name, posted
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import Sends, exported, page
from guatu.web.kit.values import iso
from guatu.web.ledger.selectors.running import open_tasks, units_with_duties

MAKE = Form(
    "make",
    "meeting_list",
    MakeMeeting,
    (
        Field("period", _("期次"), "select", required=True, choices="periods", box=""),
        Field("held_on", _("会议日期"), "date", required=True, box=""),
    ),
    button=_("生成议程"),
    icon="plus",
    box="d-flex flex-wrap gap-2 align-items-end mb-3",
)
EDIT = Form(
    "edit",
    "meeting_edit",
    EditMeeting,
    (
        Field("title", _("会议名称"), required=True),
        Field("held_on", _("会议日期"), "date", required=True),
        Field("place", _("地点")),
        Field("chair", _("主持人")),
        Field("attended", _("参加人员"), "area", attributes={"rows": 2}),
        Field("agenda", _("议程"), "area", required=True, attributes={"rows": 7}),
        Field("minutes", _("会议要求"), "area", hint=_("每行一段;以“1.”开头的行按条排列。"), attributes={"rows": 6}),
        Field("number", _("编号")),
    ),
)
DECIDE = Form(
    "decide",
    "decision_add",
    AddDecision,
    (
        Field("text", _("议定事项"), "area", required=True, attributes={"rows": 3}),
        Field("unit", _("责任单位"), "select", required=True, choices="units", none=_("请选择")),
        Field("due_on", _("完成时限"), "date", required=True),
        Field("task", _("任务"), "select", choices="tasks", none=_("不针对具体任务")),
    ),
    button=_("加入"),
    icon="plus",
    said=_("已加入议定事项。"),
)
ISSUE = Form(
    "issue",
    "meeting_issue",
    IssueMeeting,
    button=_("印发纪要"),
    icon="send",
    said=_("纪要已印发,每项议定事项都已下达督办单。"),
)


@page(
    "order.view",
    "dispatch/meeting_list.html",
    MEETINGS,
    "meeting_export",
    sends=Sends(MAKE, lambda made: reverse("meeting_detail", args=[made.pk])),
)
def meeting_list(request: HttpRequest) -> dict[str, Any]:
    edits = actor_of(request).may("meeting.edit")
    return {"may_edit": edits, "periods": periods_to_tell() if edits else []}


meeting_export = exported("order.view", MEETINGS)


@page("order.view", "dispatch/meeting_detail.html")
def meeting_detail(request: HttpRequest, pk: int) -> dict[str, Any]:
    """First what became of what was decided last time; then this meeting."""
    actor = actor_of(request)
    meeting = visible_meeting(actor, pk)
    last = last_meeting(meeting.plan_id, meeting.held_on, meeting.pk)
    edits = actor.may("meeting.edit") and meeting.state == Meeting.State.DRAFT
    busy = units_with_duties(None) if edits else set()
    return {
        "meeting": meeting,
        "last": last,
        "followed": decisions_of(last, actor) if last else [],
        "decisions": decisions_of(meeting, actor),
        "columns": FOLLOWED,
        "may_edit": edits,
        "values": {field.name: getattr(meeting, field.name) for field in EDIT.fields} | {"seen": meeting.row_version},
        "units": [(node.id, node.name) for _depth, node in unit_tree(actor.today).walk() if node.id in busy],
        "tasks": _tasks(meeting) if edits else [],
        "next_due": iso(default_due(actor.today)),
        "forms": by_name((EDIT, DECIDE, ISSUE)),
    }


def _tasks(meeting: Meeting) -> list[tuple[int, str]]:
    return [(task.pk, f"{task.number} {task.title}".strip()) for task in open_tasks().filter(plan=meeting.plan_id)]


def _sees(request: HttpRequest, pk: int, *_of: int) -> None:
    visible_meeting(actor_of(request), pk)


meeting_edit = posted(EDIT, "meeting.edit", meeting_detail, "meeting_detail", sees=_sees)
meeting_issue = posted(ISSUE, "meeting.edit", meeting_detail, "meeting_detail", sees=_sees)
decision_add = posted(DECIDE, "meeting.edit", meeting_detail, "meeting_detail", sees=_sees)
decision_remove = posted(
    Form("remove", "decision_remove", RemoveDecision, said=_("已删去。")),
    "meeting.edit",
    None,
    lambda meeting: reverse("meeting_detail", args=[meeting.pk]),
)


@needs("order.view")
def meeting_docx(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(actor_of(request), pk)
    name = meeting.title if meeting.state == Meeting.State.ISSUED else f"{meeting.title}({_now('草稿')})"
    return attached(official_document(minutes_document(meeting)), f"{name}.docx", DOCX)
