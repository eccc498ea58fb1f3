"""A problem is solved, with what was done about it; or it turns out that it is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import NotNow, standing
from guatu.web.dispatch.actions.order_rows import cleaned
from guatu.web.dispatch.models import Order, Problem
from guatu.web.dispatch.selectors.orders import PENDING


@dataclass(frozen=True)
class SolveProblem(RowAction[Problem]):
    """`again` takes a solved problem up again; `text` is then the reason."""

    name = "dispatch.solve-problem"
    words = gettext_lazy("问题销号")
    permission = "order.edit"
    problem: int
    seen: int
    text: str
    again: bool = False

    def change(self, context: Context) -> Change[Problem]:
        empty = _("请写明重新列入的原因。") if self.again else _("请写明解决情况。")
        text = cleaned(self.text, "text", empty)
        problem = standing(
            Problem.objects.select_for_update().filter(pk=self.problem).first(), _("这个问题已不存在,请刷新页面。")
        )
        wanted = Problem.State.SOLVED if self.again else Problem.State.OPEN
        if problem.state != wanted:
            raise NotNow(_("这个问题的状态刚刚变了,请刷新页面。"))
        take_version(problem, self.seen)
        change = Change(problem)
        if self.again:
            _open_again(problem, text, change)
            return change
        open_order = Order.objects.filter(problem=problem, state__in=PENDING).order_by("id").first()
        if open_order is not None:
            raise NotNow(
                _("这个问题的%(number)s尚未销号,请先处理督办单。") % {"number": open_order.number}, code="order.open"
            )
        solve(problem, text, context, change)
        return change


def solve(problem: Problem, text: str, context: Context, change: Change[Any]) -> None:
    problem.state, problem.solution = Problem.State.SOLVED, text
    problem.solved_at, problem.solved_by = context.at, context.actor.user
    problem.save(update_fields=["state", "solution", "solved_at", "solved_by"])
    change.note(problem, {"state": Problem.State.OPEN}, {"state": problem.state, "solution": text})


def _open_again(problem: Problem, reason: str, change: Change[Problem]) -> None:
    before = {"state": problem.state, "solution": problem.solution}
    problem.state, problem.solution, problem.solved_at, problem.solved_by = Problem.State.OPEN, "", None, None
    problem.save(update_fields=["state", "solution", "solved_at", "solved_by"])
    change.note(problem, before, {"state": problem.state, "reason": reason})
