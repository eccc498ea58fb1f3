"""Targets and roles in a few words, for lists, exports and comparisons."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext as _

SIGNS = {">=": "≥", "<=": "≤", "=": "", "~": "≈", "range": "", "+": "+", ">": ">", "<": "<"}


def figure(value: Any) -> str:
    """A number without needless zeros, thousands apart."""
    return "" if value is None else f"{value.normalize():,f}"


def target_words(target: Any, but_not: datetime.date | None = None) -> str:
    """新建供水管网 40 公里 (2026-10-31); of a row or a proposal. The time limit `but_not` is known and left out."""
    amount = figure(target.value)
    if target.value_max is not None:
        amount = _("%(low)s 至 %(high)s") % {"low": amount, "high": figure(target.value_max)}
    scope = f"{target.scope} " if target.scope and target.scope not in target.metric else ""
    words = f"{scope}{target.metric} {SIGNS.get(target.op, '')}{amount} {target.unit_text}".strip()
    return f"{words} ({target.due.isoformat()})" if target.due and target.due != but_not else words
