"""A bracket that splits a word: 各乡镇政(青石街道办事处)府 for 各乡镇政府(青石街道办事处).

Where a bracket belongs inside a word (乡(镇)政府, 村(居)委会) it holds a variant of the part before it; the words looked
at here have no such variant.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.bracket-in-word",
    "error",
    zh="括号“{bracket}”插在“{word}”中间，应移到词后",
    en="the bracket “{bracket}” stands inside the word “{word}”: move it behind",
)

_WORDS = {
    "政": "府",
    "街": "道",
    "单": "位",
    "部": "门",
    "办": "事处",
    "领": "导",
    "责": "任",
    "任": "务",
    "措": "施",
    "项": "目",
    "工": "程",
}
_BRACKET = regex(rf"\((?<=[{''.join(_WORDS)}]\()[^()\n]{{2,24}}\)")


def check(view: LintView) -> Iterator[Finding]:
    norm = view.norm
    for match in _BRACKET.finditer(norm):
        first = norm[match.start() - 1]
        rest = _WORDS[first]
        if norm.startswith(rest, match.end()):
            yield view.at(KIND, match.start() - 1, match.end() + len(rest), bracket=match[0], word=first + rest)
