"""The day on which a time limit ends: 2025-09 ends on September 30."""

from datetime import date

from guatu.core.calendar.keys import span_of


def last_day(iso: str, year: int | None = None) -> date | None:
    """Last day of a deadline of the plan model: a day, month, year or interval, `--06-30` in `year`.

    None where the year is neither written nor given, and for what is no time (a 30th of February).
    """
    end = iso.rpartition("/")[2]
    if end.startswith("--"):
        if year is None:
            return None
        end = f"{year:04d}-{end[2:]}"
    try:
        return span_of(end)[1]
    except ValueError:
        return None
