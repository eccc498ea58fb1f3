"""Whether anything was written that periods and lights are made of: the trail has a line for each write."""

from __future__ import annotations

from django.db.models import Max, Q

from guatu.web.base.models import AuditEntry

_QUIET = frozenset({"order", "problem", "circular", "notice", "talk", "ladderevent"})
"""Kinds of dispatch that follow from lights and move none."""
_MADE_OF = (
    Q(object_type="base.setting")
    | Q(object_type__startswith="directory.")
    | Q(object_type__startswith="ledger.")
    | Q(object_type__startswith="dispatch.")
)


def last_line() -> int:
    return AuditEntry.objects.aggregate(last=Max("pk"))["last"] or 0


def moving_since(line: int, own: str) -> bool:
    """Whether a line after this one may move a light or owe a report; those of the hourly run itself do not."""
    rows = AuditEntry.objects.filter(_MADE_OF, pk__gt=line).exclude(request_id__startswith=own)
    return rows.exclude(object_type__in=[f"dispatch.{kind}" for kind in _QUIET]).exists()
