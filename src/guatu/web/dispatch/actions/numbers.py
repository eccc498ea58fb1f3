"""Numbers of documents: one after the other in each year, none twice, none left out."""

from __future__ import annotations

import datetime

from guatu.web.base.settings_table import setting
from guatu.web.dispatch.models import NumberSeries


def take_serial(name: str, year: int) -> int:
    """The next serial. The row stays locked until the transaction ends; when that fails, the number was never given."""
    NumberSeries.objects.get_or_create(name=name, year=year)
    series = NumberSeries.objects.select_for_update().get(name=name, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


def written(name: str, year: int, serial: int, on: datetime.date) -> str:
    """The number as it stands on the document, in the county's form (settings `supervision.order-number` and so on)."""
    form = str(setting(f"supervision.{name}-number", on))
    return form.format(year=year, serial=serial)
