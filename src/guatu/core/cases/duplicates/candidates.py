"""Pairs of cases that may be the same matter, by class, distance and time, each with its numbers.

Cases are sorted into cells as wide as the declared distance, so that a case is compared with those of nine cells and of
the declared time alone: n log n for n cases, plus the pairs found. Distances are great-circle metres on a sphere of
mean radius 6,371,008.8 m (IUGG), at these lengths within 0.6 % of the ellipsoid.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from math import asin, cos, floor, isfinite, radians, sin, sqrt

import msgspec

from guatu.core.kernel.explained import Explained, Label, Rule

EARTH_RADIUS_M = 6_371_008.8
_METRES_PER_DEGREE = EARTH_RADIUS_M * radians(1)
# The cosine that makes a degree of longitude short; nearer to a pole than 85 degrees no county lies.
_LEAST_COSINE = cos(radians(85))
# Cells are a little wider than the distance: a great circle bends, and divisions round.
_SPARE = 1e-4

_METRES = Label("metres", "相距(米)", "distance in metres")
_MOST_METRES = Label("most_metres", "距离阈值(米)", "declared distance in metres")
_HOURS = Label("hours", "相隔", "time between")
_MOST_HOURS = Label("most_hours", "时间阈值", "declared time")
_CLASS = Label("case_class", "类别", "class")

_LIKELY = Rule(
    "duplicate.candidate",
    "与“{value}”疑似重复: 类别 {case_class},相距 {metres} 米(阈值 {most_metres} 米),相隔 {hours}(阈值 {most_hours})",
    "may be the same as “{value}”: class {case_class}, {metres} m apart (declared {most_metres} m), {hours} apart "
    "(declared {most_hours})",
)


class DuplicateRule(msgspec.Struct, frozen=True):
    """Two cases of these classes may be one when both distance and time are at most these; classes listed together are
    alike."""

    classes: tuple[str, ...]
    metres: float
    hours: float

    def __post_init__(self) -> None:
        if not (isfinite(self.metres) and isfinite(self.hours)) or self.metres <= 0 or self.hours < 0:
            raise ValueError(f"{self.metres} m and {self.hours} h are no thresholds: metres above 0, hours not below 0")


class Sighting(msgspec.Struct, frozen=True):
    """What of a case is compared: class, longitude and latitude in degrees, and when it was reported."""

    case: str
    case_class: str
    x: float
    y: float
    at: datetime


class Candidate(msgspec.Struct, frozen=True):
    """`case` may be the same matter as `earlier`, which was reported before it or at the same instant."""

    case: str
    earlier: str
    metres: float
    hours: float
    why: Explained[str]


def candidates(sightings: Iterable[Sighting], rules: Sequence[DuplicateRule]) -> list[Candidate]:
    """All pairs within the thresholds, in order of the later case, the nearest first.

    Classes without a rule have no duplicates; a case without finite coordinates has none either. Raises ValueError when
    a class stands in two rules.
    """
    by_class = _by_class(rules)
    groups: dict[int, list[Sighting]] = defaultdict(list)
    for one in sightings:
        rule = by_class.get(one.case_class)
        if rule is not None and isfinite(one.x) and isfinite(one.y):
            groups[rule].append(one)
    found = [pair for rule, group in sorted(groups.items()) for pair in _pairs(group, rules[rule])]
    return sorted(found, key=lambda pair: (pair.case, pair.metres, pair.hours, pair.earlier))


def metres_between(x1: float, y1: float, x2: float, y2: float) -> float:
    """Great-circle distance of two positions in degrees (haversine formula)."""
    half_y, half_x = radians(y2 - y1) / 2, radians(x2 - x1) / 2
    chord = sin(half_y) ** 2 + cos(radians(y1)) * cos(radians(y2)) * sin(half_x) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(chord)))


def _by_class(rules: Sequence[DuplicateRule]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for at, rule in enumerate(rules):
        for name in rule.classes:
            if name in found:
                raise ValueError(f"class {name} stands in two rules for duplicates; leave it in one")
            found[name] = at
    return found


def _pairs(group: list[Sighting], rule: DuplicateRule) -> Iterator[Candidate]:
    tall = rule.metres / _METRES_PER_DEGREE
    shortest = min(max(cos(radians(one.y)), _LEAST_COSINE) for one in group)
    tall *= 1 + _SPARE
    wide = tall / shortest
    window = timedelta(hours=rule.hours)
    cells: dict[tuple[int, int], list[Sighting]] = defaultdict(list)
    for later in sorted(group, key=lambda one: (one.at, one.case)):
        column, row = floor(later.x / wide), floor(later.y / tall)
        for cell in ((column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            if cell in cells:
                kept = cells[cell] = _recent(cells[cell], later.at - window)
                yield from (pair for earlier in kept if (pair := _pair(later, earlier, rule)))
        cells[column, row].append(later)


def _recent(kept: list[Sighting], since: datetime) -> list[Sighting]:
    """What is older than the window is dropped: cases come in order of time, so it is never asked for again."""
    return kept if not kept or kept[0].at >= since else [one for one in kept if one.at >= since]


def _pair(later: Sighting, earlier: Sighting, rule: DuplicateRule) -> Candidate | None:
    metres = metres_between(later.x, later.y, earlier.x, earlier.y)
    if metres > rule.metres:
        return None
    hours = (later.at - earlier.at) / timedelta(hours=1)
    distance = (_METRES.of(round(metres, 1)), _MOST_METRES.of(rule.metres))
    time = (_HOURS.of(round(hours, 2), "hour"), _MOST_HOURS.of(rule.hours, "hour"))
    why = _LIKELY.gives(earlier.case, _CLASS.of(later.case_class), *distance, *time)
    return Candidate(later.case, earlier.case, metres, hours, why)
