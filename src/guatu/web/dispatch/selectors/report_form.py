"""What a report's form shows beside each figure: what it was, what is due, and what the checks say."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from guatu.core.kernel.explained import Unknown, show
from guatu.web.base.language import language
from guatu.web.dispatch.models import Figure, Period, Report, ReportEvent
from guatu.web.dispatch.selectors.answering import Answer, Answering
from guatu.web.dispatch.selectors.checks import Said
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.dispatch.selectors.courses import due_by
from guatu.web.dispatch.selectors.period_facts import PeriodFacts, facts_of
from guatu.web.dispatch.selectors.sealing import AskedFact
from guatu.web.ledger.models import Target

EARLIER = 6


@dataclass(frozen=True)
class FigureField:
    """One figure of the form. `last` is what was handed in for the period before; `due` the figure due at this
    one's end."""

    target: Target
    part: str
    goal: str
    value: str
    note: str
    last: str
    last_key: str
    due: str
    why: str
    said: list[Said] = field(default_factory=list)
    earlier: list[tuple[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"figure-{self.target.pk}"

    @property
    def is_amount(self) -> bool:
        return self.target.reported == Target.Reported.PERIOD


@dataclass(frozen=True)
class Texts:
    """The words of a report, as they stand or as they were typed."""

    progress: str = ""
    problems: str = ""
    next_step: str = ""
    done: bool = False


def texts_of(report: Report) -> Texts:
    return Texts(report.progress, report.problems, report.next_step, report.done)


def stored(report: Report) -> tuple[dict[int, str], dict[int, str]]:
    """Figures and notes as they stand, by target: what is no number yet as it was typed."""
    values, notes = {}, {}
    for pk, value, note in Figure.objects.filter(report=report).values_list("target_id", "value", "note"):
        values[pk] = "" if value is None else f"{value.normalize():f}"
        notes[pk] = note
    values.update({int(pk): text for pk, text in report.typed.items()})
    return values, notes


def figure_fields(
    report: Report, answers: Sequence[Answer], values: Mapping[int, str], notes: Mapping[int, str], said: Sequence[Said]
) -> list[FigureField]:
    """Two queries, whatever the number of targets. `report.period` is to be there."""
    before = earlier_figures(report, [answer.target.pk for answer in answers])
    by_target: dict[int, list[Said]] = {}
    for one in said:
        by_target.setdefault(one.target_id, []).append(one)
    return [_field(report.period, answer, values, notes, before, by_target) for answer in answers]


def _field(
    period: Period,
    answer: Answer,
    values: Mapping[int, str],
    notes: Mapping[int, str],
    before: Mapping[int, Sequence[tuple[str, Decimal]]],
    said: Mapping[int, list[Said]],
) -> FigureField:
    target = answer.target
    due = due_by(answer, period.ends_on)
    shown = _shown(before.get(target.pk, ()), target)
    return FigureField(
        target=target,
        part=answer.part,
        goal=show(answer.goal, target.unit_text, language()),
        value=values.get(target.pk, ""),
        note=notes.get(target.pk, ""),
        last=shown[-1][1] if shown else "",
        last_key=shown[-1][0] if shown else "",
        due="" if isinstance(due, Unknown) else show(due.value, due.unit, language()),
        why=due.sentence(language()),
        said=said.get(target.pk, []),
        earlier=shown,
    )


def sealed_fields(
    report: Report, facts: PeriodFacts, values: Mapping[int, str], notes: Mapping[int, str]
) -> list[FigureField]:
    """The same of a closed period: what was asked for then, in the words and units of then."""
    asked = facts.asked_of(report.task_id, report.unit_id)
    targets = Target.objects.in_bulk(one.target_id for one in asked)
    before = earlier_figures(report, list(targets))
    return [_sealed(one, facts.target(targets[one.target_id]), values, notes, before) for one in asked]


def _sealed(
    asked: AskedFact,
    target: Target,
    values: Mapping[int, str],
    notes: Mapping[int, str],
    before: Mapping[int, Sequence[tuple[str, Decimal]]],
) -> FigureField:
    shown = _shown(before.get(target.pk, ()), target)
    return FigureField(
        target=target,
        part=asked.part,
        goal=show(asked.goal, target.unit_text, language()),
        value=values.get(target.pk, ""),
        note=notes.get(target.pk, ""),
        last=shown[-1][1] if shown else "",
        last_key=shown[-1][0] if shown else "",
        due="" if asked.due is None else show(asked.due, target.unit_text, language()),
        why="",
        earlier=shown,
    )


def _shown(rows: Sequence[tuple[str, Decimal]], target: Target) -> list[tuple[str, str]]:
    return [(key, show(value, target.unit_text, language())) for key, value in rows[-EARLIER:]]


def earlier_figures(report: Report, targets: Sequence[int]) -> dict[int, list[tuple[str, Decimal]]]:
    """Key and figure of earlier periods of the same rule, handed in by the same unit, oldest first, by target."""
    rows = Figure.objects.filter(
        target__in=targets,
        report__unit=report.unit_id,
        report__state__in=HANDED_IN,
        report__period__rule=report.period.rule_id,
        report__period__ends_on__lt=report.period.ends_on,
    ).order_by("report__period__ends_on")
    found: dict[int, list[tuple[str, Decimal]]] = {}
    for pk, key, value in rows.values_list("target_id", "report__period__key", "value"):
        if value is not None:
            found.setdefault(pk, []).append((key, value))
    return found


def history(report: Report) -> list[ReportEvent]:
    """The way of a report, newest first."""
    return list(report.events.select_related("user").order_by("-id"))


def answers_for(report: Report) -> list[Answer]:
    return Answering([report.task_id]).reported(report.task_id, report.unit_id)


def asked_with_due(report: Report, today: datetime.date) -> Iterator[tuple[Target, float | None, dict[str, str]]]:
    """What a report asks a figure for, what is due at the end of its period, and why, or why there is nothing due."""
    facts = facts_of([report.period], today)[report.period_id]
    if facts.sealed:
        asked = facts.asked_of(report.task_id, report.unit_id)
        targets = Target.objects.in_bulk(one.target_id for one in asked)
        why = {"zh": "关闭时封存", "en": "sealed when the period was closed"}
        yield from ((facts.target(targets[one.target_id]), one.due, why) for one in asked)
        return
    for answer in answers_for(report):
        due = due_by(answer, report.period.ends_on)
        yield answer.target, getattr(due, "value", None), {"zh": due.sentence("zh"), "en": due.sentence("en")}
