"""What a field of work is called: the title of an annex or section without what every title has."""

import re
from collections.abc import Sequence
from itertools import pairwise

_YEARS = re.compile(r"^(?:(?:19|20)\d\d年?(?:\s*[-—–至]+\s*(?:19|20)\d\d年?)?度?)")
_TAIL = re.compile(
    r"(?:[一二三四五]年)?(?:专项|重点|三年)?(?:实施|行动|工作|建设|推进|攻坚)?"
    r"(?:方案|计划|规划|意见|细则|任务(?:分工)?表|分工表|清单|一览表|项目表)(?:\([^()]*\))?$"
)
_BRACKETS = str.maketrans("（）", "()")
SHORTEST = 2
"""What is left of a title must have this many characters, or the title stays whole."""


def domain_names(titles: Sequence[str]) -> list[str]:
    """For each title of a file's documents its telling part: without what all begin with, without years and 实施方案."""
    plain = [title.translate(_BRACKETS).strip() for title in titles]
    shared = _shared_beginning([title for title in plain if title])
    return [_telling(title, shared) for title in plain]


def _shared_beginning(titles: Sequence[str]) -> int:
    """Characters that all titles have in common at their beginning, 0 for fewer than two titles."""
    if len(titles) < 2:
        return 0
    common = titles[0]
    for _, title in pairwise(titles):
        length = 0
        while length < min(len(common), len(title)) and common[length] == title[length]:
            length += 1
        common = common[:length]
    return len(common)


def _telling(title: str, shared: int) -> str:
    rest = title[shared:] if len(title) - shared >= SHORTEST else title
    rest = _YEARS.sub("", rest)
    short = _TAIL.sub("", rest).strip(" 的")
    return short if len(short) >= SHORTEST else rest or title
