"""The same stays settled under two sets of parameters, hospital by hospital and group by group."""

from decimal import Decimal

import msgspec
import numpy as np

from guatu.core.kernel.explained import Explained, Label, Rule, Unknown
from guatu.core.kernel.money import Money
from guatu.engines.drg.points.model import RULES
from guatu.engines.drg.settlement.year import Year
from guatu.engines.drg.weights.model import SCALE

BEFORE = Label("before", "调整前", "before")
AFTER = Label("after", "调整后", "after")
CHANGE = Rule(
    "drg.simulated-change", "调整后 {after} − 调整前 {before} = {value}", "after {after} - before {before} = {value}"
)
OTHER = "*"
"""Stays whose group has no weight."""


class HospitalChange(msgspec.Struct, frozen=True):
    """One hospital. `change` is that of the entitlement; the money spread is the same in sum unless the budget
    differs."""

    code: str
    name: str
    points_before: Decimal
    points_after: Decimal
    entitlement_before: Money
    entitlement_after: Money
    change: Explained[Money]
    clearing_before: Explained[Money] | Unknown
    clearing_after: Explained[Money] | Unknown


class GroupChange(msgspec.Struct, frozen=True):
    """One group of the region."""

    group: str
    cases: int
    base_before: Decimal | None
    base_after: Decimal | None
    points_before: Decimal
    points_after: Decimal


class Comparison(msgspec.Struct, frozen=True):
    """`moved`: how many stays went from one rule to another, by "rule > rule"."""

    hospitals: tuple[HospitalChange, ...]
    groups: tuple[GroupChange, ...]
    moved: dict[str, int]


def compare(before: Year, after: Year) -> Comparison:
    """Both years must be of the same stays. Raises ValueError when they are not."""
    if not np.array_equal(before.stays.row, after.stays.row):
        raise ValueError("two years of different stays cannot be compared")
    return Comparison(tuple(_hospitals(before, after)), tuple(_groups(before, after)), _moved(before, after))


def _hospitals(before: Year, after: Year) -> list[HospitalChange]:
    rows = []
    for old, new in zip(before.settlement.hospitals, after.settlement.hospitals, strict=True):
        parts = (BEFORE.of(old.entitlement), AFTER.of(new.entitlement))
        change = CHANGE.gives(new.entitlement.value - old.entitlement.value, *parts)
        rows.append(
            HospitalChange(
                old.code, old.name, old.points.value, new.points.value, old.entitlement.value, new.entitlement.value,
                change, old.clearing, new.clearing,
            )
        )  # fmt: skip
    return rows


def _groups(before: Year, after: Year) -> list[GroupChange]:
    units = [
        dict(zip([*y.partial.groups, OTHER], y.partial.group_units.sum(0).tolist(), strict=True))
        for y in (before, after)
    ]
    cases = [
        dict(zip([*y.partial.groups, OTHER], y.partial.group_cases.sum(0).tolist(), strict=True))
        for y in (before, after)
    ]
    rows = []
    for group in sorted(units[0].keys() | units[1].keys()):
        count = max(cases[0].get(group, 0), cases[1].get(group, 0))
        if not count:
            continue
        old, new = before.weights.by_group.get(group), after.weights.by_group.get(group)
        rows.append(
            GroupChange(
                group, count, old.base_points if old else None, new.base_points if new else None,
                Decimal(units[0].get(group, 0)) / SCALE, Decimal(units[1].get(group, 0)) / SCALE,
            )
        )  # fmt: skip
    return rows


def _moved(before: Year, after: Year) -> dict[str, int]:
    pairs = before.points.rule.astype(np.int64) * len(RULES) + after.points.rule
    counts = np.bincount(pairs, minlength=len(RULES) ** 2).reshape(len(RULES), len(RULES))
    return {
        f"{RULES[old]} > {RULES[new]}": int(counts[old, new])
        for old in range(len(RULES))
        for new in range(len(RULES))
        if old != new and counts[old, new]
    }
