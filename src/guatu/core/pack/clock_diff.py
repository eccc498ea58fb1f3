"""What one table of clocks says otherwise than another, in sentences."""

from collections.abc import Iterator

from guatu.core.kernel.difference import Difference
from guatu.core.pack.clock_table import ClockTable, HoursEntry, LimitEntry

_UNITS = {
    "urgent-hour": ("紧急工作时", "urgent hours"),
    "working-hour": ("工作时", "working hours"),
    "working-day": ("工作日", "working days"),
    "natural-day": ("自然日", "natural days"),
}


def compare_clocks(old: ClockTable, new: ClockTable) -> list[Difference]:
    """Differences of limits, then of hours of work, then of the rules; empty where both say the same.

    A source that was corrected is no difference of what holds, and is not told.
    """
    before, after = ({_key(row): row for row in table.limit} for table in (old, new))
    found = [one for key, row in after.items() for one in _limit(before.get(key), row)]
    found += [
        Difference(f"删除时限{_zh(row)}:{_amount(row)[0]}", f"limit gone: {_en(row)}: {_amount(row)[1]}", row.clock)
        for key, row in before.items()
        if key not in after
    ]
    if [_hours(row) for row in old.hours] != [_hours(row) for row in new.hours]:
        was, now = ("; ".join(_hours(row) for row in table.hours) or "—" for table in (old, new))
        found.append(Difference(f"作息时间:{was} → {now}", f"hours of work: {was} → {now}"))
    if old.rules != new.rules:
        found += _rules(old, new)
    return found


def _key(row: LimitEntry) -> tuple[str, ...]:
    return row.clock, row.class_, row.condition, row.county, row.valid_from.isoformat()


def _limit(old: LimitEntry | None, new: LimitEntry) -> Iterator[Difference]:
    now = _amount(new)
    if old is None:
        yield Difference(f"新增时限{_zh(new)}:{now[0]}", f"new limit: {_en(new)}: {now[1]}", new.clock)
    elif (was := _amount(old)) != now:
        zh, en = f"时限{_zh(new)}:{was[0]} → {now[0]}", f"limit {_en(new)}: {was[1]} → {now[1]}"
        yield Difference(zh, en, new.clock)


def _zh(row: LimitEntry) -> str:
    pairs = (("类别 ", row.class_), ("情形 ", row.condition), ("县 ", row.county), ("自 ", _since(row)))
    about = ",".join(word + value for word, value in pairs if value)
    return f"“{row.clock}”" + (f"({about})" if about else "")


def _en(row: LimitEntry) -> str:
    pairs = (("class ", row.class_), ("condition ", row.condition), ("county ", row.county), ("from ", _since(row)))
    about = ", ".join(word + value for word, value in pairs if value)
    return f"'{row.clock}'" + (f" ({about})" if about else "")


def _since(row: LimitEntry) -> str:
    return "" if row.valid_from.year == 1 else row.valid_from.isoformat()


def _amount(row: LimitEntry) -> tuple[str, str]:
    zh, en = _UNITS[row.unit]
    more = [
        (f"至少 {row.at_least:g}", f"at least {row.at_least:g}") if row.at_least else None,
        (f"每日 {row.hours_per_day:g} 小时", f"{row.hours_per_day:g} hours a day") if row.hours_per_day else None,
        ("按整日计", "whole days") if row.whole_days else None,
        ("遇休息日顺延", "moved to a day of work") if row.roll else None,
        (f"至 {row.valid_to}", f"until {row.valid_to}") if row.valid_to.year != 9999 else None,
    ]
    said = [one for one in more if one]
    return (
        ",".join([f"{row.amount:g} {zh}", *(one[0] for one in said)]),
        ", ".join([f"{row.amount:g} {en}", *(one[1] for one in said)]),
    )


def _hours(row: HoursEntry) -> str:
    season = f" {row.season[0]}–{row.season[1]}" if row.season else ""
    since = f" {row.valid_from}–" if row.valid_from.year != 1 else ""
    until = f" –{row.valid_to}" if row.valid_to.year != 9999 else ""
    return ", ".join(row.shifts) + season + since + until


def _rules(old: ClockTable, new: ClockTable) -> Iterator[Difference]:
    words = {
        "max_extensions": ("最多延期次数", "extensions at most"),
        "extension_share": ("每次延期不超过原时限的倍数", "share of the limit that an extension may have"),
        "max_suspensions": ("最多挂起次数", "suspensions at most"),
        "suspension_days": ("挂起最多天数", "days of a suspension at most"),
        "when_late": ("超期后可否申请", "applications when late"),
        "reviewers": ("时限变更的决定人", "who decides on changes of limits"),
    }
    for name, (zh, en) in words.items():
        was, now = getattr(old.rules, name), getattr(new.rules, name)
        if was != now:
            yield Difference(f"{zh}:{_plain(was)} → {_plain(now)}", f"{en}: {_plain(was)} → {_plain(now)}")


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "—"
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
