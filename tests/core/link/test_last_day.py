from datetime import date

import pytest

from guatu.core.link.last_day import last_day


@pytest.mark.parametrize(
    ("iso", "day"),
    [
        ("2025-09-15", date(2025, 9, 15)),
        ("2025-09", date(2025, 9, 30)),
        ("2024-02", date(2024, 2, 29)),
        ("2025", date(2025, 12, 31)),
        ("2025-03/2025-06", date(2025, 6, 30)),
        ("2024/2026", date(2026, 12, 31)),
        ("--06-30", date(2025, 6, 30)),
        ("--06", date(2025, 6, 30)),
        ("--03-01/--03-15", date(2025, 3, 15)),
    ],
)
def test_a_time_limit_ends_on_its_last_day(iso: str, day: date) -> None:
    assert last_day(iso, 2025) == day


@pytest.mark.parametrize("iso", ["--06-30", "2025-02-30", "", "soon"])
def test_what_names_no_day_gives_none(iso: str) -> None:
    assert last_day(iso) is None
