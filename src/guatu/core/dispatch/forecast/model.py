"""What every method is given and gives: a series of figures, then a mean and a spread for any later day."""

from collections.abc import Callable
from typing import NamedTuple

from guatu.core.kernel.explained import Word

# Day number (ordinal of the date) to the time in which a figure is expected to move evenly.
Timing = Callable[[float], float]


class Series(NamedTuple):
    """Figures by day number, rising; `evenly` says that they are of periods one after the other."""

    days: tuple[int, ...]
    values: tuple[float, ...]
    evenly: bool

    def until(self, count: int) -> "Series":
        """The first `count` figures."""
        return Series(self.days[:count], self.values[:count], self.evenly)


class Model(NamedTuple):
    """A fitted method.

    `mean` and `spread` take a day number; the spread is the standard error of a new figure there, `freedom` its degrees
    of freedom. `pace` is the mean change a day to come.
    """

    method: Word
    source: str
    mean: Callable[[float], float]
    spread: Callable[[float], float]
    freedom: int
    pace: float
