"""The beginning of a list that a page shows in part, and says so: "20 of 264". For lists that are a page's side matter;
what a page is for is paged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

T = TypeVar("T")


@dataclass(frozen=True)
class Shown(Generic[T]):
    """`total` counts all that there are, shown or not; a template says the rest by `base/_shown.html`."""

    rows: Sequence[T]
    total: int

    @property
    def cut(self) -> bool:
        return self.total > len(self.rows)

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def first(rows: Sequence[T] | QuerySet[Any, T], most: int) -> Shown[T]:
    """The first rows of what is filtered and sorted already. A queryset is counted only where there may be more."""
    found: list[T] = list(rows[:most])
    if len(found) < most:
        return Shown(found, len(found))
    return Shown(found, rows.count() if isinstance(rows, QuerySet) else len(rows))
