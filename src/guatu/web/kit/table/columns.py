"""A column: what a row has in it, how a page shows that, and what a file gets."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any, Generic, Literal, TypeVar

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from guatu.web.base.templatetags.guatu_tags import figure, provisional

R = TypeVar("R", contravariant=True)
"""What takes the row of a list also takes one that says more."""
Kind = Literal["text", "number", "day", "moment"]
NOTHING = "—"
_CLASSES: dict[Kind, str] = {"text": "", "number": "num", "day": "text-nowrap", "moment": "text-nowrap"}


@dataclass(frozen=True)
class Column(Generic[R]):
    """`value` is what a file gets and, where nothing else is said, what the page shows.

    `link` makes it a link; `shown` gives the markup of a cell that is more than its value; `template` names one to
    which the row is given as `row`, with all that the page has. `sort` is the field by which rows can be ordered,
    `total` says of all rows that the page is a part of what stands below the column. With `needs` it is there only for
    those who hold that permission.
    """

    key: str
    label: str | Promise
    value: Callable[[R], Any]
    kind: Kind = "text"
    width: int = 14
    link: Callable[[R], str] | None = None
    shown: Callable[[R], SafeString | str] | None = None
    template: str = ""
    sort: str = ""
    css: str = ""
    head: bool = False
    needs: str = ""
    on_page: bool = True
    in_file: bool = True

    @property
    def classes(self) -> str:
        return f"{_CLASSES[self.kind]} {self.css}".strip()

    def markup(self, row: R) -> SafeString:
        """The inside of the cell, for a column without a template."""
        # A page may have thousands of cells: what a template or `format_html` does to each is done here by hand.
        said = self.shown(row) if self.shown else written(self.value(row), self.kind)
        body = said if isinstance(said, SafeString) else escape(str(said))
        address = self.link(row) if self.link else ""
        if address:
            return mark_safe(f'<a href="{escape(address)}">{body}</a>')
        return mark_safe(body or NOTHING)

    def filed(self, row: R) -> Any:
        value = self.value(row)
        if isinstance(value, datetime.datetime):
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
        return str(value) if isinstance(value, Promise) else value


def written(value: Any, kind: Kind) -> str:
    """A value as a page says it."""
    if value is None or value == "":
        return ""
    if kind == "number":
        return figure(value)
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def due(key: str, label: str | Promise, value: Callable[[R], Any], **more: Any) -> Column[R]:
    """A day that was counted over working days: a page marks it while the holidays of its year are not announced."""
    return Column(key, label, value, kind="day", shown=lambda row: _due(value(row)), **{"width": 12, **more})


def _due(day: Any) -> SafeString | str:
    return format_html("{}{}", written(day, "day"), provisional(day)) if day else ""


text = partial(Column, kind="text")
number = partial(Column, kind="number", width=10)
day = partial(Column, kind="day", width=12)
moment = partial(Column, kind="moment", width=18)
