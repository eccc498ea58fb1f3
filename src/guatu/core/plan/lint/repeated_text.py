"""A line or a paragraph that stands twice: the number of the document, a paragraph pasted again.

Citations that a collection of rules repeats under each rule are right.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.view import LintView, shortened
from guatu.core.plan.outline.forms import DOC_NO

KIND = Kind(
    "plan.repeated-text",
    "warning",
    zh="“{text}”与前文重复，请删去一处",
    en="“{text}” stands twice: delete one",
)

_SHORTEST = 60


def check(view: LintView) -> Iterator[Finding]:
    norm = view.norm
    for document in view.outline.documents:
        seen: set[str] = set()
        before = ""
        for block in document.blocks:
            start = block.marker.end if block.marker else block.start
            text = norm[start : block.end]
            if DOC_NO.fullmatch(before) and text.startswith(before):
                yield view.at(KIND, start, start + len(before), text=view.raw[start : start + len(before)])
            elif _is_again(text, before, seen, numbered=block.marker is not None):
                yield view.at(KIND, start, block.end, text=shortened(view.raw[start : block.end]))
            seen.add(text)
            before = text


def _is_again(text: str, before: str, seen: set[str], *, numbered: bool) -> bool:
    if text == before and len(text) > 3 and not numbered:
        return True
    return len(text) >= _SHORTEST and text in seen and not text.startswith("《")
