"""A run: stays are grouped, history is weighed, the year is settled, what stands out is listed. The same inputs give
the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from guatu.core.kernel.explained import Explained, Unknown
from guatu.core.kernel.row_finding import RowFinding
from guatu.engines.drg.parameters import ParameterSet
from guatu.engines.drg.points import Review
from guatu.engines.drg.quality.indicators import indicators
from guatu.engines.drg.quality.model import subject_of
from guatu.engines.drg.quality.registry import all_checks, signals_of
from guatu.engines.drg.settlement import HospitalTerms
from guatu.engines.drg.settlement.arrow import points_table
from guatu.engines.drg.settlement.hospitals import read_hospitals, read_reviews
from guatu.engines.drg.settlement.record import Input, record
from guatu.engines.drg.settlement.year import Year, settle_year
from guatu.engines.drg.stays import Problems
from guatu.engines.drg.weights import Weights
from guatu.engines.drg.weights.history import weigh_history
from guatu.engines.drg.weights.record import weights_to_bytes
from guatu.web.drg.computing.given import Grouped, Refused, Share, grouped, refuse, rows_of
from guatu.web.drg.computing.schemes import scheme_at
from guatu.web.drg.computing.told import Told, plain, told

FIGURES = ("points", "entitlement", "claims", "withheld", "released", "sharing", "incentive", "prepaid", "clearing")
INDICATORS = ("grouping_rate", "cmi", "cost_index", "time_index")
ROWS_TOGETHER = 50_000
PROBLEM_COLUMNS = ("table", "row", "id", "hospital", "column", "severity", "code", "zh", "en")


@dataclass(frozen=True)
class Sources:
    """The stored files of a run by role; `scheme` is "" for the one that comes along."""

    history: Path
    stays: Path
    hospitals: Path
    reviews: Path | None = None
    scheme: str = ""
    hashes: Mapping[str, str] = field(default_factory=dict)

    def inputs(self) -> dict[str, Input]:
        return {role: Input(role, sha256) for role, sha256 in sorted(self.hashes.items())}


@dataclass(frozen=True)
class Prepared:
    """The inputs of a run, read."""

    history: Grouped
    stays: Grouped
    hospitals: list[HospitalTerms]
    reviews: list[Review]


@dataclass(frozen=True)
class HospitalResult:
    code: str
    name: str
    level: str
    cases: int
    figures: dict[str, Told]


@dataclass(frozen=True)
class Outcome:
    """What a run gives: rows for pages, and files."""

    results: list[HospitalResult]
    summary: dict[str, Any]
    files: dict[str, bytes]


def prepare(sources: Sources, folder: Path, share: Share) -> Prepared:
    """Raises `Refused` where a table cannot be used."""
    scheme = scheme_at(sources.scheme)
    hospitals, wrong = read_hospitals(rows_of(sources.hospitals))
    refuse(wrong)
    reviews: list[Review] = []
    if sources.reviews is not None:
        reviews, wrong = read_reviews(rows_of(sources.reviews))
        refuse(wrong)
    history = grouped(sources.history, scheme, folder, lambda part: share(0.3 * part))
    stays = grouped(sources.stays, scheme, folder, lambda part: share(0.3 + 0.3 * part))
    return Prepared(history, stays, hospitals, reviews)


def weigh(sources: Sources, given: Prepared, parameters: ParameterSet) -> tuple[Weights, Problems]:
    levels = {row.code: row.level for row in given.hospitals}
    hashes = {role: sources.hashes[role] for role in ("history", "hospitals") if role in sources.hashes}
    weights, problems, findings = weigh_history(given.history.table, parameters, levels, hashes)
    refuse(findings)
    assert weights is not None
    return weights, problems


def settle(
    given: Prepared, weights: Weights, parameters: ParameterSet, *, simulated: bool = False
) -> tuple[Year, Problems, list[RowFinding]]:
    year, problems, findings = settle_year(
        given.stays.table, weights, parameters, given.hospitals, given.reviews, simulated=simulated
    )
    if year is None:
        raise Refused([finding for finding in findings if finding.severity == "error"])
    return year, problems, findings


def compute(sources: Sources, parameters: ParameterSet, folder: Path, share: Share) -> Outcome:
    """Raises `Refused` where an input has an error that leaves nothing to compute."""
    given = prepare(sources, folder, share)
    weights, of_history = weigh(sources, given, parameters)
    share(0.7)
    year, of_year, findings = settle(given, weights, parameters)
    share(0.85)
    rows = [*_problem_rows("stays", given.stays, of_year), *_problem_rows("history", given.history, of_history)]
    # Parameters that nobody has checked stand in the summary, once, and are no fault of the tables.
    rows += [_general(finding) for finding in findings if finding.code != "drg.parameter-unverified"]
    signals = _signals(year)
    files = {
        "settlement.json": record(year, of_year, parameters, sources.inputs()),
        "weights.json": weights_to_bytes(weights),
        "cases.parquet": _parquet(cases_table(year)),
        "problems.parquet": _parquet(pa.Table.from_pylist(rows, schema=_problem_schema())),
        "signals.json": msgspec.json.encode(signals),
    }
    summary = _summary(year, rows, given.stays.table.num_rows) | {"signals": len(signals)}
    return Outcome(_results(year, weights), summary, files)


def cases_table(year: Year) -> Any:
    """One row for each valid stay, hospital by hospital in the order of the table."""
    points = pa.Table.from_batches(list(points_table(year)))
    texts = [name for name in points.column_names if pa.types.is_dictionary(points.schema.field(name).type)]
    for name in texts:
        points = points.set_column(points.schema.get_field_index(name), name, points.column(name).cast(pa.string()))
    stays = year.stays
    points = points.append_column("row", pa.array(stays.row))
    points = points.append_column("days", pa.array(stays.days))
    points = points.append_column("discharged", pa.array(stays.discharged.astype("datetime64[D]").astype(str)))
    return points.sort_by([("hospital", "ascending"), ("row", "ascending")])


def _parquet(table: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, row_group_size=ROWS_TOGETHER)
    return out.getvalue()


def _problem_schema() -> Any:
    return pa.schema([(name, pa.int64() if name == "row" else pa.string()) for name in PROBLEM_COLUMNS])


def _problem_rows(name: str, given: Grouped, problems: Problems) -> Iterator[dict[str, Any]]:
    """All problems of a table's rows, in the order of the rows."""
    found = [(int(finding.row) - 1, finding) for finding in problems] + given.findings
    found.sort(key=lambda pair: pair[0])
    at = pa.array([row for row, _ in found], pa.int64())
    ids = given.table.column("id").take(at).to_pylist()
    hospitals = given.table.column("hospital").take(at).to_pylist()
    for (row, finding), id_, hospital in zip(found, ids, hospitals, strict=True):
        yield {**_words(finding), "table": name, "row": row + 1, "id": id_ or "", "hospital": hospital or ""}
    for finding in given.twice:
        yield {**_words(finding), "table": name, "row": int(finding.row), "id": "", "hospital": ""}


