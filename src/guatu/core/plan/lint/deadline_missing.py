"""A plan in which no task has a deadline, or a task without one where its siblings have theirs.

Without one there is nothing to dispatch against, and no light can ever turn. A plan for a year (2021年…方案) has the
end of that year; but where nearly all of its tasks have dates of their own, one that has none was forgotten. What is
done again and again (每月, 长期, 汛前) needs no date.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.kernel.span import Span
from guatu.core.plan.lint.view import LintView, is_plan, shortened
from guatu.core.plan.model import Document, Task

ALL = Kind(
    "plan.deadline-missing",
    "warning",
    zh="《{title}》的 {count} 项任务都没有完成时限，请补上",
    en="none of the {count} tasks of “{title}” has a deadline: set one",
)

ONE = Kind(
    "plan.task-without-deadline",
    "warning",
    zh="任务“{task}”没有写明完成时限，同级的其他任务都有，请补上",
    en="the task “{task}” has no deadline, its siblings do: set one",
)
KINDS = (ALL, ONE)

_FEWEST_TASKS = 3
_FEWEST_DATED = 2
# Up to the first share two dated siblings are enough, up to the second it takes three.
_MOST_WITHOUT = (0.2, 0.3)
_LONGEST_LIST = 60
_OTHER_TIME = regex(
    r"长期|常年|持续|常态|每[年月季周日天半两]|年内|当年|全年|年度|[一二三四]季度|[上下]半年|汛|学期|开学|入冬|春节|国庆|[日月年]底|[月日]前|[年月]末|\d年|\d月|十[三四五六]五"
)
_DURATION = regex(
    r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}) ?(?:年|个月|[日天周])(?:以|之)?内[^。;；]{0,10}(?:完成|建成|达到|实现)"
)
_YEAR = regex(r"20\d\d|[一二]〇|年度|十[三四五六]五")


def check(view: LintView) -> Iterator[Finding]:
    for document in view.documents:
        yield from _in_document(view, document)
    covered = False
    for outline, document in zip(view.outline.documents, view.documents, strict=True):
        if document.annex is None:
            covered = bool(_YEAR.search(document.title))
        if covered or _YEAR.search(document.title) or not is_plan(document) or len(document.tasks) < _FEWEST_TASKS:
            continue
        if not document.deadlines and not document.phases and not any(_lasts(view, task) for task in document.tasks):
            yield view.at(ALL, outline.title_start, outline.title_end, title=document.title, count=len(document.tasks))


def _in_document(view: LintView, document: Document) -> Iterator[Finding]:
    """Single tasks that were forgotten, in lists whose other tasks have dates and that stand in no stage."""
    if not is_plan(document):
        return
    stages = {tuple(phase.path) for phase in document.phases}
    lists: dict[tuple[str, ...], list[Task]] = {}
    for task in document.tasks:
        if not any(tuple(task.path[:n]) in stages for n in range(1, len(task.path))):
            lists.setdefault(_list_of(task), []).append(task)
    dated = [tasks[:_LONGEST_LIST] for tasks in lists.values() if any(task.deadlines for task in tasks)]
    forgotten = [[task for task in tasks if _has_no_time(view, task)] for tasks in dated]
    share = sum(map(len, forgotten)) / max(1, sum(map(len, dated)))
    fewest = _FEWEST_DATED + (share > _MOST_WITHOUT[0])
    for tasks, without in zip(dated, forgotten, strict=True):
        if share <= _MOST_WITHOUT[1] and len(without) == 1 and sum(bool(t.deadlines) for t in tasks) >= fewest:
            task = without[0]
            end = min(task.span.end, task.span.start + len(task.title) + _NUMBER)
            yield ONE.at(Span(task.span.start, end), task=shortened(task.title))


def _lasts(view: LintView, task: Task) -> bool:
    """Whether a task says in how many months or days it is done, though not from when: 一年内完成."""
    return _DURATION.search(task.span.text(view.reading.text)) is not None


def _has_no_time(view: LintView, task: Task) -> bool:
    return not task.deadlines and not _OTHER_TIME.search(task.span.text(view.reading.text))


def _list_of(task: Task) -> tuple[str, ...]:
    """Parent and style of number: rows 1, 2, 3 of a table are not of one list with parts 一, 二, 三."""
    return (*task.path[:-1], "1" if task.path and task.path[-1].isdecimal() else "一")


_NUMBER = 4
