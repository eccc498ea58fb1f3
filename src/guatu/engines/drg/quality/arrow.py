"""Indicators and signals as Arrow tables."""

from collections.abc import Sequence

import pyarrow as pa

from guatu.core.kernel.explained import Explained
from guatu.core.kernel.finding import Language
from guatu.engines.drg.quality.indicators import Indicators
from guatu.engines.drg.quality.model import Signal

_FIGURES = ("cmi", "cost_index", "time_index", "grouping_rate")


def indicators_table(rows: Sequence[Indicators]) -> pa.Table:
    columns = {"hospital": [row.hospital for row in rows], "stays": [row.stays for row in rows]}
    for name in _FIGURES:
        figures = [getattr(row, name) for row in rows]
        values = [figure.value if isinstance(figure, Explained) else None for figure in figures]
        columns[name] = pa.array(values, pa.decimal128(18, 4))
    return pa.table(columns)


def signals_table(rows: Sequence[Signal], language: Language) -> pa.Table:
    """One row for each signal: what, where, the reason with its numbers, and the ids to look at first."""
    return pa.table(
        {
            "hospital": pa.array([row.hospital for row in rows], pa.string()),
            "what": pa.array([row.what for row in rows], pa.string()),
            "about": pa.array([row.about for row in rows], pa.string()),
            "reason": pa.array([row.figure.sentence(language) for row in rows], pa.string()),
            "stays": pa.array(["|".join(row.stays) for row in rows], pa.string()),
        }
    )
