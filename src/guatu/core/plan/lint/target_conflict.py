"""One target with two values: 污水处理率达到95% in the goals, 达到90% in a task, for the same time.

Both will be reported against, and one of them is wrong.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.dates import last_day
from guatu.core.plan.lint.view import LintView, is_plan, shortened
from guatu.core.plan.model import Document, Target

KIND = Kind(
    "plan.target-conflict",
    "error",
    zh="“{metric}”这里是“{value}”，另一处是“{other}”，请统一",
    en="“{metric}”: “{value}” here and “{other}” elsewhere: make them one",
)

_SHORTEST = 4
_MOST = 20
_VERB = regex(r"^(?:培育|新建|建设|打造|新增|建成|实施|创建|发展|完成|引进|改造|组建|扶持)")
_FIXED = (">=", "=", "<=")
# Metrics that one number describes for a place and a time; in a list of rates the metric may be left out, so that only
# the place stands there (背街小巷达到70%).
_RATE = regex(r"(?:率|比例|比重|占比|比|系数|指数)$")
_WHOLE = regex(r"全[省市县区镇乡]")


def check(view: LintView) -> Iterator[Finding]:
    group: list[Document] = []
    for document in view.documents:
        if group and (document.annex is None or document.annex.startswith("篇")):
            yield from _in_group(view, group)
            group = []
        if is_plan(document):
            group.append(document)
    yield from _in_group(view, group)


def _in_group(view: LintView, group: Sequence[Document]) -> Iterator[Finding]:
    """Targets of a plan with its annexes."""
    targets = [t for document in group for t in document.targets if t.op in _FIXED and len(t.metric) >= _SHORTEST]
    part = {target.id: index for index, document in enumerate(group) for target in document.targets}
    rates: dict[tuple[str, str | None, str, bool], list[Target]] = {}
    for target in targets:
        if _RATE.search(target.metric) and not _for_a_part(view, target):
            scope = None if target.scope and _WHOLE.fullmatch(target.scope) else target.scope
            key = ("".join(sorted(target.metric)), scope, target.unit, target.op == "<=")
            rates.setdefault(key, []).append(target)
    for same in rates.values():
        for before, target in pairwise(same):
            elsewhere = before.task != target.task or part[before.id] != part[target.id]
            if elsewhere and _differ(before, target):
                yield from _findings(view, before, target)
    yield from _counts(view, targets)


def _for_a_part(view: LintView, target: Target) -> bool:
    """Whether the paragraph speaks of some of the places before the target: 一类村(…)绿化覆盖率达到35%."""
    text = view.reading.text
    start = max(text.rfind("\n", 0, target.span.start), target.span.start - _SUBJECT_LENGTH)
    return target.scope is None and _PART.search(text, max(0, start), target.span.start) is not None


_PART = regex(r"[一二三四五甲乙丙ABC]类|示范[村镇区乡]|试点[村镇区乡]|重点[村镇区乡]|先行[村镇区乡]")
_SUBJECT_LENGTH = 200


def _differ(before: Target, target: Target) -> bool:
    """Two values for one time."""
    if before.value == target.value:
        return False
    if before.deadline is None or target.deadline is None:
        return True
    return before.deadline == target.deadline or last_day(before.deadline) == last_day(target.deadline) is not None


def _counts(view: LintView, targets: Sequence[Target]) -> Iterator[Finding]:
    """A number of things in the goals and another one in the only task that names them."""
    named = [t for t in targets if t.unit != "%" and _core(t)]
    in_tasks: dict[tuple[str, str | None, str], list[Target]] = {}
    for target in named:
        if target.task is not None:
            in_tasks.setdefault(_key(target), []).append(target)
    for goal in (t for t in named if t.task is None):
        same = [t for t in in_tasks.get(_key(goal), [])[:_MOST] if _one_thing(goal, t)]
        if len(same) == 1 and goal.task != same[0].task and _differ(goal, same[0]):
            yield from _findings(view, goal, same[0])


def _key(target: Target) -> tuple[str, str | None, str]:
    return target.unit, target.scope, _core(target)[-_SHORTEST:]


def _core(target: Target) -> str:
    """The metric without its verb; empty where it has none."""
    core = _VERB.sub("", target.metric)
    return core if core != target.metric and len(core) >= _SHORTEST else ""


def _one_thing(goal: Target, task: Target) -> bool:
    verb = _VERB.match(goal.metric)
    if verb is None or not task.metric.startswith(verb[0]):
        return False
    return _core(goal).endswith(_core(task)) or _core(task).endswith(_core(goal))


def _findings(view: LintView, before: Target, target: Target) -> Iterator[Finding]:
    """One at each of the two places: nobody can tell which of them is wrong."""
    text = view.reading.text
    for here, there in ((before, target), (target, before)):
        yield KIND.at(here.span, metric=here.metric, value=_shown(text, here), other=_shown(text, there))


def _shown(text: str, target: Target) -> str:
    return shortened("".join(target.span.text(text).split()))
