"""The grids of a month are rated and the pay of their people computed; published, the month is locked."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guatu.core.grids import rating as rules
from guatu.core.grids.figures import GridCase, grid_figures
from guatu.core.grids.staffing import days_served
from guatu.core.kernel.explained import Explained, Unknown
from guatu.web.base.actions import Action, Change, Context, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.grids.models import Grid, GridRating, GridVersion, RatingRun, Service, StaffPay
from guatu.web.grids.scheme import Scheme, scheme_of, scheme_text
from guatu.web.grids.selectors.cases import cases_by_grid, moments, month_of
from guatu.web.grids.selectors.staffing import core_service, services_of

Figure = Explained[Any] | Unknown
DAY = datetime.timedelta(days=1)


class RatingAction(Action[RatingRun]):
    permission = "grid.rate"
    gives = RatingRun


@dataclass(frozen=True)
class RateMonth(RatingAction):
    """Computes the draft of a month that is over, anew where there is one."""

    month: datetime.date | None
    name = "grids.rate-month"
    words = _("计算网格月评")

    def change(self, context: Context) -> Change[RatingRun]:
        if self.month is None or month_of(self.month.replace(day=1))[1] >= context.actor.today:
            raise Invalid(_("请选择已经结束的月份。"), field="month", code="rating.month-running")
        month = self.month.replace(day=1)
        run = RatingRun.objects.select_for_update().filter(month=month).first()
        if run is not None and run.state == RatingRun.State.PUBLISHED:
            raise NotNow(_("这个月的评级已公布,不能重新计算。"), code="rating.published")
        text = scheme_text(month)
        scheme = scheme_of(text)
        versions = _rated(month)
        if not versions:
            raise Invalid(_("这个月没有责任网格。"), field="month", code="rating.no-grids")
        run = run or RatingRun(month=month)
        run.rules, run.computed_at = text, context.at
        run.row_version = run.row_version + 1 if run.pk else 1
        run.save()
        StaffPay.objects.filter(rating__run=run).delete()
        run.ratings.all().delete()
        ratings = _ratings(run, versions, scheme)
        pays = _pays(ratings, month, scheme)
        change = Change(run)
        colours = [one.colour for one in ratings]
        counts = {colour or "none": colours.count(colour) for colour in sorted(set(colours))}
        change.note(run, None, {"month": month.isoformat(), "rules": scheme.version, "pays": pays, **counts})
        return change


@dataclass(frozen=True)
class PublishRatings(RatingAction):
    run_id: int
    seen: int
    name = "grids.publish-ratings"
    words = _("公布网格月评")

    def change(self, context: Context) -> Change[RatingRun]:
        run = take_version(found(RatingRun, self.run_id), self.seen)
        if run.state != RatingRun.State.DRAFT:
            raise NotNow(_("这个月的评级已公布。"), code="rating.published")
        run.state, run.published_at, run.published_by = RatingRun.State.PUBLISHED, context.at, context.actor.user
        run.save(update_fields=["state", "published_at", "published_by"])
        change = Change(run)
        change.note(run, {"state": RatingRun.State.DRAFT}, {"state": run.state})
        return change


def _rated(month: datetime.date) -> list[GridVersion]:
    """Duty grids that stood on some day of the month, each as it was last."""
    first, last = month_of(month)
    rows = GridVersion.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first), valid_from__lte=last)
    rows = rows.filter(grid__kind=Grid.Kind.DUTY).select_related("grid").defer("boundary").order_by("valid_from")
    return sorted({row.grid_id: row for row in rows}.values(), key=lambda row: row.grid.code)


def _ratings(run: RatingRun, versions: Sequence[GridVersion], scheme: Scheme) -> list[GridRating]:
    cases = cases_by_grid(run.month)
    made = [_rating(run, version, cases.get(version.grid.code, []), scheme) for version in versions]
    return GridRating.objects.bulk_create(made, batch_size=500)


def _rating(run: RatingRun, version: GridVersion, cases: Sequence[GridCase], scheme: Scheme) -> GridRating:
    figures = grid_figures(cases, *moments(run.month))
    found = rules.rate_grid(version.grid.code, run.month, figures, scheme.rules)
    colour = found.value if isinstance(found, Explained) else ""
    stored = {name: as_json(figure) for name, figure in figures.items()}
    return GridRating(run=run, version=version, colour=colour, rating=as_json(found), figures=stored)


def _pays(ratings: Sequence[GridRating], month: datetime.date, scheme: Scheme) -> int:
    first, last = month_of(month)
    by_grid: dict[int, list[Service]] = {}
    for service in services_of([one.version.grid_id for one in ratings]):
        by_grid.setdefault(service.grid_id, []).append(service)
    made = []
    for one in ratings:
        for service in by_grid.get(one.version.grid_id, []):
            # Nobody serves in a grid that has ended.
            ended = one.version.valid_to
            days = days_served(core_service(service), first, min(last, ended - DAY) if ended else last)
            if days:
                found = rules.pay(from_json(one.rating), month, days, last.day, scheme.tiers)
                fen = found.value if isinstance(found, Explained) else None
                made.append(StaffPay(rating=one, service=service, days=days, fen=fen, pay=as_json(found)))
    StaffPay.objects.bulk_create(made, batch_size=500)
    return len(made)


def as_json(figure: Figure) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(msgspec.json.encode(figure))
    return found


def from_json(figure: dict[str, Any]) -> Any:
    return msgspec.convert(figure, Explained[Any] | Unknown)
