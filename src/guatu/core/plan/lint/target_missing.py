"""A plan without a single quantified target.

What is not measured can be neither dispatched nor assessed; “显著提升” is true at any time.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.view import LintView, is_plan

KIND = Kind(
    "plan.target-missing",
    "warning",
    zh="《{title}》没有任何量化目标，请补充可以考核的指标",
    en="“{title}” sets no quantified target: add figures that can be assessed",
)

_FEWEST_TASKS = 3


def check(view: LintView) -> Iterator[Finding]:
    for outline, document in zip(view.outline.documents, view.documents, strict=True):
        if is_plan(document) and len(document.tasks) >= _FEWEST_TASKS and not document.targets:
            yield view.at(KIND, outline.title_start, outline.title_end, title=document.title)
