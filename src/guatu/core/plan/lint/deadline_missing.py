"""A plan in which no task has a deadline.

Without one there is nothing to dispatch against, and no light can ever turn. A plan for a year (2021年…方案) has the
end of that year.
"""

import re
from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.view import LintView, is_plan

KIND = Kind(
    "plan.deadline-missing",
    "warning",
    zh="《{title}》的 {count} 项任务都没有完成时限，请补上",
    en="none of the {count} tasks of “{title}” has a deadline: set one",
)

_FEWEST_TASKS = 3
_YEAR = re.compile(r"20\d\d|[一二]〇|年度|十[三四五六]五")


def check(view: LintView) -> Iterator[Finding]:
    covered = False
    for outline, document in zip(view.outline.documents, view.documents, strict=True):
        if document.annex is None:
            covered = bool(_YEAR.search(document.title))
        if covered or _YEAR.search(document.title) or not is_plan(document) or len(document.tasks) < _FEWEST_TASKS:
            continue
        if not document.deadlines and not document.phases:
            yield view.at(KIND, outline.title_start, outline.title_end, title=document.title, count=len(document.tasks))
