"""Rows out of the files of a run, read by hospital: its stays, and what was wrong with rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from guatu.engines.drg.points.model import RULE_NAMES
from guatu.web.base.files import path_of
from guatu.web.base.language import language
from guatu.web.drg.computing.explain import points_told, review_of, trace_of, weights_at
from guatu.web.drg.computing.told import Told
from guatu.web.drg.models import Run, RunFile

Row = dict[str, Any]
RULES = tuple(RULE_NAMES)


def output(run: Run, name: str) -> Path:
    return path_of(RunFile.objects.select_related("file").get(run=run, name=name).file)


def case_table(run: Run, code: str, rule: str = "", group: str = "") -> Any:
    """The stays of a hospital as an Arrow table, in the order of the uploaded table."""
    filters = [("hospital", "=", code)]
    if rule:
        filters.append(("rule", "=", rule))
    if group:
        filters.append(("drg", "=", group))
    return pq.read_table(output(run, "cases.parquet"), filters=filters)


def case_rows(table: Any) -> list[Row]:
    """Rows for a page, with the name of their rule."""
    at = 1 if language() == "en" else 0
    return [{**row, "rule_name": RULE_NAMES[row["rule"]][at]} for row in table.to_pylist()]


def case_of(run: Run, code: str | None, id_: str) -> Row | None:
    """A stay by its number; of any hospital where no code is given."""
    filters = [("id", "=", id_)]
    if code is not None:
        filters.append(("hospital", "=", code))
    rows = case_rows(pq.read_table(output(run, "cases.parquet"), filters=filters))
    return rows[0] if rows else None


def explained(run: Run, row: Row, level: str) -> tuple[Told, list[str]]:
    """The points of a stay with their parts, and the steps to its group."""
    reviews = path_of(run.reviews.file) if run.reviews is not None and row["rule"] == "review" else None
    weights = weights_at(str(output(run, "weights.json")))
    points = points_told(row, level, weights, run.parameters.text, review_of(reviews, row["id"]))
    scheme = str(path_of(run.scheme.file)) if run.scheme is not None else ""
    return points, trace_of(path_of(run.stays.file), row["id"], scheme, language())


def problem_table(run: Run, codes: frozenset[str] | None, severity: str = "", code: str = "") -> Any:
    """Problems of rows; of the hospitals with these codes, or of all."""
    table = pq.read_table(output(run, "problems.parquet"))
    if codes is not None:
        table = table.filter(pc.is_in(table.column("hospital"), value_set=_texts(codes)))
        table = table.filter(pc.equal(table.column("table"), "stays"))
    if severity:
        table = table.filter(pc.equal(table.column("severity"), severity))
    if code:
        table = table.filter(pc.equal(table.column("code"), code))
    return table


def _texts(words: frozenset[str]) -> Any:
    import pyarrow as pa

    return pa.array(sorted(words), pa.string())


def problem_rows(table: Any) -> list[Row]:
    return [{**row, "said": row[language()]} for row in table.to_pylist()]


def problem_counts(table: Any) -> list[tuple[str, str, int]]:
    """Code, severity and how many rows, most first."""
    counted = table.group_by(["code", "severity"]).aggregate([([], "count_all")]).to_pylist()
    rows = [(row["code"], row["severity"], row["count_all"]) for row in counted]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def signals(run: Run, hospital: str = "", what: str = "") -> list[Row]:
    """What stands out, with its reason: for checking, not a verdict."""
    found: list[Row] = json.loads(output(run, "signals.json").read_bytes())
    return [row for row in found if (not hospital or row["hospital"] == hospital) and (not what or row["what"] == what)]
