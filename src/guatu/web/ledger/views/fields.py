"""Values out of forms and addresses. What cannot be read is a problem at its field, never an error page."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from guatu.web.base.problems import Invalid

LARGEST_ID = 2**63 - 1


def text_of(data: Mapping[str, Any], name: str) -> str:
    return str(data.get(name, "")).replace("\0", "").strip()


def whole(data: Mapping[str, Any], name: str, default: int | None = None) -> int:
    """A whole number, such as the id or the version of a row."""
    given = text_of(data, name)
    if not given and default is not None:
        return default
    if not given.isascii() or not given.isdecimal() or int(given) > LARGEST_ID:
        raise Invalid(_("请求不完整,请刷新页面后重试。"), field=name)
    return int(given)


def id_or_none(data: Mapping[str, Any], name: str) -> int | None:
    """An id in an address; anything else counts as none given."""
    given = text_of(data, name)
    return int(given) if given.isascii() and given.isdecimal() and int(given) <= LARGEST_ID else None


def day_of(data: Mapping[str, Any], name: str) -> datetime.date | None:
    """A day as 2026-09-30 (or 2026/9/30, 2026年9月30日); None where the field is empty."""
    given = unicodedata.normalize("NFKC", text_of(data, name))
    if not given:
        return None
    parts = given.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-").split("-")
    try:
        found = parse_date("-".join(part.strip().zfill(2) for part in parts))
    except ValueError:
        found = None
    if found is None:
        raise Invalid(_("“%(given)s”不是日期,请按 2026-09-30 的格式填写。") % {"given": given[:30]}, field=name)
    return found


def number_of(data: Mapping[str, Any], name: str) -> Decimal | None:
    """A number, also with full-width digits or thousands apart; None where the field is empty."""
    given = unicodedata.normalize("NFKC", text_of(data, name)).replace(",", "").replace(" ", "")
    if not given:
        return None
    try:
        found = Decimal(given)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Invalid(_("“%(given)s”不是数,请只填数字,单位填在单位栏。") % {"given": given[:30]}, field=name)
    return found
