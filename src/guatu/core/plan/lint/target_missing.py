"""A plan without a single quantified target.

What is not measured can be neither dispatched nor assessed; “显著提升” is true at any time. 若干措施 say what an office does or
grants, and custom asks no targets of them.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView, is_plan

KIND = Kind(
    "plan.target-missing",
    "warning",
    zh="《{title}》没有任何量化目标，请补充可以考核的指标",
    en="“{title}” sets no quantified target: add figures that can be assessed",
)

_FEWEST_TASKS = 3
_MEASURES = regex(r"措施(?:\([^()]{1,20}\))?$")


def check(view: LintView) -> Iterator[Finding]:
    for outline, document in zip(view.outline.documents, view.documents, strict=True):
        wanted = is_plan(document) and not _MEASURES.search(document.title)
        if wanted and len(document.tasks) >= _FEWEST_TASKS and not document.targets:
            yield view.at(KIND, outline.title_start, outline.title_end, title=document.title)
