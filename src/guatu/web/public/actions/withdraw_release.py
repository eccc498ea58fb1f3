"""A notice is taken down before its time. That it was there and why it is gone stays."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.public.actions.rows import draft_of, known_release, require_release
from guatu.web.public.models import Release

LONGEST = 300


@dataclass(frozen=True)
class WithdrawRelease(RowAction[Release]):
    release: int
    seen: int
    reason: str
    name = "public.withdraw"
    words = gettext_lazy("撤回公示")

    def permit(self, context: Context) -> None:
        require_release(context, self.release, "public.release")

    def change(self, context: Context) -> Change[Release]:
        row = known_release(self.release, lock=True)
        if row.state != Release.State.RELEASED:
            raise NotNow(_("这份公示没有公开,或者已经撤回。"), code="public.not-released")
        reason = " ".join(self.reason.replace("\0", "").split())
        if not reason or len(reason) > LONGEST:
            said = _("请写明撤回的原因,不超过 %(n)d 个字;原因会公布。") % {"n": LONGEST}
            raise Invalid(said, field="reason", code="public.no-reason")
        take_version(row, self.seen)
        # The words stay in the row, for who looks after it, and are shown to nobody else.
        row.state, row.reason = Release.State.WITHDRAWN, reason
        row.withdrawn_at, row.withdrawn_by = context.at, context.actor.user
        row.save()
        change = Change(row)
        change.note(row, {"state": Release.State.RELEASED}, {"state": row.state, "reason": reason})
        return change


@dataclass(frozen=True)
class DiscardDraft(RowAction[Release]):
    """A draft that nobody has put up goes without a trace on the public pages."""

    release: int
    seen: int
    name = "public.discard"
    words = gettext_lazy("删去公示草稿")

    def permit(self, context: Context) -> None:
        require_release(context, self.release, "public.edit")

    def change(self, context: Context) -> Change[Release]:
        row = draft_of(self.release)
        take_version(row, self.seen)
        change = Change(row)
        change.note(row, {"title": row.title, "kind": row.kind}, None)
        # The audit line names the row by its number, which `delete` would take from it.
        Release.objects.filter(pk=row.pk).delete()
        return change
