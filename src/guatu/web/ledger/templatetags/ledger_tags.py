"""Small parts of the ledger's pages."""

from __future__ import annotations

from typing import Any

from django import template

from guatu.web.base.addresses import address_form
from guatu.web.base.models import AuditEntry
from guatu.web.ledger import history, wording
from guatu.web.ledger.selectors.plans import state_badge

register = template.Library()


@register.simple_tag
def at(name: str, pk: int) -> str:
    """Address of a row's page, quicker than `url` where there are hundreds of them."""
    return address_form(name) % pk


register.filter("goal", wording.goal_words)
register.filter("target_words", wording.target_words)
register.simple_tag(state_badge, name="plan_state")


@register.filter
def audit_action(entry: AuditEntry) -> str:
    return history.action_words(entry)


@register.filter
def audit_changes(entry: AuditEntry) -> list[str]:
    return list(history.change_words(entry))


@register.filter
def rounded(value: float | str | None) -> str:
    """A computed figure with two decimals at most; a dash where there is none (a template says "" for what is
    not there)."""
    if value is None or isinstance(value, str):
        return "—"
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def plain(value: Any) -> str:
    """A number as it is typed into a field."""
    return "" if value is None else f"{value.normalize():f}"
