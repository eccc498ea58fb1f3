"""A list of units becomes its units, as they are written."""

import re
from collections.abc import Iterator

# 县教体局县卫健局: two offices whose divider was lost.
_SEPARATOR = re.compile(
    r"(?<=[县市区][\u4e00-\u9fff]{2}局)(?=[县市区][\u4e00-\u9fff]{2,8}局)|"
    r"(?<=[县市区][\u4e00-\u9fff]{3}局)(?=[县市区][\u4e00-\u9fff]{2,8}局)|[、,;。\n/|]|(?<=[\u4e00-\u9fff)>])[ "
    r"\t]+(?=[\u4e00-\u9fff])"
)
_OPEN, _CLOSE = "([<“《", ")]>”》"
_ETC = re.compile(
    r"等?(?:有关|相关|其他|多个|县直|市直)?(?:等)(?:有关|相关|县直|市直|各|县级|市级)?(?:职能)?(?:部门|单位|部门和单位|单位和部门|部门单位)?$"
)
_LEADING = re.compile(r"^(?:由|和|及|以及|与|并|会同|其中|同时|再由|请)(?=[县市区省各国乡镇街])|^(?:由|其中|请)")
# A time or a dash in a list of units is no unit.
_NO_UNIT = re.compile(
    r"[-/\\*×xX_ ]*$|(?:持续|长期|常态化?|全年|立即|即时|逐年|分年度)(?:推进|坚持|实施|开展|进行|落实)?$|\d{4}年|\d{1,2}月底?前?$|(?:19|"
    r"20)\d\d[-./]\d|[一二三四五六七八九十〇年]{1,8}月(?:底|末|[一二三四五六七八九十]{1,3}日)?前?$|年底前?$|下同$"
)
_LONGEST = 60


def split_units(norm: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Names of units in `norm[start:end]` with their positions; `等部门` is dropped, brackets are kept whole."""
    for at, stop in _pieces(norm, start, end):
        name = norm[at:stop]
        lead = _LEADING.match(name)
        if lead:
            at += lead.end()
            name = name[lead.end() :]
        etc = _ETC.search(name)
        if etc and etc.start() >= 2:
            name = name[: etc.start()]
            stop = at + etc.start()
        name = "".join(name.split())
        if name and len(name) <= _LONGEST and not _NO_UNIT.match(name):
            yield name, at, stop


def _pieces(norm: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges between separators outside brackets, without blanks around them."""
    depth, at = 0, start
    text = norm[start:end]
    cuts = [m.span() for m in _SEPARATOR.finditer(text)]
    brackets = [(i, 1 if c in _OPEN else -1) for i, c in enumerate(text) if c in _OPEN or c in _CLOSE]
    events = iter([*brackets, (len(text) + 1, 0)])
    position, change = next(events)
    for cut, behind in cuts:
        while position < cut:
            depth = max(0, depth + change)
            position, change = next(events)
        if depth == 0:
            yield from _trimmed(norm, at, start + cut)
            at = start + behind
    yield from _trimmed(norm, at, end)


def _trimmed(norm: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and norm[start] in " \t\n。:.":
        start += 1
    while end > start and norm[end - 1] in " \t\n。.:":
        end -= 1
    if end > start:
        yield start, end
