"""From which day on the directory may still be changed: results that were made must come out the same for ever."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guatu.web.base.problems import Invalid
from guatu.web.base.settings_table import setting

Lock = Callable[[], datetime.date | None]
_locks: list[Lock] = []


def lock(function: Lock) -> Lock:
    """Registers an app's answer to: results up to which day (not included) stand and must not change?"""
    _locks.append(function)
    return function


def locked_until(today: datetime.date) -> datetime.date | None:
    """The first day that is open, by what the apps say and by the setting `directory.closed-until`; None for no
    lock."""
    written = setting("directory.closed-until", today)
    days = [written] if written else []
    days += [day for function in _locks if (day := function()) is not None]
    return max(days, default=None)


@dataclass(frozen=True)
class OpenDays:
    """The first days on which something may begin and may change, read once."""

    start: datetime.date | None
    change: datetime.date

    @classmethod
    def read(cls, today: datetime.date) -> OpenDays:
        locked = locked_until(today)
        return cls(locked, locked or today)

    def check_change(self, day: datetime.date | None, field: str = "day") -> datetime.date:
        """The day from which a change holds: not before the first open day, not in the past where no day is locked."""
        return _check(day, self.change, field)

    def check_start(self, day: datetime.date | None, field: str = "day") -> datetime.date:
        """The day from which a new unit or place is there: any day that no result stands on."""
        return _check(day, self.start, field)


def check_change_day(day: datetime.date | None, today: datetime.date) -> datetime.date:
    return OpenDays.read(today).check_change(day)


def check_start_day(day: datetime.date | None, today: datetime.date) -> datetime.date:
    return OpenDays.read(today).check_start(day)


def _check(day: datetime.date | None, first: datetime.date | None, field: str) -> datetime.date:
    if day is None:
        raise Invalid(_("请填写生效日期。"), field=field)
    if first is not None and day < first:
        raise Invalid(
            _("生效日期最早可填 %(day)s:此前的结果已经形成,不能改动。") % {"day": first.isoformat()},
            field=field,
            code="day.closed",
        )
    return day
