"""What pages show and do, for programs, from the same declarations: lists from their tables, actions from their fields.

    offer_list(router, "/people", PEOPLE, "directory.view", "People with their posts")
    offer(router, "/people/{person_id}/posts", AddPost, "Give a person a post", scope="directory")

A list takes its filters by name, `limit` and `after`, and answers the values of its columns by their keys, page by key,
with the way to the next page. An action takes its fields as JSON, those of a record by their own names; what stands in
the path is the field of that name. Who may do it says the action, as on the page.
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any, get_type_hints

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from ninja import Path, Query, Schema
from pydantic import Field as Place
from pydantic import create_model

from guatu.web.base.actions import Action, perform
from guatu.web.base.actors import Actor
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Invalid, Problem
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.kit.field import Field
from guatu.web.kit.guard import actor_of
from guatu.web.kit.keyset import counted, key_page
from guatu.web.kit.paging import MOST, Input, asking
from guatu.web.kit.record import fields_of
from guatu.web.kit.table import Table
from guatu.web.kit.values import id_or_none

_NAMED = re.compile(r"{(\w+)}")
_UPLOADS = (UploadedFile, UploadedFile | None, tuple[UploadedFile, ...])
lists: dict[int, str] = {}
"""Of each declared list that is offered, by its id, the path."""
acts: dict[type[Action[Any]], list[str]] = {}
"""Of each action that is offered, the paths."""


class Done(Schema):
    """`id` of the row that an action came to, and its version where it has one; `answer` of one that came to no row."""

    id: int | None = None
    row_version: int | None = None
    answer: Any = None


def offer_list(
    router: ScopedRouter,
    path: str,
    table: Table[Any, Any],
    permission: str | Callable[[Actor], object],
    summary: str,
) -> None:
    """`permission` is what the page asks for, or refuses itself whom it shows nothing."""
    columns = [one for one in table.columns if one.in_file]
    name = "".join(part.title() for part in re.split(r"\W+", path))
    row_fields: dict[str, Any] = {one.key: (Any, Place(None, description=str(one.label))) for one in columns}
    row = create_model(f"{name}Row", __base__=Schema, id=(int | None, None), **row_fields)
    page = create_model(
        f"{name}Page",
        __base__=Schema,
        count=(int, Place(description="So many rows there are, or `more` than that.")),
        more=(bool, False),
        next=(str | None, Place(None, description="The address of the next page; null on the last.")),
        rows=(list[row], ...),  # type: ignore[valid-type]
    )
    asked: dict[str, Any] = {one.name: (str, Place("", description=str(one.label))) for one in table.filters}
    limit = (int, Place(100, ge=1, le=MOST))
    query = create_model(f"{name}Query", __base__=Input, limit=limit, after=(str, ""), **asked)

    def listing(request: HttpRequest, wanted: Query[query]) -> Any:  # type: ignore[valid-type]
        actor = actor_of(request) if callable(permission) else asking(request, permission)
        if callable(permission):
            permission(actor)
        asked: Any = wanted
        return _page_of(request, table, actor, asked.limit, asked.model_dump(exclude_unset=True))

    lists[id(table)] = path
    _name(listing, table.rows.__module__, f"list{path}")
    router.get(path, response=page, summary=summary, operation_id=_id("list", path))(listing)


def _page_of(
    request: HttpRequest, table: Table[Any, Any], actor: Actor, limit: int, given: Mapping[str, Any]
) -> dict[str, Any]:
    after = str(given.get("after", ""))
    wanted = table.wanted(given, actor)
    rows = table.narrowed(actor, wanted)
    if isinstance(rows, QuerySet):
        order, _sort = table.ordered(wanted, given)
        page = key_page(rows, order, limit, counted(rows), {"after": after})
        found: Sequence[Any] = page.rows
        count, more, key = page.count, page.many, page.after
    else:
        start = id_or_none({"after": after}, "after") or 0
        found, count, more = rows[start : start + limit], len(rows), False
        key = str(start + limit) if start + limit < count else ""
    lines = list(table.lines(found, actor, wanted)) if found else []
    columns = [one for one in table.columns_for(actor) if one.in_file]
    alike = len(lines) == len(found)
    shown = [
        {"id": _id_of(found[n]) if alike else None, **{one.key: _plain(one.value(line)) for one in columns}}
        for n, line in enumerate(lines)
    ]
    address = f"{request.path}?{urlencode({**given, 'after': key})}" if key else None
    return {"count": count, "more": more, "next": address, "rows": shown}


def _id_of(row: Any) -> int | None:
    found = getattr(row, "pk", None) or getattr(row, "id", None)
    return found if isinstance(found, int) else None


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str | datetime.date):
        return value
    return str(value)


@dataclass(frozen=True)
class _Asked:
    """How a field of an action comes in: a `hint` for pydantic, or a declared field that reads what was written."""

    hint: Any
    default: Any
    field: Field | None = None

    @property
    def place(self) -> Any:
        said = str(self.field.label) if self.field else None
        hint = str | int | float | bool | None if self.field else self.hint
        needed = self.field.required if self.field else self.default is MISSING
        empty = None if self.field or self.default is MISSING else self.default
        return hint, Place(description=said) if needed else Place(empty, description=said)


def offer(
    router: ScopedRouter,
    path: str,
    action: type[Action[Any]],
    summary: str,
    *,
    scope: str = "",
    sees: Callable[..., object] = lambda actor, *of: None,
    known: Mapping[str, Any] | None = None,
    without: Sequence[str] = (),
    hints: Mapping[str, type[Schema]] | None = None,
) -> None:
    """`sees` raises Http404 for a row of the path that the actor may not see and the action alone would let pass;
    `known` are fields that are not asked for, `without` those that keep their defaults. `hints` say what a field may
    hold of which the action says only that it is a mapping: what is not given is not in it."""
    named = _NAMED.findall(path)
    given = {*named, *(known or {}), *without}
    asked = {name: one for name, one in _asked(action, hints or {}).items() if name not in given}
    label = action.__name__
    body = create_model(f"{label}Body", __base__=Input, **{name: one.place for name, one in asked.items()})
    numbers: dict[str, Any] = dict.fromkeys(named, (int, ...))
    at = create_model(f"{label}Path", __base__=Schema, **numbers)
    where = _NAMED.sub(r"{int:\1}", path)

    def doing(request: HttpRequest, of: Path[at], given: body) -> Any:  # type: ignore[valid-type]
        rows = of.model_dump()  # type: ignore[attr-defined]
        sees(actor_of(request), *rows.values())
        values = {name: _read(one, name, getattr(given, name)) for name, one in asked.items()}
        return _done(perform(_made(action, {**rows, **(known or {}), **values}), context_of(request)))

    def alone(request: HttpRequest, given: body) -> Any:  # type: ignore[valid-type]
        values = {name: _read(one, name, getattr(given, name)) for name, one in asked.items()}
        return _done(perform(_made(action, {**(known or {}), **values}), context_of(request)))

    view = doing if named else alone
    _name(view, action.__module__, label)
    acts.setdefault(action, []).append(path)
    more = {"x-scope": scope} if scope else {}
    router.post(where, response=Done, summary=summary, operation_id=_id("do", path), openapi_extra=more)(view)


def _asked(action: type[Action[Any]], said: Mapping[str, Any]) -> dict[str, _Asked]:
    """The fields of an action; of one that is a record, those of the record."""
    shape: Any = action
    hints, declared = {**get_type_hints(action), **said}, fields_of(shape)
    found: dict[str, _Asked] = {}
    for one in fields(shape):
        hint = hints[one.name]
        if hint in _UPLOADS:
            raise TypeError(f"{action.__name__} takes a file: it needs an operation of its own")
        default = one.default if one.default_factory is MISSING else one.default_factory()
        if one.name in declared:
            found[one.name] = _Asked(hint, default, declared[one.name])
        elif is_dataclass(hint) and isinstance(hint, type) and fields_of(hint):
            found |= {name: _Asked(None, MISSING, field) for name, field in fields_of(hint).items()}
        else:
            found[one.name] = _Asked(hint, default)
    return found


def _read(one: _Asked, name: str, value: Any) -> Any:
    if one.field is None:
        return value.model_dump(exclude_unset=True) if isinstance(value, Schema) else value
    if value is None or value == "":
        if one.field.required:
            raise Invalid(_("请填写%(label)s。") % {"label": one.field.label}, field=name)
        return one.field.blank if one.default is MISSING or value == "" else one.default
    try:
        return value if isinstance(value, bool) else one.field.taken(str(value))
    except Problem as problem:
        raise Invalid(str(problem.message), field=name, code=problem.code) from problem


def _made(action: type[Action[Any]], values: Mapping[str, Any]) -> Action[Any]:
    """The action of values in which those of records stand by their own names."""
    shape: Any = action
    hints, own, left = get_type_hints(action), {}, dict(values)
    for one in fields(shape):
        hint = hints[one.name]
        if one.name in left:
            own[one.name] = left.pop(one.name)
        elif is_dataclass(hint) and isinstance(hint, type):
            own[one.name] = hint(**{name: left.pop(name) for name in fields_of(hint) if name in left})
    return action(**own)


def _done(result: Any) -> dict[str, Any]:
    if isinstance(result, Model):
        pk = result.pk if isinstance(result.pk, int) else None
        return {"id": pk, "row_version": getattr(result, "row_version", None)}
    return {"answer": result if isinstance(result, str | int | float | bool | list | dict | None) else None}


def _name(view: Any, module: str, name: str) -> None:
    view.__name__ = re.sub(r"\W+", "_", name)
    # Whose operation it is: the app's, not the kit's.
    view.__module__ = module


def _id(kind: str, path: str) -> str:
    return f"{kind}{re.sub(r'[^0-9A-Za-z]+', '_', path)}"
