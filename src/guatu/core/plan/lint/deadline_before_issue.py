"""A deadline that was over before the plan was issued: 8月底前 in a plan of 28 October.

It cannot be kept any more; either the year or the date is wrong, or the work is done and should be told as done.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.dates import last_day
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.deadline-before-issue",
    "error",
    zh="时限“{text}”（{due}）早于成文日期 {issued}，请核对年份或日期",
    en="the deadline {text} ({due}) lies before the date of issue {issued}: check the year or the date",
)


def check(view: LintView) -> Iterator[Finding]:
    issued: str | None = None
    for document in view.documents:
        if document.annex is None or document.annex.startswith("篇"):
            issued = document.date or (issued if document.annex is None else None)
        date = document.date or issued
        if date is None:
            continue
        for deadline in document.deadlines:
            due = last_day(deadline.iso)
            if due and due < date:
                text = deadline.span.text(view.reading.text)
                yield KIND.at(deadline.span, text=text, due=due, issued=date)
