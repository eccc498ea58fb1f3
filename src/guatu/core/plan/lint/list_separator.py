"""A comma inside a list whose items stand behind 、: A公司,B分公司、C分公司.

Counted or read by machine, the two items around the comma become one, or the list ends there.
"""

import re
from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.list-separator",
    "warning",
    zh="“{text}”在并列的单位或名称之间用了逗号，应用顿号",
    en="a comma stands in a list in “{text}”: use 、",
)

_NAME = r"[\u4e00-\u9fff]{2,14}(?:局|委|办|公司|中心|镇|乡|街道|支行|银行|大队|厂区?|站|园区|公园|广场|学校|医院|公厕|绿地|室|部|院|会|联|政府)"
_COMMA = regex(rf"[、:(](?P<left>{_NAME}),(?P<right>{_NAME})(?=、|[)\]牵负配])")
_ROLE = regex(r"牵头|负责|配合|单位")
_CLOSING = regex(r"[)\]\n]")
_LABEL = regex(r"(?:单位|部门):")
_LONGEST = 400


def check(view: LintView) -> Iterator[Finding]:
    norm = view.norm
    for match in _COMMA.finditer(norm):
        if _in_one_list(norm, match):
            comma = match.end("left")
            text = f"{match['left']},{match['right']}"
            yield view.at(KIND, match.start("left"), match.end("right"), text=text, comma=comma)


def _in_one_list(norm: str, match: re.Match[str]) -> bool:
    """Inside a bracket of units with one role, or behind 即."""
    before = norm[max(0, match.start() - _LONGEST) : match.start()]
    opening = max(before.rfind("("), before.rfind("["), len(before) - 1 if norm[match.start()] == "(" else -1)
    if opening > max(before.rfind(")"), before.rfind("]"), before.rfind("\n")):
        start = match.start() - len(before) + opening
        closing = _CLOSING.search(norm, match.end(), match.end() + 2 * _LONGEST)
        inside = norm[start : closing.start()] if closing else ""
        return "、" in inside and not _LABEL.search(inside) and not _ROLE.search(match[0])
    if _ROLE.search(match["left"]):
        return False
    sentence = before[max(before.rfind("。"), before.rfind("\n")) + 1 :]
    return "即:" in sentence and "," not in sentence.rpartition("即:")[2]
