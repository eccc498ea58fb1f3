"""Where a text names the units that something is assigned to, told by its form alone."""

from collections.abc import Iterable
from typing import Final

from guatu.core.kernel.regex import regex
from guatu.core.plan.source.anchored import Anchored

_LABELS: Final = {
    "牵头": "牵头单位:县水利局",
    "责任": "责任单位:县水利局",
    "配合": "配合部门:县财政局",
    "主办": "主办单位:县水利局",
    "协办": "协办单位:县财政局",
    "承办": "承办单位:县水利局",
    "实施": "实施单位:县水利局",
}
_BODIES: Final = ("单位", "部门")
_ROLES: Final = {
    "负责": "(县水利局负责)",
    "牵头": "(县水利局牵头)",
    "配合": "(县水利局牵头,县财政局配合)",
    "落实": "(县水利局落实)",
}
_OFFICES: Final = {
    "局": "(县水利局)",
    "委": "(县卫健委)",
    "办": "(县扶贫办)",
    "部": "(县委组织部)",
    "厅": "(省水利厅)",
    "政府": "(各镇人民政府)",
    "街道": "(各街道)",
    "镇": "(各镇)",
    "乡": "(各乡)",
    "公司": "(县城投公司)",
    "支行": "(人民银行县支行)",
    "中心": "(县信息中心)",
    "室": "(县政府办公室)",
    "会": "(县工商联合会)",
    "院": "(县法院)",
    "联": "(县妇联)",
    "队": "(县消防大队)",
    "所": "(镇财政所)",
    "站": "(镇农技站)",
}
"""Ends of the names of units, each with a bracket that is nothing but units."""

_NAME: Final = (
    rf"(?:[省市县区州镇乡各][\u4e00-\u9fff()]{{0,16}}?(?:{'|'.join(_OFFICES)}|部门|单位)(?:\([^()]{{1,8}}\))?"
    r"|[\u4e00-\u9fff]{2,10}部门)"
)
_HEADING: Final = regex(rf"(?P<units>{_NAME}(?:[、和 ]{_NAME})*)(?:(?:的|主要|工作)*(?:职责|责任|任务|分工))?$")


def units_in_heading(title: str) -> int:
    """How much of a heading is names of units and nothing else (县教育局, 卫生健康部门职责); 0 where it is none."""
    found = _HEADING.match(title) if len(title) <= _LONGEST_HEADING else None
    return found.end("units") if found else 0


_LONGEST_HEADING: Final = 40


def _first(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)


def _second(words: Iterable[str]) -> str:
    return "".join(word[1] for word in words)


_SAID: Final = (
    rf"(?:{'|'.join(_LABELS)})(?:{'|'.join(_BODIES)}) ?:|(?:{'|'.join(_ROLES)})(?:组织|具体)?(?:实施|落实)? ?[)\]]"
)
_LAST: Final = r"[。 ]*(?=\n|$|(?<= )[\u4e00-\u9fff]{2,4}:)"
"""A bracket of names alone ends a paragraph; where lines ran together, the words of a label follow: 数据来源:."""
UNITS: Final = Anchored(
    f"[({_first(_LABELS)}{_first(_ROLES)}](?:(?<=[(])|[{_second(_LABELS)}{_second(_ROLES)}])",
    rf"{_SAID}|\([^()。]{{2,120}}(?:{'|'.join(_OFFICES)})(?:[,;、](?:[列排][^()。]{{2,14}}|(?:以)?下同))*\){_LAST}",
)
FIRST_LEADS: Final = regex(
    r"(?:列|排|排名|排序|位列)(?:在)?(?:首位?|第一位?|最前|第1位?)[^,。;()]{0,6}(?:的)?(?:单位|部门)?为?(?:牵头|主办|主责)"
)
SAID_UNITS: Final = regex(_SAID)
"""Units with a word that says their role; a bracket of names alone may say where somebody works: 李明(县水利局)."""

_CHARGE: Final = "负责"
_IN_CHARGE: Final = regex(rf"(?:{'|'.join(_OFFICES)}|部门|单位|\))(?:主要|具体|统一)?$")
_NO_CHARGE: Final = ("人", "任", "制")
"""负责人, 负责任, 负责制."""
_CHARGE_WINDOW: Final = 8


def divides(norm: str, start: int, end: int) -> bool:
    """Whether a sentence shares the work out: 县水利局负责施工,县财政局负责资金.

    One office that is in charge of something may be a remark on how things are, and so may one such sentence after the
    other.
    """
    last, at = -1, norm.find(_CHARGE, start, end)
    while at >= 0:
        behind = at + len(_CHARGE)
        if _IN_CHARGE.search(norm, max(start, at - _CHARGE_WINDOW), at) and not norm.startswith(_NO_CHARGE, behind):
            if last >= 0 and norm.find("。", last, at) < 0:
                return True
            last = behind
        at = norm.find(_CHARGE, behind, end)
    return False
