"""The table of weights as Arrow tables, for people to read in a spreadsheet. Costs are in yuan."""

from decimal import Decimal

import pyarrow as pa

from guatu.engines.drg.weights.model import Weights


def groups_table(weights: Weights) -> pa.Table:
    rows = weights.groups
    return pa.table(
        {
            "drg": [row.group for row in rows],
            "cases": [row.cases for row in rows],
            "trimmed": [row.trimmed for row in rows],
            "mean_cost": _yuan([row.mean for row in rows]),
            "cv": pa.array([row.cv for row in rows], pa.decimal128(12, 4)),
            "base_points": pa.array([row.base_points for row in rows], pa.decimal128(18, 4)),
            "state": [row.state for row in rows],
        }
    )


def coefficients_table(weights: Weights) -> pa.Table:
    rows = weights.coefficients
    return pa.table(
        {
            weights.coefficient_by: pa.array([row.of for row in rows], pa.string()),
            "drg": pa.array([row.group for row in rows], pa.string()),
            "cases": pa.array([row.cases for row in rows], pa.int64()),
            "mean_cost": _yuan([row.mean for row in rows]),
            "raw": pa.array([row.raw for row in rows], pa.decimal128(18, 4)),
            "coefficient": pa.array([row.value for row in rows], pa.decimal128(18, 4)),
        }
    )


def _yuan(fen: list[int]) -> pa.Array:
    return pa.array([Decimal(amount).scaleb(-2) for amount in fen], pa.decimal128(18, 2))
