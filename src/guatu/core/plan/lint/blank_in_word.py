"""A blank inside a sentence, where a filter or a line break cut a word: 环 境, 生 态.

Blanks are right between the names of several offices, behind a number, in titles and signatures, and in texts that set
blanks where others set line breaks; such texts are left alone.
"""

import re
from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.blank-in-word",
    "error",
    zh="“{text}”中间有多余的空格，请删去",
    en="“{text}” has a blank inside: delete it",
)

_BLANK = re.compile(r" (?<=[\u4e00-\u9fff] )(?=[\u4e00-\u9fff])")
_OFFICE_ENDS = re.compile(
    r"(?:[部局委厅会院办府处司行组社党团站科区市县镇乡村]|公司|中心|记者|通讯员|主任|书记|[条章节款]|\d)$"
)
_STOP = re.compile(r"[,。;、:!?)”]")
_LABEL = re.compile(r"[\u4e00-\u9fff]{1,3} ?:")
# Names of two characters are stretched to the width of three: 高 洁.
_SURNAME = re.compile(r"[:,、;( ][\u4e00-\u9fff]$")
_GIVEN_NAME = re.compile(r"[\u4e00-\u9fff]{1,2}[,、;:。()\n]")
_BEFORE = 30
_AFTER = 40
_CHARACTERS_PER_BLANK = 3000
_LONGEST_PARAGRAPH = 600


def check(view: LintView) -> Iterator[Finding]:
    norm = view.norm
    if norm.count("\n") * _LONGEST_PARAGRAPH < len(norm):
        return
    places = [match for match in _BLANK.finditer(norm) if _in_sentence(norm, match.start(), match.end())]
    if len(places) > 2 + len(norm) // _CHARACTERS_PER_BLANK:
        return
    for match in places:
        text = norm[max(0, match.start() - 2) : match.end() + 2].strip()
        yield view.at(KIND, match.start() - 1, match.end() + 1, text=text)


def _in_sentence(norm: str, start: int, end: int) -> bool:
    """Words of the same sentence stand on both sides: prose before in the line, and a stop close behind."""
    before = norm[max(0, start - _BEFORE) : start].rpartition("\n")[2]
    if not _STOP.search(before) or _OFFICE_ENDS.search(before) or _LABEL.match(norm, end):
        return False
    if _SURNAME.search(before) and _GIVEN_NAME.match(norm, end):
        return False
    after = norm[end : end + _AFTER]
    stop = _STOP.search(after)
    return stop is not None and "\n" not in after[: stop.start()] and " " not in after[: stop.start()]
