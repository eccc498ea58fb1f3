"""Who hangs under whom, from when to when: the rules that keep two dated hierarchies sound.

Pure: rows are handed in. Ranges are `start <= day < end`, an `end` of None is open.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guatu.core.fields.normal import compared

FOREVER = datetime.date.max


@dataclass(frozen=True)
class Stretch:
    """One version of a unit or place: its name and whom it hangs under, for a while."""

    id: int
    start: datetime.date
    end: datetime.date | None
    parent_id: int | None
    name: str

    def covers(self, day: datetime.date) -> bool:
        return self.start <= day < (self.end or FOREVER)


class Forest:
    """All versions of one hierarchy."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self._by_id: dict[int, list[Stretch]] = defaultdict(list)
        self._under: dict[int, set[int]] = defaultdict(set)
        self._named: dict[str, set[int]] = defaultdict(set)
        for stretch in stretches:
            self._keep(stretch)

    def _keep(self, stretch: Stretch) -> None:
        self._by_id[stretch.id].append(stretch)
        self._by_id[stretch.id].sort(key=lambda s: s.start)
        self._named[compared(stretch.name)].add(stretch.id)
        if stretch.parent_id is not None:
            self._under[stretch.parent_id].add(stretch.id)

    def lay(self, stretch: Stretch) -> None:
        """Adds a version; the one before it ends where it begins, one that begins on the same day is replaced."""
        kept = [s for s in self._by_id[stretch.id] if s.start < stretch.start]
        if kept and (kept[-1].end is None or kept[-1].end > stretch.start):
            last = kept[-1]
            kept[-1] = Stretch(last.id, last.start, stretch.start, last.parent_id, last.name)
        self._by_id[stretch.id] = kept
        self._keep(stretch)

    def at(self, id_: int, day: datetime.date) -> Stretch | None:
        """The version that holds on a day."""
        return next((s for s in reversed(self._by_id.get(id_, ())) if s.covers(day)), None)

    def end_of(self, id_: int) -> datetime.date | None:
        """The day from which it is gone; None while no end is set."""
        found = self._by_id.get(id_)
        return found[-1].end if found else None

    def stands_from(self, id_: int, day: datetime.date) -> bool:
        """Whether it is there on the day and no end is set."""
        return self.at(id_, day) is not None and self.end_of(id_) is None

    def children_from(self, id_: int, day: datetime.date) -> list[int]:
        """Those that hang under it on the day or later."""
        return sorted(
            child
            for child in self._under.get(id_, ())
            if any(s.parent_id == id_ and (s.end or FOREVER) > day for s in self._by_id[child])
        )

    def siblings_named(self, name: str, parent_id: int | None, day: datetime.date) -> list[int]:
        """Those under one parent on a day whose name looks like this one."""
        wanted = compared(name)
        # By a name that it bore on another day a thing is found here too: what it is called on this one decides.
        found = ((id_, self.at(id_, day)) for id_ in self._named.get(wanted, ()))
        return sorted(id_ for id_, s in found if s and s.parent_id == parent_id and compared(s.name) == wanted)

    def would_circle(self, id_: int, parent_id: int | None, day: datetime.date) -> bool:
        """Whether hanging `id_` under `parent_id` from the day on makes it its own superior on some day."""
        return any(self._leads_to(parent_id, id_, at) for at in self._days_from(day))

    def _days_from(self, day: datetime.date) -> Iterator[datetime.date]:
        # Between two days on which something changes the forest stays as it is, so that these days are all to look at.
        yield day
        later = {s.start for stretches in self._by_id.values() for s in stretches if s.start > day}
        yield from sorted(later)

    def _leads_to(self, at: int | None, wanted: int, day: datetime.date) -> bool:
        seen: set[int] = set()
        while at is not None and at not in seen:
            if at == wanted:
                return True
            seen.add(at)
            above = self.at(at, day)
            at = above.parent_id if above else None
        return False
