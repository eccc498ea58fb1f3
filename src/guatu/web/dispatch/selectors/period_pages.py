"""Periods of plans, and who delivered in one of them: rates by unit with numerator and denominator."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.core.dispatch.delivery import Delivery, completeness, timeliness
from guatu.core.kernel.explained import Explained, Unknown, show
from guatu.web.base.actors import Actor
from guatu.web.base.language import joined, language
from guatu.web.base.templatetags.guatu_tags import counted_day
from guatu.web.dispatch.models import Light, Period, PeriodRule, Report
from guatu.web.dispatch.selectors.core_rows import COUNTED, HANDED_IN, delivery
from guatu.web.dispatch.selectors.delivered import reports_behind
from guatu.web.dispatch.selectors.ladder import Proposal, ladder, proposals
from guatu.web.dispatch.selectors.never_opened import never_opened
from guatu.web.dispatch.selectors.period_facts import PeriodFacts, as_then, facts_of
from guatu.web.dispatch.selectors.report_lists import grouped
from guatu.web.dispatch.selectors.sealed import counting, in_state
from guatu.web.dispatch.selectors.sealing import TaskFact
from guatu.web.kit.table import Column, day, moment, number, text
from guatu.web.ledger.models import Plan

Rate = Explained[float] | Unknown
_BEHIND = (Light.Colour.AMBER, Light.Colour.RED)


@dataclass(frozen=True)
class PeriodRow:
    """A period with its counts of reports."""

    period: Period
    due: int
    handed_in: int
    accepted: int
    waiting: int


@dataclass(frozen=True)
class RuleBlock:
    rule: PeriodRule
    periods: list[PeriodRow]
    never_opened: str = ""
    """Periods that nobody was asked for and nobody can be blamed for."""


@dataclass
class UnitDelivery:
    """What one unit owed and delivered in a period; the rates say their numerator and denominator."""

    unit_id: int
    label: str
    period_id: int
    owed: list[Delivery] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)
    completeness: Rate | None = None
    timeliness: Rate | None = None
    late: int = 0
    missing: int = 0

    @property
    def total(self) -> int:
        return len(self.owed)

    @property
    def come(self) -> int:
        return sum(row.submitted is not None for row in self.owed)


@dataclass(frozen=True)
class PeriodPage:
    facts: PeriodFacts
    units: list[UnitDelivery]
    total: UnitDelivery
    late: list[Report]
    missing: list[Report]


def rate(value: Rate | None) -> SafeString:
    """A rate with its numerator and denominator; a dash with the reason where there is none."""
    if isinstance(value, Explained):
        counted = "/".join(show(part.value) for part in value.parts[:2])
        words = value.sentence(language())
        return format_html('<span title="{}">{} <small>({})</small></span>', words, f"{value.value:.1%}", counted)
    why = value.sentence(language()) if isinstance(value, Unknown) else ""
    return format_html('<span title="{}">—</span>', why)


def _figure(value: Rate | None) -> float | None:
    return value.value if isinstance(value, Explained) else None


def _missing(row: UnitDelivery) -> str:
    return format_html('<span class="late">{}</span>', row.missing) if row.missing else str(row.missing)


def _behind(state: str) -> Callable[[UnitDelivery], str]:
    """The reports that a number of a unit counts, or of all units in the sum below."""
    return lambda row: reports_behind(state, of=row.period_id, unit=row.unit_id or None)


def _why(row: UnitDelivery) -> str:
    return "; ".join(one.sentence(language()) for one in (row.completeness, row.timeliness) if one is not None)


UNITS: tuple[Column[UnitDelivery], ...] = (
    text("unit", _("单位"), lambda row: row.label or _("合计"), head=True, width=24),
    number("total", _("应报"), lambda row: row.total, width=8, link=_behind("all")),
    number("come", _("已报"), lambda row: row.come, width=8, link=_behind("handed")),
    number("missing", _("缺报"), lambda row: row.missing, width=8, shown=_missing, link=_behind("missing")),
    number("late", _("迟报"), lambda row: row.late, width=8, link=_behind("late")),
    number(
        "completeness", _("报送率"), lambda row: _figure(row.completeness), shown=lambda row: rate(row.completeness)
    ),
    number("timeliness", _("及时率"), lambda row: _figure(row.timeliness), shown=lambda row: rate(row.timeliness)),
    text("why", _("说明"), _why, width=60, on_page=False),
)
"""What each unit delivered in a period."""


def _task(row: tuple[Report, str]) -> str:
    return f"{row[0].task.number} {row[0].task.title}"


def _report(row: tuple[Report, str]) -> str:
    return reverse("report_edit", args=[row[0].pk])


_REPORT: tuple[Column[tuple[Report, str]], ...] = (
    text("unit", _("单位"), lambda row: row[1]),
    text("task", _("任务"), _task, link=_report),
)
MISSING = (*_REPORT, text("state", _("状态"), lambda row: row[0].then_label, css="text-nowrap"))
LATE = (*_REPORT, moment("sent", _("首次提交"), lambda row: row[0].submitted_at))

PERIODS: tuple[Column[PeriodRow], ...] = (
    text(
        "key",
        _("期次"),
        lambda row: row.period.key,
        link=lambda row: reverse("period_detail", args=[row.period.pk]),
        head=True,
    ),
    day("due", _("截止"), lambda row: row.period.due_on, shown=lambda row: counted_day(row.period.due_on)),
    day("closed", _("关闭"), lambda row: row.period.closed_on or row.period.closes_on),
    text("state", _("状态"), lambda row: row.period.get_state_display()),
    number("owed", _("应报"), lambda row: row.due, link=lambda row: reports_behind("all", of=row.period.pk)),
    number(
        "handed_in", _("已报"), lambda row: row.handed_in, link=lambda row: reports_behind("handed", of=row.period.pk)
    ),
    number("waiting", _("待审核"), lambda row: row.waiting),
    number("accepted", _("已通过"), lambda row: row.accepted),
)


@dataclass(frozen=True)
class LadderRow:
    """What the ladder says of a task and unit; `step` in words."""

    one: Proposal
    task: TaskFact
    unit: str
    step: str


def _advice(row: LadderRow) -> SafeString | str:
    if row.one.action == "take":
        return format_html('<span class="tag tag-overdue">{}</span>', row.step)
    return str(_("待定:%(step)s") % {"step": row.step} if row.one.action == "wait" else _("中止"))


PROPOSALS: tuple[Column[LadderRow], ...] = (
    text("unit", _("单位"), lambda row: row.unit),
    text(
        "task",
        _("任务"),
        lambda row: row.task.name,
        link=lambda row: reverse("task_detail", args=[row.task.id]),
    ),
    text("advice", _("建议"), lambda row: row.step, shown=_advice, css="text-nowrap"),
    text("why", _("依据"), lambda row: row.one.decision.sentence(language())),
)


def rule_blocks(plan: Plan, today: datetime.date) -> list[RuleBlock]:
    """Rules of a plan with their periods, newest first; two queries."""
    periods = (
        Period.objects.filter(rule__plan=plan)
        .select_related("rule")
        .annotate(
            due_count=Count("reports", filter=counting("reports")),
            handed=Count("reports", filter=counting("reports") & in_state(*HANDED_IN, of="reports")),
            accepted=Count("reports", filter=counting("reports") & in_state(*COUNTED, of="reports")),
            waiting=Count("reports", filter=counting("reports") & in_state("submitted", of="reports")),
        )
        .order_by("-ends_on", "-id")
    )
    by_rule: dict[int, list[PeriodRow]] = defaultdict(list)
    for row in periods:
        by_rule[row.rule_id].append(PeriodRow(row, row.due_count, row.handed, row.accepted, row.waiting))
    found = []
    for rule in plan.period_rules.order_by("id"):
        opened = [row.period.key for row in by_rule[rule.pk]]
        found.append(RuleBlock(rule, by_rule[rule.pk], joined(never_opened(rule, opened, today))))
    return found


def period_page(period: Period, on: datetime.date, actor: Actor) -> PeriodPage:
    """Deliveries of a period as they stand on a day, or stood when it was closed, for the units that the actor may
    see."""
    facts = facts_of([period], on)[period.pk]
    on, reports = facts.on, _reports(period, actor)
    units: dict[int, UnitDelivery] = {}
    total = UnitDelivery(0, "", period.pk)
    for report in reports:
        row = units.setdefault(report.unit_id, UnitDelivery(report.unit_id, facts.unit(report.unit_id), period.pk))
        owed = delivery(report, period)
        for one in (row, total):
            one.owed.append(owed)
            one.states[report.then] += 1
    for row in (*units.values(), total):
        _rate(row, on)
    # Of equals the order of the directory says which comes first.
    places, last = facts.places, len(facts.places)
    ordered = sorted(
        units.values(), key=lambda row: (-row.missing, -row.late, places.get(row.unit_id, last), row.unit_id)
    )
    late = [report for report in reports if delivery(report, period).is_late(on)]
    missing = [report for report in reports if delivery(report, period).submitted is None]
    return PeriodPage(facts, ordered, total, late, missing)


def _reports(period: Period, actor: Actor) -> list[Report]:
    found = grouped(Report.objects.filter(counting(), period=period), actor.today)
    units = actor.units_for("report.view")
    found = found if units is None else found.filter(unit__in=units)
    reports = list(found.order_by("task_place", "unit_id"))
    as_then(reports, actor.today)
    return reports


def _rate(row: UnitDelivery, on: datetime.date) -> None:
    row.completeness, row.timeliness = completeness(row.owed, on), timeliness(row.owed, on)
    row.late = sum(one.is_late(on) for one in row.owed)
    row.missing = sum(one.is_missing(on) for one in row.owed)


def ladder_rows(period: Period, page: PeriodPage, on: datetime.date) -> list[LadderRow]:
    """What the ladder says of every task and unit that is behind or owes a report: steps to take first."""
    lights = Light.objects.filter(
        period=period, target=None, colour__in=_BEHIND, unit__in=[u.unit_id for u in page.units]
    )
    pairs = set(lights.values_list("task_id", "unit_id")) | {(r.task_id, r.unit_id) for r in page.missing}
    found = [one for one in proposals(period, pairs, on) if one.action in ("take", "wait", "halt")]
    tasks = page.facts.tasks
    places = {pk: place for place, pk in enumerate(tasks)}
    order = {"take": 0, "halt": 1, "wait": 2}
    steps = {step.id: step.zh if language() == "zh" else step.en for step in ladder(on)}
    rows = [LadderRow(one, tasks[one.task_id], page.facts.unit(one.unit_id), steps.get(one.step, "")) for one in found]
    return sorted(rows, key=lambda row: (order[row.one.action], row.unit, places[row.task.id]))


def plans_with_periods(actor: Actor) -> Iterable[Plan]:
    """Confirmed plans, and closed ones that had periods."""
    return (
        Plan.objects.filter(Q(state=Plan.State.CONFIRMED) | Q(state=Plan.State.CLOSED, period_rules__isnull=False))
        .distinct()
        .order_by("title")
    )
