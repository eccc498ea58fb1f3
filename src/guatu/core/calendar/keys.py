"""Period keys, and the days they stand for: 2026-03-05, 2026-W09, 2026-03, 2026Q1, 2026H1, 2026.

Keys of one rhythm sort as text in the order of time. Weeks are those of ISO 8601 (Monday first).
"""

import re
from datetime import date, timedelta
from typing import Literal

Every = Literal["day", "week", "month", "quarter", "half-year", "year"]

MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}

_KEY = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|-W(?P<week>\d\d)|Q(?P<quarter>[1-4])|H(?P<half>[12]))?",
    re.ASCII,
)


def key_of(every: Every, day: date) -> str:
    """Key of the period of that rhythm in which the day lies."""
    if every == "day":
        return day.isoformat()
    if every == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    part = (day.month - 1) // MONTHS[every] + 1
    return f"{day.year:04d}" + {"month": f"-{part:02d}", "quarter": f"Q{part}", "half-year": f"H{part}"}.get(every, "")


def span_of(key: str) -> tuple[date, date]:
    """First and last day of the period. Raises ValueError for what is no period key."""
    match = _match(key)
    year = int(match["year"])
    if match["day"]:
        day = date.fromisoformat(key)
        return day, day
    if match["week"]:
        monday = date.fromisocalendar(year, int(match["week"]), 1)
        return monday, monday + timedelta(days=6)
    every, part = _part(match)
    first = date(year, (part - 1) * MONTHS[every] + 1, 1)
    return first, month_end(year, part * MONTHS[every])


def rhythm_of(key: str) -> Every:
    """Rhythm of a key. Raises ValueError for what is no period key."""
    match = _match(key)
    if match["day"]:
        return "day"
    return "week" if match["week"] else _part(match)[0]


def step(key: str, by: int = 1) -> str:
    """The key `by` periods later (earlier for a negative number)."""
    every = rhythm_of(key)
    first, _ = span_of(key)
    if every in ("day", "week"):
        return key_of(every, first + timedelta(days=by * (7 if every == "week" else 1)))
    months = first.year * 12 + first.month - 1 + by * MONTHS[every]
    return key_of(every, date(months // 12, months % 12 + 1, 1))


def month_end(year: int, month: int) -> date:
    """Last day of a month; month 13 is January of the next year."""
    years, month_0 = divmod(month - 1, 12)
    first_of_next = date(year + years + (month_0 == 11), (month_0 + 1) % 12 + 1, 1)
    return first_of_next - timedelta(days=1)


def _match(key: str) -> re.Match[str]:
    match = _KEY.fullmatch(key)
    if match is None:
        raise ValueError(f"{key!r} is no period key: write 2026-03, 2026Q1, 2026H1, 2026, 2026-W09 or 2026-03-05")
    return match


def _part(match: re.Match[str]) -> tuple[Every, int]:
    if match["month"]:
        return "month", int(match["month"])
    if match["quarter"]:
        return "quarter", int(match["quarter"])
    return ("half-year", int(match["half"])) if match["half"] else ("year", 1)
