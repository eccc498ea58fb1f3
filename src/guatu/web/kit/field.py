"""A field of something that people fill in, said once: its control on a page, its cell in a sheet, its column in lists.

The kinds of fields stand in `kinds`; what a thing's fields are together, in `record`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from guatu.web.base.problems import Invalid, Problem
from guatu.web.kit.table.columns import Column
from guatu.web.kit.table.columns import Kind as Look
from guatu.web.kit.values import text_of

Options = Iterable[tuple[object, object]]


@dataclass(frozen=True)
class Field:
    """What `{% control %}` is told by hand; `{% controls %}` shows some of these one after the other.

    `kind` is one of those of `{% control %}`, or "tick" for a box to tick. `choices` are pairs of value and name, those
    of a day, or the word under which they stand in the page's context; `none` says what it means where nothing is
    chosen; `box` is the class of the box around it, where that is not the one of all controls of the form. `example`,
    `width`, in characters, and `heads`, other words that people write above the column, are for sheets; `of` is the
    name that the field has in the row, where that is another one.
    """

    name: str = ""
    label: str | Promise = ""
    kind: str = "text"
    box: str | None = None
    hint: str | Promise = ""
    required: bool = False
    choices: Options | str | Callable[[datetime.date], Options] = ()
    none: str | Promise = ""
    css: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    example: str = ""
    width: int = 16
    heads: tuple[str, ...] = ()
    of: str = ""
    blank: ClassVar[Any] = None
    """What stands for nothing."""
    look: ClassVar[Look] = "text"

    @property
    def attribute(self) -> str:
        """The name of the value in a row of the database."""
        return self.of or self.name

    @property
    def limits(self) -> dict[str, Any]:
        """What the element on the page is told of the kind's own limits."""
        return {}

    @property
    def head(self) -> str:
        """The head of the column in a sheet."""
        return f"{self.label}*" if self.required else str(self.label)

    @property
    def how(self) -> str:
        """How a cell is filled in, for the sheet that explains."""
        empty = _("不填为%(none)s") % {"none": self.none} if self.none and not self.required else ""
        return ",".join(filter(None, (str(self.hint), empty)))

    def bound(self) -> Self:
        """The field for one sheet: a kind that has to look something up does so here, once, and not for each cell."""
        return self

    def read(self, value: Any) -> Any:
        """The value of a cell, or a text of a form, that is not empty; raises `Invalid` for one that it cannot take."""
        raise NotImplementedError

    def typed(self, request: HttpRequest) -> Any:
        """The value of a form; raises `Invalid` at the field."""
        given = text_of(request.POST, self.name)
        if not given and self.required:
            raise Invalid(_("请填写%(label)s。") % {"label": self.label}, field=self.name)
        try:
            return self.taken(given) if given else self.blank
        except Problem as problem:
            raise Invalid(str(problem.message), field=self.name, code=problem.code) from problem

    def taken(self, given: str) -> Any:
        """What the control sends, read; a cell says the same in words of its own where the kind is chosen from a
        list."""
        return self.bound().read(given)

    def entered(self, value: Any) -> Any:
        """A value as it stands in the control, before anybody has typed."""
        return value

    def shown(self, value: Any) -> Any:
        """A value as it is written into a cell."""
        return "" if value is None else value

    def listed(self, value: Callable[[Any], Any], **more: Any) -> Column[Any]:
        """The column of a list; `value` finds in a line what it shows."""
        return Column(self.name, value=value, **{"label": self.label, "kind": self.look, "width": self.width, **more})
