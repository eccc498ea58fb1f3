"""Lists of units without a role word, and 列第一位的为牵头单位: the first unit of every list leads."""

import re
from collections.abc import Sequence

import msgspec

from guatu.core.plan.commitments.duties import FIRST_LEADS, DutyDraft
from guatu.core.plan.commitments.units import split_units

_LAST_BRACKET = re.compile(r"[(\[]([^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)*)[)\]][。 ]*$")
_LONGEST_NAME = 30
_OFFICE = re.compile(r"(?:局|委|办|部|厅|政府|街道|公司|室|部门|单位)$")
_UNIT = re.compile(
    r"(?:局|委|办|部|厅|院|府|处|中心|公司|镇|乡|街道|部门|单位|会|法院|银行|社|大队|支队|队|联|组|所|站|室|集团|学院|学校|医院|村|社区|[)>\]])$"
)


def promote_first(drafts: Sequence[DutyDraft]) -> list[DutyDraft]:
    """The first of a list in which no unit leads yet becomes the lead."""
    named = [d for d in drafts if not FIRST_LEADS.search(d.unit)]
    if not named or any(d.role == "lead" for d in named):
        return named
    return [msgspec.structs.replace(named[0], role="lead"), *named[1:]]


def bare_units(norm: str, start: int, end: int) -> list[DutyDraft]:
    """Units of a bracket that ends a paragraph and names no role: they are responsible."""
    bracket = _LAST_BRACKET.search(norm, max(start, end - 600), end)
    if not bracket:
        return []
    names = [u for u in split_units(norm, bracket.start(1), bracket.end(1)) if not _about(u[0])]
    named = sum(1 for name, _, _ in names if _UNIT.search(name) and len(name) <= _LONGEST_NAME)
    if not names or named * 3 < len(names) * 2 or (len(names) == 1 and not _OFFICE.search(names[0][0])):
        return []
    return [DutyDraft("responsible", name, at, stop) for name, at, stop in names]


def _about(name: str) -> bool:
    """The remark itself (列首的为牵头单位, 下同) is no unit."""
    return bool(FIRST_LEADS.search(name)) or name in ("下同", "以下同", "下同。")
