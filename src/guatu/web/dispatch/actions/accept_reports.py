"""Several reports are accepted at once; those that changed in between are left and named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Action, Change, Context, take_version
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Invalid, Problem
from guatu.web.dispatch.actions.lights_later import lights_later
from guatu.web.dispatch.actions.reports import known_report
from guatu.web.dispatch.actions.review_report import accept, close_task, require_reviewer, require_waiting
from guatu.web.dispatch.models import Period, Report, ReportEvent
from guatu.web.dispatch.selectors.reviewing import PERMISSION, Reviewing

MOST = 200
Taken = tuple[Report, dict[str, Any], str]


@dataclass(frozen=True)
class Accepted:
    """How many were accepted, and the ids of those that were left with the reason."""

    count: int
    left: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AcceptReports(Action[Accepted]):
    """`seen` is the version of each report as the reviewer saw it."""

    name = "dispatch.accept-reports"
    words = _("批量通过填报")
    seen: Mapping[int, int]

    def permit(self, context: Context) -> None:
        require(context, PERMISSION)

    def change(self, context: Context) -> Change[Accepted]:
        if not self.seen:
            raise Invalid(_("请先勾选要通过的填报。"), field="reports")
        if len(self.seen) > MOST:
            raise Invalid(_("一次最多通过 %(n)d 份,请分批处理。") % {"n": MOST}, field="reports")
        left: dict[int, str] = {}
        taken = list(self._taken(context, left))
        change = Change(Accepted(len(taken), left))
        _put([report for report, _before, _verb in taken])
        ReportEvent.objects.bulk_create(
            ReportEvent(report=report, at=context.at, user=context.actor.user, verb=verb)
            for report, _before, verb in taken
        )
        # After all of them are written: a task is closed by the last of its units.
        for report, before, verb in taken:
            if verb == ReportEvent.Verb.ACCEPTED and report.done:
                close_task(report, change)
            change.note(report, before, {"state": report.state, "level": report.level, "reason": ""})
        _lights(taken, context)
        return change

    def _taken(self, context: Context, left: dict[int, str]) -> Iterator[Taken]:
        """Reports that go one level on, changed and not yet saved, with what stood there; why the others do not
        in `left`."""
        rows = Report.objects.select_related("period__rule", "task").select_for_update(of=("self",))
        reports = rows.in_bulk(sorted(self.seen))
        reviewing = Reviewing({report.task_id for report in reports.values()}, context.actor)
        for pk in sorted(self.seen):
            try:
                report = reports.get(pk) or known_report(pk)
                require_reviewer(report, reviewing)
                require_waiting(report)
                if report.row_version != self.seen[pk]:
                    take_version(report, self.seen[pk])
            except Problem as problem:
                left[pk] = str(problem.message)
                continue
            before = {"state": report.state, "level": report.level}
            yield report, before, accept(report, reviewing)

    def answer(self, result: Accepted) -> Any:
        return {"count": result.count, "left": {str(pk): text for pk, text in result.left.items()}}

    def recall(self, answer: Any) -> Accepted:
        return Accepted(answer["count"], {int(pk): text for pk, text in answer["left"].items()})


def _put(reports: Iterable[Report]) -> None:
    """Writes state, level and version; one statement for all that go the same way. The rows are locked."""
    ways: dict[tuple[str, int], list[int]] = defaultdict(list)
    for report in reports:
        report.row_version += 1
        ways[report.state, report.level].append(report.pk)
    for (state, level), keys in ways.items():
        Report.objects.filter(pk__in=keys).update(state=state, level=level, row_version=F("row_version") + 1)


def _lights(taken: Iterable[Taken], context: Context) -> None:
    """Asks for the lights of all tasks of a period at once."""
    tasks: dict[Period, set[int]] = defaultdict(set)
    for report, _before, _verb in taken:
        tasks[report.period].add(report.task_id)
    for period, some in tasks.items():
        lights_later(period, some, context)
