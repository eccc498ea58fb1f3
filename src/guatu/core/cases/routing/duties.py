"""Class and place to the unit that has the duty, by the duty list of the county (职责清单).

A row names a class of cases or all, and a place or all. Of the rows that apply, the one with the most specific class
decides and among these the one with the most specific place, or the other way round where the county declares so. Every
row of the list is judged, so that the answer can say why each of the others did not decide.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from guatu.core.kernel.explained import Explained, Label, Rule, Unknown, Word

Precedence = Literal["class-first", "place-first"]
Reason = Literal[
    "decided", "not-valid", "other-class", "other-place", "class-less-specific", "place-less-specific", "same-rank"
]

EVERY = ""

_CLASS = Label("case_class", "案件类别", "class")
_PLACE = Label("place", "区域", "place")
_ROW = Label("row", "职责行", "row")
_ROW_CLASS = Label("row_class", "该行类别", "class of the row")
_ROW_PLACE = Label("row_place", "该行区域", "place of the row")
_LOST = Label("lost", "未采用的行数", "rows that did not decide")
_UNITS = Label("units", "单位", "units")
_ALL = Word("全部", "all")

REASONS: dict[Reason, Word] = {
    "decided": Word("采用", "decided"),
    "not-valid": Word("当日无效", "not valid on the day"),
    "other-class": Word("类别不符", "another class"),
    "other-place": Word("区域不符", "another place"),
    "class-less-specific": Word("有类别更具体的行", "a row with a more specific class applies"),
    "place-less-specific": Word("有区域更具体的行", "a row with a more specific place applies"),
    "same-rank": Word("与另一行同级而单位不同", "another unit's row applies just as well"),
}

ASSIGNED = Rule(
    "routing.assigned",
    "类别 {case_class}、区域 {place} 的案件由“{value}”办理,依据职责清单第 {row} 行(类别 {row_class},区域 {row_place});其余 {lost} 行未采用",
    "a case of class {case_class} in {place} is for “{value}” by row {row} of the duty list (class {row_class}, place "
    "{row_place}); {lost} other rows did not decide",
)
NOBODY = Rule(
    "routing.no-row",
    "职责清单没有类别 {case_class}、区域 {place} 的行;请补充一行或由派遣员指定单位",
    "the duty list has no row for class {case_class} in {place}: add one, or let the dispatcher name the unit",
)
UNDECIDED = Rule(
    "routing.rows-overlap",
    "类别 {case_class}、区域 {place} 有同级的行归不同单位: {units};请在职责清单中只留一行",
    "rows of the same rank give class {case_class} in {place} to different units: {units}; leave one in the duty list",
)


_NEAREST: tuple[Reason, ...] = ("decided", "same-rank", "class-less-specific", "place-less-specific", "other-place")


class DutyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row: `unit` handles `case_class` in `place`, "" standing for all, on the days [valid_from, valid_to]."""

    key: str
    unit: str
    case_class: str = EVERY
    place: str = EVERY
    valid_from: date = date.min
    valid_to: date = date.max
    source: str = ""

    def __post_init__(self) -> None:
        if self.valid_to < self.valid_from:
            raise ValueError(f"row {self.key} is valid from {self.valid_from} to {self.valid_to}, which is no time")

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


class Judged(msgspec.Struct, frozen=True):
    """One row of the list and why it did or did not decide."""

    row: DutyRow
    reason: Reason


class Assignment(msgspec.Struct, frozen=True):
    """The unit, or why there is none; and every row of the list with its reason."""

    unit: Explained[str] | Unknown
    judged: tuple[Judged, ...]

    @property
    def decided(self) -> str:
        """The key of the row that decided; "" where none did."""
        return next((one.row.key for one in self.judged if one.reason == "decided"), "")

    def nearest(self) -> list[Judged]:
        """What decided stands first, then what came near, then all others."""
        places = {reason: at for at, reason in enumerate(_NEAREST)}
        return sorted(self.judged, key=lambda one: places.get(one.reason, len(places)))


def class_path(code: str) -> tuple[str, ...]:
    """A class and the shorter codes that it falls under: C0101, C010, C01, C0, C."""
    return tuple(code[:length] for length in range(len(code), 0, -1))


def assign(
    rows: Sequence[DutyRow],
    class_path: Sequence[str],
    place_path: Sequence[str],
    on: date,
    precedence: Precedence = "class-first",
) -> Assignment:
    """The unit for a case on a day.

    The paths name the class and the place with all that they are part of, the most specific first: ("0101", "01") and
    (grid, village, town). Two rows of the same rank that name the same unit are no conflict: the first decides.
    """
    classes, places = _depths(class_path), _depths(place_path)
    judged = [Judged(row, _fit(row, classes, places, on)) for row in rows]
    fitting = [at for at, one in enumerate(judged) if one.reason == "decided"]
    asked = (_CLASS.of(class_path[0] if class_path else _ALL), _PLACE.of(place_path[0] if place_path else _ALL))
    if not fitting:
        return Assignment(NOBODY.lacks(*asked), tuple(judged))

    def rank(row: DutyRow) -> tuple[int, int]:
        depths = classes[row.case_class], places[row.place]
        return depths if precedence == "class-first" else depths[::-1]

    best = min(rank(rows[at]) for at in fitting)
    first = next(at for at in fitting if rank(rows[at]) == best)
    for at in fitting:
        if at != first:
            reason = _why_lost(rank(rows[at]), best, precedence, rows[at].unit == rows[first].unit)
            judged[at] = Judged(rows[at], reason)
    rivals = sorted({rows[at].unit for at in fitting if rank(rows[at]) == best})
    if len(rivals) > 1:
        judged[first] = Judged(rows[first], "same-rank")
        return Assignment(UNDECIDED.lacks(*asked, _UNITS.of(", ".join(rivals))), tuple(judged))
    row = rows[first]
    parts = (_ROW.of(row.key), _ROW_CLASS.of(row.case_class or _ALL), _ROW_PLACE.of(row.place or _ALL))
    return Assignment(ASSIGNED.gives(row.unit, *asked, *parts, _LOST.of(len(rows) - 1)), tuple(judged))


def _depths(path: Sequence[str]) -> dict[str, int]:
    """How far each name of the path is from the most specific one; what stands for all is furthest."""
    return {**{name: at for at, name in reversed(list(enumerate(path)))}, EVERY: len(path)}


def _fit(row: DutyRow, classes: dict[str, int], places: dict[str, int], on: date) -> Reason:
    if not row.holds_on(on):
        return "not-valid"
    if row.case_class not in classes:
        return "other-class"
    return "decided" if row.place in places else "other-place"


def _why_lost(rank: tuple[int, int], best: tuple[int, int], precedence: Precedence, same_unit: bool) -> Reason:
    if rank == best:
        # A second row for the same unit does no harm; it is no rival.
        return "decided" if same_unit else "same-rank"
    on_first = rank[0] != best[0]
    return "class-less-specific" if on_first == (precedence == "class-first") else "place-less-specific"
