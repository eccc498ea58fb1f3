"""Several reports are accepted at once; those that changed in between are left and named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Invalid, Problem
from guatu.web.dispatch.actions.review_report import ReviewReport
from guatu.web.dispatch.selectors.reviewing import PERMISSION

MOST = 200


@dataclass(frozen=True)
class Accepted:
    """How many were accepted, and the ids of those that were left with the reason."""

    count: int
    left: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AcceptReports(Action[Accepted]):
    """`seen` is the version of each report as the reviewer saw it."""

    name: ClassVar[str] = "dispatch.accept-reports"
    words = gettext_lazy("批量通过填报")
    seen: Mapping[int, int]

    def permit(self, context: Context) -> None:
        require(context, PERMISSION)

    def change(self, context: Context) -> Change[Accepted]:
        if not self.seen:
            raise Invalid(_("请先勾选要通过的填报。"), field="reports")
        if len(self.seen) > MOST:
            raise Invalid(_("一次最多通过 %(n)d 份,请分批处理。") % {"n": MOST}, field="reports")
        change: Change[Accepted] = Change(Accepted(0))
        left: dict[int, str] = {}
        count = 0
        for pk in sorted(self.seen):
            action = ReviewReport(pk, self.seen[pk], accept=True)
            try:
                with transaction.atomic():
                    action.permit(context)
                    change.lines += action.change(context).lines
                count += 1
            except Problem as problem:
                left[pk] = str(problem.message)
        change.result = Accepted(count, left)
        return change

    def answer(self, result: Accepted) -> Any:
        return {"count": result.count, "left": {str(pk): text for pk, text in result.left.items()}}

    def recall(self, answer: Any) -> Accepted:
        return Accepted(answer["count"], {int(pk): text for pk, text in answer["left"].items()})
