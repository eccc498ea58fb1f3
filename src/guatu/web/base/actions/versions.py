"""Two people edit one thing: the second is told, and nothing of either is lost."""

from __future__ import annotations

from typing import TypeVar

from django.utils.translation import gettext as _

from guatu.web.base.models import AuditEntry, Versioned
from guatu.web.base.problems import Conflict

V = TypeVar("V", bound=Versioned)


def take_version(thing: V, seen: int) -> V:
    """Raises the row's version from `seen` by one; a `Conflict` when somebody else did before.

    The row is locked until the transaction ends, so the change that follows is alone.
    """
    model = type(thing)
    taken = model._default_manager.filter(pk=thing.pk, row_version=seen).update(row_version=seen + 1)
    if not taken:
        last = (
            AuditEntry.objects.filter(object_type=model._meta.label_lower, object_id=str(thing.pk))
            .order_by("-id")
            .first()
        )
        who = str(last.user) if last and last.user else _("另一位用户")
        raise Conflict(
            _("%(who)s 刚刚修改了这一项。您的输入还在,请对照最新内容后再次保存。") % {"who": who},
            data={"who": who, "changed": last.after if last else None},
        )
    thing.row_version = seen + 1
    return thing
