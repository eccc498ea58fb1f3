"""A form keeps its labels when nobody fills it in: 组长: with nothing behind it.

A leading group without members leads nothing. Labels that a reader fills in later (联系电话 in a form to be returned)
are asked for only where the document names its own people: in its text, not in a form of an annex.
"""

import re
from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.empty-field",
    "error",
    zh="“{label}”后面没有内容，请填写或删去",
    en="nothing stands behind “{label}”: fill it in or delete the label",
)

_WORDS = (
    "组长 副组长 组员 成员 总指挥 副总指挥 指挥长 副指挥长 主任 副主任 负责人 责任人 联系人 联系电话 责任单位 牵头单位 "
    "配合单位 责任部门 牵头部门 完成时限 完成时间 时间 地点 目标 工作目标 总投资"
)
_LABELS = frozenset(_WORDS.split())
_FIELD = regex(r"^[ \t]*(?P<label>[\u4e00-\u9fff][\u4e00-\u9fff \t]{0,10}):[ \t]*(?=\n|\Z)", re.MULTILINE)
_NEXT_LINE = regex(r"\s*([^\n]{1,16})")
_STARTS_SOMETHING = regex(
    r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、]|附件|第.{1,3}[章条]"
)


def check(view: LintView) -> Iterator[Finding]:
    norm = view.norm
    for match in _FIELD.finditer(norm):
        if _name(match["label"]) not in _LABELS:
            continue
        following = _NEXT_LINE.match(norm, match.end())
        if following is None or _starts_something(following[1]):
            end = norm.index(":", match.end("label")) + 1
            yield view.at(KIND, match.start("label"), end, label=_name(match["label"]))


def _name(label: str) -> str:
    """A label without the blanks that stretch it."""
    return "".join(label.split())


def _starts_something(line: str) -> bool:
    """Whether the next line is another label or another item, and not what the label asks for."""
    label, colon, _ = line.partition(":")
    return bool(_STARTS_SOMETHING.match(line)) or (bool(colon) and _name(label) in _LABELS)
