"""The lists of a draw are closed and published with their digest: nobody is put on or taken off after this."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.problems import NotNow
from guatu.web.inspection.actions.steps import draw_for, in_state
from guatu.web.inspection.lists import digest_of, lists_of
from guatu.web.inspection.models import Draw


@dataclass(frozen=True)
class CloseLists(RowAction[Draw]):
    draw: int
    seen: int
    name = "inspection.close-lists"
    words = _("锁定抽查名单")

    def permit(self, context: Context) -> None:
        draw_for(context, self.draw)

    def change(self, context: Context) -> Change[Draw]:
        row = in_state(draw_for(context, self.draw), self.seen, Draw.State.PLANNED)
        lists = lists_of(row)
        if not lists["objects"]:
            raise NotNow(_("名单里没有检查对象,请先导入,或检查对象类别。"), code="inspection.no-objects")
        if len(lists["inspectors"]) < row.inspectors_each:
            raise NotNow(_("检查人员不够,请先登记。"), code="inspection.no-inspectors")
        row.inputs, row.inputs_digest = lists, digest_of(lists)
        row.state, row.closed_at = Draw.State.CLOSED, context.at
        row.save()
        change = Change(row)
        change.note(row, {"state": Draw.State.PLANNED}, {"state": row.state, "inputs_digest": row.inputs_digest})
        return change
