"""Cases as values, and what each of them counts in a period. The core counts; here rows are read."""

from __future__ import annotations

import datetime
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from guatu.adapters.packs.rubrics import Rubrics
from guatu.core.calendar.clock import ClockReading
from guatu.core.cases.case_clocks import StepClock
from guatu.core.cases.evaluation.case_counts import CaseRecord, Counted, Done, Stages, Timing, count_case
from guatu.core.cases.parameters import SATISFIED_STARS
from guatu.core.kernel.explained import Explained
from guatu.core.pack.sections import parameters
from guatu.web.base.actors import Actor
from guatu.web.base.language import language
from guatu.web.base.settings_table import once, setting
from guatu.web.cases.history import Standing, county
from guatu.web.cases.library import evaluated_packs, library
from guatu.web.cases.models import Case, CaseEvent
from guatu.web.cases.selectors.visible import visible
from guatu.web.evaluation.periods import Span

FROM_PUBLIC = (Case.Source.PUBLIC, Case.Source.HOTLINE, Case.Source.API)
MOST_KEPT = 50_000
BATCH = 500


@dataclass(frozen=True)
class Entry:
    """One count of one case."""

    case: int
    place: int | None
    source: str
    secret: bool
    counted: Counted


def rubrics_of(pack: str) -> Rubrics:
    return library().packs[pack].rubrics


def cases_of(actor: Actor, pack: str, span: Span) -> QuerySet[Case]:
    """Cases of the pack that the actor may see and that may count in the period."""
    first, last = span.instants
    touched = CaseEvent.objects.filter(case=OuterRef("pk"), at__gte=first)
    # What was taken back, or goes on as another case, was never one to be handled.
    rows = visible(actor).filter(pack=pack, opened_at__lt=last).exclude(outcome__in=("revoked", "joined"))
    return (
        rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=first) | Exists(touched))
        .select_related("flow")
        .defer("flow__text", "flow__tables", "flow__clocks", "text")
        .order_by("pk")
    )


@once()
def entries_of(actor: Actor, pack: str, span: Span, now: datetime.datetime) -> list[Entry]:
    """All counts of a period, of the cases that the actor may see. Each case asks for the county and its calendar,
    which are read once."""
    stages = rubrics_of(pack).stages
    if stages is None:
        return []
    first, last = span.instants
    return [
        Entry(row.pk, row.place_id, row.source, row.confidential, one)
        for row, counted in _counted(cases_of(actor, pack, span), stages, now, stars_of(pack, span.ends_on))
        for one in counted
        if first <= one.at < last
    ]


def stars_of(pack: str, on: datetime.date) -> int:
    """Stars from which a rating is a satisfied one, by the pack's parameter of the day."""
    row = evaluated_packs()[pack][parameters.SECTION].all.row(SATISFIED_STARS, on)
    return int(row.value) if row else 4


_kept: OrderedDict[object, tuple[Counted, ...]] = OrderedDict()


def _counted(
    rows: QuerySet[Case], stages: Stages, now: datetime.datetime, stars: int
) -> Iterator[tuple[Case, tuple[Counted, ...]]]:
    """What each case counts. Of an ended case that is kept: nothing but a new line of its history changes it."""
    setup = (stages, stars, county(), str(setting("calendar.days")))
    batch: list[Case] = []
    for row in rows.iterator(BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            yield from _batch(batch, setup, now)
            batch = []
    yield from _batch(batch, setup, now)


def _batch(
    rows: list[Case], setup: tuple[Stages, int, str, str], now: datetime.datetime
) -> Iterator[tuple[Case, tuple[Counted, ...]]]:
    stages, stars, *_rest = setup
    new = [row for row in rows if (row.pk, row.row_version, row.code, setup) not in _kept]
    events: dict[int, list[CaseEvent]] = defaultdict(list)
    for event in CaseEvent.objects.filter(case__in=[row.pk for row in new]).order_by("case_id", "number"):
        events[event.case_id].append(event)
    for row in rows:
        key = (row.pk, row.row_version, row.code, setup)
        found = _kept.get(key)
        if found is None:
            found = tuple(count_case(record_of(Standing(row, events[row.pk]), now), stages, now, stars))
            if row.ended_at is not None and row.ended_at <= now:
                _keep(key, found)
        yield row, found


def _keep(key: object, found: tuple[Counted, ...]) -> None:
    _kept[key] = found
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)


def record_of(standing: Standing, now: datetime.datetime) -> CaseRecord:
    """A case and its history as the value that the core counts."""
    row, state = standing.row, standing.state
    asked = [event for event in standing.events if _is_appeal(event, CaseEvent.Kind.ASK)]
    upheld = {event.asked_id for event in standing.events if _is_appeal(event, CaseEvent.Kind.CLOCK)}
    return CaseRecord(
        opened_at=row.opened_at,
        opened_by=str(row.opened_by_id or ""),
        public=row.source in FROM_PUBLIC,
        unit=str(row.unit_id or ""),
        open=state.open,
        ended_at=row.ended_at,
        done=tuple(_done(event) for event in standing.events if event.kind == CaseEvent.Kind.MOVE),
        visits=state.visits,
        timings=tuple(_timing(one, standing.read(one, now)) for one in standing.clocks),
        appeals=tuple((event.at, event.pk in upheld) for event in asked),
        ratings=tuple((event.at, event.stars) for event in standing.events if event.stars is not None),
    )


def _is_appeal(event: CaseEvent, kind: str) -> bool:
    return event.kind == kind and (event.clock or {}).get("kind") == "appeal-granted"


def _done(event: CaseEvent) -> Done:
    actor, unit = str(event.user_id or ""), str(event.unit_id or "")
    return Done(event.step, event.at, event.verb == "return", event.post, actor, unit)


def _timing(one: StepClock, reading: ClockReading | None) -> Timing:
    if reading is None or one.clock is None:
        return Timing(one.step, None, False, False)
    due = reading.due.value if isinstance(reading.due, Explained) else None
    minutes = int(reading.elapsed.total_seconds() // 60)
    extended = any(event.kind == "extend" for event in one.clock.events)
    return Timing(one.step, due, reading.late, reading.counted_late, minutes, extended)


def listed(actor: Actor, cases: Iterable[int]) -> QuerySet[Case]:
    """Those of the cases that the actor may see, with what a list shows."""
    return (
        visible(actor)
        .filter(pk__in=list(cases))
        .select_related("flow")
        .defer("flow__text", "flow__tables", "flow__clocks", "data")
        .order_by("opened_at", "pk")
    )


def pack_names() -> list[tuple[str, str]]:
    zh = language() == "zh"
    return [(name, library().title(name, "zh" if zh else "en")) for name in evaluated_packs()]
