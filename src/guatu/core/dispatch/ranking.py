"""Units ranked by their lights in one period, with the reason of each place.

By the share of green lights among green, amber and red ones; then by the share of due reports that came; equal ones
share a place, and the places after them are left out (1, 2, 2, 4). The order is this program's own proposal, from no
standard.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

import msgspec

from guatu.core.dispatch.delivery import DUE, IN_TIME, REPORTED, Delivery
from guatu.core.dispatch.lights import Colour
from guatu.core.kernel.explained import RATIO, Explained, Label, Rule, Unknown, Word

HOW = Word(
    "按绿灯率从高到低排名,绿灯率为绿灯数除以绿、黄、红灯总数,灰灯不计;绿灯率相同的按报送率从高到低,本期没有应报的视为报齐;"
    "仍相同的名次并列,其后名次顺延",
    "ranked by the share of green among green, amber and red lights, grey ones left out; equal ones by completeness of "
    "reports, nothing due counting as complete; those still equal share a place and the next places are left out",
)

_GREEN = Label("green", "绿灯", "green")
_AMBER = Label("amber", "黄灯", "amber")
_RED = Label("red", "红灯", "red")
_GREY = Label("grey", "灰灯", "grey")
_JUDGED = Label("judged", "已判定", "judged")
_SHARE = Label("share", "绿灯率", "share of green")
_OF = Label("of", "参加排名的单位", "units ranked")

_GREEN_SHARE = Rule(
    "ranking.share", "绿灯 {green},已判定 {judged},绿灯率 {value}", "{green} of {judged} green: {value}"
)
_NO_LIGHT = Rule(
    "ranking.no-light", "没有已判定的灯(灰灯 {grey}),不排名", "no light was judged ({grey} grey): no place"
)
_PLACE = Rule(
    "ranking.place",
    "绿灯率 {share}({green}/{judged}),已报 {reported}/应报 {due},{of}个单位中列第 {value}",
    "share of green {share} ({green}/{judged}), {reported} of {due} reports: place {value} of {of}",
    HOW.zh,
)


class Tally(msgspec.Struct, frozen=True):
    """One unit's lights by colour in a period, and of its reports for it those that were due, came, and came in
    time."""

    unit: str
    green: int = 0
    amber: int = 0
    red: int = 0
    grey: int = 0
    due: int = 0
    reported: int = 0
    in_time: int = 0

    @property
    def judged(self) -> int:
        return self.green + self.amber + self.red


class Place(msgspec.Struct, frozen=True):
    """A unit with its place, or the reason why it has none."""

    tally: Tally
    rank: Explained[int] | Unknown


def tally(unit: str, colours: Iterable[Colour], deliveries: Iterable[Delivery], on: date) -> Tally:
    """What a unit's lights and deliveries of a period come to on a day."""
    shown = list(colours)
    due = [row for row in deliveries if row.is_due(on)]
    come = [row for row in due if row.has_come(on)]
    return Tally(
        unit,
        green=shown.count("green"),
        amber=shown.count("amber"),
        red=shown.count("red"),
        grey=shown.count("grey"),
        due=len(due),
        reported=len(come),
        in_time=sum(not row.is_late(on) for row in come),
    )


def total(unit: str, rows: Iterable[Tally]) -> Tally:
    """The sum of several units under one name."""
    found = list(rows)
    counts = {name: sum(getattr(row, name) for row in found) for name in Tally.__struct_fields__ if name != "unit"}
    return Tally(unit, **counts)


def green_share(of: Tally) -> Explained[float] | Unknown:
    """Share of green lights among those that were judged."""
    if not of.judged:
        return _NO_LIGHT.lacks(_GREY.of(of.grey, "item"))
    parts = (_GREEN.of(of.green), _AMBER.of(of.amber), _RED.of(of.red), _JUDGED.of(of.judged))
    return _GREEN_SHARE.gives(of.green / of.judged, *parts, unit=RATIO)


def ranking(rows: Sequence[Tally]) -> list[Place]:
    """All units, the best first; those without a judged light last. Equal ones stay in the order given."""
    ranked = sorted((row for row in rows if row.judged), key=_order)
    places: list[Place] = []
    for at, row in enumerate(ranked):
        same = at > 0 and _order(ranked[at - 1]) == _order(row)
        before = places[-1].rank if places else None
        rank = before.value if same and isinstance(before, Explained) else at + 1
        places.append(Place(row, _placed(row, rank, len(ranked))))
    unranked = [Place(row, _NO_LIGHT.lacks(_GREY.of(row.grey, "item"))) for row in rows if not row.judged]
    return places + unranked


def _order(row: Tally) -> tuple[Fraction, Fraction]:
    """As exact fractions: 1/3 and 2/6 are equal."""
    complete = Fraction(row.reported, row.due) if row.due else Fraction(1)
    return -Fraction(row.green, row.judged), -complete


def _placed(row: Tally, rank: int, of: int) -> Explained[int]:
    share = _SHARE.of(row.green / row.judged, RATIO)
    counts = (_GREEN.of(row.green), _JUDGED.of(row.judged))
    reports = (REPORTED.of(row.reported), DUE.of(row.due), IN_TIME.of(row.in_time))
    return _PLACE.gives(rank, share, *counts, *reports, _OF.of(of))
