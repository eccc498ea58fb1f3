"""Several plans of different issuers in one file.

Their tasks, deadlines and units belong to different ledgers; a file that is to be carried out holds one plan, with its
notice and its annexes.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.several-documents",
    "error",
    zh="文件里有 {count} 份互不相属的方案，请拆成单独的文件",
    en="{count} unrelated plans stand in one file: split them into files of their own",
)


def check(view: LintView) -> Iterator[Finding]:
    if not view.outline.collection:
        return
    documents = view.outline.documents
    plans = [d for d in documents if d.annex and d.annex.startswith("篇")]
    plans = plans or [d for i, d in enumerate(documents) if i == 0 or d.independent]
    if len(plans) > 1:
        second = plans[1]
        start, end = second.title_start, second.title_end
        yield view.at(KIND, start, max(end, start), count=len(plans))
