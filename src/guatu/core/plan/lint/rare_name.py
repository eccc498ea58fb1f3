"""A name that stands once and differs in one character from one that stands often: 县自然资局 beside 县自然资源局.

Nobody keeps a list of such slips: the document itself says how the name is written. Units that differ in earnest do so
at the ends (县发改局, 县发改委), in a number (第一小学, 第二小学) or by the name of a place, and are left alone.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.doubled_character import doubled_places
from guatu.core.plan.lint.view import LintView
from guatu.core.plan.model import Document, Duty

KIND = Kind(
    "plan.rare-name",
    "error",
    zh="“{name}”只出现一次，疑为“{other}”（出现 {count} 次）之误，请核对",
    en="“{name}” stands here only, “{other}” {count} times: probably a slip, check it",
)

_OFTEN = 3
_SHORTEST = 4
_SHORTEST_CHANGED = 6
"""Shorter names differ in one character by right: 县教育局, 县教体局."""
_PLACES = regex(r"[镇乡村]|街道|社区|^各")
_COUNTED = frozenset("一二三四五六七八九十甲乙丙东西南北中上下新老大小")
# 住房和城乡建设局, 供销联社, 水务分局: written with and without, or another unit.
_OPTIONAL = frozenset("和与及联总分直市县区省")


def check(view: LintView) -> Iterator[Finding]:
    twice = doubled_places(view)
    for document in view.documents:
        duties = [duty for task in document.tasks for duty in task.duties if not _PLACES.search(duty.unit)]
        found = _rare(duties, _often(view, document, duties))
        yield from (finding for finding in found if not any(finding.span.overlaps(place) for place in twice))


def _often(view: LintView, document: Document, duties: list[Duty]) -> dict[str, int]:
    """How often a name stands in the document, in lists of units and elsewhere."""
    text = document.span.text(view.reading.text)
    listed = Counter(duty.unit for duty in duties)
    return {name: max(count, text.count(name)) for name, count in listed.items()}


def _rare(duties: list[Duty], often: Mapping[str, int]) -> Iterator[Finding]:
    common = {name for name, count in often.items() if count >= _OFTEN}
    forms = {form: name for name in common for form in _without_one(name)}
    for duty in duties:
        name = duty.unit
        if often[name] == 1 and len(name) >= _SHORTEST:
            other = _nearest(name, common, forms)
            if other:
                yield KIND.at(duty.span, name=name, other=other, count=often[other])


def _nearest(name: str, common: set[str], forms: Mapping[str, str]) -> str | None:
    """A common name with one character more, less or changed."""
    if name in forms and _slipped(forms[name], name):
        return forms[name]
    for form in _without_one(name):
        if form in common and _slipped(name, form):
            return form
    if len(name) < _SHORTEST_CHANGED:
        return None
    return next((forms[form] for form in _without_one(name) if form in forms and _changed(name, forms[form])), None)


def _without_one(name: str) -> list[str]:
    """The name without each of its characters but the first."""
    return [name[:i] + name[i + 1 :] for i in range(1, len(name))]


def _slipped(longer: str, shorter: str) -> bool:
    """Whether the character that the longer name has more was typed or lost by mistake."""
    at = next((i for i, c in enumerate(shorter) if longer[i] != c), len(shorter))
    if at == len(shorter) and longer[-1] != longer[-2]:
        return False
    return len(shorter) >= _SHORTEST and longer[at] not in _OPTIONAL | _COUNTED


def _changed(name: str, other: str) -> bool:
    """Whether they are of one length and differ in one character well inside."""
    if len(name) != len(other):
        return False
    at = [i for i, (a, b) in enumerate(zip(name, other, strict=True)) if a != b]
    inside = len(at) == 1 and 0 < at[0] < len(name) - 2
    return inside and not {name[at[0]], other[at[0]]} & _COUNTED
