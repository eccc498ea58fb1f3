"""An inspector keeps away from an object, or no longer has to."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.problems import Invalid
from guatu.web.inspection.models import InspectionObject, Inspector, InspectorConflict


@dataclass(frozen=True)
class SetConflict(RowAction[Inspector]):
    """An empty reason takes the conflict away."""

    inspector: int
    code: str
    reason: str
    name = "inspection.set-conflict"
    words = _("登记回避")
    permission = "inspection.lists"

    def change(self, context: Context) -> Change[Inspector]:
        who = Inspector.objects.filter(pk=self.inspector).first()
        thing = InspectionObject.objects.filter(code=self.code.strip()).first()
        if who is None or thing is None:
            raise Invalid(_("没有这个编号的检查对象。"), field="code", code="inspection.no-object")
        reason = " ".join(self.reason.replace("\0", "").split())[:200]
        held = InspectorConflict.objects.filter(inspector=who, object=thing).first()
        change = Change(who)
        if held is None and not reason:
            raise Invalid(_("请写明回避的原因。"), field="reason", code="inspection.no-reason")
        change.note(who, {"conflict": thing.code if held else None}, {"conflict": thing.code if reason else None})
        if not reason and held is not None:
            held.delete()
        else:
            InspectorConflict.objects.update_or_create(inspector=who, object=thing, defaults={"reason": reason})
        return change
