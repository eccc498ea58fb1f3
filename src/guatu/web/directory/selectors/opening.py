"""What the first entries of a county go by: the day from which they are there, and the codes that are taken."""

from __future__ import annotations

import datetime

from guatu.web.directory.days import locked_until
from guatu.web.directory.models import Unit


def opening_day(today: datetime.date) -> datetime.date:
    """The first day of the year, or the first that is open: plans of the year speak of units that were there before
    anybody typed them in."""
    return max(today.replace(month=1, day=1), locked_until(today) or datetime.date.min)


def changing_day(today: datetime.date) -> datetime.date:
    """The day from which what is there is changed: today, or the first that is open."""
    return max(today, locked_until(today) or datetime.date.min)


def taken_codes() -> set[str]:
    """Codes of all units that there ever were: none is given twice."""
    return set(Unit.objects.values_list("code", flat=True))
