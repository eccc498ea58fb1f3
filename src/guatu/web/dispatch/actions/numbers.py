"""Numbers of documents: one after the other in each year, none twice, none left out."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from guatu.web.base.problems import Invalid
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.models import NumberSeries

# How numbers are written until the county says otherwise (settings `supervision.order-number` and so on).
FORMS = {
    "order": "督办〔{year}〕{serial}号",
    "circular": "督查通报〔{year}〕{serial}号",
    "monthly": "督查月报〔{year}〕{serial}号",
}


def take_serial(name: str, year: int) -> int:
    """The next serial. The row stays locked until the transaction ends; when that fails, the number was never given."""
    NumberSeries.objects.get_or_create(name=name, year=year)
    series = NumberSeries.objects.select_for_update().get(name=name, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


def written(name: str, year: int, serial: int, on: datetime.date) -> str:
    """The number as it stands on the document. Raises `Invalid` where the county's form cannot be filled in."""
    form = str(setting(f"supervision.{name}-number", FORMS[name], on))
    try:
        number = form.format(year=year, serial=serial)
    except (KeyError, IndexError, ValueError):
        number = ""
    if str(serial) not in number or len(number) > 60:
        raise Invalid(
            _("发文字号的格式“%(form)s”不对,应含 {year} 和 {serial},请在设置中改正。") % {"form": form[:60]},
            code="number.form",
        )
    return number
