"""What the supervision office of the example county does once a month: problems, orders and their closing, the
circular."""

from __future__ import annotations

import datetime
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guatu.web.base.actions import perform
from guatu.web.base.problems import Problem as Refused
from guatu.web.dispatch.actions.close_order import CloseOrder
from guatu.web.dispatch.actions.issue_circular import IssueCircular
from guatu.web.dispatch.actions.issue_order import IssueOrder
from guatu.web.dispatch.actions.make_circular import MakeCircular
from guatu.web.dispatch.actions.open_problem import OpenProblem
from guatu.web.dispatch.actions.reply_order import ReplyOrder
from guatu.web.dispatch.models import Light, Order, Period, Report
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.example.people import People

ORDERS, PROBLEMS = 2, 2
REPLY = "已召开推进会,增加人手和机械,按倒排的时间表落实;现场照片和会议记录见附件。"
ASKED = "该任务已严重滞后。请查明原因,倒排工期,于反馈时限前书面反馈整改情况并附佐证。"


def month(people: People, period: Period, at: datetime.datetime, seed: int, *, last: bool) -> None:
    """Replies to the orders of before and closes some, issues new ones for red lights; the last circular stays
    a draft."""
    rng = random.Random(f"{seed}-supervision-{period.pk}")
    _answer(people, period, at, rng)
    _issue(people, period, at, rng)
    _list_problems(people, period, at)
    if not Light.objects.filter(period=period).exists():
        # On the first days of a month nothing has been reviewed yet: there is nothing to circulate.
        return
    circular = perform(MakeCircular(period.pk), people.office(at))
    if not last:
        perform(IssueCircular(circular.pk, circular.row_version), people.office(at))


def _answer(people: People, period: Period, at: datetime.datetime, rng: random.Random) -> None:
    for order in Order.objects.filter(plan=period.rule.plan, state=Order.State.ISSUED).order_by("id"):
        user = people.by_unit.get(order.unit_id)
        if user is None or rng.random() < 0.35:
            continue
        proof = SimpleUploadedFile(f"整改情况-{order.pk}.txt", f"{order.subject}:{REPLY}".encode())
        order = perform(ReplyOrder(order.pk, order.row_version, REPLY, (proof,)), people.context(user, at))
        if rng.random() < 0.7:
            closed = CloseOrder(order.pk, order.row_version, "佐证属实,同意销号。")
            perform(closed, people.office(at + datetime.timedelta(hours=3)))


def _issue(people: People, period: Period, at: datetime.datetime, rng: random.Random) -> None:
    reds = list(Light.objects.filter(period=period, target=None, colour="red").select_related("task").order_by("id"))
    for light in rng.sample(reds, min(ORDERS, len(reds))):
        action = IssueOrder(light.unit_id, light.task.title, ASKED, task=light.task_id, light=light.pk)
        try:
            perform(action, people.office(at))
        except Refused:
            # The order of last month on the same task is still open.
            continue


def _list_problems(people: People, period: Period, at: datetime.datetime) -> None:
    told = Report.objects.filter(period=period, state__in=HANDED_IN).exclude(problems="")
    for report in told.order_by("id")[:PROBLEMS]:
        due = timezone.localtime(at).date() + datetime.timedelta(days=30)
        perform(OpenProblem(report=report.pk, due_on=due), people.office(at))
