"""Filters that the lists of dispatch share: by unit, plan and period, each offering what the rows have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.kit.table import Pick
from guatu.web.kit.values import text_of
from guatu.web.ledger.models import Plan
from guatu.web.ledger.selectors.names import unit_labels

Rows = Callable[[Actor], QuerySet[Any]]
"""All that somebody may see, before it is narrowed."""


def unit_filter(rows: Rows) -> Pick:
    def choices(actor: Actor) -> list[tuple[int, str]]:
        units = rows(actor).order_by().values_list("unit", flat=True).distinct()
        return list(unit_labels(units, actor.today).items())

    return Pick("unit", _("单位"), "unit", choices=choices)


def plan_filter(rows: Rows, field: str = "plan") -> Pick:
    def choices(actor: Actor) -> list[tuple[int, str]]:
        plans = Plan.objects.filter(pk__in=rows(actor).order_by().values(field))
        return list(plans.order_by("title").values_list("pk", "title"))

    return Pick("plan", _("方案"), field, wide=True, choices=choices)


def period_filter(rows: Rows, newest: bool = False) -> Pick:
    """By the key of a period; with `newest` that of the newest one where none is asked for."""

    def keys(actor: Actor) -> QuerySet[Any, str]:
        found = rows(actor).order_by("-period__ends_on").values_list("period__key", "period__ends_on").distinct()
        return found.values_list("period__key", flat=True)

    return Pick(
        "period",
        _("期次"),
        "period__key",
        choices=lambda actor: [(key, key) for key in dict.fromkeys(keys(actor))],
        by=lambda given, name: text_of(given, name)[:10] or None,
        every=_("全部"),
        default=(lambda actor: keys(actor).first()) if newest else None,
    )


def state_mark(row: Any) -> SafeString:
    """The state of an order, a problem or a circular."""
    return format_html('<span class="order-state state-{}">{}</span>', row.state, row.get_state_display())
