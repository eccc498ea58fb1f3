"""What a person has to do or to know today: the page on which everybody begins.

Each app declares its own parts; the page knows none of them:

    @part(10, "order.reply")
    def orders_to_answer(actor: Actor) -> Part | None:
        return Part("orders", _("督办单待反馈"), rows, count, address)

Parts stand in the order of their rank: below `WATCH` what the person has to do, from there on what they should know.
A part without rows is not shown, and none may cost more queries the longer the county's history is.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guatu.web.base.actors import Actor
from guatu.web.base.hooks import Hooks

WATCH = 50
"""The first rank of what is to be known."""
MOST = 12
"""So many rows a part shows where nothing else is said; the rest is behind its address."""


@dataclass(frozen=True)
class Row:
    """One thing, and the address where it is done. `on` is the day by which; `mark` stands before it, `note` behind."""

    text: str
    address: str
    note: str = ""
    on: datetime.date | None = None
    mark: SafeString | str = ""


@dataclass(frozen=True)
class Part:
    """`count` are all there are of it, and `address` shows them; both only where these are more than the rows."""

    name: str
    title: str | Promise
    rows: Sequence[Row]
    count: int = 0
    address: str = ""
    hint: str | Promise = ""


Gives = Callable[[Actor], Part | None]


@dataclass(frozen=True)
class Declared:
    """`later` names a part that takes long: the page comes without it and asks for it under that name."""

    rank: int
    permission: str
    gives: Gives
    later: str = ""


parts: Hooks[Declared] = Hooks()


def part(rank: int, permission: str, later: str = "") -> Callable[[Gives], Gives]:
    """Declares a part for those who hold the permission."""

    def declare(gives: Gives) -> Gives:
        parts.add(Declared(rank, permission, gives, later))
        return gives

    return declare


@dataclass(frozen=True)
class Line:
    """A row as it is shown: `when` says how far away its day is, `late` that it has passed."""

    row: Row
    when: str
    late: bool


@dataclass(frozen=True)
class Shown:
    part: Part
    lines: list[Line]
    more: int


def parts_for(actor: Actor) -> tuple[list[Shown | str], list[Shown | str]]:
    """What the person has to do, and what they should know, each by rank; of parts that come later their names."""
    found: tuple[list[Shown | str], list[Shown | str]] = ([], [])
    for one in sorted(parts, key=lambda one: one.rank):
        if actor.may(one.permission) and (there := one.later or _now(one, actor)):
            found[one.rank >= WATCH].append(there)
    return found


def part_called(later: str, actor: Actor) -> Shown | None:
    """A part that comes later; None where it is not there for the actor, or has nothing to show."""
    found = (one for one in parts if one.later == later and actor.may(one.permission))
    return next((shown for one in found if (shown := _now(one, actor))), None)


def _now(one: Declared, actor: Actor) -> Shown | None:
    given = one.gives(actor)
    return shown(given, actor.today) if given is not None and given.rows else None


def shown(given: Part, today: datetime.date) -> Shown:
    lines = [Line(row, when(row.on, today), row.on is not None and row.on < today) for row in given.rows]
    return Shown(given, lines, max(given.count - len(lines), 0))


def when(on: datetime.date | None, today: datetime.date) -> str:
    """How far a day is: the date itself for one that is weeks away."""
    if on is None:
        return ""
    days = (on - today).days
    if days < 0:
        return ngettext("逾期 %(n)d 天", "逾期 %(n)d 天", -days) % {"n": -days}
    if days == 0:
        return _("今天截止")
    if days > 14:
        return on.isoformat()
    return ngettext("还剩 %(n)d 天", "还剩 %(n)d 天", days) % {"n": days}
