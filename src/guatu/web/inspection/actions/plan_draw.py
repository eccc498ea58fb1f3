"""A draw is planned: its seed is made now, and the digest of it published, before the lists are closed."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.core.cases.sampling.draw import commitment
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Invalid
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.inspection.models import Draw, Risk

MOST_EACH = 10
MOST_DAYS = 3660


@dataclass(frozen=True)
class PlanDraw(RowAction[Draw]):
    """`percent` by class of risk; `recent_days` leaves out what was inspected so many days before the draw."""

    title: str
    matter: str
    unit: int
    draw_on: datetime.date | None
    percent: Mapping[str, int]
    inspectors_each: int = 2
    recent_days: int = 0
    category: str = ""
    name = "inspection.plan-draw"
    words = _("制定抽查计划")

    def permit(self, context: Context) -> None:
        require(context, "inspection.edit", self.unit)

    def change(self, context: Context) -> Change[Draw]:
        title, matter = _line(self.title), _line(self.matter)
        if not title or len(title) > 120:
            raise Invalid(_("请填写抽查名称,不超过 120 个字。"), field="title", code="inspection.title")
        if not matter or len(matter) > 300:
            raise Invalid(_("请填写抽查事项,不超过 300 个字。"), field="matter", code="inspection.matter")
        if self.unit not in unit_tree(context.actor.today).nodes:
            raise Invalid(_("请从列表中选择组织单位。"), field="unit", code="inspection.no-unit")
        if self.draw_on is None or self.draw_on < context.actor.today:
            raise Invalid(_("抽取日期不能早于今天。"), field="draw_on", code="inspection.draw-on")
        self._check_numbers()
        # The seed has 256 random bits: nobody finds it from its digest.
        seed = secrets.token_hex(32)
        row = Draw.objects.create(
            title=title, matter=matter, unit_id=self.unit, category=_line(self.category)[:60], draw_on=self.draw_on,
            percent={risk: self.percent.get(risk, 0) for risk in Risk.values}, inspectors_each=self.inspectors_each,
            recent_days=self.recent_days, seed=seed, commitment=commitment(seed), planned_at=context.at,
        )  # fmt: skip
        change = Change(row)
        said = {
            "title": title,
            "draw_on": self.draw_on.isoformat(),
            "percent": row.percent,
            "commitment": row.commitment,
        }
        change.note(row, None, said)
        return change

    def _check_numbers(self) -> None:
        shares = [self.percent.get(risk, 0) for risk in Risk.values]
        if not all(0 <= share <= 100 for share in shares) or not any(shares):
            raise Invalid(_("抽取比例应在 0 到 100 之间,至少一类大于 0。"), field="percent", code="inspection.percent")
        if not 1 <= self.inspectors_each <= MOST_EACH:
            said = _("每个对象的检查人员应为 1 到 %(most)d 名。") % {"most": MOST_EACH}
            raise Invalid(said, field="inspectors_each", code="inspection.each")
        if not 0 <= self.recent_days <= MOST_DAYS:
            raise Invalid(_("天数应在 0 到 %(most)d 之间。") % {"most": MOST_DAYS}, field="recent_days")


def _line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())
