"""Numbers of rules: decimals of 34 digits, as FEEL has them (IEEE 754-2008 decimal128)."""

from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction
from numbers import Integral, Real

_DIGITS = 34
_LONG = 10**18
_CONTEXT = Context(prec=_DIGITS, Emax=6144, Emin=-6143, traps=[])
_OPERATIONS: dict[str, Callable[[Context, Decimal, Decimal], Decimal]] = {
    "+": Context.add,
    "-": Context.subtract,
    "*": Context.multiply,
    "/": Context.divide,
    "**": Context.power,
}


def decimal(value: Decimal) -> Decimal:
    """Rounded to 34 digits, half to even; infinite where it is too large."""
    return _CONTEXT.copy().create_decimal(value)


def number(value: Real | Decimal) -> Decimal | None:
    """A number as a decimal; the shortest decimal of a float is taken as exact. None for what is not finite."""
    if isinstance(value, Fraction):
        return calculate("/", Decimal(value.numerator), Decimal(value.denominator))
    if not isinstance(value, Decimal):
        value = Decimal(int(value)) if isinstance(value, Integral) else Decimal(repr(float(value)))
    found = decimal(value)
    return found if found.is_finite() else None


def is_short(value: Real | Decimal) -> bool:
    """Whether a number is finite and has at most 18 digits before the point: what JSON keeps and a reader reads."""
    found = number(value)
    return found is not None and abs(found) < _LONG


def calculate(sign: str, left: Decimal, right: Decimal) -> Decimal | None:
    """The result in 34 digits; None where there is none (0 / 0, a root of a negative number) or it is too large."""
    found = _OPERATIONS[sign](_CONTEXT.copy(), left, right)
    return found if found.is_finite() else None
