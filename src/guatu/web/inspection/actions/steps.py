"""What the steps of a draw share: the draw that the actor may lead, in the state in which the step can be done."""

from __future__ import annotations

from django.utils.translation import gettext as _

from guatu.web.base.actions import Context, take_version
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Denied, NotNow
from guatu.web.inspection.models import Draw


def draw_for(context: Context, pk: int) -> Draw:
    """The draw; raises `Denied` where it is not there or not the actor's to lead."""
    row = Draw.objects.filter(pk=pk).first()
    if row is None:
        raise Denied(_("没有这次抽查,或者您不能办理。"), code="inspection.no-draw")
    require(context, "inspection.edit", row.unit_id)
    return row


def in_state(row: Draw, seen: int, state: str) -> Draw:
    """The draw locked as it was seen; raises `NotNow` where it has gone on or is not there yet."""
    if row.state != state:
        raise NotNow(_("这次抽查现在是“%(state)s”,不能这样办理。") % {"state": row.get_state_display()})
    return take_version(row, seen)
