"""Money in whole fen: what is split adds up again, and what is rounded is rounded once and knowingly."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

import msgspec

from guatu.core.kernel.apportion import Weight, apportion, exact

FEN_IN_YUAN = 100
YUAN_IN_WAN = 10_000


class Money(msgspec.Struct, frozen=True, order=True):
    """An amount in fen (1 yuan = 100 fen); negative for money that goes back."""

    fen: int

    @classmethod
    def of_yuan(cls, yuan: str | int | Decimal) -> "Money":
        """From yuan as written ("1,234.56"). Raises ValueError for a fraction of a fen or what is not a number."""
        return cls(_whole_fen(yuan, FEN_IN_YUAN))

    @classmethod
    def of_wan(cls, wan: str | int | Decimal) -> "Money":
        """From 万元 as written ("12.5"). Raises ValueError for a fraction of a fen or what is not a number."""
        return cls(_whole_fen(wan, FEN_IN_YUAN * YUAN_IN_WAN))

    @property
    def yuan(self) -> Decimal:
        return Decimal(self.fen).scaleb(-2)

    @property
    def wan(self) -> Decimal:
        return Decimal(self.fen).scaleb(-6)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + other.fen)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - other.fen)

    def __neg__(self) -> "Money":
        return Money(-self.fen)

    def __mul__(self, times: int) -> "Money":
        return Money(self.fen * times)

    def __bool__(self) -> bool:
        return self.fen != 0

    def at_rate(self, rate: Weight) -> "Money":
        """The amount times a rate that nobody rounded before, to the nearest fen, halves away from zero (四舍五入)."""
        product = exact(rate) * self.fen
        nearest = int(abs(product) + Fraction(1, 2))
        return Money(nearest if product >= 0 else -nearest)

    def split(self, weights: Sequence[Weight]) -> list["Money"]:
        """The amount in the ratio of `weights` (2:2:1); the parts add up to it. Raises ValueError as
        `apportion` does."""
        return [Money(part) for part in apportion(self.fen, weights)]

    def __str__(self) -> str:
        return f"{self.yuan:,.2f} 元"


def total(amounts: Sequence[Money]) -> Money:
    """The sum; of nothing it is 0."""
    return Money(sum(amount.fen for amount in amounts))


def _whole_fen(text: str | int | Decimal, fen_in_unit: int) -> int:
    try:
        plain = text.replace(",", "").replace("\uff0c", "").strip() if isinstance(text, str) else text
        fen = Decimal(plain) * fen_in_unit
    except InvalidOperation:
        raise ValueError(f"{text!r} is no amount of money") from None
    if not fen.is_finite() or fen != fen.to_integral_value(ROUND_HALF_UP):
        raise ValueError(f"{text!r} is no whole number of fen")
    return int(fen)
