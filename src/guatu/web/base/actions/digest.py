"""What an action says, as a short text: equal inputs have equal digests, and any changed field has another one.

A key of a request stands for one content; by its digest a second content under the same key is noticed (`perform`).
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence, Set
from decimal import Decimal
from typing import Any

import msgspec
from django.core.files.base import File
from django.db.models import Model
from django.utils.functional import Promise


def digest_of(action: Any) -> str:
    """SHA-256 over all fields of a frozen dataclass. Raises `TypeError` for a value that has no canonical form."""
    return hashlib.sha256(_text(_canonical(action)).encode("utf-8", "surrogatepass")).hexdigest()


def _text(canonical: Any) -> str:
    return json.dumps(canonical, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# Texts, truth values and lists stand for themselves; all else is an object that names its kind, so that the number 1,
# the text "1" and the list [1] differ.
def _canonical(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)  # a word of `TextChoices` is the text that it equals
    for kinds, write in _WRITERS:
        if isinstance(value, kinds):
            return write(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {type(value).__qualname__: _fields(value, [field.name for field in dataclasses.fields(value)])}
    if isinstance(value, type) and issubclass(value, Model):
        return {"model": value._meta.label}
    raise TypeError(f"no canonical form for {type(value)!r}")


def _fields(value: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: _canonical(getattr(value, name)) for name in names}


def _number(value: int | float | Decimal) -> Any:
    """1, 1.0 and 1.00 are one number: its digits without zeros at their end, and the power of ten."""
    sign, digits, power = Decimal(value).as_tuple()
    if not isinstance(power, int):  # NaN, infinity
        return {"number": f"{sign}{power}"}
    written = "".join(map(str, digits))
    bare = written.rstrip("0")
    if not bare:
        return {"number": "0"}
    return {"number": f"{'-' if sign else ''}{bare.lstrip('0')}e{power + len(written) - len(bare)}"}


def _moment(value: datetime.datetime) -> Any:
    """One moment is one, in whichever zone it is given; one without a zone is another kind."""
    if value.tzinfo is None:
        return {"moment": value.isoformat()}
    return {"moment": value.astimezone(datetime.UTC).isoformat()}


def _file(file: File[Any]) -> Any:
    """Name and content; the file is left where it stood."""
    at = file.tell()
    sha256 = hashlib.sha256()
    for chunk in file.chunks():
        sha256.update(chunk)
    file.seek(at)
    return {"file": [str(file.name), sha256.hexdigest()]}


def _mapping(value: Mapping[Any, Any]) -> Any:
    return {"map": {_text(_canonical(key)): _canonical(one) for key, one in value.items()}}


def _model(value: Model) -> Any:
    return {"row": [value._meta.label, str(value.pk)]}


def _struct(value: msgspec.Struct) -> Any:
    return {type(value).__qualname__: _fields(value, value.__struct_fields__)}


_WRITERS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (int | float | Decimal, _number),
    (datetime.datetime, _moment),  # before `date`, whose kind it is as well
    (datetime.date, lambda value: {"day": value.isoformat()}),
    (datetime.time, lambda value: {"time": value.isoformat()}),
    (datetime.timedelta, lambda value: {"span": str(value)}),
    (Promise, lambda value: str(value)),
    (bytes, lambda value: {"bytes": hashlib.sha256(value).hexdigest()}),
    (File, _file),
    (Mapping, _mapping),
    (Set, lambda value: {"set": sorted(_text(_canonical(one)) for one in value)}),
    (msgspec.Struct, _struct),
    (Model, _model),
    (Sequence, lambda value: [_canonical(one) for one in value]),
)
