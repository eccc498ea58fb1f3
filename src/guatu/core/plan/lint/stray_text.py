"""What does not belong to the text: watermarks of websites, signs that copying left inside a sentence (的.认识), and the
end of a number that stuck to the addressees (12各镇人民政府).
"""

import re
from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView, shortened

KIND = Kind(
    "plan.stray-text",
    "error",
    zh="“{text}”中的“{stray}”是混入的字符，请删去",
    en="“{stray}” in “{text}” does not belong to the text: delete it",
)

# Behind a grammatical word, where no abbreviation, name or number can stand.
_SIGN = regex(r"[.'`*^|\\~](?<=[的了和与及地得是在对为将把从向等着过或而][.'`*^|\\~])(?=[\u4e00-\u9fff])")
# Between two characters of any kind: a backslash, and a question mark where no question is asked.
_BETWEEN = regex(r"[\\?](?<=[\u4e00-\u9fff][\\?])(?=[\u4e00-\u9fff])")
_QUESTION = regex(r"[吗呢么谁哪几否何吧]|多少|怎|为啥|如何|[?？].*[?？]")
_QUOTE_PAIR = regex(r"'[^'\n]{1,30}'")
_BACKTICK = regex(r"`(?<=[\u4e00-\u9fff,、。]`)(?=[\u4e00-\u9fff])(?![^`\n]{1,40}`)")
_WATERMARK = regex(r"\.(?:com|net|org|cn|cc|vip|top)(?![A-Za-z0-9./@:-])", re.IGNORECASE)
_HOST = regex(r"[A-Za-z0-9-]{2,30}$")
_ADDRESS = regex(r"网址|网站|官网|邮箱|登[录陆]|访问|地址|链接|平台|http|www|@|[:：/(<.“]$", re.IGNORECASE)
_ADDRESSEES = regex(r"各(?<=\d各)(?=[县市区乡镇村]|[、,]|部门|单位|街道|直属|地区|科室|股室)")
_STUCK = regex(r"(?:^|\n)[ \t]*(?P<stray>\d{1,4})$")
_LONGEST_STUCK = 40
_AROUND = 6


def check(view: LintView) -> Iterator[Finding]:
    norm = view.norm
    for start, end in sorted({*_signs(view), *_watermarks(norm), *_numbers(norm)}):
        around = view.raw[max(0, start - _AROUND) : end + _AROUND].strip()
        yield view.at(KIND, start, end, text=shortened(around), stray=norm[start:end])


def _signs(view: LintView) -> Iterator[tuple[int, int]]:
    norm = view.norm
    for match in _SIGN.finditer(norm):
        if norm[match.start()] == "'" and _QUOTE_PAIR.match(norm, match.start()):
            continue
        yield match.span()
    for match in _BETWEEN.finditer(view.raw):
        line = view.raw.rfind("\n", 0, match.start()) + 1
        if match[0] == "\\" or not _QUESTION.search(view.raw, max(line, match.start() - 40), match.start() + 1):
            yield match.span()
    for match in _BACKTICK.finditer(norm):
        yield match.span()


def _watermarks(norm: str) -> Iterator[tuple[int, int]]:
    for match in _WATERMARK.finditer(norm):
        host = _HOST.search(norm, max(0, match.start() - 30), match.start())
        if host is None:
            continue
        start = host.start()
        before = norm[max(0, start - 12) : start]
        if (
            before
            and not _ADDRESS.search(before)
            and (before[-1] in "。!?;,、\n" or "\u4e00" <= before[-1] <= "\u9fff")
        ):
            yield start, match.end()


def _numbers(norm: str) -> Iterator[tuple[int, int]]:
    for match in _ADDRESSEES.finditer(norm):
        stuck = _STUCK.search(norm, max(0, match.start() - _LONGEST_STUCK), match.start())
        if stuck:
            yield stuck.span("stray")
