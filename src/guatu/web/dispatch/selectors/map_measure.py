"""By what the campaign map colours the towns: a declared measure, with its classes and what it cannot say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.core.dispatch.map_classes import MapClass, map_classes, places_of
from guatu.web.dispatch.selectors.campaign import Lights, Town, UnitRow

Of = Callable[[UnitRow, UnitRow | None], float | None]


@dataclass(frozen=True)
class Measure:
    """`of` gives its value for a unit, beside the same unit in the period before; None where there is nothing to be
    counted. `percent` is how it is written: a share, or a difference of shares in points."""

    name: str
    title: str | Promise
    of: Of
    high_is_good: bool
    why: str | Promise
    form: Callable[[float], str]

    @property
    def percent(self) -> bool:
        return self.form is _percent


@dataclass(frozen=True)
class Painted:
    """A town as the map shows it; `place` is its place among the towns, None where it has no value."""

    town: Town | None
    row: UnitRow
    value: float | None
    shown: str
    shade: int | None
    place: int | None


@dataclass(frozen=True)
class Legend:
    """A class with the towns in it."""

    shade: int
    words: str
    count: int


@dataclass(frozen=True)
class MeasuredMap:
    measure: Measure
    towns: list[Painted]
    legend: list[Legend]
    unknown: int
    empty: list[Town]
    """Towns of the map without a task in the period."""

    @property
    def flat(self) -> bool:
        """All towns have the same value: one colour says so, and is no fault of the map."""
        return len(self.legend) == 1


def _judged(lights: Lights) -> int:
    """Lights with a colour; those without data are neither good nor bad."""
    return lights.red + lights.amber + lights.green


def _share(count: int, of: int) -> float | None:
    return count / of if of else None


def _red(row: UnitRow, before: UnitRow | None) -> float | None:
    return _share(row.lights.red, _judged(row.lights))


def _green(row: UnitRow, before: UnitRow | None) -> float | None:
    return _share(row.lights.green, _judged(row.lights))


def _trend(row: UnitRow, before: UnitRow | None) -> float | None:
    now, then = _green(row, None), _green(before, None) if before else None
    return None if now is None or then is None else now - then


def _reported(row: UnitRow, before: UnitRow | None) -> float | None:
    return row.completeness


def _percent(value: float) -> str:
    return f"{value:.0%}"


def _points(value: float) -> str:
    return f"{value * 100:+.0f}"


_ALL = (
    Measure("red", _("红灯占比"), _red, False, _("红灯数除以有判定的灯数;无数据的灯不计。"), _percent),
    Measure("green", _("绿灯占比"), _green, True, _("绿灯数除以有判定的灯数;无数据的灯不计。"), _percent),
    Measure("reported", _("填报率"), _reported, True, _("已报份数除以应报份数;没有到期的不计。"), _percent),
    Measure("trend", _("比上期"), _trend, True, _("本期绿灯占比减上期绿灯占比,单位为百分点。"), _points),
)
MEASURES: Mapping[str, Measure] = {one.name: one for one in _ALL}
FIRST = "red"


def measured(
    measure: Measure, towns: Sequence[Town], rows: Iterable[UnitRow], before: Iterable[UnitRow] = ()
) -> MeasuredMap:
    """The towns coloured by a measure, the worst first. `rows` are those of the period and `before` those of the one
    before; a town of which there is no outline is in the table alone."""
    then = {row.unit_id: row for row in before}
    outlines = {town.row.unit_id: town for town in towns if town.row}
    found = [(row, measure.of(row, then.get(row.unit_id))) for row in rows]
    values = [value for _row, value in found if value is not None]
    classes = map_classes(values, measure.high_is_good)
    places = dict(zip(values, places_of(values, measure.high_is_good), strict=True))
    painted = [
        Painted(
            outlines.get(row.unit_id),
            row,
            value,
            measure.form(value) if value is not None else "",
            next(one.shade for one in classes if one.holds(value)) if value is not None else None,
            places[value] if value is not None else None,
        )
        for row, value in found
    ]
    painted.sort(key=lambda one: (one.place is None, -(one.place or 0)))
    return MeasuredMap(
        measure,
        painted,
        [_legend(one, measure, values) for one in classes],
        sum(value is None for _row, value in found),
        [town for town in towns if town.row is None],
    )


def _legend(one: MapClass, measure: Measure, values: Iterable[float]) -> Legend:
    least, greatest = measure.form(one.least), measure.form(one.greatest)
    words = least if least == greatest else f"{least} ~ {greatest}"
    return Legend(one.shade, words, sum(one.holds(value) for value in values))
