"""What villages owe the public: by village, kind and period what hangs, what is missing and since when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.publishing.rhythm import owed
from guatu.web.base.actors import Actor
from guatu.web.base.calendar import calendar
from guatu.web.base.language import language
from guatu.web.base.settings_table import setting
from guatu.web.directory.selectors.place_tree import PlaceTree, place_tree
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.kit.table import Choose, Column, Empty, Flag, Search, Table, Wanted, due
from guatu.web.public.library import NoticeKind, kinds, of_villages
from guatu.web.public.models import Release


@dataclass(frozen=True)
class Village:
    """A village with the unit that answers for what it discloses: its own, else that of the town."""

    place_id: int
    code: str
    name: str
    town: str
    unit_id: int
    unit_name: str


def villages(actor: Actor, right: str = "public.view") -> list[Village]:
    """Those whose notices the actor has to do with, in the order of their codes."""
    today = actor.today
    places, units = place_tree(today), unit_tree(today)
    of_place = {node.place_id: node for node in units.nodes.values() if node.place_id is not None}
    seen = actor.units_for(right)
    found = []
    for node in sorted(places.nodes.values(), key=lambda one: one.code):
        if node.level != "village":
            continue
        above = [one.id for one in reversed(places.path(node.id))]
        # Many villages have no account of their own: the town writes for them.
        unit = next((of_place[one] for one in (node.id, *above) if one in of_place), None)
        if unit is not None and (seen is None or unit.id in seen):
            found.append(Village(node.id, node.code, node.name, _town(places, node.id), unit.id, unit.name))
    return found


def _town(places: PlaceTree, village: int) -> str:
    return next((one.name for one in reversed(places.path(village)) if one.level == "town"), "")


@dataclass(frozen=True)
class Duty:
    """One disclosure that a village owes."""

    village: Village
    kind: NoticeKind
    period: str
    due_on: datetime.date
    release: int | None
    on: datetime.date | None
    """From when on it hangs; None while it does not."""
    today: datetime.date

    @property
    def state(self) -> str:
        if self.on is not None:
            # A notice that hangs from a later day on was late by that day, whenever it was written.
            return "done" if self.on <= self.due_on else "done-late"
        return "late" if self.today > self.due_on else "open"

    @property
    def tone(self) -> str:
        return "table-danger" if self.state == "late" else ""


STATES = {
    "late": gettext_lazy("逾期未公开"),
    "open": gettext_lazy("待公开"),
    "done-late": gettext_lazy("逾期后公开"),
    "done": gettext_lazy("按期公开"),
}


def duties(actor: Actor) -> list[Duty]:
    """Since the day that the county set, the latest first; none where it set none."""
    # Nobody is blamed for a time that was not open to them.
    since = setting("public.since")
    if since is None:
        return []
    known = villages(actor)
    released = _hung([one.place_id for one in known])
    found = []
    for kind in of_villages():
        for period in owed(kind.of, since, actor.today, calendar()):
            for village in known:
                release, on = released.get((village.place_id, kind.word, period.key), (None, None))
                found.append(Duty(village, kind, period.key, period.due, release, on, actor.today))
    # The latest first, then as villages stand in the directory.
    return sorted(found, key=lambda one: (-one.due_on.toordinal(), one.kind.word, one.village.code))


def _hung(places: Sequence[int]) -> dict[tuple[int, str, str], tuple[int, datetime.date]]:
    """The first notice that hangs for each; one that was withdrawn discloses nothing."""
    rows = Release.objects.filter(state=Release.State.RELEASED).exclude(period="").order_by("-from_on", "-id")
    # A village asks for its own alone; for more, all are as quickly read.
    if len(places) == 1:
        rows = rows.filter(place_id=places[0])
    return {
        (place, kind, period): (pk, on)
        for pk, place, kind, period, on in rows.values_list("pk", "place_id", "kind", "period", "from_on")
    }


def _found(actor: Actor, wanted: Wanted) -> list[Duty]:
    return [one for one in duties(actor) if _asked(one, wanted)]


def _asked(one: Duty, wanted: Wanted) -> bool:
    sought = wanted.get("q", "")
    return (
        (sought in one.village.name or sought in one.village.town)
        and wanted.get("kind", one.kind.word) == one.kind.word
        and wanted.get("state", one.state) == one.state
        and (not wanted.get("late") or one.state == "late")
    )


def _kinds(actor: Actor) -> Iterator[tuple[str, str]]:
    return ((one.word, one.label(language())) for one in kinds().values() if one.by_village and one.of.every)


def _state(one: Duty) -> SafeString | str:
    said = str(STATES[one.state])
    if one.release is not None:
        return format_html('<a href="{}">{}</a>', reverse("release_detail", args=[one.release]), said)
    return said


def _hint(actor: Actor) -> str:
    if setting("public.since") is None:
        return _("还没有设置从哪一天起统计:请在“系统设置 · 信息公开”里填写。")
    return _("村里每月、每季度要公开的事项会列在这里。")


DUTIES: Table[Any, Duty] = Table(
    title=gettext_lazy("村务公开情况"),
    rows=_found,
    filters=(
        Search("q", gettext_lazy("村或乡镇")),
        Choose("kind", gettext_lazy("事项"), choices=_kinds),
        Choose("state", gettext_lazy("状态"), choices=tuple(STATES.items())),
        Flag("late", gettext_lazy("只看逾期未公开"), hidden=True),
    ),
    columns=(
        Column("village", gettext_lazy("村(社区)"), lambda one: one.village.name, head=True),
        Column("town", gettext_lazy("乡镇街道"), lambda one: one.village.town),
        Column("kind", gettext_lazy("事项"), lambda one: one.kind.label(language())),
        Column("period", gettext_lazy("期次"), lambda one: one.period),
        due("due", gettext_lazy("应于"), lambda one: one.due_on),
        Column("state", gettext_lazy("状态"), lambda one: STATES[one.state], shown=_state),
    ),
    empty=Empty(gettext_lazy("没有要公开的事项。"), _hint),
)
