"""Rows that may be matters that are here already, or twice in the file. They are marked; a person decides."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from guatu.core.cases.duplicates.candidates import DuplicateRule, Sighting, candidates
from guatu.core.kernel.finding import Language
from guatu.web.base.actors import Actor
from guatu.web.cases.models import Case
from guatu.web.cases.selectors.duplicates import DAYS, metres_of
from guatu.web.cases.selectors.visible import visible
from guatu.web.intake.wanted import Likely, New


def likely(actor: Actor, rows: Sequence[New], at: datetime.datetime, language: Language) -> list[Likely]:
    """By class, distance and time; a row is the later one of each pair."""
    placed = {f"~{one.row:09d}": one for one in rows if one.case.lon is not None and one.case.lat is not None}
    if not placed:
        return []
    pack = next(iter(placed.values())).case.pack
    classes = tuple({one.case.class_code for one in placed.values()})
    rule = DuplicateRule(classes, metres_of(pack, actor.today), DAYS * 24.0)
    sightings = [
        Sighting(key, n.case.class_code, n.case.lon or 0.0, n.case.lat or 0.0, at) for key, n in placed.items()
    ]
    there = _open_cases(actor, pack, classes, at)
    numbers = {one.code: one.pk for one in there}
    sightings += [Sighting(c.code, c.class_code, c.lon or 0.0, c.lat or 0.0, min(c.opened_at, at)) for c in there]
    found: dict[int, Likely] = {}
    for pair in candidates(sightings, [rule]):
        if pair.case in placed:
            row = placed[pair.case].row
            found.setdefault(row, Likely(row, pair.why.sentence(language), numbers.get(pair.earlier)))
    return [found[row] for row in sorted(found)]


def _open_cases(actor: Actor, pack: str, classes: tuple[str, ...], at: datetime.datetime) -> list[Case]:
    rows = visible(actor).filter(pack=pack, class_code__in=classes, ended_at__isnull=True, lon__isnull=False)
    since = at - datetime.timedelta(days=DAYS)
    only = rows.filter(opened_at__gte=since).only("id", "code", "class_code", "lon", "lat", "opened_at")
    return list(only)
