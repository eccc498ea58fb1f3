"""Cases that may be the same matter as a report: open ones of the same class, near by, of the last days."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass

from guatu.core.cases.duplicates import distance
from guatu.core.cases.duplicates.candidates import DuplicateRule, Sighting, candidates
from guatu.core.kernel.finding import Language
from guatu.core.pack.sections import parameters
from guatu.web.base.actors import Actor
from guatu.web.base.shown import Shown, first
from guatu.web.cases.library import library
from guatu.web.cases.models import Case
from guatu.web.cases.selectors.visible import visible

METRES, DAYS, SHOWN = 30.0, 30, 5
_NEW = "~"


@dataclass(frozen=True)
class Likely:
    case: Case
    why: str


def duplicates_of(actor: Actor, row: Case, language: Language) -> Shown[Likely]:
    """The nearest first; only cases that the actor may see."""
    if row.lon is None or row.lat is None:
        return first([], SHOWN)
    rule = DuplicateRule((row.class_code,), metres_of(row.pack, actor.today), DAYS * 24.0)
    high = rule.metres / 111_000 * 1.01
    wide = high / max(math.cos(math.radians(row.lat)), 0.01)
    since = row.opened_at - datetime.timedelta(days=DAYS)
    near = (
        visible(actor)
        .filter(
            pack=row.pack, class_code=row.class_code, opened_at__range=(since, row.opened_at), ended_at__isnull=True
        )
        .filter(lon__range=(row.lon - wide, row.lon + wide), lat__range=(row.lat - high, row.lat + high))
        .exclude(pk=row.pk)
        .order_by("opened_at", "pk")
    )
    by_code = {one.code: one for one in near}
    here = Sighting(_NEW, row.class_code, row.lon, row.lat, row.opened_at)
    sightings = [Sighting(c.code, c.class_code, c.lon or 0.0, c.lat or 0.0, c.opened_at) for c in by_code.values()]
    # Each with the report alone: of a thousand reports of one spot, the pairs among themselves are half a million.
    pairs = sorted(
        (pair for one in sightings for pair in candidates([one, here], [rule])), key=lambda pair: pair.metres
    )
    return first([Likely(by_code[pair.earlier], pair.why.sentence(language)) for pair in pairs], SHOWN)


def metres_of(pack: str, on: datetime.date) -> float:
    found = library().pack(pack)
    row = found[parameters.SECTION].all.row(distance.PARAMETER, on) if found else None
    return (distance.metres(row) if row else None) or METRES
