"""What the pages of dispatch show and do beyond the resources of their own, for programs: declared, not written."""

from __future__ import annotations

from django.http import Http404

from guatu.web.base.actors import Actor
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.dispatch.actions.decide_act import DecideAct
from guatu.web.dispatch.actions.decide_appeal import DecideAppeal
from guatu.web.dispatch.actions.instruct import AskLeader, Instruct
from guatu.web.dispatch.actions.mark_milestone import MarkMilestone
from guatu.web.dispatch.actions.meetings import AddDecision, EditMeeting, IssueMeeting, MakeMeeting, RemoveDecision
from guatu.web.dispatch.actions.open_periods import OpenPeriods
from guatu.web.dispatch.actions.propose_act import ProposeAct
from guatu.web.dispatch.actions.record_ladder import RecordLadder
from guatu.web.dispatch.actions.record_talk import RecordTalk
from guatu.web.dispatch.actions.remove_evidence import RemoveEvidence
from guatu.web.dispatch.actions.renew_calendar import RenewCalendar
from guatu.web.dispatch.actions.send_again import SendAgain
from guatu.web.dispatch.actions.set_milestones import SetMilestones
from guatu.web.dispatch.actions.set_period_rule import SetPeriodRule
from guatu.web.dispatch.actions.take_step import TakeStep
from guatu.web.dispatch.actions.take_steps import TakeSteps
from guatu.web.dispatch.actions.withdraw_act import WithdrawAct
from guatu.web.dispatch.selectors.acts import ACTS
from guatu.web.dispatch.selectors.appeals import APPEALS
from guatu.web.dispatch.selectors.delivered import DELIVERED
from guatu.web.dispatch.selectors.instructions import INSTRUCTIONS
from guatu.web.dispatch.selectors.meetings import MEETINGS, visible_meeting
from guatu.web.dispatch.selectors.milestones import task_of
from guatu.web.dispatch.selectors.notices import NOTICES
from guatu.web.dispatch.selectors.seen import visible_report
from guatu.web.dispatch.selectors.steps import STEPS
from guatu.web.kit.guard import check_may
from guatu.web.kit.offered import offer, offer_list
from guatu.web.ledger.selectors.visible import visible_task

router = ScopedRouter(write="orders", tags=["dispatch"])


def _may_appeal(actor: Actor) -> None:
    if not actor.may("appeal.decide"):
        check_may(actor, "appeal.make")


def _decides(actor: Actor, pk: int) -> None:
    if pk not in APPEALS.found(actor, {}).values_list("pk", flat=True):  # type: ignore[union-attr]
        raise Http404


def _plans(actor: Actor, pk: int) -> None:
    visible_task(actor, pk)


def _marks(actor: Actor, pk: int) -> None:
    visible_task(actor, task_of(pk))


def _reports(actor: Actor, pk: int, evidence: int) -> None:
    visible_report(actor, pk)


def _meets(actor: Actor, pk: int) -> None:
    visible_meeting(actor, pk)


offer_list(router, "/appeals", APPEALS, _may_appeal, "Appeals against lights, newest first")
offer_list(router, "/steps", STEPS, "order.edit", "Steps of the ladder that are due")
offer_list(router, "/instructions", INSTRUCTIONS, "order.view", "What leaders wrote and were asked, newest first")
offer_list(router, "/meetings", MEETINGS, "order.view", "Meetings of dispatch, newest first")
offer(router, "/instructions", Instruct, "Write an instruction, or answer a question: it becomes an order of a unit")
offer(router, "/instructions/ask", AskLeader, "Put a question to the leaders")
offer(router, "/meetings", MakeMeeting, "Register a meeting, with an agenda from the figures of a period")
offer(router, "/meetings/{meeting}/minutes", EditMeeting, "Write the minutes of a meeting", sees=_meets)
offer(router, "/meetings/{meeting}/decisions", AddDecision, "Add what a meeting decided", sees=_meets)
offer(router, "/meetings/decisions/{decision}/remove", RemoveDecision, "Take a decision out of a draft")
offer(router, "/meetings/{meeting}/issue", IssueMeeting, "Issue the minutes: decisions become orders", sees=_meets)
offer_list(router, "/notices", NOTICES, "order.view", "Notices that were sent, newest first")
offer(router, "/appeals/{appeal}/decide", DecideAppeal, "Uphold or reject an appeal", sees=_decides, scope="review")
offer(router, "/tasks/{task}/milestones", SetMilestones, "Set the milestones of a task", scope="plans", sees=_plans)
offer(router, "/milestones/{milestone}/mark", MarkMilestone, "Say how far a milestone is", scope="report", sees=_marks)
offer(router, "/steps/take", TakeStep, "Take the step of the ladder that is due")
offer(router, "/steps/take-many", TakeSteps, "Take several steps that are due, by the light that each answers to")
offer_list(router, "/reports/delivered", DELIVERED, "report.view", "What units owed and delivered, as it is counted")
offer_list(router, "/acts", ACTS, "order.view", "Grave acts and what became of them, newest first")
offer(router, "/acts/propose", ProposeAct, "Propose a grave step of the ladder that is due")
offer(router, "/acts/{act}/decide", DecideAct, "Confirm a grave act, or its withdrawal, as the second person")
offer(router, "/acts/{act}/withdraw", WithdrawAct, "Take a grave act back, with the reason")
offer(router, "/steps/record", RecordLadder, "Stop the ladder for a task and a unit, or begin it anew")
offer(router, "/talks/{event}", RecordTalk, "Write down what a talk came to")
offer(router, "/notices/send-again", SendAgain, "Send notices again that did not arrive")
offer(router, "/calendar/renew", RenewCalendar, "Give one's own calendar another address")
offer(
    router,
    "/plans/{plan}/period-rules",
    SetPeriodRule,
    "Set how often a plan is reported on; with `rule`, change a rule",
    scope="review",
)
offer(router, "/periods/open", OpenPeriods, "Open the periods that have come, for all plans or one", scope="review")
offer(
    router,
    "/reports/{report}/evidence/{evidence}/remove",
    RemoveEvidence,
    "Take a file off a report that is not handed in",
    scope="report",
    sees=_reports,
)
