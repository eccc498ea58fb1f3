"""A task without any unit where its siblings have one.

Nobody will be dispatched for it. Where no task of a document names a unit, one finding says so for all of them.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.kernel.span import Span
from guatu.core.plan.lint.view import LintView, is_plan, shortened
from guatu.core.plan.model import Document, Task

ONE = Kind(
    "plan.unit-missing",
    "error",
    zh="任务“{task}”没有写明单位，同级的其他任务都有，请补上",
    en="the task “{task}” names no unit, its siblings do: name one",
)
ALL = Kind(
    "plan.no-units",
    "warning",
    zh="全文 {count} 项任务都没有写明牵头或责任单位，请补上分工",
    en="none of the {count} tasks names a unit: say who leads and who is responsible",
)
KINDS = (ONE, ALL)

_FEWEST = 3
_MOST_WITHOUT = 0.25
_FEWEST_NAMED = 2
_LONGEST_LIST = 60
_MOST_SPOKEN = 1 / 3
"""Of more tasks, whose sentences say 各乡镇要… or 由县水利局…, none can be said to name nobody."""
# 试点乡镇要做好以下工作: the words above the tasks name those who do all of them.
_LEAD_IN = regex(
    r"(?:^|(?<=[。;]))(?!我|本|全)[\u4e00-\u9fff、]{0,14}(?:地区|城市|部门|单位|乡镇|街道|县区|区县|政府|企业|学校|医院|办公室|专班)"
    r"(?:要|应|须|负责)[^。;]*(?:工作|任务|事项|措施)[^。;]{0,6}:$"
)
# 明确部门职责。县林业局承担…: a section that says which office does what.
_OF_DUTIES = regex(r"(?:部门|单位|工作)(?:职责|分工)|(?:职责|责任|任务)分工|组织(?:形式|机构)")
_CHARGED = regex(r"[国省市县区州旗镇乡][\u4e00-\u9fff]{0,10}(?:局|委|办|部|厅|办公室|中心)(?:牵头|负责|承担)")
_ASSIGNING = regex(r"(?:牵头|责任|负责|主管|承办)(?:单位|部门|科室)|(?:任务|职责|责任|重点工作)(?:分工|分解|清单)")
# A list of annexes that stands in a paragraph, where a text lost its lines.
_LISTED_INLINE = regex(rf"附 ?件 ?\d{{0,2}} ?[:.、][^。;\n]{{0,80}}?(?:{_ASSIGNING.pattern})")


def check(view: LintView) -> Iterator[Finding]:
    tasks = [task for document in view.documents if is_plan(document) for task in document.tasks]
    named = any(task.units for document in view.documents for task in document.tasks)
    led = any(document.lead for document in view.documents) or _annex_assigns(view) or _led_in(view)
    if len(tasks) >= _FEWEST and not named and not led:
        spoken = sum(_names_somebody(view, task) for task in tasks)
        if spoken <= _MOST_SPOKEN * len(tasks):
            yield ALL.at(_heading(tasks[0]), count=len(tasks))
    for document in view.documents:
        yield from _in_document(view, document)


def _in_document(view: LintView, document: Document) -> Iterator[Finding]:
    without = [task for task in document.tasks if not task.units]
    if len(document.tasks) < _FEWEST or len(without) > _MOST_WITHOUT * len(document.tasks):
        return
    lists: dict[tuple[str, ...], list[Task]] = {}
    for task in document.tasks:
        lists.setdefault(tuple(task.path[:-1]), []).append(task)
    for task in without:
        siblings = lists[tuple(task.path[:-1])]
        named = sum(bool(sibling.units) for sibling in siblings[:_LONGEST_LIST])
        if named >= _FEWEST_NAMED and not _names_somebody(view, task) and not _is_for_all(task):
            yield ONE.at(_heading(task), task=shortened(task.title))


def _led_in(view: LintView) -> bool:
    """Whether the words before the tasks say who has to do them, or a section says which office does what."""
    for document in view.outline.documents:
        for block in document.blocks:
            if block.marker is None and _LEAD_IN.search(view.norm[block.start : block.end]):
                return True
        of_duties = (node for node in document.nodes() if _OF_DUTIES.search(node.title))
        if any(_CHARGED.search(view.norm, node.start, node.own_end) for node in of_duties):
            return True
    return False


def _annex_assigns(view: LintView) -> bool:
    """Whether an annex that is there or listed says who does what: 附件:任务分工表, 牵头单位及联系方式."""
    norm = view.norm
    entries = (norm[block.start : block.end] for document in view.outline.documents for block in document.listed)
    titles = (document.title for document in view.outline.documents if document.annex)
    assigned = any(_ASSIGNING.search(text) for text in (*entries, *titles))
    return assigned or _LISTED_INLINE.search(norm) is not None


def _names_somebody(view: LintView, task: Task) -> bool:
    """A unit stands in its sentences, where no grammar gives it a role: 各乡镇要…, 由县水利局…."""
    return _SOMEBODY.search(task.span.text(view.reading.text)) is not None


def _is_for_all(task: Task) -> bool:
    """加强组织领导, 强化督导考核: what all units have to see to; it is no task of one of them."""
    return _FOR_ALL.search(task.title) is not None


_SOMEBODY = regex(
    r"(?:由|请|[。;，,：:\n])(?:各|全)?[省市县区州镇乡村](?:[委直属级]?[\u4e00-\u9fff]{0,8}?)(?:局|委|办|部|政府|中心|街道|公司|单位|部门|乡镇|镇|村)?"
    r"(?:\([^()]*\)|（[^（）]*）)?(?:要|应|须|负责|牵头|组织|会同|具体|每|于)"
    r"|(?:牵头|责任|配合|实施|负责)(?:单位|部门)|领导小组(?:办公室)?(?:负责|牵头|要)"
)
_FOR_ALL = regex(r"组织领导|领导小组|责任落实|督[导查]|考核|宣传引导|舆论|保障|氛围|工作要求|工作机制$")


def _heading(task: Task) -> Span:
    """The number and the title of a task."""
    return Span(task.span.start, min(task.span.end, task.span.start + len(task.title) + _NUMBER))


_NUMBER = 4
