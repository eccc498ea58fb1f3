"""A year from its files to its settlement: everything that is read, checked and computed, in order.

A set of parameters without two approvals is refused here unless the caller says that it only simulates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.parameters import ParameterSet, Terms, lacks_approval, segments, terms_on
from guatu.engines.drg.points.many import points_over_time
from guatu.engines.drg.points.model import Case, Points, Review
from guatu.engines.drg.points.readmission import readmitted
from guatu.engines.drg.points.review import accepted
from guatu.engines.drg.settlement.figures import HospitalTerms, Settlement
from guatu.engines.drg.settlement.partial import MONTHS, Partial, partial_of
from guatu.engines.drg.settlement.settle import settle
from guatu.engines.drg.stays import Problems, Stays, read_stays
from guatu.engines.drg.stays.findings import NO_HISTORY, NO_LEVEL, UNKNOWN_GROUP
from guatu.engines.drg.stays.time import within
from guatu.engines.drg.weights.model import Weights

NO_STAYS = Kind(
    "drg.no-points",
    "error",
    "没有一例有点数的有效病例，无法结算；请看问题清单",
    "there is no valid stay with points: nothing can be settled; see the list of problems",
)
RUNNING_YEAR = Kind(
    "drg.year-running",
    "warning",
    "病例只到 {through} 月：只分配 1 至 {through} 月的预算，点值是月度测算值，不能作为年度清算",
    "the stays reach month {through}: only the budget up to it is spread, the value is a running one and no settlement "
    "of the year",
)
Times = list[tuple[date, date, Terms]]


@dataclass(frozen=True)
class Year:
    """A settled (or simulated) year with what it was made of; the rows of `points` are those of `stays`."""

    stays: Stays
    points: Points
    readmitted: NDArray[np.bool_]
    partial: Partial
    settlement: Settlement
    weights: Weights
    times: Times
    levels: Mapping[str, str]
    reviews: Mapping[str, Review]

    @property
    def terms(self) -> Terms:
        """Those of the last day, by which the year is settled."""
        return self.times[-1][2]

    def case(self, at: int) -> Case:
        """The stay at a position, for the readable form."""
        stays, hospital = self.stays, self.stays.hospital[at]
        days, cost = int(stays.days[at]), int(stays.cost[at])
        return Case(stays.id[at], hospital, self.levels.get(hospital, ""), stays.group[at], cost, days)

    def terms_of(self, at: int) -> Terms:
        """The terms that held when the stay at a position was discharged."""
        day = np.datetime64(int(self.stays.discharged[at]), "D").astype(date)
        return next(terms for first, last, terms in self.times if first <= day <= last)


def times_of(parameters: ParameterSet, *, simulated: bool = False) -> tuple[Times, list[RowFinding]]:
    """The terms of each stretch of the year; none with an error among the findings."""
    findings = [] if simulated else lacks_approval(parameters)
    times: Times = []
    for first, last in segments(parameters):
        terms, found = terms_on(parameters, first)
        findings += [finding for finding in found if finding not in findings]
        if terms is not None:
            times.append((first, last, terms))
    return ([] if any(finding.severity == "error" for finding in findings) else times), findings


def settle_year(
    table: Any,
    weights: Weights,
    parameters: ParameterSet,
    hospitals: Sequence[HospitalTerms],
    reviews: Sequence[Review] = (),
    *,
    simulated: bool = False,
) -> tuple[Year | None, Problems, list[RowFinding]]:
    """The year of an Arrow table of grouped stays, problems of its rows, and findings; no year when one is an error.

    `hospitals` are sorted by code. Findings of single reviews refuse the review and not the year.
    """
    times, findings = times_of(parameters, simulated=simulated)
    levels = {row.code: row.level for row in hospitals}
    stays, problems, found = read_stays(table, levels)
    findings += [*found, *thresholds_missing(times, weights, levels)]
    if stays is None or not times or any(finding.code == NO_LEVEL.code for finding in findings):
        return None, problems, findings
    stays, problems = within(stays, problems, parameters.start, parameters.to)
    _warn_of_groups(stays, weights, problems)
    findings += _without_history(stays, weights)
    year, found = settle_stays(stays, weights, times, hospitals, reviews)
    return year, problems, findings + found


def settle_stays(
    stays: Stays, weights: Weights, times: Times, hospitals: Sequence[HospitalTerms], reviews: Sequence[Review] = ()
) -> tuple[Year | None, list[RowFinding]]:
    """The year of stays that hold no error."""
    levels = {row.code: row.level for row in hospitals}
    terms = times[-1][2]
    taken, findings = _reviews(stays, reviews, terms)
    again = readmitted(stays, terms)
    points = points_over_time(stays, weights, times, levels, again, taken)
    partial = partial_of(stays, points, tuple(levels), tuple(weights.by_group))
    if not points.units.any():
        return None, [*findings, row_finding(NO_STAYS, "", "drg")]
    through = _last_month(stays)
    if through < MONTHS:
        findings.append(row_finding(RUNNING_YEAR, "", "discharged", through=through))
    made = settle(partial, terms, hospitals, months_of(times), through)
    return Year(stays, points, again, partial, made, weights, times, levels, taken), findings


def months_of(times: Times) -> list[Terms]:
    """The terms of the last day of each month; those of the nearest day where the set does not reach it."""
    ends = [date(times[0][0].year, month, 28) for month in range(1, MONTHS + 1)]
    return [next((terms for _, last, terms in times if end <= last), times[-1][2]) for end in ends]


def _last_month(stays: Stays) -> int:
    last: int = stays.discharged.max().astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % MONTHS
    return int(last) + 1


def thresholds_missing(times: Times, weights: Weights, levels: Mapping[str, str]) -> list[RowFinding]:
    """A finding for each level that some stable group has no threshold of a high outlier for."""
    found = []
    for level in sorted(set(levels.values())):
        for _, _, terms in times:
            if any(row.stable and terms.high_threshold(level, row.base_points) is None for row in weights.groups):
                found.append(row_finding(NO_LEVEL, level, "high_thresholds", value=level))
                break
    return found


def _reviews(stays: Stays, reviews: Sequence[Review], terms: Terms) -> tuple[dict[str, Review], list[RowFinding]]:
    if not reviews:
        return {}, []
    wanted = {review.id for review in reviews}
    at = np.flatnonzero([id_ in wanted for id_ in stays.id])
    hospital_of = {stays.id[row]: stays.hospital[row] for row in at.tolist()}
    counts = np.bincount(stays.hospital.at, minlength=len(stays.hospital.words)).tolist()
    return accepted(reviews, hospital_of, dict(zip(stays.hospital.words, counts, strict=True)), terms.review_cap)


def _warn_of_groups(stays: Stays, weights: Weights, problems: Problems) -> None:
    known = {row.group for row in weights.groups if row.stable or row.state == "bed-day"}
    without = np.array([*(word not in known for word in stays.group.words), False])[stays.group.at] & ~stays.ungrouped
    rows, at = stays.row[without], stays.group.at[without]
    words = stays.group.words
    problems.add(UNKNOWN_GROUP, "drg", rows, lambda row: {"value": words[int(at[np.searchsorted(rows, row)])]})


def _without_history(stays: Stays, weights: Weights) -> list[RowFinding]:
    used = {stays.hospital.words[at] for at in np.unique(stays.hospital.at)}
    return [row_finding(NO_HISTORY, code, "hospital", value=code) for code in sorted(used - set(weights.hospitals))]
