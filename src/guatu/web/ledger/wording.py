"""Targets and roles in a few words, for lists, exports and comparisons."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext as _

SIGNS = {">=": "≥", "<=": "≤", "=": "", "~": "≈", "range": "", "+": "+", ">": ">", "<": "<"}


WORDS_OF = ("metric", "scope", "op", "value", "value_max", "unit_text", "due")
"""Fields that `target_words` reads."""


def figure(value: Any) -> str:
    """A number without needless zeros, thousands apart."""
    return "" if value is None else f"{value.normalize():,f}"


def rounded(value: float | str | None) -> str:
    """A computed figure with two decimals at most; a dash where there is none (a template says "" for what is
    not there)."""
    if value is None or isinstance(value, str):
        return "—"
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain(value: Any) -> str:
    """A number for a field: without needless zeros."""
    return "" if value is None else f"{value.normalize():f}"


def goal_words(target: Any) -> str:
    """≥96, 3–5, or the plain number; without its unit."""
    most = "" if target.value_max is None else f"–{figure(target.value_max)}"
    return f"{SIGNS.get(target.op, '')}{figure(target.value)}{most}"


def amount_words(target: Any) -> str:
    """≥96 %, 3 至 5 座."""
    amount = figure(target.value)
    if target.value_max is not None:
        amount = _("%(low)s 至 %(high)s") % {"low": amount, "high": figure(target.value_max)}
    return f"{SIGNS.get(target.op, '')}{amount} {target.unit_text}".strip()


def target_words(target: Any, but_not: datetime.date | None = None) -> str:
    """新建供水管网 40 公里 (2026-10-31); of a row or a proposal. The time limit `but_not` is known and left out."""
    scope = f"{target.scope} " if target.scope and target.scope not in target.metric else ""
    words = f"{scope}{target.metric} {amount_words(target)}"
    return f"{words} ({target.due.isoformat()})" if target.due and target.due != but_not else words
