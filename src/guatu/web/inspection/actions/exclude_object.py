"""An object is left out of a draw with a reason, or put back, while the lists are open."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.problems import Invalid
from guatu.web.inspection.actions.steps import draw_for, in_state
from guatu.web.inspection.models import Draw, DrawExclusion, InspectionObject


@dataclass(frozen=True)
class ExcludeObject(RowAction[Draw]):
    """An empty reason puts the object back."""

    draw: int
    seen: int
    code: str
    reason: str
    name = "inspection.exclude-object"
    words = _("排除检查对象")

    def permit(self, context: Context) -> None:
        draw_for(context, self.draw)

    def change(self, context: Context) -> Change[Draw]:
        row = in_state(draw_for(context, self.draw), self.seen, Draw.State.PLANNED)
        thing = InspectionObject.objects.filter(code=self.code.strip()).first()
        if thing is None:
            raise Invalid(_("没有这个编号的检查对象。"), field="code", code="inspection.no-object")
        reason = " ".join(self.reason.replace("\0", "").split())[:200]
        held = DrawExclusion.objects.filter(draw=row, object=thing).first()
        if held is None and not reason:
            raise Invalid(_("请写明排除的原因,原因会公布。"), field="reason", code="inspection.no-reason")
        if reason:
            DrawExclusion.objects.update_or_create(draw=row, object=thing, defaults={"reason": reason})
        elif held is not None:
            held.delete()
        change = Change(row)
        before = {"excluded": thing.code, "reason": held.reason} if held else {}
        change.note(row, before, {"excluded": thing.code, "reason": reason})
        return change
