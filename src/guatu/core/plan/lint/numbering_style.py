"""A list that changes its words on the way: 一是 … 二是 … 三要."""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.steps import inline_steps
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.numbering-style",
    "warning",
    zh="前面用“{before}”，这里用“{label}”，同一组序号应写法一致",
    en="{before} before and {label} here: write the numbers of one list in one way",
)


def check(view: LintView) -> Iterator[Finding]:
    for step, before in inline_steps(view):
        if before and step.word != before.word and step.value == before.value + 1:
            yield view.at(KIND, step.start, step.end, label=step.label, before=before.label)
