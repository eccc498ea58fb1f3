"""The title of a plan differs from the title under which the notice issues it or lists it.

Readers ask whether it is the same document; citations name the one or the other.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.view import LintView, shortened
from guatu.core.plan.outline.forms import annex_number
from guatu.core.plan.outline.model import OutlineDocument

KIND = Kind(
    "plan.title-mismatch",
    "error",
    zh="标题“{title}”与通知所称“{named}”不一致，请统一",
    en="the title “{title}” differs from “{named}” in the notice: make them one",
)

_ISSUED = re.compile(r"印发(?:<|《)?(?P<name>[^《》<>]{4,80}?)(?:>|》)?的通知$")
_SENT = re.compile(r"《(?P<name>[^《》\n]{6,60})》(?=[^。\n《》]{0,24}(?:同意|印发|下发|通过|审定))")
_NEARLY_THE_SAME = 0.8
_LISTED = re.compile(r"(?:附 ?件? ?:? ?)?(?P<no>\d{1,2}|[一二三四五六七八九十])?[.、: ]{0,3}(?P<name>.{3,80})$")
_NOISE = re.compile(r"\((?:试行|暂行|征求意见稿|送审稿|修订|修订稿|\d{4}[^()]{0,12})\)|[\s《》<>“”\"':.、,()]")
_LEAST_LIKENESS = 0.5
_FIGURES = {str(i): c for i, c in enumerate("零一二三四五六七八九十")}


def check(view: LintView) -> Iterator[Finding]:
    if view.outline.collection:
        return
    documents = view.outline.documents
    for notice, plan in pairwise(documents):
        issued = _ISSUED.search(notice.title.replace("\n", "")) if notice.kind == "notice" else None
        if issued and plan.annex is None:
            yield from _compared(view, plan, issued["name"])
        if notice.kind == "notice" and plan.annex is None:
            yield from _cited(view, notice, plan)
    for document in documents:
        yield from _listed(view, document)


def _cited(view: LintView, notice: OutlineDocument, plan: OutlineDocument) -> Iterator[Finding]:
    """《…方案》已经县政府同意,现印发给你们: the words of the notice itself."""
    title = _NOISE.sub("", plan.title)
    for match in _SENT.finditer(view.norm, notice.start, notice.end):
        name = _NOISE.sub("", match["name"])
        likeness = SequenceMatcher(None, title, name, autojunk=False).ratio()
        if not title.endswith(name) and not name.endswith(title) and likeness >= _NEARLY_THE_SAME:
            start, end = match.span("name")
            yield view.at(KIND, start, end, title=shortened(plan.title, 40), named=shortened(match["name"], 40))


def _listed(view: LintView, document: OutlineDocument) -> Iterator[Finding]:
    """Annexes under the titles that the list at the end of the notice gives them."""
    annexes = view.once(_annexes) if document.listed else {}
    if not annexes or len(annexes) < 1:
        return
    for block in document.listed:
        entry = _LISTED.match(view.norm, block.start, block.end)
        if entry:
            number = entry["no"] or ""
            annex = annexes.get(number) or annexes.get(_FIGURES.get(number, ""))
            if annex:
                yield from _compared(view, annex, entry["name"])


def _annexes(view: LintView) -> dict[str, OutlineDocument]:
    """The annexes of the file by their numbers."""
    return {
        annex_number(d.annex): d for d in view.outline.documents if d.annex and d.annex.startswith("附") and d.title
    }


def _compared(view: LintView, plan: OutlineDocument, named: str) -> Iterator[Finding]:
    title, name = _NOISE.sub("", plan.title), _NOISE.sub("", named)
    if not title or title.endswith(name) or name.endswith(title) or title.startswith(name):
        return
    if SequenceMatcher(None, title, name, autojunk=False).ratio() >= _LEAST_LIKENESS:
        yield view.at(
            KIND, plan.title_start, plan.title_end, title=shortened(plan.title, 40), named=shortened(named, 40)
        )
