"""Periods of a rule that nobody was asked for: the program did not run until their due day had come."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from guatu.web.base.calendar import calendar
from guatu.web.dispatch.models import PeriodRule
from guatu.web.dispatch.selectors.core_rows import core_periods_until


def never_opened(rule: PeriodRule, keys: Iterable[str], today: datetime.date) -> list[str]:
    """Keys of the periods that can no longer be opened on the day; `keys` are those that were."""
    there = set(keys)
    due = core_periods_until(rule, today, calendar(today))
    return [one.key for one in due if one.key not in there and not one.can_be_asked(today)]
