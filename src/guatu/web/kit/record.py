"""What people keep, declared once: the fields of a dataclass, each with the words and limits that it has for people.

@dataclass(frozen=True)
class LampValues:
    code: Annotated[str, Code(label=_("编号"), required=True, longest=20)]
    since: Annotated[datetime.date, Day(label=_("启用日期"), required=True, of="valid_from")]

Form("add", "lamp_add", AddLamp)                          the form, where AddLamp has a field of LampValues
Importer("lamps", ..., LampValues, check, exported(...))  the sheet: template, import, export
fields_of(LampValues)["code"].listed(lambda lamp: lamp.code)   a column of a list
Lamp.objects.create(**stored(values))                     the row
change.note(lamp, None, told(values))                     the line of the audit trail

Choices that are those of a day are a function with a name: a `lambda` in an annotation knows nothing of its module.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, get_type_hints

from django.db.models import Model
from django.http import HttpRequest

from guatu.web.kit.field import Field

V = TypeVar("V")


def _fields_of(kind: Any) -> Mapping[str, Field]:
    found: dict[str, Field] = {}
    hints = get_type_hints(kind, include_extras=True)
    for one in fields(kind):
        hint = hints[one.name]
        said = next((more for more in getattr(hint, "__metadata__", ()) if isinstance(more, Field)), None)
        if said is not None:
            found[one.name] = replace(said, name=one.name)
        elif is_dataclass(hint) and isinstance(hint, type):
            found |= fields_of(hint)
    return found


fields_of: Callable[[Any], Mapping[str, Field]] = cache(_fields_of)
"""The declared fields of a dataclass by their names, with those of the dataclasses that are fields of it."""


def columns_of(kind: type[Any]) -> tuple[Field, ...]:
    """The same, as the columns of a sheet."""
    return tuple(fields_of(kind).values())


def of_cells(kind: type[V], cells: Mapping[str, Any]) -> V:
    """The values of a line of a sheet without errors; a cell that is empty is what the dataclass says, else blank."""
    known, without = fields_of(kind), {one.name for one in fields(_shape(kind)) if one.default is MISSING}
    blank = {name: field.blank for name, field in known.items() if name in without}
    return kind(**blank | {name: cells[name] for name in known if name in cells})


def of_form(kind: type[V], request: HttpRequest) -> V:
    """What was typed; raises `Invalid` at the first field that cannot be taken."""
    return kind(**{name: field.typed(request) for name, field in fields_of(kind).items()})


def of_row(kind: type[V], row: Model) -> V:
    return kind(**row_values(kind, row))


def row_values(kind: Any, row: Model) -> dict[str, Any]:
    """What a row holds of the declared fields, by their names: what a form shows at first."""
    return {name: getattr(row, field.attribute) for name, field in fields_of(kind).items()}


def stored(values: object) -> dict[str, Any]:
    """The values by the names that they have in the row."""
    return {field.attribute: getattr(values, name) for name, field in fields_of(type(values)).items()}


def told(values: object) -> dict[str, Any]:
    """The same, as a line of the audit trail has them."""
    return {
        name: str(value) if isinstance(value, datetime.date | Decimal) else value
        for name, value in stored(values).items()
    }


def _shape(kind: type[Any]) -> Any:
    """A dataclass, which its type does not say."""
    return kind
