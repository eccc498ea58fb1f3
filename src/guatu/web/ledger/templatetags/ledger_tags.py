"""Small parts of the ledger's pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guatu.web.base.addresses import address_form
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Problem
from guatu.web.ledger import history, wording

register = template.Library()


@register.simple_tag
def at(name: str, pk: int) -> str:
    """Address of a row's page, quicker than `url` where there are hundreds of them."""
    return address_form(name) % pk


@register.filter
def sign(op: str) -> str:
    """≥ for >=; nothing for a plain number."""
    return wording.SIGNS.get(op, "")


@register.filter
def target_words(target: Any) -> str:
    return wording.target_words(target)


@register.simple_tag
def problem_at(problem: Problem | None, field: str) -> SafeString | str:
    """The message of a problem below the field that it belongs to."""
    if not isinstance(problem, Problem) or problem.field != field:
        return ""
    return format_html('<div class="invalid-feedback d-block" role="alert">{}</div>', problem.message)


@register.filter
def audit_action(entry: AuditEntry) -> str:
    return history.action_words(entry)


@register.filter
def audit_changes(entry: AuditEntry) -> list[str]:
    return list(history.change_words(entry))


@register.filter
def rounded(value: float | str | None) -> str:
    """A computed figure with two decimals at most; a dash where there is none (a template says "" for what is not there)."""
    if value is None or isinstance(value, str):
        return "—"
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def plain(value: Any) -> str:
    """A number as it is typed into a field."""
    return "" if value is None else f"{value.normalize():f}"
