"""Settings of the county, valid from a day on."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from guatu.web.base.models import Setting
from guatu.web.base.prepared import Prepared

_valid: Prepared[tuple[Any]] = Prepared(
    lambda name, day: (
        Setting.objects.filter(name=name, valid_from__lte=day).order_by("-valid_from").values_list("value")[:1]
    ),
    name=str,
    day=datetime.date,
)


def setting(name: str, default: Any = None, on: datetime.date | None = None) -> Any:
    """Value of a setting on a day (today where none is given); `default` where the county has set none."""
    day = on or timezone.localdate()
    read = _ahead.get()
    if (name, day) in read:
        row = read[name, day]
        return default if row is None else row[0]
    row = _valid.first(name=name, day=day)
    return default if row is None else row[0]


# What was read together for the work that is being done; empty outside of `read_ahead`.
_Read = Mapping[tuple[str, datetime.date], tuple[Any] | None]
_ahead: ContextVar[_Read] = ContextVar("settings", default=MappingProxyType({}))


@contextmanager
def read_ahead(*names: str) -> Iterator[None]:
    """Reads today's values of several settings by one query; `setting` answers with them until the end of the block.

    For what is done many times a second and writes none of these settings. Serves as a decorator too.
    """
    day = timezone.localdate()
    found = {row[0]: (row[1],) for row in _together(len(names))(**_numbered(names), day=day)}
    token = _ahead.set({(name, day): found.get(name) for name in names})
    try:
        yield
    finally:
        _ahead.reset(token)


@cache
def _together(count: int) -> Prepared[tuple[str, Any]]:
    def build(day: datetime.date, **names: str) -> Any:
        rows = Setting.objects.filter(name__in=[*names.values()], valid_from__lte=day)
        return rows.order_by("valid_from").values_list("name", "value")

    return Prepared(build, **dict.fromkeys(_numbered(["?"] * count), str), day=datetime.date)


def _numbered(names: Sequence[str]) -> dict[str, str]:
    return {f"name{n}": name for n, name in enumerate(names)}
