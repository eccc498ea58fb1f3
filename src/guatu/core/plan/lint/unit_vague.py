"""Units that are nobody: 有关部门负责, 各相关部门配合.

Whoever is not named cannot be dispatched, and will not report.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView, Place, is_plan
from guatu.core.plan.outline.model import OutlineDocument

KIND = Kind(
    "plan.unit-vague",
    "warning",
    zh="“{unit}”没有写明是哪些单位，请列出名称{more_zh}",
    en="“{unit}” names nobody: list the units{more_en}",
)

_VAGUE = regex(
    r"(?:各|县|市|区|县级|市级|县直|市直|区直|其他|各级)*(?:有关|相关|各有关|各相关|各级|责任)(?:部门|单位|科室|股室|方面)"
    r"|各部门|各单位|各级单位|相关镇"
)
_SUBJECT = regex(r"(?<=[。\n ])(?:各)?[有相]关(?:部门|单位)(?:和[\u4e00-\u9fff]{1,6})?要")


def check(view: LintView) -> Iterator[Finding]:
    for outline, document in zip(view.outline.documents, view.documents, strict=True):
        if is_plan(document):
            yield from view.folded(KIND, (("", place) for place in _in_sentences(view.norm, outline)))
        found = [duty for task in document.tasks for duty in task.duties if _VAGUE.fullmatch(duty.unit)]
        if found:
            more = len(found) - 1
            zh, en = (f"（另有 {more} 处）", f" ({more} more)") if more else ("", "")
            yield KIND.at(found[0].span, unit=found[0].unit, more_zh=zh, more_en=en)


def _in_sentences(norm: str, document: OutlineDocument) -> Iterator[Place]:
    """Tasks whose only unit is the subject of a sentence."""
    for node in document.nodes():
        if node.in_task_part and not node.children:
            for match in _SUBJECT.finditer(norm, node.start, node.own_end):
                yield Place(match.start(), match.end() - 1, {"unit": match[0][:-1]})
