"""Numbers of cases elsewhere: what is known already, and a number for a row that has none."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from guatu.web.intake.models import OutsideNumber

# SQLite takes no more than some thousand parameters in a statement; a table of cases has more rows.
BLOCK = 500


def known_numbers(system: str, numbers: Collection[str]) -> dict[str, int]:
    """The cases that have some numbers of a system, by number."""
    wanted = sorted(set(numbers))
    found: dict[str, int] = {}
    for at in range(0, len(wanted), BLOCK):
        rows = OutsideNumber.objects.filter(system=system, number__in=wanted[at : at + BLOCK])
        found.update(rows.values_list("number", "case_id"))
    return found


def number_of_content(*parts: object) -> str:
    """A row without a number of its own is known by what it says."""
    # A sign that no cell holds, so that "a, bc" and "ab, c" are two rows.
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return "row:" + hashlib.sha256(joined.encode()).hexdigest()[:40]
