"""Why the map is still without lights: nothing runs, the first period is ahead, or its lights are being computed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from guatu.core.calendar import periods as core
from guatu.web.base.calendar import calendar
from guatu.web.dispatch.models import Period, PeriodRule
from guatu.web.dispatch.selectors.core_rows import core_rule

_LONGEST = datetime.timedelta(days=2 * 366)
"""A rule for each year begins at the latest a year after today, and opens in the year behind it."""


@dataclass(frozen=True)
class BeforeLights:
    """`key` is the first period that is open or will be, `opens` the day on which it does, None where it is."""

    plans: int
    key: str = ""
    opens: datetime.date | None = None


def before_lights(plans: Sequence[int], today: datetime.date) -> BeforeLights:
    """Of the plans that run, whoever asks: a page that shows no light shows no figure of anybody either."""
    rows = Period.objects.filter(rule__plan__in=plans)
    first = rows.order_by("ends_on", "id").values_list("key", flat=True).first()
    if first is not None or not plans:
        return BeforeLights(len(plans), first or "")
    ahead = _next_to_open(plans, today)
    return BeforeLights(len(plans), ahead.key, ahead.opens) if ahead else BeforeLights(len(plans))


def _next_to_open(plans: Sequence[int], today: datetime.date) -> core.Period | None:
    working = calendar(today)
    rules = PeriodRule.objects.filter(plan__in=plans)
    periods = [one for rule in rules for one in core.periods(core_rule(rule), today, today + _LONGEST, working)]
    first = min(periods, key=lambda one: one.opens, default=None)
    # One that is to be open already is opened in the background: no later one is the first.
    return first if first and first.opens > today else None
