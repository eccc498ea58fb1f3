"""One target with two values: 污水处理率达到95% in the goals, 达到90% in a task, for the same time.

Both will be reported against, and one of them is wrong.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from guatu.core.kernel.finding import Finding, Kind
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
_VERB = re.compile(r"^(?:培育|新建|建设|打造|新增|建成|实施|创建|发展|完成|引进|改造|组建|扶持)")
_FIXED = (">=", "=", "<=")


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
    rates: dict[tuple[str, str | None], list[Target]] = {}
    for target in targets:
        if target.unit == "%":
            rates.setdefault((target.metric, target.scope), []).append(target)
    for same in rates.values():
        for before, target in pairwise(same):
            if _differ(before, target):
                yield from _findings(view, before, target)
    yield from _counts(view, targets)


def _differ(before: Target, target: Target) -> bool:
    """Two values for one time, in different tasks (or in the goals and in a task)."""
    one_time = before.deadline == target.deadline or None in (before.deadline, target.deadline)
    return one_time and before.value != target.value and before.task != target.task


def _counts(view: LintView, targets: Sequence[Target]) -> Iterator[Finding]:
    """A number of things in the goals and another one in the only task that names them."""
    named = [t for t in targets if t.unit != "%" and _core(t)]
    in_tasks: dict[tuple[str, str | None, str], list[Target]] = {}
    for target in named:
        if target.task is not None:
            in_tasks.setdefault(_key(target), []).append(target)
    for goal in (t for t in named if t.task is None):
        same = [t for t in in_tasks.get(_key(goal), [])[:_MOST] if _one_thing(goal, t)]
        if len(same) == 1 and _differ(goal, same[0]):
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
