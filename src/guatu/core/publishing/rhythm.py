"""What has to hang again and again: the periods of a kind of notice, and which of them are due."""

from datetime import date

from guatu.core.calendar.periods import Period, PeriodRule, periods
from guatu.core.calendar.working import WorkingCalendar
from guatu.core.publishing.declaration import Publication


def rule_of(kind: Publication) -> PeriodRule:
    """The rhythm as a rule of periods. Raises ValueError for a kind without one."""
    if kind.every is None:
        raise ValueError(f"{kind.name} has no rhythm")
    return PeriodRule(every=kind.every, due_day=kind.due_day)


def owed(kind: Publication, since: date, on: date, calendar: WorkingCalendar) -> list[Period]:
    """Periods that began on `since` or later and are over: of each something has to hang, late or not yet."""
    if kind.every is None:
        return []
    return [one for one in periods(rule_of(kind), since, on, calendar) if one.start >= since and one.end < on]
