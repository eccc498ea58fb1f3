"""A text without items that a reporter tells.

What it quotes was set by somebody else, and most of its figures tell what was done: none of them is read as a target or
a time limit, and that has to be seen.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.view import LintView, shortened
from guatu.core.plan.outline.informs import news_words

KIND = Kind(
    "plan.news-article",
    "warning",
    zh="这是新闻报道（“{text}”），其中的数字和日期没有读成指标和时限，请用方案原文",
    en="a news article (“{text}”): its figures and days were not read as targets and limits; use the plan itself",
)


def check(view: LintView) -> Iterator[Finding]:
    for document in view.outline.documents:
        if document.kind == "report" and not document.roots and not document.tables:
            place = news_words(view.norm, document.start, document.end)
            if place is not None:
                yield view.at(KIND, *place, text=shortened(view.raw[slice(*place)]))
