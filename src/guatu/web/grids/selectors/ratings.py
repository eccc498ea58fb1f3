"""The rating of a month as the actor may see it: each colour and amount with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from guatu.web.base.actors import Actor
from guatu.web.grids.models import GridRating, RatingRun, StaffPay
from guatu.web.grids.words import sentence

# The lights of the pages are those of the whole server; grids say yellow where they say amber.
LIGHT = {"red": "red", "yellow": "amber", "green": "green", "": "grey"}


@dataclass(frozen=True)
class PayRow:
    pay: StaffPay
    yuan: float | None
    why: str


@dataclass(frozen=True)
class RatingRow:
    rating: GridRating
    light: str
    why: str
    figures: list[str]
    pays: list[PayRow]


def visible_runs(actor: Actor) -> QuerySet[RatingRun]:
    """Published months; drafts only for who makes them."""
    rows = RatingRun.objects.order_by("-month")
    return rows if actor.may("grid.rate") else rows.filter(state=RatingRun.State.PUBLISHED)


def rating_rows(actor: Actor, run: RatingRun, unit_id: int | None = None, colour: str = "") -> list[RatingRow]:
    """The grids of the towns that the actor may see, in order of their codes; two queries."""
    rows = run.ratings.select_related("version__grid").defer("version__boundary").order_by("version__grid__code")
    units = actor.units_for("grid.view")
    if units is not None:
        rows = rows.filter(version__grid__unit_id__in=units)
    if unit_id is not None:
        rows = rows.filter(version__grid__unit_id=unit_id)
    if colour:
        rows = rows.filter(colour="" if colour == "none" else colour)
    found = list(rows.prefetch_related("pays__service"))
    return [_row(one) for one in found]


def _row(one: GridRating) -> RatingRow:
    figures = [sentence(figure) for figure in one.figures.values()]
    pays = [_pay(pay) for pay in sorted(one.pays.all(), key=_order)]
    return RatingRow(one, LIGHT[one.colour], sentence(one.rating), figures, pays)


def _order(pay: StaffPay) -> tuple[Any, ...]:
    return pay.service.post != "head", pay.service.since, pay.pk


def _pay(pay: StaffPay) -> PayRow:
    return PayRow(pay, None if pay.fen is None else pay.fen / 100, sentence(pay.pay))
