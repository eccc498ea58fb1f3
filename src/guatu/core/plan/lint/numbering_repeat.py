"""A number that stands twice in one list, or goes back: 3. … 3. …; (四) … (三)."""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.siblings import sibling_lists
from guatu.core.plan.lint.steps import inline_steps
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.numbering-repeat",
    "error",
    zh="编号“{label}”在“{before}”之后重复或倒退，请重新编号",
    en="the number {label} repeats or goes back behind {before}: number the list anew",
)


def check(view: LintView) -> Iterator[Finding]:
    for siblings in sibling_lists(view):
        for before, node in zip(siblings.nodes, siblings.nodes[1:], strict=False):
            if 1 < node.marker.value <= before.marker.value:
                marker = node.marker
                yield view.at(KIND, marker.start, marker.end, label=marker.label, before=before.marker.label)
    for step, before_step in inline_steps(view):
        if before_step and step.value <= before_step.value:
            yield view.at(KIND, step.start, step.end, label=step.label, before=before_step.label)
