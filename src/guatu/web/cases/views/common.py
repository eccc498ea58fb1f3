"""What the pages of cases share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guatu.web.base import parsing
from guatu.web.kit.values import text_of


def decimal(data: Mapping[str, Any], name: str) -> float:
    """An amount; 0 where it is empty, which the action refuses. Raises `Invalid` for what is no number."""
    return float(parsing.figure_of(text_of(data, name), name) or 0)
