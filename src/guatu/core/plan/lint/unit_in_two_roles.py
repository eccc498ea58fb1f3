"""A unit with two roles in one list: it leads and supports itself, or leads and supports at once in 牵头具体实施.

The ledger would count it twice, and nobody knows whom it is to dispatch. What counts is one bracket, or lines of labels
that follow each other: of two paragraphs of one task each may have its own units, and the one may lead here and help
there.
"""

from collections.abc import Iterator, Sequence

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.role_words import LABEL
from guatu.core.plan.lint.view import LintView
from guatu.core.plan.model import Duty
from guatu.core.plan.source.normal import normalise

KIND = Kind(
    "plan.unit-in-two-roles",
    "error",
    zh="“{unit}”在同一任务中既是{first}单位又是{second}单位，请只保留一个",
    en="“{unit}” has two roles in one task ({first}, {second}): keep one",
)

_NAMES = {"lead": "牵头", "responsible": "责任", "support": "配合"}


_BRACKETS = regex(r"[()\[\]]")


def check(view: LintView) -> Iterator[Finding]:
    for document in view.documents:
        for task in document.tasks:
            for group in _groups(view.reading.text, task.duties):
                yield from _twice(group)


def _twice(duties: Sequence[Duty]) -> Iterator[Finding]:
    seen: dict[str, Duty] = {}
    for duty in duties:
        before = seen.setdefault(duty.unit, duty)
        if before.role != duty.role:
            yield KIND.at(duty.span, unit=duty.unit, first=_NAMES[before.role], second=_NAMES[duty.role])


def _groups(text: str, duties: Sequence[Duty]) -> Iterator[list[Duty]]:
    """The duties of one bracket or of one run of labelled lines at a time."""
    group: list[Duty] = []
    for duty in sorted(duties, key=lambda duty: duty.span.start):
        if group and _is_apart(normalise(text[group[-1].span.end : duty.span.start])):
            yield group
            group = []
        group.append(duty)
    yield group


def _is_apart(between: str) -> bool:
    """Whether a bracket is left, or a sentence stands, between two units."""
    depth = 0
    for bracket in _BRACKETS.findall(between):
        depth += 1 if bracket in "([" else -1
        if depth < 0:
            return True
    first, *lines = between.split("\n")
    if any(line.strip() and not LABEL.match(line.strip()) for line in lines):
        return True
    return "。" in first.rstrip(" 。") or ("。" in first and bool(lines) and not lines[-1].strip())
