"""A text that cannot be read: a wrong encoding, a failed scan, another language.

Nothing is looked for in it, and nothing else is reported of it: tasks and faults made of scraps would look like those
of a plan.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.unusable-text",
    "error",
    zh="正文大多不是能读的中文（编码错误、扫描识别失败或是外文），没有从中编出任务和指标，请换用可以复制文字的原件",
    en="most of the text is no readable Chinese (wrong encoding, failed scan, another language): nothing was compiled "
    "from it, use an original whose text can be copied",
)


def check(view: LintView) -> Iterator[Finding]:
    if not view.outline.readable:
        yield view.at(KIND, 0, 0)
