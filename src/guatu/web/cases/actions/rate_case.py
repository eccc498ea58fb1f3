"""Whoever reported says how well it was done, once, after the case has ended."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.cases.actions.entries import add_event, changed, written
from guatu.web.cases.history import standing
from guatu.web.cases.models import Case, CaseEvent
from guatu.web.cases.selectors.public import tracked


@dataclass(frozen=True)
class RateCase(RowAction[Case]):
    """The code is the right: it was given to whoever reported, and nobody guesses it."""

    code: str
    stars: int
    text: str = ""
    name = "case.rate"
    words = gettext_lazy("评价案件")

    def permit(self, context: Context) -> None:
        tracked(self.code)

    def change(self, context: Context) -> Change[Case]:
        row = tracked(self.code)
        if not 1 <= self.stars <= 5:
            raise Invalid(_("请选择 1 到 5 星。"), field="stars", code="case.no-stars")
        if row.ended_at is None:
            raise NotNow(_("案件还没有办结,办结后再评价。"), code="case.not-ended")
        take_version(row, row.row_version)
        now = standing(row)
        if any(event.kind == CaseEvent.Kind.RATE for event in now.events):
            raise NotNow(_("已经评价过了,谢谢。"), code="case.rated")
        add_event(now, context, CaseEvent.Kind.RATE, stars=self.stars, reason=written(self.text, "text", 1000))
        return changed(row, {}, {"stars": self.stars})
