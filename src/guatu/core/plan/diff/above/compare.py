"""A higher plan against the lower one that cites it: for each goal above, what the lower plan makes of it."""

from collections.abc import Iterator, Sequence
from typing import Literal

from guatu.core.kernel.span import Span
from guatu.core.plan.diff.above.answers import GoalComparison, Line, Part, Said, line_of
from guatu.core.plan.diff.above.areas import area_of, is_place, same_area
from guatu.core.plan.diff.above.coupling import Coupled, coupled
from guatu.core.plan.diff.above.judging import Areas, judged
from guatu.core.plan.diff.above.statements import Statement, targets_of, tasks_of
from guatu.core.plan.model import Plan

Kind = Literal["target", "task"]


def compare_with_above(
    higher: Plan, lower: Plan, *, higher_text: str = "", lower_text: str = "", place: str = ""
) -> GoalComparison:
    """Each goal of `higher`, in its order, with its answer.

    Where the texts are handed in, 力争 counts, and an indicator that the lower plan names without a figure is told from
    one that it does not name. `place` is the area of the lower plan where the plan itself does not say it.
    """
    areas = Areas(area_of(higher), area_of(lower) or place)
    share = "" if areas.same else areas.lower
    above = targets_of(higher, higher_text, areas.higher, share)
    ours = [one for one in above if not _of_another(one, areas)]
    below = targets_of(lower, lower_text, areas.lower)
    lines = [
        *_lines("target", ours, below, areas, lower_text),
        *_lines("task", tasks_of(higher, areas.higher), tasks_of(lower, areas.lower), areas, lower_text),
    ]
    return GoalComparison(lines, len(above) - len(ours), areas.higher, areas.lower)


def _of_another(goal: Statement, areas: Areas) -> bool:
    """A share that falls to another place; a part of the lower plan's own area is none."""
    known = bool(areas.lower) and not areas.same
    return known and is_place(goal.scope) and not same_area(goal.scope, areas.lower)


def _lines(
    kind: Kind, higher: Sequence[Statement], lower: Sequence[Statement], areas: Areas, text: str
) -> Iterator[Line]:
    found = coupled(higher, lower)
    for at, goal in enumerate(higher):
        yield _line(kind, goal, at, lower, found, areas, text)


def _line(
    kind: Kind, goal: Statement, at: int, lower: Sequence[Statement], found: Coupled, areas: Areas, text: str
) -> Line:
    if at in found.couples:
        other = lower[found.couples[at]]
        parts = [_same_name(kind), *judged(goal, other, areas)]
        if at in found.unsure and any(part.answer != "held" for part in parts):
            parts = [Part("indicator", "unknown", "several-of-this-name")]
        return line_of(kind, goal.said, other.said, parts)
    if goal.name in found.named:
        return _left_over(kind, goal, [lower[j] for j in found.named[goal.name]], areas)
    if at in found.alike:
        other = lower[found.alike[at]]
        words = {"higher": goal.said.name, "lower": other.said.name}
        return line_of(kind, goal.said, other.said, [Part("indicator", "unknown", "name-alike", words)])
    return _not_found(kind, goal, text)


def _left_over(kind: Kind, goal: Statement, others: Sequence[Statement], areas: Areas) -> Line:
    """Of its name the lower plan has fewer: a share may be held by one statement for several, a sum is not."""
    if goal.amount is not None and not goal.amount.sums:
        for other in others:
            parts = [_same_name(kind), *judged(goal, other, areas)]
            if all(part.answer == "held" for part in parts):
                return line_of(kind, goal.said, other.said, parts)
    return line_of(kind, goal.said, others[0].said, [Part("indicator", "unknown", "several-of-this-name")])


def _not_found(kind: Kind, goal: Statement, text: str) -> Line:
    name = goal.said.name
    at = text.find(name) if kind == "target" and len(name) > 1 else -1
    if at < 0:
        return line_of(kind, goal.said, None, [Part("indicator", "missing", "not-named")])
    place = Said("", name, "", [], "", Span(at, at + len(name)))
    return line_of(kind, goal.said, place, [Part("indicator", "unknown", "named-without-figure", {"name": name})])


def _same_name(kind: Kind) -> Part:
    return Part("indicator", "held", "same-name" if kind == "target" else "same-task")
