"""Units and roles that run into each other: A局、B局负责C公司配合, A局牵头、B局配合, 牵头单位:A局,责任单位:B局.

Where one role ends and the next begins must be seen at once: by a comma or a semicolon, not by the mark that separates
the units of one role, and not by nothing.
"""

import re
from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView, shortened

MISSING = Kind(
    "plan.role-separator-missing",
    "error",
    zh="“{text}”中“{role}”之后缺少标点，请用逗号分开两类单位",
    en="no mark behind “{role}” in “{text}”: put a comma between the two roles",
)
UNUSUAL = Kind(
    "plan.role-separator",
    "warning",
    zh="“{text}”中“{role}”之后用了“{mark}”，两类单位之间应用“{right}”",
    en="“{mark}” behind “{role}” in “{text}”: use “{right}” between two roles",
)
KINDS = (MISSING, UNUSUAL)

_LEVEL = "[省市县区州镇乡]"
_END = "(?:局|委|办|部|院|政府|公司|中心|单位|部门|办公室|会|分局|银行|集团)"
_RUN_TOGETHER = regex(
    rf"(?P<role>负责|牵头)(?P<unit>(?:各|{_LEVEL})[\u4e00-\u9fff]{{2,14}}?{_END})"
    r"(?=[、]?[\u4e00-\u9fff、]{0,40}?(?:配合|协助|参与)(?:实施|落实)?[)。\]])"
)
_ENUMERATION = regex(
    rf"(?P<role>牵头)、(?=(?:各|{_LEVEL})[\u4e00-\u9fff、()<>]{{1,120}}?(?:配合|协助|参与|负责)(?:实施|落实)?[)。\]])"
)
_LABELS = regex(r", ?(?=(?:责任|配合|协办|参与)(?:单位|部门) ?:)")
_FIRST_LABEL = regex(r"(?P<role>(?:牵头|责任|主办)(?:单位|部门)) ?:[^;:()\[\]。\n]{2,80}$")
_PROPER_LABELS = regex(r"; ?(?:责任|配合|协办|参与)(?:单位|部门) ?:")


def check(view: LintView) -> Iterator[Finding]:
    norm = view.norm
    for match in _RUN_TOGETHER.finditer(norm):
        if _in_bracket(norm, match):
            yield _finding(view, MISSING, match.start(), match.end(), role=match["role"])
    for match in _ENUMERATION.finditer(norm):
        if _in_bracket(norm, match):
            yield _finding(view, UNUSUAL, match.start(), match.end(), role=match["role"], mark="、", right=",")
    yield from _commas(view)


def _in_bracket(norm: str, match: re.Match[str]) -> bool:
    before = norm[max(0, match.start() - 120) : match.start()]
    return before.rfind("(") > max(before.rfind(")"), before.rfind("。"), before.rfind("\n"))


def _commas(view: LintView) -> Iterator[Finding]:
    """A comma before a label, in a document that puts a semicolon there elsewhere."""
    norm = view.norm
    if not _PROPER_LABELS.search(norm):
        return
    for match in _LABELS.finditer(norm):
        label = _FIRST_LABEL.search(norm, max(0, match.start() - 100), match.start())
        if label:
            yield _finding(view, UNUSUAL, label.start(), match.end() + 4, role=label["role"], mark=",", right=";")


def _finding(view: LintView, kind: Kind, start: int, end: int, **params: str) -> Finding:
    return view.at(kind, start, end, text=shortened(view.raw[max(0, start - 6) : end + 6]), **params)
