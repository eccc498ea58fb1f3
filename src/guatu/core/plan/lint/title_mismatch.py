"""The title of a plan differs from the title under which the notice issues it or lists it.

Readers ask whether it is the same document; citations name the one or the other.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView, shortened
from guatu.core.plan.outline.model import OutlineDocument
from guatu.core.plan.outline.named import issued_name, named_annexes, plain

KIND = Kind(
    "plan.title-mismatch",
    "error",
    zh="标题“{title}”与通知所称“{named}”不一致，请统一",
    en="the title “{title}” differs from “{named}” in the notice: make them one",
)

# 《…方案》已经县政府同意,现印发: what is issued; the names in 印发《…措施》实施细则的通知 and in 根据《…规划》,现印发 are of others.
_SENT = regex(
    r"(?<!根据)(?<!依据)(?<!按照)(?<!落实)(?<!贯彻)《(?P<name>[^《》\n]{6,60})》(?![^。\n《》]{0,12}的通知)"
    r"(?=[^。\n《》]{0,24}(?:同意|印发|下发|通过|审定))"
)
_NEARLY_THE_SAME = 0.8
_NOISE = regex(r"\((?:试行|暂行|征求意见稿|送审稿|修订|修订稿|\d{4}[^()]{0,12})\)|[\s《》<>“”\"':.、,()]")
_LEAST_LIKENESS = 0.5
# 关于印发供水排水两个方案的通知: the plans behind it bear names of their own.
_SEVERAL = regex(r"(?:[两二三四五六七八九十]|\d+)[个项份部][\u4e00-\u9fff]{2,6}$")
# 本区, 我县: an office that names its own place so in the heading of a notice.
_OWN_PLACE = regex(r"^(?:本|我)[省市县区州旗镇乡]")


def check(view: LintView) -> Iterator[Finding]:
    if view.outline.collection:
        return
    documents = view.outline.documents
    for notice, plan in pairwise(documents):
        if notice.kind != "notice" or plan.annex is not None:
            continue
        issued = issued_name(notice.title)
        if issued and not _SEVERAL.search(issued) and not _is_shortened(plan.title, issued):
            yield from _compared(view, plan, issued)
        yield from _cited(view, notice, plan)
    for document in documents:
        for annex, name in named_annexes(document, documents, view.norm):
            yield from _compared(view, annex, name)


def _is_shortened(title: str, issued: str) -> bool:
    """Whether a heading of a notice names the plan and only leaves out 关于, 的 and the place, as headings do."""
    name = _OWN_PLACE.sub("", plain(issued))
    return plain(title).endswith(name)


def _cited(view: LintView, notice: OutlineDocument, plan: OutlineDocument) -> Iterator[Finding]:
    """《…方案》已经县政府同意,现印发给你们: the words of the notice itself."""
    title = _NOISE.sub("", plan.title)
    for match in _SENT.finditer(view.norm, notice.start, notice.end):
        name = _NOISE.sub("", match["name"])
        likeness = SequenceMatcher(None, title, name, autojunk=False).ratio()
        if not title.endswith(name) and not name.endswith(title) and likeness >= _NEARLY_THE_SAME:
            start, end = match.span("name")
            yield view.at(KIND, start, end, title=shortened(plan.title, 40), named=shortened(match["name"], 40))


def _compared(view: LintView, plan: OutlineDocument, named: str) -> Iterator[Finding]:
    title, name = _NOISE.sub("", plan.title), _NOISE.sub("", named)
    if not title or title.endswith(name) or name.endswith(title) or title.startswith(name):
        return
    if SequenceMatcher(None, title, name, autojunk=False).ratio() >= _LEAST_LIKENESS:
        yield view.at(
            KIND, plan.title_start, plan.title_end, title=shortened(plan.title, 40), named=shortened(named, 40)
        )
