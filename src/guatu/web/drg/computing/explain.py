"""One stay of a run: its points with everything that went in, and the steps that led to its group."""

from __future__ import annotations

import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from guatu.core.kernel.finding import Language
from guatu.engines.drg.grouping.readable import group_row
from guatu.engines.drg.grouping.trace import lines
from guatu.engines.drg.points import Review
from guatu.engines.drg.points.model import Case
from guatu.engines.drg.points.one import points_of
from guatu.engines.drg.settlement.hospitals import read_reviews
from guatu.engines.drg.settlement.year import times_of
from guatu.engines.drg.weights import Weights
from guatu.engines.drg.weights.record import weights_from_bytes
from guatu.web.drg.computing.given import parameters_of, rows_of
from guatu.web.drg.computing.schemes import scheme_at
from guatu.web.drg.computing.told import Told, told

FEN = 100


@lru_cache(maxsize=4)
def weights_at(path: str) -> Weights:
    """Of a stored file: its path holds the hash of its bytes."""
    found, _ = weights_from_bytes(Path(path).read_bytes(), "weights.json")
    assert found is not None
    return found


def points_told(row: dict[str, Any], level: str, weights: Weights, parameters: str, review: Review | None) -> Told:
    """The points of a row of the run's table of cases, made by the readable form."""
    times, _ = times_of(parameters_of(parameters), simulated=True)
    day = datetime.date.fromisoformat(row["discharged"])
    terms = next(terms for first, last, terms in times if first <= day <= last)
    case = Case(row["id"], row["hospital"], level, row["drg"], int(row["cost"] * FEN), row["days"])
    return told(points_of(case, weights, terms, readmitted=row["readmitted"] == "1", review=review))


def review_of(path: Path | None, id_: str) -> Review | None:
    """What the experts decided of a stay. (A review that was refused gave no points by the rule `review`.)"""
    if path is None:
        return None
    return next((review for review in read_reviews(rows_of(path))[0] if review.id == id_), None)


def trace_of(stays: Path, id_: str, scheme: str, language: Language) -> list[str]:
    """Why a stay is in its group, a step a line; none where the table came with groups."""
    names = pq.read_schema(stays).names
    if "drg" in names or "dx" not in names:
        return []
    rows = pq.read_table(stays, filters=[("id", "=", id_)]).to_pylist()
    if not rows:
        return []
    grouping = group_row({name: value or "" for name, value in rows[0].items()}, scheme_at(scheme))
    said = [finding.message(language) for finding in grouping.findings]
    return [*said, *lines(grouping.trace, language)]
