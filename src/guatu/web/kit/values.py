"""Values out of forms and addresses. What cannot be read is a problem at its field, never an error page."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from guatu.core.fields.normal import lines
from guatu.web.base import parsing
from guatu.web.base.problems import Invalid

# Where a big integer column ends: beyond it a database answers with an error.
LARGEST_ID = 2**63 - 1
_DIGITS = len(str(LARGEST_ID))
"""More are not even read: what has thousands of digits Python refuses."""


def text_of(data: Mapping[str, Any], name: str) -> str:
    return lines(str(data.get(name, "")))


def whole(data: Mapping[str, Any], name: str, default: int | None = None) -> int:
    """A whole number, such as the id or the version of a row."""
    given = text_of(data, name)
    if not given and default is not None:
        return default
    found = id_in(given)
    if found is None:
        raise Invalid(_("请求不完整,请刷新页面后重试。"), field=name)
    return found


def id_or_none(data: Mapping[str, Any], name: str) -> int | None:
    """An id in an address; anything else counts as none given."""
    return id_in(text_of(data, name))


def id_in(text: str) -> int | None:
    """A whole number that the database can hold; None for anything else."""
    plain = text.isascii() and text.isdecimal() and len(text) <= _DIGITS
    return int(text) if plain and int(text) <= LARGEST_ID else None


def ids_in(texts: Iterable[str]) -> list[int]:
    """The ids among texts, such as those of the ticked rows of a list."""
    return [found for text in texts if (found := id_in(text)) is not None]


def seen_rows(texts: Iterable[str]) -> list[tuple[int, int]]:
    """Ticked rows, each with the version that was seen: `17:3`."""
    pairs = (ids_in(text.split(":")) for text in texts)
    return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]


def day_of(data: Mapping[str, Any], name: str) -> datetime.date | None:
    """A day in any of its spellings; None where the field is empty."""
    return parsing.day_of(text_of(data, name), field=name)


def number_of(data: Mapping[str, Any], name: str, unit: str | None = None) -> Decimal | None:
    """A number, of `unit` where that is known; None where the field is empty."""
    return parsing.figure_of(text_of(data, name), name, unit)


def degrees(data: Mapping[str, Any], name: str) -> float | None:
    """A coordinate in degrees; None where the field is empty."""
    return parsing.degrees_of(text_of(data, name), "position")


def files_of(request: HttpRequest, name: str = "files") -> tuple[Any, ...]:
    files = request.FILES
    return tuple(files.getlist(name)) if isinstance(files, MultiValueDict) else ()


def iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def on_of(request: HttpRequest) -> datetime.date:
    """The day that a page looks at: ?on=2024-03-01, else today."""
    return day_of(request.GET, "on") or timezone.localdate()
