"""Several steps of the ladder are taken at once; those that are due no longer are left and named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Invalid, Problem
from guatu.web.dispatch.actions.record_ladder import RecordLadder
from guatu.web.dispatch.actions.take_step import TakeStep
from guatu.web.dispatch.models import LadderEvent, Light

MOST = 200
SETTLE = "settled"


@dataclass(frozen=True)
class TookSteps:
    """How many were taken, and the lights whose step was left, with the reason."""

    count: int
    left: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TakeSteps(Action[TookSteps]):
    """`steps` by the light that they answer to; `settled` in the place of a step settles the climb."""

    name = "dispatch.take-steps"
    words = _("批量采取督办措施")
    steps: Mapping[int, str]

    def permit(self, context: Context) -> None:
        require(context, "order.edit")

    def change(self, context: Context) -> Change[TookSteps]:
        if not self.steps:
            raise Invalid(_("请先勾选要采取的措施。"), field="steps")
        if len(self.steps) > MOST:
            raise Invalid(_("一次最多采取 %(n)d 项,请分批处理。") % {"n": MOST}, field="steps")
        left: dict[int, str] = {}
        lines: list[Any] = []
        for light in Light.objects.filter(pk__in=list(self.steps), target=None).order_by("task_id", "unit_id"):
            try:
                # One that cannot be taken leaves nothing behind and does not hinder the others.
                with transaction.atomic():
                    require(context, "order.edit", light.unit_id)
                    lines += self._one(light, self.steps[light.pk], context)
            except Problem as problem:
                left[light.pk] = str(problem.message)
        return Change(TookSteps(len(self.steps) - len(left), left), lines)

    def _one(self, light: Light, step: str, context: Context) -> list[Any]:
        if step == SETTLE:
            return RecordLadder(light.task_id, light.unit_id, LadderEvent.Kind.SETTLED).change(context).lines
        return TakeStep(light.period_id, light.task_id, light.unit_id, step).change(context).lines

    def answer(self, result: TookSteps) -> Any:
        return [result.count, dict(result.left)]

    def recall(self, answer: Any) -> TookSteps:
        return TookSteps(answer[0], {int(key): text for key, text in answer[1].items()})
