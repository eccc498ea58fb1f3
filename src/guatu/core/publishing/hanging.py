"""How long a notice hangs: its first day and its last, and how it stands on a day between."""

from datetime import date, timedelta
from typing import Literal

import msgspec

from guatu.core.kernel.finding import Kind
from guatu.core.publishing.declaration import Publication

Hanging = Literal["ahead", "hanging", "over"]

BACKDATED = Kind(
    "publication.backdated",
    "error",
    "公示不能从已经过去的日子起;最早从今天 {today} 起",
    "a notice cannot hang from a day that has passed; today, {today}, is the first day possible",
)
NO_END = Kind(
    "publication.no-end",
    "error",
    "“{kind}”要写明公示到哪一天",
    "'{kind}' needs the last day on which it hangs",
)
TOO_SHORT = Kind(
    "publication.too-short",
    "error",
    "“{kind}”至少公示 {days} 天,最早到 {last}",
    "'{kind}' hangs {days} days at least, until {last} at the earliest",
)


class WrongDays(msgspec.Struct, frozen=True):
    """Why a notice cannot hang so, with the field at which that is said."""

    kind: Kind
    field: Literal["from_on", "until_on"]
    params: dict[str, str]


def earliest_end(kind: Publication, first: date) -> date:
    """The last day of a notice that hangs no longer than it must."""
    # The first day counts: seven days from the 1st are over when the 7th is.
    return first + timedelta(days=max(kind.hangs, 1) - 1)


def wrong_days(kind: Publication, first: date, last: date | None, today: date) -> WrongDays | None:
    """What is wrong with the days of a notice that is put up today."""
    if first < today:
        return WrongDays(BACKDATED, "from_on", {"today": today.isoformat()})
    if last is None:
        return WrongDays(NO_END, "until_on", {"kind": kind.zh}) if kind.ends else None
    least = earliest_end(kind, first)
    if last < least:
        params = {"kind": kind.zh, "days": str(max(kind.hangs, 1)), "last": least.isoformat()}
        return WrongDays(TOO_SHORT, "until_on", params)
    return None


def stands(first: date, last: date | None, on: date) -> Hanging:
    """How a notice that was put up stands on a day."""
    if on < first:
        return "ahead"
    return "over" if last is not None and on > last else "hanging"
