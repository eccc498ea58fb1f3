"""What the actions share: rows that must be there, and who may write."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from guatu.web.base.actions import Action, Context
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Invalid

M = TypeVar("M", bound=models.Model)


def found(model: type[M], pk: int, *, lock: bool = False) -> M:
    """The row; a problem where it is gone."""
    rows: models.QuerySet[M] = model._default_manager.select_for_update() if lock else model._default_manager.all()
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Invalid(_("这一项已不存在,请刷新页面。"), code="row.gone")
    return row


class InsurerAction(Action[M]):
    """What only the insurer does."""

    model: type[M]

    def permit(self, context: Context) -> None:
        require(context, "drg.edit")

    def recall(self, answer: Any) -> M:
        return found(self.model, answer)
