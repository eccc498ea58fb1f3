"""A blank inside a sentence, where a filter or a line break cut a word: 环 境, 生 态.

Blanks are right between the names of several offices (中共中央 国务院), behind a number, before the name of a person, in
titles, quotations and signatures, and in texts that set blanks where others set line breaks; such texts are left alone.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.units import SURNAMES
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.blank-in-word",
    "error",
    zh="“{text}”中间有多余的空格，请删去",
    en="“{text}” has a blank inside: delete it",
)

_BLANK = regex(r" (?<=[\u4e00-\u9fff] )(?=[\u4e00-\u9fff])")
_OFFICE_ENDS = regex(
    r"(?:[部局委厅会院办府处司行组社党团站科区市县镇乡村央省州旗队联长员任师]|公司|中心|记者|书记|[条章节款编部分]|\d|附件|附表|姓名)$"
)
_OFFICE_BEGINS = regex(
    r"国务院|中共|中央|中国|全国|最高|[\u4e00-\u9fff]{0,4}[省市县区州旗](?:委|人民政府|政府|人大|政协|纪委)"
)
# A person behind an office or a task: 由副组长 高一平, ….
_PERSON = regex(rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=[,、;()\n]|$)")
_STOP = regex(r"[,。;、:!?)”]")
_LABEL = regex(r"[\u4e00-\u9fff]{1,3} ?:")
# Names of two characters are stretched to the width of three: 高 洁.
_SURNAME = regex(r"[:,、;( ][\u4e00-\u9fff]$")
_GIVEN_NAME = regex(r"[\u4e00-\u9fff]{1,2}[,、;:。()\n]")
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


def _is_quoted(before: str) -> bool:
    """Titles and slogans have blanks where their lines end."""
    return any(before.rfind(left) > before.rfind(right) for left, right in ("《》", "“”", "<>"))


def _in_sentence(norm: str, start: int, end: int) -> bool:
    """Words of the same sentence stand on both sides: prose before in the line, and a stop close behind."""
    before = norm[max(0, start - _BEFORE) : start].rpartition("\n")[2]
    if not _STOP.search(before) or _OFFICE_ENDS.search(before) or _LABEL.match(norm, end):
        return False
    if _OFFICE_BEGINS.match(norm, end) or _is_quoted(before):
        return False
    if _PERSON.match(norm, end) and norm.count(norm[start - 1] + norm[end]) == 0:
        return False
    if _SURNAME.search(before) and _GIVEN_NAME.match(norm, end):
        return False
    after = norm[end : end + _AFTER]
    stop = _STOP.search(after)
    return stop is not None and "\n" not in after[: stop.start()] and " " not in after[: stop.start()]
