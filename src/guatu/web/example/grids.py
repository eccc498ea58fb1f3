"""Grids of the example county: one town computed and accepted, another one drawn, people in them, last month's
rating."""

from __future__ import annotations

import datetime

from guatu.web.base.actions import Context, perform
from guatu.web.base.jobs import run_waiting
from guatu.web.directory.models import Unit
from guatu.web.example.people import People
from guatu.web.grids.actions.accept_partition import AcceptPartition
from guatu.web.grids.actions.common import Given
from guatu.web.grids.actions.compute_partition import PARTITION, ComputePartition
from guatu.web.grids.actions.import_grids import GridRow, ImportGrids
from guatu.web.grids.actions.rate_month import PublishRatings, RateMonth
from guatu.web.grids.actions.staff import Appoint, Replace
from guatu.web.grids.drawing import plain
from guatu.web.grids.fictional import fictional_units
from guatu.web.grids.models import Grid, GridVersion, RatingRun
from guatu.web.grids.selectors.standing import standing, town_shape

COMPUTED, DRAWN = "t03", "t01"
UNITS, RESIDENTS, SEED = 90, 33_000, 11
BY_HAND = 9
SURNAMES, GIVEN_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "安宁平和顺正明达远志成文"


def load_grids(people: People, today: datetime.date, at: datetime.datetime) -> RatingRun:
    """Everything stands since four months; the month before this one is rated and published."""
    since = months_before(today, 4)
    office = people.office(at)
    _compute(office, since)
    _draw(office, since)
    _staff(office, since, today)
    run = perform(RateMonth(months_before(today, 1)), office)
    return perform(PublishRatings(run.pk, run.row_version), office)


def _compute(office: Context, since: datetime.date) -> None:
    unit = Unit.objects.get(code=COMPUTED).pk
    units = [
        {"key": one.key, "residents": one.residents, "boundary": plain(one.shape)}
        for one in fictional_units(town_shape(unit, since), UNITS, SEED, RESIDENTS)
    ]
    made = perform(ComputePartition(unit, units, 3000, 4, "青禾"), office)
    run_waiting(kinds=[PARTITION])
    made.refresh_from_db()
    perform(AcceptPartition(made.pk, made.row_version, since, "LX", "示例划分方案"), office)


def _draw(office: Context, since: datetime.date) -> None:
    unit = Unit.objects.get(code=DRAWN).pk
    cells = fictional_units(town_shape(unit, since), BY_HAND, SEED, BY_HAND * 2400)
    rows = tuple(
        GridRow(n, f"DG-{n:02}", Given(f"东关第{n}网格", plain(one.shape), min(one.residents, 2950)))
        for n, one in enumerate(cells, 1)
    )
    perform(ImportGrids(unit, Grid.Kind.DUTY, rows, since, "示例网格图"), office)


def _staff(office: Context, since: datetime.date, today: datetime.date) -> None:
    """One head and three members each; some posts were handed on, one is vacant."""
    versions: list[GridVersion] = list(standing(since).filter(grid__kind=Grid.Kind.DUTY))
    names = iter(_names(len(versions) * 5))
    for n, version in enumerate(versions):
        posts = ["head", *["member"] * (2 if n % 7 == 3 else 3)]
        made = [perform(Appoint(version.grid_id, post, next(names), "", since), office) for post in posts]
        if n % 5 == 1:
            last = made[-1]
            on = months_before(today, 1) + datetime.timedelta(days=9)
            perform(Replace(last.pk, last.row_version, next(names), "", on), office)


def _names(count: int) -> list[str]:
    """Invented names, each once."""
    given = [one + other for one in GIVEN_NAMES for other in GIVEN_NAMES]
    return [SURNAMES[n % len(SURNAMES)] + given[n * 7 % len(given)] for n in range(count)]


def months_before(today: datetime.date, months: int) -> datetime.date:
    """The first day of the month so many whole months before this one."""
    month = today.year * 12 + today.month - 1 - months
    return datetime.date(month // 12, month % 12 + 1, 1)
