"""A year on one page: a line for each hospital, and their sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from guatu.web.base.actors import Actor
from guatu.web.drg.computing.told import Told
from guatu.web.drg.models import Hospital, Result, Run
from guatu.web.drg.selectors.scope import visible_hospitals

SUMMED = ("points", "released", "prepaid", "clearing")
SHARES = ("grouping_rate", "cmi", "cost_index", "time_index")
UNKNOWN: Told = {"value": None, "zh": "", "en": "", "parts": [], "unverified": [], "source": ""}


@dataclass(frozen=True)
class HospitalRow:
    hospital: Hospital
    level: str
    cases: int
    figures: dict[str, Told]

    def number(self, name: str) -> Decimal | None:
        value = self.figures.get(name, UNKNOWN)["value"]
        return None if value is None else Decimal(value)


def hospital_rows(actor: Actor, run: Run, level: str = "", words: str = "") -> list[HospitalRow]:
    """What a run says of the hospitals that the actor may see, by code."""
    results = Result.objects.filter(run=run, hospital__in=visible_hospitals(actor)).select_related("hospital")
    rows = [_row(result) for result in results.order_by("hospital__code")]
    return [row for row in rows if (not level or row.level == level) and words in f"{row.hospital}"]


def _row(result: Result) -> HospitalRow:
    missing = {name: UNKNOWN for name in SHARES if name not in result.figures}
    return HospitalRow(result.hospital, result.level, result.cases, {**result.figures, **missing})


def hospital_row(run: Run, hospital: Hospital) -> HospitalRow | None:
    result = Result.objects.filter(run=run, hospital=hospital).select_related("hospital").first()
    return _row(result) if result else None


def totals(rows: Sequence[HospitalRow]) -> dict[str, Any]:
    """Sums of what can be summed; a sum of which a part is unknown is unknown."""
    found: dict[str, Any] = {"cases": sum(row.cases for row in rows)}
    for name in SUMMED:
        values = [row.number(name) for row in rows]
        known = [value for value in values if value is not None]
        found[name] = sum(known, Decimal(0)) if rows and len(known) == len(values) else None
    return found


def levels(actor: Actor, run: Run) -> list[str]:
    rows = Result.objects.filter(run=run, hospital__in=visible_hospitals(actor))
    return sorted(set(rows.values_list("level", flat=True)) - {""})
