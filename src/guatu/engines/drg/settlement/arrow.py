"""Results as Arrow tables. Points and amounts are decimals, made from whole numbers without a detour."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from guatu.core.kernel.explained import Explained, Unknown
from guatu.core.kernel.finding import Language
from guatu.core.kernel.row_finding import RowFinding
from guatu.engines.drg.points.model import OUTSIDE, RULES
from guatu.engines.drg.settlement.figures import Settlement
from guatu.engines.drg.settlement.year import Year
from guatu.engines.drg.stays import Codes
from guatu.engines.drg.stays.columns import Ints

POINT_PLACES, FEN_PLACES = 4, 2
_WIDTH = 18


def decimals(values: Ints, places: int, known: np.ndarray | None = None) -> pa.Array:
    """Whole numbers as decimals with so many places; null where `known` is false."""
    words = np.empty((len(values), 2), np.int64)
    words[:, 0] = values
    words[:, 1] = np.where(values < 0, -1, 0)
    made = pa.Array.from_buffers(pa.decimal128(_WIDTH, places), len(values), [None, pa.py_buffer(words)])
    return made if known is None else pa.compute.if_else(pa.array(known), made, None)


def dictionary(codes: Codes) -> pa.Array:
    at = pa.array(codes.at, pa.int32(), mask=codes.at < 0)
    return pa.DictionaryArray.from_arrays(at, pa.array(codes.words, pa.string()))


def points_table(year: Year, chunk: int = 131_072) -> Iterator[pa.RecordBatch]:
    """One row for each stay: its rule, coefficient, points before and after a readmission. In batches."""
    for start in range(0, len(year.stays), chunk):
        yield _points_batch(year, slice(start, start + chunk))


def _points_batch(year: Year, part: slice) -> pa.RecordBatch:
    stays, points = year.stays, year.points
    inside = points.rule[part] != OUTSIDE
    rule = pa.DictionaryArray.from_arrays(pa.array(points.rule[part], pa.int8()), pa.array(RULES, pa.string()))
    return pa.record_batch(
        {
            "id": pa.array(stays.id[part], pa.string()),
            "hospital": dictionary(Codes(stays.hospital.at[part], stays.hospital.words)),
            "drg": dictionary(Codes(stays.group.at[part], stays.group.words)),
            "cost": decimals(stays.cost[part], FEN_PLACES),
            "rule": rule,
            "coefficient": decimals(points.coefficient[part], POINT_PLACES),
            "points_before": decimals(points.full[part], POINT_PLACES, inside),
            "readmitted": pa.array(np.where(year.readmitted[part], "1", "0")),
            "points": decimals(points.units[part], POINT_PLACES, inside),
        }
    )


HOSPITAL_FIGURES = ("entitlement", "claims", "sharing", "withheld", "released", "incentive", "prepaid", "clearing")


def hospitals_table(settlement: Settlement) -> pa.Table:
    """One row for each hospital; a figure that cannot be computed is null."""
    rows = settlement.hospitals
    points = np.array([int(row.points.value.scaleb(POINT_PLACES)) for row in rows], np.int64)
    columns: dict[str, Any] = {
        "hospital": [row.code for row in rows],
        "name": [row.name for row in rows],
        "level": [row.level for row in rows],
        "cases": [row.cases for row in rows],
        "points": decimals(points, POINT_PLACES),
    }
    for name in HOSPITAL_FIGURES:
        columns[name] = _money([getattr(row, name) for row in rows])
    return pa.table(columns)


def _money(figures: Sequence["Explained[Any] | Unknown"]) -> pa.Array:
    known = np.array([isinstance(figure, Explained) for figure in figures], bool)
    fen = [figure.value.fen if isinstance(figure, Explained) else 0 for figure in figures]
    return decimals(np.array(fen, np.int64), FEN_PLACES, known)


def findings_table(findings: Iterable[RowFinding], ids: pa.ChunkedArray | None, language: Language) -> pa.Table:
    """Findings with the id of their row, where the row is one of the table that has `ids`."""
    listed = list(findings)
    columns: dict[str, list[str]] = {name: [] for name in ("row", "id", "severity", "code", "field", "message")}
    for finding in listed:
        columns["row"].append(finding.row)
        columns["id"].append(_id(finding.row, ids))
        columns["severity"].append(finding.severity)
        columns["code"].append(finding.code)
        columns["field"].append(finding.field)
        columns["message"].append(finding.message(language))
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def _id(row: str, ids: pa.ChunkedArray | None) -> str:
    if ids is None or not row.isdigit() or not 0 < int(row) <= len(ids):
        return ""
    return str(ids[int(row) - 1].as_py() or "")
