"""Settings of the county, valid from a day on."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from guatu.web.base.models import Setting
from guatu.web.base.prepared import Prepared

_valid: Prepared[tuple[Any]] = Prepared(
    lambda name, day: (
        Setting.objects.filter(name=name, valid_from__lte=day).order_by("-valid_from").values_list("value")[:1]
    ),
    name=str,
    day=datetime.date,
)


def setting(name: str, default: Any = None, on: datetime.date | None = None) -> Any:
    """Value of a setting on a day (today where none is given); `default` where the county has set none."""
    day = on or timezone.localdate()
    row = _valid.first(name=name, day=day)
    return default if row is None else row[0]
