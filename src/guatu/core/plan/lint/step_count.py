"""A number of measures that differs from the steps behind it: 抓好三项工作:一是…二是….

A step was lost or added, or the number was not adapted.
"""

import re
from collections.abc import Iterator, Sequence

from guatu.core.fields.numerals import value_of
from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.steps import Step, step_runs
from guatu.core.plan.lint.view import LintView
from guatu.core.plan.outline.model import Node, OutlineDocument

KIND = Kind(
    "plan.step-count",
    "error",
    zh="写的是“{count}”，后面列了{listed}项，请核对",
    en="the text says {count}, but {listed} follow: check the number and the items",
)

_ANNOUNCED = regex(
    r"(?P<n>\d{1,2}|[二两三四五六七八九]|[二三]?十[一二三四五六七八九]?)(?P<unit>个方面|方面|项|点|个|条|大|类|种)"
    r"(?P<noun>[^,。;:\n()“”]{0,12})[:：]$"
)
_NOT_COUNTED = regex(r"[月年天度率值镇村乡县市区户人亩元]")
_LONGEST_HEAD = 40


def check(view: LintView) -> Iterator[Finding]:
    for run in step_runs(view):
        found = _announced(view.norm, run[0].start)
        if found and not _goes_on(view.norm, run):
            yield from _compared(view, found, len(run))
    for document in view.outline.documents:
        for node in document.nodes():
            found = _announced(view.norm, node.own_end) if _is_list(node) else None
            if found:
                yield from _compared(view, found, len(node.children))
        yield from _over_items(view, document)
        yield from _over_rows(view, document)


def _over_items(view: LintView, document: OutlineDocument) -> Iterator[Finding]:
    """制定如下十条措施。 before the list that makes up the whole document."""
    roots = document.roots
    if len(roots) < _FEWEST_ITEMS or len({root.marker.kind for root in roots}) > 1:
        return
    found = _FOLLOWING.search(view.norm, max(document.start, roots[0].start - _LONGEST_HEAD), roots[0].start)
    if found and value_of(found["n"]) not in (len(roots), *_without_ends(roots)):
        yield from _compared(view, found, len(roots))


def _without_ends(roots: Sequence[Node]) -> set[int]:
    """The numbers of items that are measures, when safeguards and what stands around them are not counted."""
    others = sum(root.kind in ("safeguard", "phase", "principle", "goal") for root in roots)
    return {len(roots) - others, len(roots) - 1}


_FOLLOWING = regex(
    r"(?:如下|以下)(?P<n>\d{1,2}|[二两三四五六七八九]|[二三]?十[一二三四五六七八九]?)(?P<unit>个方面|方面|项|点|个|条)"
    r"[\u4e00-\u9fff]{0,8}[。:.]\s*$"
)
_FEWEST_ITEMS = 3


def _over_rows(view: LintView, document: OutlineDocument) -> Iterator[Finding]:
    """本表共列14项任务。 before a table with numbered rows."""
    for table in document.tables:
        found = _ROWS.search(view.norm, max(document.start, table.start - 2 * _LONGEST_HEAD), table.start)
        firsts = [view.norm[row.cells[0][0] : row.cells[0][1]].strip() for row in table.rows if row.cells]
        numbered = sum(first.isdecimal() for first in firsts)
        if found and numbered >= _FEWEST_ITEMS:
            yield from _compared(view, found, numbered)


_ROWS = regex(
    r"(?:本表|下表|表中)(?:共)?(?:列出?|有|含|包括)?(?P<n>\d{1,3}|[二三]?十[一二三四五六七八九]?)(?P<unit>项|个|条|类)[^\n]{0,50}\n\s*$"
)


def _announced(norm: str, at: int) -> re.Match[str] | None:
    """The number in the words before a list that ends them with a colon."""
    end = len(norm[max(0, at - _LONGEST_HEAD) : at].rstrip()) + max(0, at - _LONGEST_HEAD)
    found = _ANNOUNCED.search(norm, max(0, end - _LONGEST_HEAD), end)
    return found if found and not _NOT_COUNTED.match(found["noun"]) else None


def _compared(view: LintView, found: re.Match[str], listed: int) -> Iterator[Finding]:
    number = value_of(found["n"])
    if number != listed:
        start, end = found.span("n")[0], found.end("unit")
        yield view.at(KIND, start, end, count=view.norm[start:end], listed=listed)


def _goes_on(norm: str, run: Sequence[Step]) -> bool:
    """Whether the next paragraph goes on with the next step."""
    following = run[-1].label_of(len(run) + 1)
    return norm.find(following, run[-1].end, run[-1].end + 2000) >= 0


def _is_list(node: Node) -> bool:
    """Its items are one list from 1 on, each of them in the same style."""
    markers = [child.marker for child in node.children]
    return (
        len(markers) > 1
        and len({marker.kind for marker in markers}) == 1
        and [marker.value for marker in markers] == list(range(1, len(markers) + 1))
    )
