"""The duty list as a page shows it, with what is wrong with it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guatu.core.cases.routing.duties import REASONS, Assignment, Judged
from guatu.core.cases.routing.duty_list import check_missing, check_overlaps
from guatu.core.kernel.finding import Language
from guatu.web.cases.library import class_name, library
from guatu.web.cases.routing import Matter
from guatu.web.duties.models import Duty
from guatu.web.duties.selectors.routing import DutyList, class_path, duty_list

MOST_LINES, MOST_FINDINGS = 1000, 20


@dataclass(frozen=True)
class DutyFilter:
    text: str = ""
    unit: int | None = None
    ended: bool = False

    @staticmethod
    def of(given: Mapping[str, Any]) -> DutyFilter:
        unit = str(given.get("unit") or "")
        known = unit.isascii() and unit.isdecimal() and len(unit) < 16
        text = str(given.get("q") or "").replace("\0", "").strip()[:60]
        return DutyFilter(text, int(unit) if known else None, given.get("ended") == "1")


@dataclass(frozen=True)
class DutyLine:
    row: Duty
    class_name: str
    place: str
    unit: str
    holds: bool


@dataclass(frozen=True)
class Listing:
    lines: list[DutyLine]
    total: int
    units: list[tuple[int, str]]


@dataclass(frozen=True)
class Tried:
    """A class and place tried out: the sentence, and why each row did or did not decide."""

    sentence: str
    found: bool
    judged: list[tuple[DutyLine, str, bool]]


def listed(on: datetime.date, wanted: DutyFilter, language: Language = "zh") -> Listing:
    """The rows that the filter lets through, by class, place and day; at most 1,000."""
    known = duty_list(on)
    lines = [_line(known, row, language) for row in known.rows]
    units = sorted({(line.row.unit_id, line.unit) for line in lines}, key=lambda pair: pair[1])
    shown = [line for line in lines if _fits(line, wanted)]
    return Listing(shown[:MOST_LINES], len(shown), units)


def _line(known: DutyList, row: Duty, language: Language) -> DutyLine:
    holds = row.valid_from <= known.on and (row.valid_to is None or row.valid_to > known.on)
    return DutyLine(row, _class(row, language), known.places.name(row.place_id), known.units.name(row.unit_id), holds)


def _class(row: Duty, language: Language) -> str:
    """The class in words, where its code is a whole one."""
    for pack in [row.pack] if row.pack else library().packs:
        if library().class_row(pack, row.class_code) is not None:
            return class_name(pack, row.class_code, language)
    return ""


def _fits(line: DutyLine, wanted: DutyFilter) -> bool:
    if not line.holds and not wanted.ended and not _coming(line):
        return False
    if wanted.unit is not None and line.row.unit_id != wanted.unit:
        return False
    words = (line.row.class_code, line.class_name, line.place, line.unit, line.row.source)
    return not wanted.text or any(wanted.text.lower() in word.lower() for word in words)


def _coming(line: DutyLine) -> bool:
    return not line.holds and line.row.valid_to is None


def faults(on: datetime.date, language: Language) -> list[str]:
    """Rows that contradict each other, and classes for which no unit is named somewhere, in words."""
    known = duty_list(on)
    if not known.rows:
        return []
    rows = [known.core_row(row) for row in known.rows]
    places = {known.place(pk): known.place_path(pk) for pk, node in known.places.nodes.items() if node.level == "town"}
    classes = {row.code: class_path(row.code) for row in _classes(known)}
    found = [*check_overlaps(rows), *check_missing(rows, classes, places, on)]
    return [one.message(language) for one in found[:MOST_FINDINGS]]


def _classes(known: DutyList) -> list[Any]:
    """Classes of the packs of which the list speaks at all."""
    named = {row.pack for row in known.rows}
    packs = library().packs
    chosen = [packs[name] for name in packs if name in named or "" in named]
    spoken = {row.class_code[:1] for row in known.rows}
    return [row for loaded in chosen for row in loaded.pack.classes if "" in spoken or row.code[:1] in spoken]


def tried(matter: Matter, language: Language) -> Tried:
    """What the list says of a class and a place, and why."""
    known = duty_list(matter.on)
    found: Assignment = known.assign(matter)
    lines = {str(row.pk): _line(known, row, language) for row in known.rows}
    judged = [(lines[one.row.key], _word(one, language), one.reason == "decided") for one in found.judged]
    # What decided stands first, then what came near.
    near = ("decided", "same-rank", "class-less-specific", "place-less-specific", "other-place")
    order = {one.row.key: near.index(one.reason) if one.reason in near else len(near) for one in found.judged}
    judged.sort(key=lambda item: order[str(item[0].row.pk)])
    return Tried(found.unit.sentence(language), hasattr(found.unit, "value"), judged[:MOST_FINDINGS])


def _word(one: Judged, language: Language) -> str:
    word = REASONS[one.reason]
    return word.zh if language == "zh" else word.en
