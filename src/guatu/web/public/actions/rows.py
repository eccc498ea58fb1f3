"""What the actions on notices share."""

from __future__ import annotations

from django.utils.translation import gettext as _

from guatu.web.base.actions import Context
from guatu.web.base.actions.action import require
from guatu.web.base.problems import NotNow, standing
from guatu.web.public.models import Release


def known_release(pk: int, *, lock: bool = False) -> Release:
    """The row, or a problem that a person understands."""
    rows = Release.objects.select_for_update() if lock else Release.objects.all()
    return standing(rows.filter(pk=pk).first(), _("这份公示已不存在,请刷新页面。"))


def draft_of(pk: int) -> Release:
    """A draft to be changed; what hangs never changes."""
    row = known_release(pk, lock=True)
    if row.state != Release.State.DRAFT:
        raise NotNow(_("已经公开的内容不能改动。需要更正的,请撤回后另发。"), code="public.not-draft")
    return row


def require_release(context: Context, pk: int, permission: str) -> None:
    require(context, permission, known_release(pk).unit_id)
