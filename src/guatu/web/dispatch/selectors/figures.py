"""Figures that count, as series in order of time: a unit's own, or the sum over the units that share a target."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from guatu.core.dispatch.delivery import Delivery
from guatu.core.dispatch.progress import Report as CoreReport
from guatu.web.dispatch.models import Figure, PeriodRule, Report
from guatu.web.dispatch.selectors.answering import Answer, Answering
from guatu.web.dispatch.selectors.core_rows import COUNTED, delivery, reports_until
from guatu.web.ledger.models import Target

Pair = tuple[int, int]


class Record:
    """What units owed, handed in and reported on some tasks up to a day; two queries, whatever the number of tasks.

    `deliveries` is by (task, unit), `series` by (target, unit).
    """

    def __init__(self, tasks: Iterable[int], rule: PeriodRule, until: datetime.date) -> None:
        self._owed: dict[Pair, list[Report]] = defaultdict(list)
        reports = list(reports_until(tasks, rule, until))
        for report in reports:
            self._owed[report.task_id, report.unit_id].append(report)
        self._values = _values(reports)

    def deliveries(self, task_id: int, unit_id: int) -> list[Delivery]:
        return [delivery(report, report.period) for report in self._owed.get((task_id, unit_id), ())]

    def series(self, target_id: int, unit_id: int) -> list[CoreReport]:
        """Accepted figures as they were reported: totals, or amounts of each period."""
        return self._values.get((target_id, unit_id), [])

    def totals(self, target: Target, unit_id: int) -> list[CoreReport]:
        """Accepted figures as sums so far. From the first period on that a unit owes and has no figure for,
        none is known."""
        series = self.series(target.pk, unit_id)
        if target.reported == Target.Reported.TOTAL:
            return series
        values = {report.on: report.value for report in series}
        found: list[CoreReport] = []
        so_far = 0.0
        for report in self._owed.get((target.task_id or 0, unit_id), ()):
            on = report.period.ends_on
            if on not in values:
                break
            so_far += values[on]
            found.append(CoreReport(report.period.key, on, so_far))
        return found

    def summed(self, target: Target, units: Sequence[int]) -> list[CoreReport]:
        """Sums over the units, of the periods for which each of them has an accepted figure; a base is added once."""
        by_day: dict[datetime.date, list[CoreReport]] = defaultdict(list)
        for unit_id in units:
            for report in self.totals(target, unit_id):
                by_day[report.on].append(report)
        base = float(target.base_value or 0) if target.reported == Target.Reported.PERIOD else 0.0
        return [
            CoreReport(rows[0].key, on, base + sum(row.value for row in rows))
            for on, rows in sorted(by_day.items())
            if len(rows) == len(units)
        ]

    def summed_deliveries(self, task_id: int, units: Sequence[int]) -> list[Delivery]:
        """A sum has come when the last of its parts has; while one is missing, the sum is."""
        by_key: dict[str, list[Delivery]] = defaultdict(list)
        for unit_id in units:
            for row in self.deliveries(task_id, unit_id):
                by_key[row.key].append(row)
        return [_last(rows) for rows in by_key.values()]

    def of(self, answer: Answer, answering: Answering, task_id: int, unit_id: int) -> list[CoreReport]:
        """The series by which an answer is judged."""
        if answer.part == "sum":
            return self.summed(answer.target, list(answering.shares[answer.target.pk]))
        return self.series(answer.target.pk, unit_id)

    def owed(self, answer: Answer, answering: Answering, task_id: int, unit_id: int) -> list[Delivery]:
        """The deliveries by which an answer is judged."""
        if answer.part == "sum":
            return self.summed_deliveries(task_id, list(answering.shares[answer.target.pk]))
        return self.deliveries(task_id, unit_id)


def _values(reports: Sequence[Report]) -> Mapping[Pair, list[CoreReport]]:
    """Figures of accepted reports by (target, unit). Where two rules ask for the same day, the later row stands."""
    counted = {report.pk: report for report in reports if report.state in COUNTED}
    rows = Figure.objects.filter(report__in=list(counted)).values_list("report_id", "target_id", "value")
    found: dict[Pair, dict[datetime.date, CoreReport]] = defaultdict(dict)
    for report_id, target_id, value in rows:
        # A figure may have a note before it has a value.
        if value is None:
            continue
        report = counted[report_id]
        on = report.period.ends_on
        found[target_id, report.unit_id][on] = CoreReport(report.period.key, on, float(value))
    return {pair: [by_day[on] for on in sorted(by_day)] for pair, by_day in found.items()}


def _last(rows: Sequence[Delivery]) -> Delivery:
    come = [row.submitted for row in rows if row.submitted]
    whole = max(come) if len(come) == len(rows) else None
    return Delivery("", rows[0].key, rows[0].due, whole)
