"""The word to who keeps the county's accounts that a backup is due."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from guatu.web.base.selectors.backups import overdue_backup

register = template.Library()


@register.inclusion_tag("base/_backup_notice.html", takes_context=True)
def backup_notice(context: dict[str, Any]) -> dict[str, Any]:
    return {"overdue": overdue_backup(context["request"].actor, timezone.now())}
