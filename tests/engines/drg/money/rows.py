"""Tables of stays made of few words."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa

from guatu.engines.drg.stays import Stays, read_stays


def row(number: int, **changed: Any) -> dict[str, str]:
    """A good stay in a table, with some cells changed."""
    begin = date(2026, 3, 1) + timedelta(days=number % 200)
    cells = {
        "id": f"S{number:06}", "hospital": "甲", "patient": f"P{number}", "drg": "AA11", "admitted": begin.isoformat(),
        "discharged": (begin + timedelta(days=5)).isoformat(), "cost": "6000.00", "fund": "4000.00",
    }  # fmt: skip
    return cells | {key: str(value) for key, value in changed.items()}


def table(rows: list[dict[str, str]]) -> pa.Table:
    return pa.Table.from_pylist(rows)


def stays_of(rows: list[dict[str, str]]) -> Stays:
    stays, problems, findings = read_stays(table(rows))
    assert stays is not None and not problems.count("error") and not findings
    return stays


def yuan(amount: str | Decimal) -> int:
    return int(Decimal(amount) * 100)
