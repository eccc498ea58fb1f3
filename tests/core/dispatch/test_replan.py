"""A goal that moved: what was due in months that are over stays due, and shares make the new goal."""

from __future__ import annotations

import datetime
from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.calendar.keys import span_of
from guatu.core.dispatch.replan import replanned, rescaled
from guatu.core.dispatch.trajectory import Trajectory, expected
from guatu.core.kernel.explained import Explained

START, END = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
DAYS = st.integers(0, 364).map(lambda n: START + datetime.timedelta(days=n))


def course(target: float) -> Trajectory:
    return Trajectory(name="管网", unit="公里", target=target, start=START, deadline=END, kind="cumulative")


def due(of: Trajectory, on: datetime.date) -> float:
    found = expected(of, on)
    assert isinstance(found, Explained)
    return round(found.value, 9)


@given(st.integers(1, 500), st.integers(1, 500), DAYS)
def test_months_that_ended_keep_what_was_due_and_the_end_is_the_new_goal(old: int, new: int, on: datetime.date) -> None:
    before, after = course(old), course(new)
    moved = msgspec.structs.replace(after, course=replanned(before, after, on))
    for month in range(1, 13):
        end = span_of(f"2026-{month:02d}")[1]
        if end < on:
            assert due(moved, end) == due(before, end)
    assert due(moved, END) == new
    later = [due(moved, span_of(f"2026-{month:02d}")[1]) for month in range(1, 13)]
    if new >= old:
        assert later == sorted(later)


PARTS = st.lists(st.integers(1, 9999).map(lambda n: Decimal(n) / 100), min_size=1, max_size=8)


@given(PARTS, st.integers(1, 99999).map(lambda n: Decimal(n) / 100))
def test_shares_make_the_new_goal_in_the_order_in_which_they_stood(parts: list[Decimal], total: Decimal) -> None:
    shares = {str(at): part for at, part in enumerate(parts)}
    found = {one.place: Decimal(repr(one.value.value)) for one in rescaled(total, shares)}
    assert sum(found.values()) == total
    for name, part in shares.items():
        assert abs(found[name] - part * total / sum(parts)) < 1
        assert all(found[name] >= found[other] for other in shares if part > shares[other])


def test_sixty_of_which_each_town_has_its_part_become_eighty() -> None:
    found = rescaled(80, {"柳林镇": 25, "石门镇": 20, "城关镇": 15})
    assert {one.place: one.value.value for one in found} == {"柳林镇": 33.0, "石门镇": 27.0, "城关镇": 20.0}
