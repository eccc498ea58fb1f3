"""What the apps above put on the ledger's pages. They hang it on here; the ledger knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from guatu.web.base.actors import Actor
from guatu.web.base.hooks import Hooks
from guatu.web.ledger.models import Plan, Target, Task


@dataclass(frozen=True)
class Cell:
    """A value of a column: how it looks on the page, and the plain value that is exported."""

    html: SafeString | str
    value: Any


@dataclass(frozen=True)
class Column:
    """A column of the task list, and a filter where `choices` and `narrow` are given.

    `cells` gets the ids of the tasks on a page and answers for those it knows; it is called once a page (once a block
    of rows for exports), so that the number of queries does not grow with the rows.
    """

    name: str
    label: str | Promise
    cells: Callable[[Sequence[int], Actor], Mapping[int, Cell]]
    choices: Callable[[], Sequence[tuple[str, Any]]] | None = None
    narrow: Callable[[QuerySet[Task], str, Actor], QuerySet[Task]] | None = None


columns: Hooks[Column] = Hooks()
task_panels: Hooks[Callable[[HttpRequest, Task], SafeString | str]] = Hooks()
"""Parts of a task's page, below its duties and targets; empty text for none."""
target_panels: Hooks[Callable[[HttpRequest, Target], SafeString | str]] = Hooks()
plan_panels: Hooks[Callable[[HttpRequest, Plan], SafeString | str]] = Hooks()
target_series: Hooks[Callable[[Target, Actor], Mapping[str, Any] | None]] = Hooks()
"""Lines drawn beside a target's course: `name` and `points`, a list of ISO date and number."""
