"""Objects and inspectors are drawn from the closed lists by the seed, which is public from now on."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from django.utils.translation import gettext_lazy as _

from guatu.core.cases.sampling.draw import draw
from guatu.core.kernel.finding import Language
from guatu.core.kernel.row_finding import RowFinding
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.problems import NotNow
from guatu.web.inspection.actions.steps import draw_for, in_state
from guatu.web.inspection.lists import RISK_WORDS, order_of
from guatu.web.inspection.models import Draw, DrawnObject, InspectionObject, Inspector


@dataclass(frozen=True)
class RunDraw(RowAction[Draw]):
    draw: int
    seen: int
    name = "inspection.run-draw"
    words = _("抽取")

    def permit(self, context: Context) -> None:
        draw_for(context, self.draw)

    def change(self, context: Context) -> Change[Draw]:
        row = in_state(draw_for(context, self.draw), self.seen, Draw.State.CLOSED)
        if context.actor.today < row.draw_on:
            raise NotNow(_("还没有到抽取日期。"), code="inspection.too-early")
        # Closing the lists stored them; the state says that they are closed.
        assert row.inputs is not None
        found = draw(order_of(row.inputs, row.seed))
        objects = {one.code: one for one in InspectionObject.objects.filter(code__in=[one.name for one in found.drawn])}
        inspectors = {one.number: one for one in Inspector.objects.all()}
        for place, one in enumerate(found.drawn, 1):
            ticket, digest = (str(one.why.part(key).value) for key in ("ticket", "digest"))
            made = DrawnObject.objects.create(
                draw=row, object=objects[one.name], place=place, ticket=ticket, digest=digest, team=list(one.inspectors)
            )
            made.inspectors.set(inspectors[number] for number in one.inspectors)
        row.state, row.drawn_at = Draw.State.DRAWN, context.at
        row.findings = [[_said(finding, "zh"), _said(finding, "en")] for finding in found.findings]
        row.save()
        change = Change(row)
        drawn = [[one.name, *one.inspectors] for one in found.drawn]
        change.note(row, {"state": Draw.State.CLOSED}, {"state": row.state, "seed": row.seed, "drawn": drawn})
        return change


def _said(finding: RowFinding, language: Language) -> str:
    """The finding with the class of risk in words."""
    risk = str(finding.params.get("class_", ""))
    words = RISK_WORDS.get(risk)
    said = words[language == "en"] if words else risk
    return msgspec.structs.replace(finding, params={**finding.params, "class_": said}).message(language)
