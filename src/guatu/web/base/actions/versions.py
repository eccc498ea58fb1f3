"""Two people edit one thing: the second is told, and nothing of either is lost."""

from __future__ import annotations

from typing import TypeVar

from django.utils.translation import gettext as _

from guatu.web.base.models import AuditEntry, Versioned
from guatu.web.base.prepared import update
from guatu.web.base.problems import Conflict

V = TypeVar("V", bound=Versioned)


def take_version(thing: V, seen: int, *written: str) -> V:
    """Raises the row's version from `seen` by one; a `Conflict` when somebody else did before.

    The row is locked until the transaction ends, so the change that follows is alone. Fields named in `written` are
    written with it, as they stand on `thing`: for a row that was read without a lock and is written in one go.
    """
    thing.row_version = seen + 1
    if not update(thing, ["row_version", *written], row_version=seen):
        raise _conflict(thing)
    return thing


def still_at(thing: Versioned, seen: int) -> None:
    """Raises the `Conflict` at once where the row that was read has another version than was seen."""
    if thing.row_version != seen:
        raise _conflict(thing)


def _conflict(thing: Versioned) -> Conflict:
    lines = AuditEntry.objects.filter(object_type=thing._meta.label_lower, object_id=str(thing.pk))
    last = lines.order_by("-id").first()
    who = str(last.user) if last and last.user else _("另一位用户")
    return Conflict(
        _("%(who)s 刚刚修改了这一项。您的输入还在,请对照最新内容后再次保存。") % {"who": who},
        data={"who": who, "changed": last.after if last else None},
    )
