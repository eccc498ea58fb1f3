"""A unit with two roles in one task: it leads and supports itself, or leads and supports at once in 牵头具体实施.

The ledger would count it twice, and nobody knows whom it is to dispatch.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.view import LintView
from guatu.core.plan.model import Duty

KIND = Kind(
    "plan.unit-in-two-roles",
    "error",
    zh="“{unit}”在同一任务中既是{first}单位又是{second}单位，请只保留一个",
    en="“{unit}” has two roles in one task ({first}, {second}): keep one",
)

_NAMES = {"lead": "牵头", "responsible": "责任", "support": "配合"}


def check(view: LintView) -> Iterator[Finding]:
    for document in view.documents:
        for task in document.tasks:
            seen: dict[str, Duty] = {}
            for duty in task.duties:
                before = seen.setdefault(duty.unit, duty)
                if _conflict(before, duty):
                    first, second = _NAMES[before.role], _NAMES[duty.role]
                    yield KIND.at(duty.span, unit=duty.unit, first=first, second=second)


def _conflict(before: Duty, duty: Duty) -> bool:
    return before.role != duty.role
