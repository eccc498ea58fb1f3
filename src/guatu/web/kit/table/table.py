"""The declaration of a list, and what of it an address asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Count, Model, QuerySet
from django.utils.functional import Promise

from guatu.web.base.actors import Actor
from guatu.web.kit.keyset import By, KeyPage, Order, counted, key_page
from guatu.web.kit.table.columns import Column
from guatu.web.kit.table.filters import Filter, States, Wanted
from guatu.web.kit.values import id_or_none, text_of

M = TypeVar("M", bound=Model)
R = TypeVar("R")
S = TypeVar("S")
BLOCK = 500
"""So many rows of an export are in memory at a time."""
NEWEST = Order((By("id", down=True),))


@dataclass(frozen=True)
class Empty:
    """What stands where no row is: that it is so, and what comes here or what to do."""

    title: str | Promise
    hint: str | Promise | Callable[[Actor], str | Promise] = ""

    def hint_for(self, actor: Actor) -> str:
        return str(self.hint(actor) if callable(self.hint) else self.hint)


@dataclass(frozen=True)
class Table(Generic[M, R]):
    """`rows` gives what the actor may see, narrowed by whatever its filters leave to it; `lines` what a page shows of
    some, themselves where nothing is said.

    Rows may also be a sequence, for a list whose order the database cannot know: then the pages are numbered. `totals`
    gives, for all rows of the list, what stands below columns, by their keys; where it has `count`, that is not asked
    for once more. `sizes` are those of a page that an address may ask for by `rows`.
    """

    title: str | Promise
    rows: Callable[[Actor, Wanted], QuerySet[M] | Sequence[Any]]
    columns: Sequence[Column[R]]
    empty: Empty
    lines: Callable[[Sequence[Any], Actor, Wanted], Iterable[Any]] = lambda rows, actor, wanted: rows
    filters: Sequence[Filter] = ()
    order: Order | Callable[[Wanted], Order] = NEWEST
    size: int = 50
    sizes: Sequence[int] = ()
    totals: Callable[[QuerySet[M] | Sequence[Any], Actor, Wanted], Mapping[str, object]] | None = None

    def as_file(
        self,
        title: str | Promise,
        columns: Sequence[Column[S]],
        lines: Callable[[Sequence[Any], Actor, Wanted], Iterable[S]],
    ) -> Table[M, S]:
        """The same rows under the same address, with lines and columns of their own: a file says more than a page."""
        return Table(
            title, self.rows, columns, self.empty, lines, self.filters, self.order, self.size, self.sizes, self.totals
        )

    def wanted(self, given: Mapping[str, Any], actor: Actor) -> Wanted:
        found = {one.name: one.read(given, actor) for one in self.filters}
        return {name: value for name, value in found.items() if value is not None}

    def narrowed(self, actor: Actor, wanted: Wanted) -> QuerySet[M] | Sequence[Any]:
        rows = self.rows(actor, wanted)
        return narrowed(rows, self.filters, actor, wanted) if isinstance(rows, QuerySet) else rows

    def ordered(self, wanted: Wanted, given: Mapping[str, Any]) -> tuple[Order, str]:
        """The order that the address asks for by `sort`, and that word; else the list's own."""
        asked = text_of(given, "sort")
        column = next((one for one in self.columns if one.sort and one.key == asked.removeprefix("-")), None)
        if column is not None:
            # Rows that are equal in the column need an order among themselves, or pages by key would lose some.
            return Order((By(column.sort, down=asked.startswith("-"), may_be_empty=True), By("id"))), asked
        return (self.order(wanted) if callable(self.order) else self.order), ""

    def columns_for(self, actor: Actor) -> list[Column[R]]:
        return [one for one in self.columns if not one.needs or actor.may(one.needs)]

    def sorted(
        self, actor: Actor, wanted: Wanted, given: Mapping[str, Any] | None = None
    ) -> QuerySet[M] | Sequence[Any]:
        rows = self.narrowed(actor, wanted)
        return self.ordered(wanted, given or {})[0].sort(rows) if isinstance(rows, QuerySet) else rows

    def found(self, actor: Actor, given: Mapping[str, Any]) -> QuerySet[M] | Sequence[Any]:
        """All rows that an address or a query of the API asks for, in the order of the list."""
        return self.sorted(actor, self.wanted(given, actor), given)

    def page(self, actor: Actor, given: Mapping[str, Any]) -> TablePage[M, R]:
        wanted = self.wanted(given, actor)
        rows = self.rows(actor, wanted)
        order, sort = self.ordered(wanted, given)
        size = next((one for one in self.sizes if text_of(given, "rows") == str(one)), self.size)
        counts = self._counts(rows, actor, wanted)
        page: KeyPage[M] | Page[M]
        if isinstance(rows, QuerySet):
            rows = narrowed(rows, self.filters, actor, wanted)
            totals = self._totals(rows, actor, wanted)
            count = next((counts[wanted[one.name]] for one in self.filters if isinstance(one, States)), None)
            count = totals.get("count") if count is None else count
            page = key_page(rows, order, size, counted(rows) if count is None else count, given)
            shown: Sequence[M] = page.rows
        else:
            totals = self._totals(rows, actor, wanted)
            page = Paginator(rows, size).get_page(id_or_none(given, "page") or 1)
            shown = list(page.object_list)
        lines = list(self.lines(shown, actor, wanted)) if shown else []
        return TablePage(self, wanted, lines, page, sort, size, counts, totals)

    def _totals(self, rows: QuerySet[M] | Sequence[Any], actor: Actor, wanted: Wanted) -> Mapping[str, Any]:
        return self.totals(rows, actor, wanted) if self.totals else {}

    def _counts(self, rows: QuerySet[M] | Sequence[Any], actor: Actor, wanted: Wanted) -> dict[str, int]:
        states = next((one for one in self.filters if isinstance(one, States)), None)
        if states is None:
            return {}
        if not isinstance(rows, QuerySet):
            raise TypeError("the states of a sequence are counted by who gives it")
        rows = narrowed(rows, [one for one in self.filters if one is not states], actor, wanted)
        sums = {
            name: Count("pk", filter=which, distinct=True) if which else Count("pk", distinct=True)
            for name, _words, which in states.groups(actor)
        }
        return dict(rows.order_by().aggregate(**sums))

    def all_lines(self, actor: Actor, given: Mapping[str, Any]) -> Iterator[R]:
        """What the list shows under the same address, of all its pages."""
        wanted, rows = self.wanted(given, actor), self.found(actor, given)
        if isinstance(rows, QuerySet):
            rest = rows.iterator(chunk_size=BLOCK)
            while block := list(islice(rest, BLOCK)):
                yield from self.lines(block, actor, wanted)
        else:
            yield from self.lines(rows, actor, wanted)


def queried(rows: QuerySet[M] | Sequence[Any]) -> QuerySet[M]:
    """Rows of a list that the database gives, to be asked for more. Raises `TypeError` for those of a sequence."""
    if isinstance(rows, QuerySet):
        return rows
    raise TypeError("the rows of this list are a sequence")


def narrowed(rows: QuerySet[M], filters: Iterable[Filter], actor: Actor, wanted: Wanted) -> QuerySet[M]:
    which = [one.q(wanted[one.name], actor) for one in filters if one.name in wanted]
    return rows.filter(*(one for one in which if one))


@dataclass(frozen=True)
class TablePage(Generic[M, R]):
    table: Table[M, R]
    wanted: Wanted
    lines: list[R]
    page: KeyPage[M] | Page[M]
    sort: str
    size: int
    counts: Mapping[str, int] = field(default_factory=dict)
    totals: Mapping[str, object] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return self.page.count if isinstance(self.page, KeyPage) else self.page.paginator.count
