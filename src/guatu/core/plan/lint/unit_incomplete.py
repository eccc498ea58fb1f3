"""A unit without its level: 发改局 where the document says 县发改局 elsewhere.

Two names of one unit become two lines in the ledger, and a bare name may be read as the unit of another level.
"""

import re
from collections import Counter
from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.view import LintView, Place

KIND = Kind(
    "plan.unit-incomplete",
    "warning",
    zh="“{unit}”缺少层级，其他地方写的是“{full}”，请写全称{more_zh}",
    en="“{unit}” lacks its level, elsewhere it is “{full}”: write the full name{more_en}",
)

_UNIT = re.compile(r"(?:[局委办厅]|中心)(?![长员公托培内])")
_NAME = re.compile(r"[\u4e00-\u9fff]{1,9}$")
_LEVELS = "省市县区州旗"
_FULL = re.compile(rf"(?P<level>[{_LEVELS}])(?P<name>[\u4e00-\u9fff]{{2,8}})$")
# What stands before a bare name: the end of other words, not another name of the same list (县发改局、住建局 is usual).
_BARE = re.compile(r"(?:设在|由|牵头单位:|责任单位:|配合单位:|归口|[,。;(:\n]|会同|报送?|隶属)$")


def check(view: LintView) -> Iterator[Finding]:
    for document in view.outline.documents:
        yield from view.folded(KIND, _places(view.norm, document.start, document.end))


def _places(norm: str, start: int, end: int) -> Iterator[tuple[str, Place]]:
    full: Counter[str] = Counter()
    levels: dict[str, str] = {}
    bare: list[tuple[str, int, int]] = []
    for match in _UNIT.finditer(norm, start, end):
        words = _NAME.search(norm, max(start, match.start() - 9), match.start())
        if words is None:
            continue
        named = _FULL.search(words[0])
        if named:
            name = named["name"] + match[0]
            full[name] += 1
            levels[name] = named["level"]
        bare.append((words[0] + match[0], words.start(), match.end()))
    known = [(_known(words, full), stop) for words, _, stop in bare]
    without = Counter(name for name, stop in known if name and norm[stop - len(name) - 1] not in _LEVELS)
    for name, stop in known:
        if name and without[name] * 2 <= full[name] and _stands_bare(norm, stop - len(name)):
            yield name, Place(stop - len(name), stop, {"unit": name, "full": levels[name] + name})


def _known(words: str, full: Counter[str]) -> str | None:
    """The longest name at the end of `words` that stands with its level elsewhere."""
    return next((words[i:] for i in range(len(words) - 2) if full[words[i:]] >= 2), None)


def _stands_bare(norm: str, at: int) -> bool:
    return norm[at - 1 : at] not in _LEVELS and bool(_BARE.search(norm, max(0, at - 6), at))
