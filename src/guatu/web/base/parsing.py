"""What people write into forms and addresses, read with a message where it cannot be read."""

from __future__ import annotations

import datetime
import re

from django.utils.translation import gettext as _

from guatu.web.base.problems import Invalid

EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
_DAY = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")


def day_of(text: str | None, label: str = "", field: str = "") -> datetime.date | None:
    """A day written as 2024-03-01, 2024/3/1 or 2024年3月1日; None for nothing. Raises `Invalid` at `field`."""
    written = (text or "").strip()
    if not written:
        return None
    found = _DAY.match(written)
    try:
        day = datetime.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        raise Invalid(
            _("%(label)s“%(text)s”不是日期,请写成 2024-03-01 这样。") % {"label": label, "text": written[:30]},
            field=field,
            code="value.not-a-day",
        )
    return day


def number_of(text: str | None) -> int | None:
    """A number of a row; None where it is no number."""
    written = (text or "").strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 16 else None