def _general(finding: RowFinding) -> dict[str, Any]:
    """Of no row: of a hospital, or of a special review."""
    return {
        **_words(finding),
        "table": "",
        "row": 0,
        "id": "",
        "hospital": finding.row if finding.field == "hospital" else "",
    }


def _words(finding: RowFinding) -> dict[str, Any]:
    words = {"zh": finding.message("zh"), "en": finding.message("en")}
    return {"column": finding.field, "severity": finding.severity, "code": finding.code, **words}


def _signals(year: Year) -> list[dict[str, Any]]:
    names = {name: check.NAME for name, check in all_checks()}
    return [
        {
            "what": signal.what, "zh": names[signal.what][0], "en": names[signal.what][1], "hospital": signal.hospital,
            "about": signal.about, "figure": told(signal.figure), "stays": list(signal.stays),
        }
        for signal in signals_of(subject_of(year))
    ]  # fmt: skip


def _results(year: Year, weights: Weights) -> list[HospitalResult]:
    measured = {row.hospital: row for row in indicators(year.stays, weights)}
    found = []
    for row in year.settlement.hospitals:
        figures = {name: told(getattr(row, name)) for name in FIGURES}
        if row.code in measured:
            figures |= {name: told(getattr(measured[row.code], name)) for name in INDICATORS}
        found.append(HospitalResult(row.code, row.name, row.level, row.cases, figures))
    return found


def _summary(year: Year, problems: list[dict[str, Any]], table_rows: int) -> dict[str, Any]:
    made = year.settlement
    value: Explained[Any] | Unknown = made.point_value
    counts: dict[str, int] = {}
    for row in problems:
        counts[row["severity"]] = counts.get(row["severity"], 0) + 1
    return {
        "cases": len(year.stays),
        "points": plain(made.total_points),
        "point_value": told(value),
        "distributable": told(made.distributable),
        "pool": {name: plain(getattr(made.pool, name)) for name in made.pool.__struct_fields__},
        "errors": counts.get("error", 0),
        "warnings": counts.get("warning", 0),
        "left_out": table_rows - len(year.stays),
        "unverified": sorted(year.terms.unverified),
        "readmitted": int(np.count_nonzero(year.readmitted)),
    }
