"""Small parts of the ledger's pages."""

from __future__ import annotations

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
register.filter("plain", wording.plain)
register.filter("rounded", wording.rounded)
register.simple_tag(state_badge, name="plan_state")


@register.filter
def audit_action(entry: AuditEntry) -> str:
    return history.action_words(entry)


@register.filter
def audit_changes(entry: AuditEntry) -> list[str]:
    return list(history.change_words(entry))
