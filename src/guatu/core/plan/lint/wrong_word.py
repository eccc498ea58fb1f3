"""Words that are mistyped again and again in official writing: 近一步 for 进一步, 布署 for 部署, 材委会 for 村委会.

A search for the right word misses them, and the reader stumbles. Forms that the standard has replaced (台帐 for 台账)
are a warning.
"""

from collections.abc import Iterator
from functools import cache

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.lexicon import Lexicon
from guatu.core.plan.lint.view import LintView, Place
from guatu.core.plan.lint.wrong_word_table import Context, nonstandard_words, wrong_words

WRONG = Kind(
    "plan.wrong-word",
    "error",
    zh="“{wrong}”疑为“{right}”（见“{around}”）{more_zh}",
    en="“{wrong}” is probably meant to be “{right}” (in “{around}”){more_en}",
)
NONSTANDARD = Kind(
    "plan.nonstandard-word",
    "warning",
    zh="“{wrong}”的规范写法是“{right}”{more_zh}",
    en="“{wrong}” is written “{right}” by the standard{more_en}",
)
KINDS = (WRONG, NONSTANDARD)

# Words that are right in themselves and wrong before what follows here.
_BEFORE_OTHERS = (
    (regex(r"连接(?=[一二两三四五六七八九十\d]{1,3}(?:次|年|[天日]|个月|届|季度|个季度))"), "连续"),
    (
        regex(
            r"需(?<=[极动时分切]需)(?<=积极需|主动需|及时需|充分需|密切需)"
            r"(?=[\u4e00-\u9fff]{2,8}(?:沟通|协调|对接|联系|衔接|配合|协作))"
        ),
        "与",
    ),
)
_AROUND = 5


def check(view: LintView) -> Iterator[Finding]:
    found = list(_listed(view.norm))
    yield from view.folded(WRONG, ((key, place) for kind, key, place in found if kind is WRONG))
    yield from view.folded(NONSTANDARD, ((key, place) for kind, key, place in found if kind is NONSTANDARD))
    yield from view.folded(WRONG, _before_others(view.norm))


@cache
def _lexicon() -> Lexicon[tuple[Kind, Context]]:
    table = {wrong: (WRONG, context) for wrong, context in wrong_words().items()}
    return Lexicon(table | {wrong: (NONSTANDARD, context) for wrong, context in nonstandard_words().items()})


def _listed(norm: str) -> Iterator[tuple[Kind, str, Place]]:
    for start, end, (kind, context) in _lexicon().find(norm):
        before = norm[start - 1] if start else ""
        after = norm[end] if end < len(norm) else ""
        if (before and before in context.before) or (after and after in context.after):
            continue
        yield kind, norm[start:end], _place(norm, start, end, context.right)


def _before_others(norm: str) -> Iterator[tuple[str, Place]]:
    for pattern, right in _BEFORE_OTHERS:
        for match in pattern.finditer(norm):
            yield match[0], _place(norm, *match.span(), right)


def _place(norm: str, start: int, end: int, right: str) -> Place:
    around = " ".join(norm[max(0, start - _AROUND) : end + _AROUND].split())
    return Place(start, end, {"wrong": norm[start:end], "right": right, "around": around})
