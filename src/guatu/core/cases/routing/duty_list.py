"""What is wrong with a duty list before the first case meets it: rows that overlap, cases for which there is no row."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from guatu.core.cases.routing.duties import EVERY, DutyRow, Precedence, assign
from guatu.core.kernel.explained import Unknown
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

OVERLAP = Kind(
    "routing.rows-overlap",
    "error",
    "第 {row} 行与第 {other} 行同为类别“{case_class}”、区域“{place}”,自 {since} 起同时有效而单位不同({unit}、{rival});请只留一行或改有效期",
    "rows {row} and {other} both hold for class “{case_class}” and place “{place}” from {since} on and name different "
    "units ({unit}, {rival}); leave one, or part their dates",
)
MISSING = Kind(
    "routing.row-missing",
    "error",
    "类别“{case_class}”在 {count} 个区域没有承办单位(如“{example}”);请在职责清单中补充",
    "class “{case_class}” has no unit in {count} places (such as “{example}”); add rows to the duty list",
)
NO_UNIT = Kind(
    "routing.unit-unknown", "error", "第 {row} 行的单位“{name}”不在单位表中;请改名或登记", "row {row} names the unit “{name}”, "
        "which the directory does not have; correct or register it"
)  # fmt: skip
NO_CLASS = Kind(
    "routing.class-unknown", "error", "第 {row} 行的类别“{name}”不在类别表中;请核对", "row {row} names the class “{name}”, "
        "which the table of classes does not have; check it"
)  # fmt: skip
NO_PLACE = Kind(
    "routing.place-unknown", "error", "第 {row} 行的区域“{name}”不在区域表中;请核对", "row {row} names the place “{name}”, "
        "which the table of places does not have; check it"
)  # fmt: skip


def check_overlaps(rows: Sequence[DutyRow]) -> list[RowFinding]:
    """Pairs of rows for the same class and place that are valid on the same day and name different units."""
    alike: dict[tuple[str, str], list[DutyRow]] = defaultdict(list)
    for row in rows:
        alike[row.case_class, row.place].append(row)
    return [
        _overlap(one, other)
        for group in alike.values()
        for one, other in combinations(group, 2)
        if one.unit != other.unit and one.valid_from <= other.valid_to and other.valid_from <= one.valid_to
    ]


def check_missing(
    rows: Sequence[DutyRow],
    class_paths: Mapping[str, Sequence[str]],
    place_paths: Mapping[str, Sequence[str]],
    on: date,
    precedence: Precedence = "class-first",
) -> list[RowFinding]:
    """Classes that have no unit somewhere on a day, each once, with the number of places and the first of them."""
    found = []
    for case_class, class_path in class_paths.items():
        relevant = [row for row in rows if row.case_class == EVERY or row.case_class in class_path]
        if any(row.place == EVERY and row.holds_on(on) for row in relevant):
            continue
        bare = [name for name, path in place_paths.items() if _has_no_row(relevant, class_path, path, on, precedence)]
        if bare:
            at = bare[0]
            found.append(
                row_finding(MISSING, case_class, "case_class", case_class=case_class, count=len(bare), example=at)
            )
    return found


def check_names(
    rows: Sequence[DutyRow], units: Collection[str], classes: Collection[str], places: Collection[str]
) -> list[RowFinding]:
    """Rows that name a unit, class or place that is not in the county's tables."""
    return [finding for row in rows for finding in _unknown_names(row, units, classes, places)]


def _unknown_names(
    row: DutyRow, units: Collection[str], classes: Collection[str], places: Collection[str]
) -> Iterator[RowFinding]:
    if row.unit not in units:
        yield row_finding(NO_UNIT, row.key, "unit", row=row.key, name=row.unit)
    if row.case_class not in (EVERY, *classes):
        yield row_finding(NO_CLASS, row.key, "case_class", row=row.key, name=row.case_class)
    if row.place not in (EVERY, *places):
        yield row_finding(NO_PLACE, row.key, "place", row=row.key, name=row.place)


def _has_no_row(
    rows: Sequence[DutyRow], class_path: Sequence[str], place_path: Sequence[str], on: date, precedence: Precedence
) -> bool:
    unit = assign(rows, class_path, place_path, on, precedence).unit
    return isinstance(unit, Unknown) and unit.rule == "routing.no-row"


def _overlap(one: DutyRow, other: DutyRow) -> RowFinding:
    since = max(one.valid_from, other.valid_from).isoformat()
    names = {"case_class": one.case_class or "*", "place": one.place or "*", "unit": one.unit, "rival": other.unit}
    return row_finding(OVERLAP, one.key, "unit", row=one.key, other=other.key, since=since, **names)
