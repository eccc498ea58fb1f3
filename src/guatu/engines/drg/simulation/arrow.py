"""A comparison as Arrow tables."""

from decimal import Decimal

import pyarrow as pa

from guatu.core.kernel.explained import Explained, Unknown
from guatu.core.kernel.money import Money
from guatu.engines.drg.simulation.compare import Comparison

_POINTS, _YUAN = pa.decimal128(18, 4), pa.decimal128(18, 2)


def hospitals_table(comparison: Comparison) -> pa.Table:
    rows = comparison.hospitals
    return pa.table(
        {
            "hospital": [row.code for row in rows],
            "name": [row.name for row in rows],
            "points_before": pa.array([row.points_before for row in rows], _POINTS),
            "points_after": pa.array([row.points_after for row in rows], _POINTS),
            "entitlement_before": _yuan([row.entitlement_before for row in rows]),
            "entitlement_after": _yuan([row.entitlement_after for row in rows]),
            "change": _yuan([row.change.value for row in rows]),
            "clearing_before": _yuan([_known(row.clearing_before) for row in rows]),
            "clearing_after": _yuan([_known(row.clearing_after) for row in rows]),
        }
    )


def groups_table(comparison: Comparison) -> pa.Table:
    rows = comparison.groups
    return pa.table(
        {
            "drg": [row.group for row in rows],
            "cases": [row.cases for row in rows],
            "base_points_before": pa.array([row.base_before for row in rows], _POINTS),
            "base_points_after": pa.array([row.base_after for row in rows], _POINTS),
            "points_before": pa.array([row.points_before for row in rows], _POINTS),
            "points_after": pa.array([row.points_after for row in rows], _POINTS),
        }
    )


def _known(figure: Explained[Money] | Unknown) -> Money | None:
    return figure.value if isinstance(figure, Explained) else None


def _yuan(amounts: list[Money] | list[Money | None]) -> pa.Array:
    plain: list[Decimal | None] = [None if amount is None else amount.yuan for amount in amounts]
    return pa.array(plain, _YUAN)
