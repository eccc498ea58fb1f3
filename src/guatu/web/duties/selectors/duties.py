"""The duty list of a day: as the core judges it, as the page lists it, and what is wrong with it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from guatu.core.cases.routing.duties import REASONS, Assignment, DutyRow, assign, class_path
from guatu.core.cases.routing.duty_list import check_missing, check_overlaps
from guatu.core.kernel.explained import Explained
from guatu.core.kernel.finding import Language
from guatu.web.base.actors import Actor
from guatu.web.base.language import language
from guatu.web.base.settings_table import setting
from guatu.web.base.shown import Shown, first
from guatu.web.cases.library import class_name, library
from guatu.web.cases.routing import Matter, Routed, routed_by
from guatu.web.directory.selectors.place_tree import PlaceTree, place_tree
from guatu.web.directory.selectors.tree import UnitTree, unit_tree
from guatu.web.directory.selectors.units import unit_choices
from guatu.web.duties.models import Duty
from guatu.web.duties.values import DutyValues, pack_choices
from guatu.web.kit.record import fields_of
from guatu.web.kit.table import Column, Empty, Flag, Pick, Search, Table, Wanted, number, text

MOST_FINDINGS = 20


@dataclass(frozen=True)
class DutyLine:
    """A row in words. `why` is the core's reason where a class and a place were tried."""

    row: Duty
    class_name: str
    pack: str
    """Its title, of one that is no longer there its name; empty for all packs."""
    place: str
    unit: str
    holds: bool
    why: str = ""
    decided: bool = False


@dataclass(frozen=True)
class DutyList:
    """All rows, ended and coming ones as well, so that it can be said why one did not decide."""

    on: datetime.date
    rows: tuple[Duty, ...]
    places: PlaceTree
    units: UnitTree

    def core_row(self, row: Duty) -> DutyRow:
        last = row.valid_to - datetime.timedelta(days=1) if row.valid_to else datetime.date.max
        unit, place = self.units.name(row.unit_id) or f"#{row.unit_id}", next(iter(self.path(row.place_id)), "")
        return DutyRow(
            key=str(row.pk), unit=unit, case_class=row.class_code, place=place, valid_from=row.valid_from, valid_to=last
        )

    def path(self, place: int | None) -> tuple[str, ...]:
        """The place and all that it is part of, the most specific first, in words that no other place has."""
        nodes = self.places.nodes
        found = () if place is None else (place, *(node.id for node in reversed(self.places.path(place))))
        return tuple(f"{nodes[pk].name}({nodes[pk].code})" if pk in nodes else f"#{pk}" for pk in found)

    def assign(self, matter: Matter) -> Assignment:
        rows = [self.core_row(row) for row in self.rows if row.pack in ("", matter.pack)]
        order = setting("cases.duty-precedence", matter.on)
        classes, places = class_path(matter.class_code), self.path(matter.place_id)
        return assign(rows, classes, places, matter.on, order)

    def line(self, row: Duty, **tried: Any) -> DutyLine:
        holds = row.valid_from <= self.on and (row.valid_to is None or row.valid_to > self.on)
        packs = [row.pack] if row.pack else library().packs
        known = [one for one in packs if library().class_row(one, row.class_code)]
        name = class_name(known[0], row.class_code, language()) if known else ""
        pack = str(dict(pack_choices(self.on)).get(row.pack, row.pack))
        return DutyLine(row, name, pack, self.places.name(row.place_id), self.units.name(row.unit_id), holds, **tried)


def duty_list(on: datetime.date) -> DutyList:
    # One that ended on its first day has never held.
    rows = Duty.objects.order_by("class_code", "valid_from", "id")
    held = tuple(row for row in rows if row.valid_to is None or row.valid_to > row.valid_from)
    return DutyList(on, held, place_tree(on), unit_tree(on))


@routed_by
def route(matter: Matter) -> Routed:
    """The unit of a case by the list, with its row; or why there is none."""
    known = duty_list(matter.on)
    found = known.assign(matter)
    if not isinstance(found.unit, Explained):
        return Routed(None, found.unit)
    return Routed(next(row.unit_id for row in known.rows if str(row.pk) == found.decided), found.unit)


