"""Page marks of a site for sharing documents: 1、 2、 3、 at one distance through the text, inside words.

They look like numbers of items. They are left out before the plan is read, and whoever sends it on should get it from
the office that issued it: such copies lose line breaks and tables as well.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.page-marks",
    "warning",
    zh="文中有 {count} 处“1、”“2、”这样的数字是文档分享网站留下的页码，不是编号，已略去；请换用发文单位的原件",
    en="{count} numbers such as “1、” are page marks of a site for documents and were left out: use the issuer's copy",
)


def check(view: LintView) -> Iterator[Finding]:
    marks = view.reading.page_marks
    if marks:
        yield KIND.at(marks[0], count=len(marks))
