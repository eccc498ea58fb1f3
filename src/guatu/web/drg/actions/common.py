"""What the actions share: who may write."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from guatu.web.base.actions import RowAction

M = TypeVar("M", bound=models.Model)


class InsurerAction(RowAction[M]):
    """What only the insurer does."""

    permission = "drg.edit"