def faults(known: DutyList, words: Language) -> Shown[str]:
    """Rows that contradict each other, and classes of which the list speaks and no unit is named somewhere."""
    towns = [known.path(pk) for pk, node in known.places.nodes.items() if node.level == "town"]
    places, found = {path[0]: path for path in towns}, dict[str, None]()
    # Each pack by itself: a row of another one neither contradicts its rows nor names the unit of its classes.
    for pack in _packs(known):
        rows = [row for row in known.rows if row.pack in ("", pack)]
        judged = [known.core_row(row) for row in rows]
        classes = {code: class_path(code) for code in _classes(rows, pack)}
        for one in (*check_overlaps(judged), *check_missing(judged, classes, places, known.on)):
            found[one.message(words)] = None
    return first(list(found), MOST_FINDINGS)


def _packs(known: DutyList) -> list[str]:
    """The packs of which the list speaks: all where a row is for all of them."""
    named = {row.pack for row in known.rows}
    return sorted({*named, *library().packs} - {""} if "" in named else named)


def _classes(rows: list[Duty], pack: str) -> Iterator[str]:
    spoken = {row.class_code[:1] for row in rows}
    yield from (row.code for row in library().classes(pack) if "" in spoken or row.code[:1] in spoken)


def tried(known: DutyList, code: str, place: int | None) -> dict[str, Any]:
    """What the list says of a class and a place, and why."""
    pack = next((name for name in library().packs if library().class_row(name, code) is not None), "")
    found, rows = known.assign(Matter(pack, code, place, known.on)), {str(row.pk): row for row in known.rows}
    said = {reason: word.zh if language() == "zh" else word.en for reason, word in REASONS.items()}
    lines = [
        known.line(rows[one.row.key], why=said[one.reason], decided=one.reason == "decided") for one in found.nearest()
    ]
    decided = isinstance(found.unit, Explained)
    return {"sentence": found.unit.sentence(language()), "decided": decided, "lines": first(lines, MOST_FINDINGS)}


def _rows(actor: Actor, wanted: Wanted) -> list[DutyLine]:
    known, sought = duty_list(actor.today), wanted.get("q", "").lower()
    return [line for line in map(known.line, known.rows) if _fits(line, wanted, sought)]


def _fits(line: DutyLine, wanted: Wanted, sought: str) -> bool:
    words = (line.row.class_code, line.class_name, line.place, line.unit, line.row.source)
    return (
        (line.holds or line.row.valid_to is None or "ended" in wanted)
        and line.row.unit_id == wanted.get("unit", line.row.unit_id)
        and any(sought in word.lower() for word in words)
    )


def _class(line: DutyLine) -> str:
    words = (line.row.class_code or _("全部"), line.class_name, line.pack)
    return format_html('{} {} <span class="text-secondary">{}</span>', *words)


def _why(line: DutyLine) -> str:
    return format_html("<strong>✓ {}</strong>", line.why) if line.decided else line.why


FIELDS = fields_of(DutyValues)
COLUMNS: tuple[Column[DutyLine], ...] = (
    number("row", _("行"), lambda line: line.row.pk, css="w-1", head=True),
    FIELDS["class_code"].listed(lambda line: line.row.class_code, shown=_class),
    FIELDS["place"].listed(lambda line: line.place or _("全县")),
    FIELDS["unit"].listed(lambda line: line.unit),
)
TRIED = (*COLUMNS, text("why", _("为什么"), lambda line: line.why, shown=_why))
DUTIES = Table[Any, DutyLine](
    title=_("职责清单"),
    rows=_rows,
    size=200,
    filters=(
        Search("q", _("类别、区域、单位或依据"), wide=True),
        Pick("unit", _("承办单位"), choices=lambda actor: unit_choices(actor.today)),
        Flag("ended", _("也看已失效的")),
    ),
    columns=(
        *COLUMNS,
        FIELDS["day"].listed(lambda line: line.row.valid_from),
        FIELDS["until"].listed(lambda line: line.row.valid_to),
        FIELDS["source"].listed(lambda line: line.row.source),
        text("end", _("操作"), lambda line: "", template="duties/_end.html", needs="directory.edit"),
    ),
    empty=Empty(_("清单中还没有行。"), _("请导入县里的职责清单,或逐行增加;在此之前案件由派遣员指定单位。")),
)
