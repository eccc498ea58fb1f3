"""The distance within which a pack takes cases of a class for one."""

from decimal import Decimal
from fractions import Fraction

from guatu.core.cases.parameters import Parameter
from guatu.core.kernel.units import resolve

PARAMETER = "duplicate_metres"
"""The parameter of a pack that says it."""


def metres(row: Parameter) -> float | None:
    """In metres, whatever unit of length it is written in; None where it says no distance."""
    unit = resolve(row.unit or "m")
    if not isinstance(row.fact, Decimal) or row.fact <= 0 or unit is None or unit.dimension != "length":
        return None
    return float(Fraction(row.fact) * unit.factor)
