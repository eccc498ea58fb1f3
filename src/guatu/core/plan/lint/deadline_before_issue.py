"""A deadline that was over before the plan was issued: 8月底前 in a plan of 28 October.

It cannot be kept any more; either the year or the date is wrong, or the work is done and should be told as done.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.dates import last_day
from guatu.core.plan.lint.view import LintView
from guatu.core.plan.model import Document
from guatu.core.plan.outline.model import OutlineDocument

ISSUE = Kind(
    "plan.deadline-before-issue",
    "error",
    zh="时限“{text}”（{due}）早于成文日期 {issued}，请核对年份或日期",
    en="the deadline {text} ({due}) lies before the date of issue {issued}: check the year or the date",
)
YEAR = Kind(
    "plan.deadline-before-year",
    "error",
    zh="时限“{text}”（{due}）早于方案所属的 {year} 年，请核对年份",
    en="the deadline {text} ({due}) lies before {year}, the year of the plan: check the year",
)
KINDS = (ISSUE, YEAR)

# A line of its own under the title: the unit and the day, or the day alone.
_DAY_LINE = regex(r"\n[ \t(]*(?:[\u4e00-\u9fff]{2,20}[ \t]+)?(20\d\d)年(\d{1,2})月(\d{1,2})日[) \t]*\n")
_LINES_BELOW = 80


def _below_title(view: LintView, outline: OutlineDocument) -> str | None:
    match = _DAY_LINE.search(view.norm, outline.title_end, min(outline.end, outline.title_end + _LINES_BELOW))
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else None


def check(view: LintView) -> Iterator[Finding]:
    issued: str | None = None
    for outline, document in zip(view.outline.documents, view.documents, strict=True):
        if document.annex is None or document.annex.startswith("篇"):
            issued = document.date or (issued if document.annex is None and not outline.independent else None)
        date = document.date or issued or _below_title(view, outline)
        if date is None:
            yield from _before_year(view, outline, document)
            continue
        for deadline in document.deadlines:
            due = last_day(deadline.iso)
            if due and due < date:
                text = deadline.span.text(view.reading.text)
                yield ISSUE.at(deadline.span, text=text, due=due, issued=date)


def _before_year(view: LintView, outline: OutlineDocument, document: Document) -> Iterator[Finding]:
    """Of a plan that bears no date of issue its title says the year."""
    for deadline in document.deadlines:
        due = last_day(deadline.iso)
        if due and outline.year and due < str(outline.year):
            text = deadline.span.text(view.reading.text)
            yield YEAR.at(deadline.span, text=text, due=due, year=outline.year)
