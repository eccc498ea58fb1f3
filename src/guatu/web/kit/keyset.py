"""Pages of a list by key: a page begins behind the row at which the last one ended, not at a number.

A page by number counts its way there through all rows before it, and shows a row twice or never when others are added
or done in between. A page by key finds its place in the index, and what stands behind it is never skipped.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.lookups import IsNull

M = TypeVar("M", bound=Model)
Key = tuple[Any, ...]
BETWEEN = "~"
NOTHING = Q(pk__in=())
COUNTED = 10_000
"""So far the rows of a list are counted."""


@dataclass(frozen=True)
class By:
    """A column of an order, of the row or of one that it names. Of one that may be empty the empty rows stand last,
    whichever way it goes. `field` reads the key of a column that the query computes."""

    name: str
    down: bool = False
    may_be_empty: bool = False
    field: Field[Any, Any] | None = None

    def sorting(self, *, back: bool) -> list[Any]:
        down = self.down != back
        column = F(self.name).desc() if down else F(self.name).asc()
        if not self.may_be_empty:
            return [column]
        # Not NULLS LAST, for which SQLite uses no index: this is the expression of the index.
        empty = IsNull(F(self.name), True)
        return [empty.desc() if back else empty.asc(), column]

    def beyond(self, value: Any, *, back: bool) -> Q:
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if back else NOTHING
        found = Q(**{f"{self.name}__{'lt' if self.down != back else 'gt'}": value})
        return found | Q(**{f"{self.name}__isnull": True}) if self.may_be_empty and not back else found

    def equal(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})


@dataclass(frozen=True)
class Order:
    """Columns that together are different in every row; the last one is the id."""

    parts: tuple[By, ...]

    def sort(self, rows: QuerySet[M], *, back: bool = False) -> QuerySet[M]:
        return rows.order_by(*(one for part in self.parts for one in part.sorting(back=back)))

    def beyond(self, key: Key, *, back: bool = False) -> Q:
        """The rows behind the one with the key; with `back` those before it."""
        found, same = NOTHING, Q()
        for part, value in zip(self.parts, key, strict=True):
            found |= same & part.beyond(value, back=back)
            same &= part.equal(value)
        return found

    def key(self, row: Model) -> str:
        """What an address says of the row's place."""
        return BETWEEN.join(_written(_value(row, part.name)) for part in self.parts)

    def read(self, model: type[Model], text: str) -> Key | None:
        """The key that an address says; None for none, and for what is none."""
        words = text.split(BETWEEN)
        if len(words) != len(self.parts):
            return None
        try:
            return tuple(_read(model, part, word) for part, word in zip(self.parts, words, strict=True))
        except (ValidationError, ValueError, OverflowError):
            return None


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = None if row is None else getattr(row, part)
    return row


def _field(model: type[Model], name: str) -> Any:
    *ways, last = name.split("__")
    for way in ways:
        related = model._meta.get_field(way).related_model
        if not isinstance(related, type):
            raise TypeError(f"{way} of {model.__name__} leads to no other table")
        model = related
    return model._meta.get_field(last)


def _written(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
    return "" if value is None else str(value)


def _read(model: type[Model], part: By, word: str) -> Any:
    if not word and part.may_be_empty:
        return None
    field: Any = part.field or _field(model, part.name)
    value = field.to_python(word)
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            raise ValueError(word)
        return value.astimezone(datetime.UTC)
    if value is None or (isinstance(value, int) and abs(value) >= 2**63):
        raise ValueError(word)
    return value


@dataclass(frozen=True)
class KeyPage(Generic[M]):
    """`first` is the number of the first row in the whole list, from 1; `before` and `after` are the ways on, "" at an
    end. Of a list with more than COUNTED rows `count` is that, with `many`, and rows beyond have no number: 0."""

    rows: list[M]
    count: int
    first: int
    before: str
    after: str
    many: bool = False

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.first else 0


def counted(rows: QuerySet[Any]) -> int:
    """How many rows there are, at most one more than COUNTED: a list of a million is not gone through for that."""
    return rows.order_by()[: COUNTED + 1].count()


def key_page(rows: QuerySet[M], order: Order, size: int, count: int, given: Mapping[str, Any]) -> KeyPage[M]:
    """The page that `after` or `before` of an address asks for; `count` is that of all `rows`.

    Where nothing is left behind a key, because the rows were done in between, it is the last page; before one, the
    first.
    """
    if not count:
        return KeyPage([], 0, 0, "", "")
    before, after = (order.read(rows.model, str(given.get(name, ""))) for name in ("before", "after"))
    found: list[M] = []
    more = False
    if before is not None:
        found, _earlier = _part(rows.filter(order.beyond(before, back=True)), order, size, back=True)
        found = found if len(found) == size else []
        more = bool(found)
    elif after is not None:
        found, more = _part(rows.filter(order.beyond(after)), order, size)
        if not found:
            found, _earlier = _part(rows, order, size, back=True)
    if not found:
        found, more = _part(rows, order, size)
    if not found:
        return KeyPage([], count, 0, "", "")
    first = 1
    if before is not None or after is not None:
        begin = order.read(rows.model, order.key(found[0]))
        first += counted(rows.filter(order.beyond(begin or (), back=True)))
    back = order.key(found[0]) if first > 1 else ""
    many = count > COUNTED
    number = first if first <= COUNTED else 0
    return KeyPage(found, min(count, COUNTED), number, back, order.key(found[-1]) if more else "", many)


def _part(rows: QuerySet[M], order: Order, size: int, *, back: bool = False) -> tuple[list[M], bool]:
    """So many rows, and whether there are more behind them."""
    found = list(order.sort(rows, back=back)[: size + 1])
    part, more = found[:size], len(found) > size
    return (part[::-1] if back else part), more
