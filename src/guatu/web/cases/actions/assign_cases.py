"""Several cases are passed on to one unit at once; all of them or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context, RowAction
from guatu.web.base.problems import Conflict, Invalid, Problem
from guatu.web.cases.actions.entries import case_for
from guatu.web.cases.actions.give_case import GiveCase
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.history import standing
from guatu.web.cases.models import Case

MOST = 100


@dataclass(frozen=True)
class AssignCases(Action[list[int]]):
    """`cases` are pairs of id and the version that was seen."""

    cases: tuple[tuple[int, int], ...]
    unit: int
    name = "case.assign"
    words = gettext_lazy("批量派遣")
    permission = "case.edit"

    def change(self, context: Context) -> Change[list[int]]:
        if not self.cases:
            raise Invalid(_("请先勾选案件。"), field="cases", code="case.none-chosen")
        if len(self.cases) > MOST:
            raise Invalid(_("一次最多 %(most)d 件。") % {"most": MOST}, field="cases")
        change: Change[list[int]] = Change([pk for pk, _seen in self.cases])
        for pk, seen in self.cases:
            row = case_for(context, pk)
            try:
                done = self._given(row, seen).change(context)
            except Conflict:
                raise
            except Problem as problem:
                raise Invalid(f"{row.code}: {problem.message}", field="cases", code=problem.code) from problem
            change.lines += done.lines
        return change

    def answer(self, result: list[int]) -> Any:
        return result

    def recall(self, answer: Any) -> list[int]:
        return list(answer)

    def _given(self, row: Case, seen: int) -> RowAction[Case]:
        """The step that names the unit is done; in a flow without one the case, which has no unit yet, gets it."""
        now = standing(row)
        for step in now.state.open:
            if any(need.name == "unit" for need in now.engine.flow.by_id[step].fields):
                return MoveCase(row.pk, seen, step, "forward", fields={"unit": str(self.unit)})
        if row.unit_id is None and not now.engine.flow.asks("unit"):
            return GiveCase(row.pk, seen, self.unit)
        raise Invalid(_("现在的环节不指定承办单位。"), code="case.not-to-assign")
