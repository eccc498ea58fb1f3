"""Partial results into one. They are added in the order of the partitions, whatever order they came in."""

from collections.abc import Callable, Iterable
from typing import TypeVar

R = TypeVar("R")


def combined(results: Iterable[tuple[int, R]], plus: Callable[[R, R], R], zero: R) -> R:
    """The sum of numbered partial results; the same for every order of arrival, even where `plus` is not."""
    total = zero
    for _, result in sorted(results, key=lambda numbered: numbered[0]):
        total = plus(total, result)
    return total
