"""Figures as people type them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _

from guatu.web.base.problems import Invalid

_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII)
_MOST = Decimal(10) ** 13
_STEP = Decimal("0.000001")


def number(text: str, field: str) -> Decimal | None:
    """A figure: 1234.5, 1,234.5, full-width digits, blanks around; None for an empty field. Raises `Invalid` at `field`.

    A comma parts thousands only: 3,5 may mean 3.5 and is not guessed at.
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace(" ", "").strip()
    if not plain:
        return None
    if not (_PLAIN.fullmatch(plain) or _GROUPED.fullmatch(plain)):
        raise Invalid(_("“%(text)s”不是数字,请只填数字,单位不用填。") % {"text": text[:40]}, field=field)
    value = Decimal(plain.replace(",", ""))
    if abs(value) >= _MOST:
        raise Invalid(_("“%(text)s”超出了可以填写的范围。") % {"text": text[:40]}, field=field)
    if value != value.quantize(_STEP):
        raise Invalid(_("“%(text)s”的小数太长,最多 6 位。") % {"text": text[:40]}, field=field)
    return value.quantize(_STEP)
