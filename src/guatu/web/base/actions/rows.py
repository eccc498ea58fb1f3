"""Rows that an action is about."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from guatu.web.base.problems import Invalid

M = TypeVar("M", bound=models.Model)


def found(model: type[M], pk: int, *, lock: bool = False, **where: Any) -> M:
    """The row, or a problem that a person understands where it is gone."""
    rows: models.QuerySet[M] = model._default_manager.select_for_update() if lock else model._default_manager.all()
    row = rows.filter(pk=pk, **where).first()
    if row is None:
        raise Invalid(_("这一项已不存在,请刷新页面。"), code="row.gone")
    return row
