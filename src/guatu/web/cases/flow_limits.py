"""The table of time limits as forms show it and give it back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, get_args

import msgspec
from django.utils.translation import gettext as _

from guatu.core.calendar.clock import MOST_HOURS, LimitUnit
from guatu.core.cases.flow import Flow
from guatu.core.pack.clock_table import ClockTable, HoursEntry, LimitEntry, PolicyEntry
from guatu.web.base.language import joined, language
from guatu.web.base.parsing import figure_of
from guatu.web.base.problems import Invalid
from guatu.web.cases.wording import LIMIT_UNITS
from guatu.web.kit.values import day_of, id_or_none, text_of

UNITS: tuple[LimitUnit, ...] = get_args(LimitUnit)
MOST_AMOUNT = 100_000
LONGEST = 500
SEASON = 5


def clock_words(flow: Flow | None) -> dict[str, str]:
    """What runs against each limit: the steps and timers that have it."""
    english = language() == "en"
    found: dict[str, list[str]] = {}
    for step in flow.nodes if flow else ():
        if step.kind != "step" and not step.clock:
            continue
        found.setdefault(step.clock, []).append((english and step.name_en) or step.name or step.id)
    return {clock: joined(steps) for clock, steps in found.items()}


def limit_rows(
    table: ClockTable, conditions: Mapping[str, str], clocks: Mapping[str, str]
) -> list[tuple[int, dict[str, Any]]]:
    """Limits with their places in the table, in words of forms; an open end of validity is empty."""
    return [(at, _shown(row, conditions, clocks)) for at, row in enumerate(table.limit)]


def _shown(row: LimitEntry, conditions: Mapping[str, str], clocks: Mapping[str, str]) -> dict[str, Any]:
    return {
        "clock": row.clock,
        "clock_word": clocks.get(row.clock, row.clock),
        "class": row.class_,
        "condition": row.condition,
        "county": row.county,
        "amount": f"{row.amount:g}",
        "at_least": f"{row.at_least:g}" if row.at_least else "",
        "hours_per_day": f"{row.hours_per_day:g}" if row.hours_per_day else "",
        "unit": row.unit,
        "unit_word": str(LIMIT_UNITS.get(row.unit, row.unit)),
        "condition_word": conditions.get(row.condition, row.condition),
        "whole_days": row.whole_days,
        "roll": row.roll,
        "valid_from": _day(row.valid_from),
        "valid_to": _day(row.valid_to),
        "source": row.source,
        "unverified": row.unverified,
    }


def hours_rows(table: ClockTable) -> list[dict[str, Any]]:
    """Hours of work with their places in the table, and an empty row for more."""
    rows = [
        {
            "at": at,
            "shifts": " ".join(row.shifts),
            "season_from": row.season[0] if row.season else "",
            "season_to": row.season[1] if row.season else "",
            "valid_from": _day(row.valid_from),
            "valid_to": _day(row.valid_to),
            "a_day": f"{row.row().hours:g}",
            "source": row.source,
        }
        for at, row in enumerate(table.hours)
    ]
    return [*rows, dict.fromkeys(rows[0] if rows else ("at", "shifts"), "")]


def _day(day: datetime.date) -> str:
    """An open end is empty."""
    return "" if day in (datetime.date.min, datetime.date.max) else day.isoformat()


def rules_shown(table: ClockTable) -> dict[str, Any]:
    rules = table.rules
    return {
        "max_extensions": rules.max_extensions,
        "extension_share": f"{rules.extension_share:g}",
        "max_suspensions": rules.max_suspensions,
        "suspension_days": rules.suspension_days,
        "when_late": rules.when_late,
        "reviewers": " ".join(rules.reviewers),
        "source": table.policy.source if table.policy else "",
    }


def changed_limits(table: ClockTable, given: Mapping[str, Any]) -> ClockTable:
    """The table after a form of the page of limits: one limit, one row of hours, or the rules for changing limits."""
    what = text_of(given, "what")
    if what == "hours":
        return msgspec.structs.replace(table, hours=_placed(table.hours, given, _hours))
    if what == "rules":
        return msgspec.structs.replace(table, policy=_rules(table, given))
    return msgspec.structs.replace(table, limit=_placed(table.limit, given, _limit))


def _placed(rows: tuple[Any, ...], given: Mapping[str, Any], read: Any) -> tuple[Any, ...]:
    """The rows with the one that was changed, without the one that was deleted, or with the new one at the end."""
    at = id_or_none(given, "row")
    if at is not None and at >= len(rows):
        raise Invalid(_("这一行已经不在了,请刷新页面后重试。"), field="row", code="flow.no-row")
    if at is None:
        return (*rows, read(given, None))
    kept = () if text_of(given, "gone") else (read(given, rows[at]),)
    return (*rows[:at], *kept, *rows[at + 1 :])


def _limit(given: Mapping[str, Any], _old: LimitEntry | None) -> LimitEntry:
    clock, unit = text_of(given, "clock")[:80], text_of(given, "unit")
    if not clock:
        raise Invalid(_("请填写时限名称,它与流程环节里填的一致。"), field="clock", code="flow.no-clock-name")
    if unit not in UNITS:
        raise Invalid(_("请选择时限的单位。"), field="unit", code="flow.no-unit")
    whole_days = bool(text_of(given, "whole_days"))
    if whole_days and unit.endswith("hour"):
        raise Invalid(_("以小时计的时限不能按整日计。"), field="whole_days", code="flow.hours-as-days")
    amount, least = _amount(given, "amount"), _share(given, "at_least", MOST_AMOUNT)
    if least > amount:
        raise Invalid(_("“至少”不能大于时限。"), field="at_least", code="flow.floor-above-limit")
    hours = _share(given, "hours_per_day", MOST_HOURS)
    if hours and unit != "working-day":
        raise Invalid(_("只有以工作日计的时限才填每日几小时。"), field="hours_per_day", code="flow.hours-of-no-day")
    begin, end = _valid(given)
    return LimitEntry(
        clock=clock,
        amount=amount,
        at_least=least,
        hours_per_day=hours,
        unit=unit,
        class_=text_of(given, "class")[:40],
        condition=text_of(given, "condition")[:40],
        county=text_of(given, "county")[:40],
        whole_days=whole_days,
        roll=bool(text_of(given, "roll")),
        valid_from=begin,
        valid_to=end,
        source=_source(given),
        unverified=bool(text_of(given, "unverified")),
    )


def _valid(given: Mapping[str, Any]) -> tuple[datetime.date, datetime.date]:
    """An open end is the first or the last day that there is: whoever compares needs no exception for it."""
    begin, end = day_of(given, "valid_from"), day_of(given, "valid_to")
    if begin and end and end < begin:
        raise Invalid(_("失效日期早于生效日期。"), field="valid_to", code="flow.ends-before")
    return begin or datetime.date.min, end or datetime.date.max


def _share(given: Mapping[str, Any], name: str, most: float) -> float:
    """A figure that may be left out, which is 0."""
    if not text_of(given, name):
        return 0.0
    amount = _amount(given, name)
    if amount > most:
        raise Invalid(_("不能大于 %(most)g。") % {"most": most}, field=name, code="flow.amount-too-large")
    return amount


def _amount(given: Mapping[str, Any], name: str, least: float = 0.0) -> float:
    value = figure_of(text_of(given, name), name)
    amount = -1.0 if value is None else float(value)
    if not least < amount <= MOST_AMOUNT:
        raise Invalid(_("请填写大于 0 的数,如 2 或 0.5。"), field=name, code="flow.no-amount")
    return amount


def _source(given: Mapping[str, Any]) -> str:
    source = text_of(given, "source")[:LONGEST]
    if not source:
        raise Invalid(_("请写明出处,如文件名称和文号。"), field="source", code="flow.no-source")
    return source


def _hours(given: Mapping[str, Any], _old: HoursEntry | None) -> HoursEntry:
    shifts = tuple(text_of(given, "shifts").replace(",", " ").replace(",", " ").replace("–", "-").split())
    season = text_of(given, "season_from")[:SEASON], text_of(given, "season_to")[:SEASON]
    begin, end = _valid(given)
    try:
        return HoursEntry(
            shifts=shifts or ("",),
            season=season if all(season) else None,
            valid_from=begin,
            valid_to=end,
            source=_source(given),
        )
    except (ValueError, TypeError) as error:
        raise Invalid(
            _("请按 08:00-12:00 14:00-18:00 的格式填写作息时间,季节按 05-01 填写。"), field="shifts"
        ) from error


def _rules(table: ClockTable, given: Mapping[str, Any]) -> PolicyEntry:
    def count(name: str) -> int:
        number = id_or_none(given, name)
        if number is None or number > MOST_AMOUNT:
            raise Invalid(_("请填写整数,不允许时填 0。"), field=name, code="flow.no-count")
        return number

    return PolicyEntry(
        max_extensions=count("max_extensions"),
        extension_share=_amount(given, "extension_share"),
        max_suspensions=count("max_suspensions"),
        suspension_days=count("suspension_days"),
        when_late=bool(text_of(given, "when_late")),
        reviewers=tuple(text_of(given, "reviewers").split())[:20],
        source=_source(given),
        unverified=bool(table.policy and table.policy.unverified),
    )
