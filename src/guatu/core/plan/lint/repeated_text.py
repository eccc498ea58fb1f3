"""A line or a paragraph that stands twice: the number of the document, a paragraph pasted again.

Citations that a collection of rules repeats under each rule are right. So are the units that two tasks share, and the
terms that a guide gives of each of its items under the same labels: they belong to another item than the first time.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView, shortened
from guatu.core.plan.outline.forms import DOC_NO
from guatu.core.plan.outline.model import Block

KIND = Kind(
    "plan.repeated-text",
    "warning",
    zh="“{text}”与前文重复，请删去一处",
    en="“{text}” stands twice: delete one",
)

_SHORTEST = 60
_SHORTEST_LINE = 3
"""What is no longer, 合计 or a figure, stands below itself in any table that lost its lines."""
# [申请条件], 申请条件:, (责任单位: at the beginning of a paragraph or behind a sentence.
_LABEL = regex(r"(?:^|(?<=[\n。 ]))(?:[【\[](?P<in>[\u4e00-\u9fff]{2,12})[】\]]|\(?(?P<on>[\u4e00-\u9fff]{2,8}):)")
_OF_ONE_FORM = 2
"""Labels that two items share where a guide gives the same things of each."""


def check(view: LintView) -> Iterator[Finding]:
    norm = view.norm
    for document in view.outline.documents:
        seen: dict[str, int] = {}
        before = ""
        items = list(accumulate(block.marker is not None for block in document.blocks))
        labels = _labels(norm, document.blocks, items)
        for block, item in zip(document.blocks, items, strict=True):
            start = block.marker.end if block.marker else block.start
            text = norm[start : block.end]
            if DOC_NO.fullmatch(before) and text.startswith(before):
                yield view.at(KIND, start, start + len(before), text=view.raw[start : start + len(before)])
            elif block.marker is None and text == before and len(text) > _SHORTEST_LINE:
                yield view.at(KIND, start, block.end, text=shortened(view.raw[start : block.end]))
            elif len(text) >= _SHORTEST and text in seen and not text.startswith("《"):
                elsewhere = block.marker is None and seen[text] != item
                if not elsewhere or not _is_its_own(text, labels[seen[text]] & labels[item]):
                    yield view.at(KIND, start, block.end, text=shortened(view.raw[start : block.end]))
            seen[text] = item
            before = text


def _labels(norm: str, blocks: Sequence[Block], items: Sequence[int]) -> dict[int, set[str]]:
    """The labels that stand in each item, by the number of items up to it; before the first item it is 0."""
    found: dict[int, set[str]] = {}
    for block, item in zip(blocks, items, strict=True):
        labels = (match["in"] or match["on"] for match in _LABEL.finditer(norm, block.start, block.end))
        found.setdefault(item, set()).update(labels)
    return found


def _is_its_own(text: str, shared: set[str]) -> bool:
    """Whether a paragraph is a field of its item, or one of the terms that items of one form have."""
    return _LABEL.match(text) is not None or len(shared) >= _OF_ONE_FORM
