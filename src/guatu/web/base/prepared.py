"""Small queries and inserts that are asked thousands of times a minute, with their SQL built once.

Building the SQL of a small query takes Django ten to thirty times as long as the database takes to answer it; for a
report handed in that was four fifths of its time. What is asked, and of which rows, stays an ordinary queryset.
"""

from __future__ import annotations

import datetime
import json
from collections import namedtuple
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Generic, TypeVar, cast

from django.db import connection, models, router
from django.db.models import query as queries
from django.db.models.query import ModelIterable, NamedValuesListIterable

R = TypeVar("R")
_ROWS_AT_ONCE = 500
"""Of one INSERT: databases take some ten thousand values in a statement."""


class Prepared(Generic[R]):
    """A queryset with values that come later.

    `build` is called once with stand-ins for the named parameters, each of the type given, and returns a queryset of
    models (`select_related` as well) or of `values_list`. A parameter of type list is for the lookup `any`. It must use
    each stand-in as it is given and nothing that depends on the moment. Calling the object gives the rows as the
    queryset would.
    """

    def __init__(self, build: Callable[..., Any], **types: type) -> None:
        self._build, self._types = build, types
        self._compiled: dict[str, _Compiled] = {}

    def __call__(self, **values: Any) -> list[R]:
        compiled = self._compiled.get(connection.vendor)
        if compiled is None:
            compiled = self._compiled[connection.vendor] = _Compiled(self._build, self._types)
        return list(compiled.rows(values))

    def first(self, **values: Any) -> R | None:
        return next(iter(self(**values)), None)


class Variants(Generic[R]):
    """A queryset that is narrowed by some of its parameters: one `Prepared` for each set of them that is asked for.

    `build` gets stand-ins for those that are given; a value None is as not given.
    """

    def __init__(self, build: Callable[..., Any], **types: type) -> None:
        self._build, self._types = build, types
        self._known: dict[tuple[str, ...], Prepared[R]] = {}

    def __call__(self, **values: Any) -> list[R]:
        given = {name: value for name, value in values.items() if value is not None}
        names = tuple(sorted(given))
        if names not in self._known:
            self._known[names] = Prepared(self._build, **{name: self._types[name] for name in names})
        return self._known[names](**given)


class _Compiled:
    def __init__(self, build: Callable[..., Any], types: dict[str, type]) -> None:
        stand_ins = {name: _stand_in(kind, at) for at, (name, kind) in enumerate(types.items())}
        queryset = build(**stand_ins)
        self.compiler = queryset.query.get_compiler(connection=connection)
        self.sql, params = self.compiler.as_sql()
        self.params = [self._place(param, stand_ins) for param in params]
        lacking = set(stand_ins) - {name for name, _ in self.params if name}
        if lacking:
            raise ValueError(f"the query does not use {sorted(lacking)}")
        columns = [column[0] for column in self.compiler.select[: self.compiler.col_count]]
        self.converters = self.compiler.get_converters(columns)
        self.make = _maker(queryset, self.compiler)

    def _place(self, param: Any, stand_ins: dict[str, Any]) -> tuple[str, Callable[[Any], Any] | Any]:
        """The parameter's name and how its value is written for this database, or "" and the constant."""
        for name, stand_in in stand_ins.items():
            if isinstance(stand_in, datetime.date) and param == connection.ops.adapt_datefield_value(stand_in):
                return name, connection.ops.adapt_datefield_value
            if param == stand_in:
                return name, type(param)
            if isinstance(stand_in, list) and param == json.dumps(stand_in):  # how SQLite takes it
                return name, json.dumps
        return "", param

    def rows(self, values: dict[str, Any]) -> Iterator[Any]:
        params: list[Any] = [write(values[name]) if name else write for name, write in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found: Any = cursor.fetchall()
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        return self.make(found)


def _stand_in(kind: type, at: int) -> Any:
    if kind is datetime.date:
        return datetime.date(2999, 1, 1) + datetime.timedelta(days=at)
    if kind is list:
        return [2_111_111_000 + at]
    return f"\ue000stand-in {at}" if kind is str else 2_111_111_000 + at


def _maker(queryset: Any, compiler: Any) -> Callable[[Any], Iterator[Any]]:
    kind = queryset._iterable_class
    if kind is ModelIterable:
        return _model_maker(compiler)
    if kind is NamedValuesListIterable:
        named = namedtuple("Row", queryset._fields)  # type: ignore[misc]  # the names come with the queryset
        return lambda rows: map(named._make, rows)
    return _plain


def _plain(rows: Any) -> Iterator[tuple[Any, ...]]:
    return (tuple(row) for row in rows)


def _model_maker(compiler: Any) -> Callable[[Any], Iterator[models.Model]]:
    """Rows to instances, with their related ones, as Django makes them of the same columns."""
    info, select = compiler.klass_info, compiler.select
    start, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[start:end]]
    alias = router.db_for_read(info["model"])
    populators: Any = vars(queries)["get_related_populators"]  # the stubs know nothing of it
    related = populators(info, select, alias)

    def make(rows: Any) -> Iterator[models.Model]:
        for row in rows:
            thing = info["model"].from_db(alias, names, row[start:end])
            for populator in related:
                populator.populate(row, thing)
            yield thing

    return make


def insert(things: Sequence[models.Model]) -> None:
    """Inserts rows of one model that nobody needs the ids of; no signals, no defaults of the database."""
    for at in range(0, len(things), _ROWS_AT_ONCE):
        some = things[at : at + _ROWS_AT_ONCE]
        head, fields = _insert_of(type(some[0]), connection.vendor)
        one = "(" + ", ".join(["%s"] * len(fields)) + ")"
        params = [field.get_db_prep_save(field.pre_save(thing, True), connection) for thing in some for field in fields]
        with connection.cursor() as cursor:
            cursor.execute(head + ", ".join([one] * len(some)), params)


@cache
def _insert_of(model: type[models.Model], vendor: str) -> tuple[str, list[Any]]:
    quote = connection.ops.quote_name
    fields: list[Any] = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(quote(field.column) for field in fields)
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ", fields


def update(thing: models.Model, names: Sequence[str], **where: Any) -> int:
    """Writes the named fields of a row as they stand on `thing`, where the row still has the values of `where`.

    Gives the number of rows written: 0 or 1.
    """
    quote, meta = connection.ops.quote_name, type(thing)._meta
    fields: list[Any] = [meta.get_field(name) for name in names]
    held: list[Any] = [meta.get_field(name) for name in where]
    params = [field.get_db_prep_save(getattr(thing, field.attname), connection) for field in fields]
    params += [field.get_db_prep_save(value, connection) for field, value in zip(held, where.values(), strict=True)]
    sets = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    holds = " AND ".join(f"{quote(field.column)} = %s" for field in [cast(Any, meta.pk), *held])
    params.insert(len(fields), thing.pk)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {quote(meta.db_table)} SET {sets} WHERE {holds}", params)
        return int(cursor.rowcount)
