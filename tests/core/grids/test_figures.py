"""A grid's figures of a month from its cases."""

from datetime import UTC, datetime

from guatu.core.grids.figures import GridCase, grid_figures
from guatu.core.kernel.explained import Explained, Unknown

BEGIN, END = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)


def day(number: int, month: int = 5) -> datetime:
    return datetime(2026, month, number, tzinfo=UTC)


SECOND, THIRD = day(2), day(3)


def case(
    opened: datetime = SECOND,
    ended: datetime | None = THIRD,
    due: datetime | None = None,
    late: bool = False,
    n: int = 0,
) -> GridCase:
    return GridCase(opened, ended, due, late, n)


def values(*cases: GridCase) -> dict[str, float | None]:
    found = grid_figures(cases, BEGIN, END)
    return {name: figure.value if isinstance(figure, Explained) else None for name, figure in found.items()}


def test_a_month_without_cases_has_no_rates() -> None:
    assert values() == {"reported": 0, "due": 0, "open_late": 0, "in_time": None, "returned": None}
    assert isinstance(grid_figures([], BEGIN, END)["in_time"], Unknown)


def test_what_is_overdue_at_the_end_counts_as_not_in_time() -> None:
    found = values(case(), case(late=True, n=2), case(ended=None, due=day(20)), case(ended=None, due=day(2, 6)))
    assert found == {"reported": 4, "due": 3, "open_late": 1, "in_time": 1 / 3, "returned": 0.5}


def test_cases_of_other_months_count_only_where_they_are_due_in_this_one() -> None:
    before, after = case(day(2, 4), day(3, 4)), case(day(2, 6), None)
    ended_later = case(day(2, 4), day(5, 6), due=day(9))
    closed_now = case(day(2, 4), day(1))
    assert values(before, after, ended_later, closed_now) == {
        "reported": 0, "due": 2, "open_late": 1, "in_time": 0.5, "returned": 0,
    }  # fmt: skip
