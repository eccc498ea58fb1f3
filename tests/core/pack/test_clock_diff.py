"""Two tables of clocks: what one says otherwise, and what none may say."""

from datetime import date

import msgspec
import pytest

from guatu.core.pack.clock_checks import clock_faults
from guatu.core.pack.clock_diff import compare_clocks
from guatu.core.pack.clock_table import ClockTable, HoursEntry, LimitEntry, PolicyEntry

HOURS = HoursEntry(shifts=("08:00-12:00", "14:00-18:00"), source="青禾政办〔2024〕1号")
GENERAL = LimitEntry(clock="handle", amount=2, unit="working-day", source="青禾政办〔2024〕1号")
DANGER = LimitEntry(clock="handle", amount=4, unit="urgent-hour", class_="A01", condition="danger", source="同上")
TABLE = ClockTable(hours=(HOURS,), limit=(GENERAL, DANGER), policy=PolicyEntry(reviewers=("desk",), source="同上"))
CODES = ("A01", "A02", "B01")


def changed(**values: object) -> ClockTable:
    return msgspec.structs.replace(TABLE, **values)


def said(new: ClockTable) -> list[tuple[str, str]]:
    return [(one.zh, one.en) for one in compare_clocks(TABLE, new)]


def test_a_limit_that_is_longer_new_or_gone_is_told_with_what_it_is_about() -> None:
    county = msgspec.structs.replace(GENERAL, county="qinghe", valid_from=date(2024, 7, 1), amount=3, whole_days=True)
    new = changed(limit=(msgspec.structs.replace(GENERAL, amount=2.5), county))
    assert said(new) == [
        ("时限“handle”:2 工作日 → 2.5 工作日", "limit 'handle': 2 working days → 2.5 working days"),
        (
            "新增时限“handle”(县 qinghe,自 2024-07-01):3 工作日,按整日计",
            "new limit: 'handle' (county qinghe, from 2024-07-01): 3 working days, whole days",
        ),
        (
            "删除时限“handle”(类别 A01,情形 danger):4 紧急工作时",
            "limit gone: 'handle' (class A01, condition danger): 4 urgent hours",
        ),
    ]


def test_hours_and_rules_are_told() -> None:
    policy = PolicyEntry(reviewers=("desk", "leader"), max_extensions=1, extension_share=0.5, source="同上")
    new = changed(hours=(HoursEntry(shifts=("09:00-17:00",), season=("05-01", "09-30"), source="同上"),), policy=policy)
    assert [zh for zh, _en in said(new)] == [
        "作息时间:08:00-12:00, 14:00-18:00 → 09:00-17:00 05-01–09-30",
        "最多延期次数:2 → 1",
        "每次延期不超过原时限的倍数:1 → 0.5",
        "时限变更的决定人:desk → desk, leader",
    ]


def test_the_order_of_rows_and_a_source_that_was_corrected_are_no_difference() -> None:
    assert said(changed(limit=(DANGER, msgspec.structs.replace(GENERAL, source="更正")))) == []


@pytest.mark.parametrize(
    ("table", "code", "path"),
    [
        (changed(limit=(GENERAL, msgspec.structs.replace(DANGER, source=" "))), "pack.no-source", "limit[1]"),
        (changed(hours=(msgspec.structs.replace(HOURS, source=""),)), "pack.no-source", "hours[0]"),
        (changed(limit=(GENERAL, DANGER, GENERAL)), "pack.twice", "limit[2]"),
        (changed(limit=(GENERAL, msgspec.structs.replace(DANGER, class_="C"))), "pack.unknown-class", "limit[1]"),
        (changed(policy=PolicyEntry(reviewers=("mayor",), source="同上")), "pack.unknown-post", "policy.reviewers"),
        (changed(hours=()), "pack.no-hours", "hours"),
        (changed(limit=(DANGER,)), "pack.no-general-limit", "handle"),
    ],
)
def test_a_fault_is_found_at_its_row(table: ClockTable, code: str, path: str) -> None:
    assert [(one.kind.code, one.path) for one in clock_faults(table, CODES, frozenset({"desk"}))] == [(code, path)]


def test_a_sound_table_has_no_faults() -> None:
    assert clock_faults(TABLE, CODES, frozenset({"desk"})) == []
