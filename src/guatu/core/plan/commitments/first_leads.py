"""Lists of units without a role word, and 列第一位的为牵头单位: the first unit of every list leads."""

from collections.abc import Sequence

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.duties import DutyDraft
from guatu.core.plan.commitments.names import NOBODY, KnownNames
from guatu.core.plan.commitments.units import is_office, split_units
from guatu.core.plan.outline.assigned import FIRST_LEADS

_LAST_BRACKET = regex(r"[(\[]([^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)*)[)\]][。 ]*$")
_OFFICE = regex(r"(?:局|委|办|部|厅|政府|街道|公司|室|部门|单位)$")


def promote_first(drafts: Sequence[DutyDraft]) -> list[DutyDraft]:
    """The first of a list in which no unit leads yet becomes the lead."""
    named = [d for d in drafts if not FIRST_LEADS.search(d.unit)]
    if not named or any(d.role == "lead" for d in named):
        return named
    return [msgspec.structs.replace(named[0], role="lead"), *named[1:]]


def bare_units(norm: str, start: int, end: int, known: KnownNames = NOBODY) -> list[DutyDraft]:
    """Units of a bracket that ends a paragraph and names no role: they are responsible."""
    bracket = _LAST_BRACKET.search(norm, max(start, end - 600), end)
    if not bracket:
        return []
    names = [u for u in split_units(norm, *bracket.span(1), known) if not _about(u[0])]
    named = sum(is_office(name) or known.is_name(at, stop) for name, at, stop in names)
    if not names or named * 3 < len(names) * 2:
        return []
    if len(names) == 1 and not (_OFFICE.search(names[0][0]) or known.is_name(*names[0][1:])):
        return []
    return [DutyDraft("responsible", name, at, stop) for name, at, stop in names]


_OPENS = regex(r"[省市县区州镇乡各]")


def unit_line(norm: str, start: int, end: int, known: KnownNames = NOBODY) -> list[DutyDraft]:
    """A paragraph that is nothing but names of units, behind the words of an item: they are responsible."""
    if (
        end - start > _LONGEST_LINE
        or norm[end - 1] in _NO_END
        or not (_OPENS.match(norm, start, end) or known.is_name(start, end))
    ):
        return []
    names = list(split_units(norm, start, end, known))
    told = all(is_office(name) or known.is_name(at, stop) for name, at, stop in names)
    if not names or not told or norm.find(":", start, end) >= 0 or norm.find(",", start, end) >= 0:
        return []
    return [DutyDraft("responsible", name, at, stop) for name, at, stop in names]


def unit_tail(norm: str, start: int, end: int, known: KnownNames = NOBODY) -> list[DutyDraft]:
    """The same right behind the last sentence of a paragraph: …不低于上年。县金融办、县财政局; or behind a heading and a
    blank: 提升服务能力 县民政局 县人社局."""
    stop = norm.rfind("。", start, end - 1)
    if norm[end - 1] == "。":
        return []
    if start >= stop:
        return _behind_a_blank(norm, start, end, known)
    found = unit_line(norm, stop + 1, end, known)
    if not found and _SHORT_NAMES.fullmatch(norm, stop + 1, end):
        names = split_units(norm, stop + 1, end, known)
        found = [DutyDraft("responsible", name, at, stop) for name, at, stop in names]
    return found


_SHORT_NAMES = regex(
    r"[\u4e00-\u9fff]{1,6}(?:局|委|办|部|厅|处|科|室|支行)(?:、[\u4e00-\u9fff]{1,6}(?:局|委|办|部|厅|处|科|室|支行)){0,9}"
)
"""…按50%返还。人社局、税务局: how the offices of one county call each other, with no county in front."""


def _behind_a_blank(norm: str, start: int, end: int, known: KnownNames) -> list[DutyDraft]:
    """The names at the end of a heading that stand apart by blanks."""
    at = end
    if end - start > _LONGEST_LINE or _SENTENCE.search(norm, start, end):
        return []
    while (blank := norm.rfind(" ", start, at)) >= 0 and unit_line(norm, blank + 1, at, known):
        at = blank
    title = norm[start:at].rpartition(")")[2].strip(_NUMBERS)
    if at == end or len(title) < _SHORTEST_TITLE or is_office(title):
        return []
    return unit_line(norm, at + 1, end, known)


_SENTENCE = regex(r"[。;:!?\t]")
_NUMBERS = " 0123456789.、一二三四五六七八九十"
_SHORTEST_TITLE = 4
_LONGEST_LINE = 120
_NO_END = frozenset(",:;!?的了率")


def _about(name: str) -> bool:
    """The remark itself (列首的为牵头单位, 下同) is no unit."""
    return bool(FIRST_LEADS.search(name)) or name in ("下同", "以下同", "下同。")
