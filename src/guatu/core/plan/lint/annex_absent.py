"""An annex that is cited (详见附件, 附件3) and is neither in the file nor in the list of annexes.

A list or a form that stands behind the text under a heading of its own is there, though the word annex is not.
What the annex was to say (who does what, the form to be filled in) does not reach those who are to do it.
"""

import re
from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView, Place
from guatu.core.plan.outline.forms import annex_number
from guatu.core.plan.outline.model import OutlineDocument

KIND = Kind(
    "plan.annex-absent",
    "error",
    zh="引用了“{text}”，但文件中没有这个附件{more_zh}",
    en="“{text}” is cited, but the file has no such annex{more_en}",
)

_CITED = regex(
    r"附(?:件|表|后)(?<=[。,;:、\n 见填入据用按照附报送将如()和及《以与的至在]附.)(?P<no>[一二三四五六七八九十]{1,2}|\d{1,2})?(?![\u4e00-\u9fff]{0,2}材料)"
)
_PRECEDING = regex(r"(?:(?:详|具体|可|参)?见|填报|填写|按照|按|如|\(|及|和|将|以|与)?$")
_BODY = regex(
    r"附(?<![^\n。;)号 \t]附) ?(?:件|表)? ?(?P<no>[一二三四五六七八九十]{1,2}|\d{1,2})?[ \t]{0,4}(?::|\n|\d[.、]| |$)"
)
_ANOTHERS = regex(r"《[^》\n]{0,60}$|(?:通知|文件|办法|规定|公告|法|条例|决定|合同|上级|省|市)[^,。;\n]{0,6}$")
_FIGURES = {c: str(i) for i, c in enumerate("零一二三四五六七八九十")}


# What stands behind a text under a heading of its own: a list, a form. It begins and ends as a line does, or between
# blanks where a text lost its lines.
_HEADING = regex(
    r"(?:^|[\n 。!)、])(?P<title>[\u4e00-\u9fff“”]{3,24}(?:清单|名单|名录|目录|表|样式|格式|模板|须知|指南))(?=[\n (:]|$)"
)
# 建立问题清单 is an item that says what to do.
_DOING = regex(r"(?:要|须|请)?(?:建立|健全|制定|完善|编制|公布|明确|形成|落实|报送|上报|填[报写]|梳理|列出|实行)")
_CITING = regex(r"(?:请|详|具体|可|参)*见?$")
_SAID_BEFORE = 8
"""Characters before a citation in which it names what the annex holds: (第一批物资清单见附件)."""


_MOST = 50
"""Citations and headings that are compared; bounds the work in a text that is full of both."""


def check(view: LintView) -> Iterator[Finding]:
    for group in _groups(view):
        yield from view.folded(KIND, _places(view, group))
        yield from view.folded(KIND, _listed_only(view, group))


def _groups(view: LintView) -> Iterator[list[OutlineDocument]]:
    """A document with its annexes; each plan of a collection, and each that is copied behind others, alone."""
    group: list[OutlineDocument] = []
    for document in view.outline.documents:
        if group and (document.independent or (document.annex and document.annex.startswith("篇"))):
            yield group
            group = []
        group.append(document)
    if group:
        yield group


def _places(view: LintView, group: list[OutlineDocument]) -> Iterator[tuple[str, Place]]:
    norm, start, end = view.norm, group[0].start, group[-1].end
    known = {annex_number(d.annex) for d in group if d.annex and d.annex.startswith("附")}
    heads = list(_BODY.finditer(norm, start, end))
    known |= {_figure(head["no"]) for head in heads}
    in_list = _listed_numbers(norm, group)
    listed = any(d.listed for d in group) or any(head[0].endswith(":") for head in heads)
    if not known and not listed and _stand_unlabelled(norm, start, end):
        known.add("")
    for match in _CITED.finditer(norm, start, end):
        number = _figure(match["no"])
        there = (number in known) if number else bool(known or listed)
        if (
            there
            or (number and listed and not _is_beyond(number, in_list))
            or _ANOTHERS.search(norm, max(0, match.start() - 30), match.start())
        ):
            continue
        yield number, Place(match.start(), match.end(), {"text": match[0]})


def _stand_unlabelled(norm: str, start: int, end: int) -> bool:
    """Whether a list or a form of what a citation names stands behind it, without the word annex above it."""
    words = [(m.start(), _words_before(norm, m.start())) for m in _CITED.finditer(norm, start, end) if not m["no"]]
    if not words:
        return False
    headings = [h for h in _HEADING.finditer(norm, words[0][0], end) if not _DOING.match(h["title"])]
    return any(
        at < heading.start() and any(word in heading["title"] for word in named)
        for at, named in words[:_MOST]
        for heading in headings[:_MOST]
    )


def _words_before(norm: str, cited: int) -> set[str]:
    """Pairs of characters of what a citation says that the annex holds."""
    said = _CITING.sub("", norm[max(0, cited - 2 * _SAID_BEFORE) : cited])
    said = re.split(r"[。;,:()\n]", said)[-1][-_SAID_BEFORE:]
    return {said[i : i + 2] for i in range(len(said) - 1)}


def _listed_numbers(norm: str, group: list[OutlineDocument]) -> set[str]:
    """Numbers of the annexes that the list at the end of the text names."""
    entries = (_ENTRY.match(norm, block.start, block.end) for document in group for block in document.listed)
    return {_figure(entry["no"]) for entry in entries if entry}


def _is_beyond(number: str, in_list: set[str]) -> bool:
    """Whether a list that begins with 1 and leaves none out ends before `number`."""
    last = len(in_list)
    return last > 1 and in_list == {str(i) for i in range(1, last + 1)} and int(number) > last


def _listed_only(view: LintView, group: list[OutlineDocument]) -> Iterator[tuple[str, Place]]:
    """Annexes of a list that are not in the file, where others of the list are."""
    there = {_figure(annex_number(d.annex)) for d in group if d.annex and d.annex.startswith("附")} - {""}
    if len(there) < 2:
        return
    for block in (block for document in group for block in document.listed):
        entry = _ENTRY.match(view.norm, block.start, block.end)
        if entry and _figure(entry["no"]) not in there:
            yield entry["no"], Place(entry.start("no"), block.end, {"text": view.norm[entry.start("no") : block.end]})


_ENTRY = regex(r"(?:附 ?件 ?:? ?)?(?P<no>\d{1,2}|[一二三四五六七八九十]{1,2})[.、: ]{0,3}[^\n]{3}")


def _figure(number: str | None) -> str:
    return "".join(_FIGURES.get(c, c) for c in number) if number else ""
