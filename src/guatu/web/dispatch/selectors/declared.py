"""Rules that a county declares in a setting: read as their type and checked, before anything goes by them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from types import GenericAlias
from typing import TypeVar

import msgspec
from django.utils.translation import gettext as _

from guatu.core.kernel.row_finding import RowFinding
from guatu.web.base.language import language
from guatu.web.base.problems import Invalid
from guatu.web.base.settings_table import setting

T = TypeVar("T", bound=msgspec.Struct)


def declared(
    name: str, on: datetime.date, kind: type[T], check: Callable[[Sequence[T]], list[RowFinding]]
) -> Sequence[T]:
    """The rows of the setting in force on a day; none where there is none. Raises `Invalid` that says what is wrong."""
    own = setting(name, None, on)
    if not own:
        return ()
    try:
        # `list[kind]` as a value, which a type checker would take for an annotation.
        rows: list[T] = msgspec.convert(own, GenericAlias(list, kind))
    except msgspec.ValidationError as error:
        raise _invalid(name, str(error)[:200]) from error
    wrong = [found for found in check(rows) if found.severity == "error"]
    if wrong:
        raise _invalid(name, "; ".join(f"{found.row}: {found.message(language())}" for found in wrong[:3]))
    return rows


def _invalid(name: str, reason: str) -> Invalid:
    said = _("设置 %(name)s 中的规则不能用: %(reason)s") % {"name": name, "reason": reason}
    return Invalid(said, field="rules", code="dispatch.rules")
