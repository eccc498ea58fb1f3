"""Settings of the county, valid from a day on, as their declarations say (`declarations`).

Within `once` all of them are read by one query, and what was read is kept until its end: a request is one such block,
and so is a piece of background work. Elsewhere each is asked for by itself.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.declarations import declaration, declarations
from guatu.web.base.declarations.registry import AnyDeclared
from guatu.web.base.models import Setting
from guatu.web.base.prepared import Prepared
from guatu.web.base.problems import Invalid

log = logging.getLogger(__name__)
Row = tuple[datetime.date, Any]
"""The day from which a value holds, and the value; None stands for the default."""

_all: Prepared[tuple[str, datetime.date, Any]] = Prepared(
    lambda: Setting.objects.order_by("-valid_from").values_list("name", "valid_from", "value")
)
_valid: Prepared[Row] = Prepared(
    lambda name, day: (
        Setting.objects.filter(name=name, valid_from__lte=day)
        .order_by("-valid_from")
        .values_list("valid_from", "value")[:1]
    ),
    name=str,
    day=datetime.date,
)


class _Read:
    """What is kept within a block: the rows by name, the latest first, and the values that were made of them."""

    def __init__(self) -> None:
        self._rows: Mapping[str, list[Row]] | None = None
        self.values: dict[tuple[str, datetime.date | None], Any] = {}

    def rows(self, name: str) -> list[Row]:
        if self._rows is None:
            found: dict[str, list[Row]] = {}
            for one, day, value in _all():
                found.setdefault(one, []).append((day, value))
            self._rows = found
        return self._rows.get(name, [])

    def forget(self) -> None:
        self._rows, self.values = None, {}


_read: ContextVar[_Read | None] = ContextVar("settings", default=None)


@contextmanager
def once() -> Iterator[None]:
    """Reads the settings once, when the first is asked for; one that is written meanwhile is read again. Serves as a
    decorator too; a block within another is part of it."""
    if _read.get() is not None:
        yield
        return
    token = _read.set(_Read())
    try:
        yield
    finally:
        _read.reset(token)


def forget() -> None:
    """What was read within a block is read again: after changes that were taken back, of which no signal tells."""
    read = _read.get()
    if read is not None:
        read.forget()


@receiver((post_save, post_delete), sender=Setting)
def _changed(**_signal: Any) -> None:
    forget()


def setting(name: str, on: datetime.date | None = None) -> Any:
    """Value of a setting on a day (today where none is given), typed as its declaration says.

    Where nothing is set the default holds. It holds as well where what is kept does not fit the declaration (any more),
    which is told in the log, on the page of the settings and when the server starts; of a setting that `refuses`, the
    problem is raised. Raises `Undeclared` for a name that no app declares.
    """
    declared = declaration(name)
    day = on or timezone.localdate()
    read = _read.get()
    if read is None:
        return _value(declared, _valid.first(name=name, day=day))
    row = next((one for one in read.rows(name) if one[0] <= day), None)
    key = name, row[0] if row else None
    if key not in read.values:
        read.values[key] = _value(declared, row)
    return read.values[key]


def _value(declared: AnyDeclared, row: Row | None) -> Any:
    if row is None:
        return declared.default_value
    try:
        return declared.value(row[1])
    except Invalid as problem:
        if declared.refuses:
            at = {"label": declared.label, "name": declared.name, "reason": problem.message}
            said = _("设置“%(label)s”(%(name)s)不能用:%(reason)s") % at
            raise Invalid(said, field="rules", code="setting.misfit") from problem
        log.error("setting %s does not fit its declaration, its default holds: %s", declared.name, problem.message)
        return declared.default_value


def kept(name: str, on: datetime.date) -> Any:
    """What the table keeps for a day, as it is kept: the default where nothing does."""
    row = _valid.first(name=name, day=on)
    return declaration(name).kept_default if row is None or row[1] is None else row[1]


def misfits(on: datetime.date) -> list[tuple[AnyDeclared, str]]:
    """Settings whose value of a day does not fit, with what is wrong. For people, who read it rarely."""
    found: dict[str, Any] = {}
    for name, day, value in _all():
        if day <= on:
            found.setdefault(name, value)
    wrong = []
    for name, value in found.items():
        if name in declarations():
            try:
                declaration(name).look(value)
            except Invalid as problem:
                wrong.append((declaration(name), str(problem.message)))
    return wrong
