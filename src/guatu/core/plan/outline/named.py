"""Titles over several lines that only a notice or a list of annexes shows whole.

Nothing in 青禾县古树名木保护 / 名录及管护要求 says that the second line belongs to the first, and (共26株) below a title may be
a remark; but a list that names 青禾县古树名木保护名录及管护要求 does.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.forms import annex_number
from guatu.core.plan.outline.markers import numeral
from guatu.core.plan.outline.model import OutlineDocument

_ISSUED = regex(r"印发[《<]?(?P<name>[^《》<>]{4,80}?)[》>]?的通知$")
# 附件1:青禾县古树名录, 附:2.古树名录, 3.古树名录: an entry of the list of annexes.
_LISTED = regex(r"(?:附 ?件? ?:? ?)?(?P<no>\d{1,2}|[一二三四五六七八九十])?[.、: ]{0,3}(?P<name>.{3,80})$")
_SIGNS = regex(r"[\s《》<>“”\"':.、,()\[\]-]|关于|的")
_LINES = 4


def issued_name(title: str) -> str | None:
    """What a notice issues, by its own title: 绿化方案 of 关于印发绿化方案的通知."""
    match = _ISSUED.search("".join(title.split()))
    return match["name"] if match else None


def named_annexes(
    document: OutlineDocument, documents: Sequence[OutlineDocument], norm: str
) -> Iterator[tuple[OutlineDocument, str]]:
    """The annexes of a file with the names that the list at the end of `document` gives them."""
    if not document.listed:
        return
    annexes = {_key(annex_number(d.annex)): d for d in documents if d.annex and d.annex.startswith("附") and d.title}
    for block in document.listed:
        entry = _LISTED.match(norm, block.start, block.end)
        annex = annexes.get(_key(entry["no"] or "")) if entry else None
        if entry and annex:
            yield annex, entry["name"]


def _key(number: str) -> str:
    """1 of 1 and of 一, for a list may count in another script than the heads; 1-2 and no number as they are."""
    return str(numeral(number) or number)


def name_whole(documents: Sequence[OutlineDocument], norm: str) -> None:
    """Lets each title run on over the lines below it that make it the name under which it is issued or listed."""
    for notice, plan in pairwise(documents):
        name = issued_name(notice.title) if notice.kind == "notice" and plan.annex is None else None
        if name:
            _run_on(plan, name, norm)
    for document in documents:
        for annex, name in named_annexes(document, documents, norm):
            _run_on(annex, name, norm)


def _run_on(document: OutlineDocument, name: str, norm: str) -> None:
    whole, title = plain(name), plain(document.title)
    if not title or len(title) >= len(whole):
        return
    behind = [b for b in document.blocks if b.start >= document.title_end and not b.marker][: _LINES - 1]
    for block in behind:
        title += plain(norm[block.start : block.end])
        if len(title) > len(whole):
            return
        if whole.endswith(title) and block.start >= document.title_end:
            document.title_end = block.end
            document.title = norm[document.title_start : block.end]
            return


def plain(title: str) -> str:
    """A title without its signs and the words that a notice leaves out: 关于, 的."""
    return _SIGNS.sub("", title)
