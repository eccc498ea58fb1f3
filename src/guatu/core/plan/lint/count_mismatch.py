"""A number of things that differs from the list beside it: 17项(13 names), 即: with one name too few, four villages 等3个村.

Names or the number were changed without the other; nobody knows which one to carry out. 等 may leave names out, so only
a list longer than its number is wrong before 等; 和 may join two names or stand inside one, and a name may carry a
number of its own (3条路段), so a list has a least and a greatest count.
"""

import re
from collections.abc import Iterator

import msgspec

from guatu.core.fields.numerals import value_of
from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.listing import closing_bracket, joined_more, split_list
from guatu.core.plan.lint.view import LintView, shortened

KIND = Kind(
    "plan.count-mismatch",
    "error",
    zh="写的是“{count}”，所列却是{listed}项（{names}），请核对",
    en="the text says {count}, but {listed} are listed ({names}): check the number and the list",
)

_NUMBER = r"(?<![\d.十百千万亿第百分])(?P<n>\d{1,2}|[二两三四五六七八九]|[二三]?十[一二三四五六七八九]?)"
_PIECE = "个|项|条|座|处|所|家|类|种|支|户|大"
_PLACE = "乡镇街道?|镇街|乡镇|街道|社区|行政村|自然村|村|镇|乡|县|区|市|园区|部门|单位"
_COUNTED = rf"{_NUMBER}(?P<unit>(?:{_PIECE})(?!月|百分点|工作日|小时|季度|学期|年|星期|方面)|(?:{_PLACE}))"
_COUNT = regex(_COUNTED)
# Each begins with a fixed character, so that a search jumps from one candidate to the next.
_LISTS_FOLLOW = tuple(map(re.compile, (r"即(?<=[,(;。]即):?", r"分别[是为]:?", r"具体[是为]:?", r"依次[是为]:?")))
_GENERIC = regex(
    r"(?:乡|镇|街|街道|街道办|园区?|开发区|管委会|社区|农场|林场|办事处|管理区|市|区|县|场|村|居|地区|处|中心|单位|部门|局)+"
)
_NO_LIST = regex(
    r"[。:;]|其中|^含|^不含|^包括|详见|以下|^如|^见|除外|^即|每|\d+(?:\.\d+)?(?:公里|米|亩|万|元|平方|%|吨|人)"
)
_NAME = regex(r"[\u4e00-\u9fffA-Za-z0-9“”‘’《》()#.~-]{2,28}")
_OWN_NUMBER = regex(r"(\d{1,2}|[二两三四五六七八九])(?:个|条|处|座|项|所|家)")
_LONGEST = 600
_CLAUSE = regex(r"[^,。;:\n()]{0,44}$")
_PLACE_NAMES = regex(r"[\u4e00-\u9fff]{1,8}(?:村|镇|乡|街道|社区|[县区市]|管理区|农场)")


class Counted(msgspec.Struct, frozen=True):
    """A number with a counting word, and the least and greatest count of the list beside it."""

    start: int
    end: int
    number: int
    least: int
    most: int
    names: str

    @property
    def is_wrong(self) -> bool:
        return not self.least <= self.number <= self.most


def check(view: LintView) -> Iterator[Finding]:
    seen: set[int] = set()
    norm = view.norm
    for counted in [*_in_brackets(norm), *_behind(norm), *_before(norm), *_quoted(norm), *_behind_quotes(norm)]:
        if counted.is_wrong and counted.start not in seen:
            seen.add(counted.start)
            listed = str(counted.least) if counted.least == counted.most else f"{counted.least}~{counted.most}"
            count = view.norm[counted.start : counted.end].strip("“”")
            names = shortened(counted.names, 40)
            yield view.at(KIND, counted.start, counted.end, count=count, listed=listed, names=names)


def _count(norm: str, match: re.Match[str], items: list[tuple[int, int]], *, more: int = 0) -> Counted:
    least = len(items)
    own = sum(int(value_of(m[1]) or 1) - 1 for a, b in items for m in _OWN_NUMBER.finditer(norm, a, b))
    most = least + joined_more(norm, items) + own + more
    names = norm[items[0][0] : items[-1][1]]
    return Counted(match.start(), match.end(), int(value_of(match["n"]) or 0), least, most, names)


def _in_brackets(norm: str) -> Iterator[Counted]:
    """17项(甲路、乙路、…)."""
    for opening in _OPENING.finditer(norm):
        clause = _CLAUSE.search(norm, max(0, opening.start() - 44), opening.start())
        counts = list(_COUNT.finditer(norm, clause.start() if clause else opening.start(), opening.start()))
        if not counts:
            continue
        closing = closing_bracket(norm, opening.start(), _LONGEST)
        if closing < 0:
            continue
        items = split_list(norm, opening.end(), closing, "、,")
        if len(items) < 3 or not _are_names(norm, items, opening.end(), closing):
            continue
        match = counts[0] if len(counts) == 1 else counts[-1]
        counted = _count(norm, match, items)
        if any(_count(norm, other, items).is_wrong is False for other in counts):
            continue
        if norm.startswith("等", closing - 1) and counted.number > counted.most:
            continue
        if counted.number >= 3 and counted.number * 2 >= counted.least and counted.most * 2 >= counted.number:
            yield counted


# A number of places right before the bracket, which then names them: 4处养老服务站(春和里、…).
_PLACES_BEFORE = regex(r"[\d二两三四五六七八九十](?:处|座|家|个(?!月|方面|百分))[\u4e00-\u9fff]{0,7}\($")
_SHORT_NAME = regex(r"[\u4e00-\u9fff]{2,4}")
_OPENING = regex(r"\((?=[^()\n]{2,40}、)")


def _are_names(norm: str, items: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a bracket lists names of one sort, and not kinds, sizes or remarks."""
    if _NO_LIST.search(norm[start:end]):
        return False
    texts = [norm[a:b].strip().rstrip("等") for a, b in items]
    if not all(_NAME.fullmatch(text) for text in texts) or all(_GENERIC.fullmatch(text) for text in texts):
        return False
    if all(text.startswith(("“", "《", "‘")) for text in texts):
        return True
    if _PLACES_BEFORE.search(norm, max(0, start - 16), start) and all(_SHORT_NAME.fullmatch(text) for text in texts):
        return len(texts) >= 4
    lasts = [text[-1] for text in texts[:-1]]
    return max(lasts.count(last) for last in lasts) * 2 >= len(texts) and max(map(len, texts)) <= 16


def _behind(norm: str) -> Iterator[Counted]:
    """N处,即:A、B、C。"""
    for follows in (match for pattern in _LISTS_FOLLOW for match in pattern.finditer(norm)):
        head = _CLAUSE_BEFORE.search(norm, max(0, follows.start() - 30), follows.start())
        counts = list(_COUNT.finditer(norm, head.start() if head else follows.start(), follows.start()))
        stop = _LIST_END.search(norm, follows.end(), follows.end() + _LONGEST)
        if not counts or stop is None or _second_quote(norm, counts[-1].start()):
            continue
        counted = _list_behind(norm, counts[-1], follows.end(), stop.start())
        if counted:
            yield counted


def _second_quote(norm: str, start: int) -> bool:
    """“三不”“五个严禁”,即: the list explains both."""
    return norm[max(0, start - 2) : start] in ("”“", "、“")


# A clause behind the list, and no item of it.
_NO_ITEM = regex(r"\d月|\d年|年底|完成|[前]$")
_CLAUSE_BEFORE = regex(r"[^,。;:\n()]{0,30}[,:]?$")
_LIST_END = regex(r"[。\n]")


def _list_behind(norm: str, match: re.Match[str], start: int, end: int) -> Counted | None:
    by_semicolon = split_list(norm, start, end, ";")
    if len(by_semicolon) > 1:
        return _count(norm, match, by_semicolon) if "等" not in norm[end - 2 : end] else None
    whole = [item for item in split_list(norm, start, end, "、,") if not _NO_ITEM.search(norm, *item)]
    first = split_list(norm, start, split_list(norm, start, end, ",")[0][1], "、")
    if len(first) < 2 or norm.startswith("等", first[-1][1] - 1) or any(b - a > 24 for a, b in first):
        return None
    return _count(norm, match, first, more=len(whole) - len(first))


def _before(norm: str) -> Iterator[Counted]:
    """A村、B村、C村等3个村; A镇、B镇和C镇3个镇."""
    for opened in _OPEN_END.finditer(norm):
        match = _COUNT.match(norm, opened.end())
        items = _items_before(norm, opened.start())
        if match and len(items) > 1 and not any(_VERB.search(norm, a, b) for a, b in items[1:]):
            counted = _count(norm, match, items)
            if counted.number < counted.least:
                yield counted
    yield from _groups_before(norm)
    for places in _PLACES.finditer(norm):
        match = _COUNT.search(norm, max(0, places.start() - 3), places.end())
        if match is None or not _counts_these(norm, match):
            continue
        items = _items_before(norm, match.start())
        if len(items) > 1 and all(_PLACE_NAMES.fullmatch(norm[a:b]) for a, b in items[1:]):
            yield _count(norm, match, items)


def _groups_before(norm: str) -> Iterator[Counted]:
    """甲、乙、丙三大产业."""
    for match in _GROUP.finditer(norm):
        items = _items_before(norm, match.start())
        if len(items) > 1 and not any(_VERB.search(norm, a, b) for a, b in items[1:]):
            yield _count(norm, match, items)


_GROUP = regex(r"(?P<n>[二两三四五六七八九])大(?<=[\u4e00-\u9fff”]..)(?<![等第这十百“].大)(?=[\u4e00-\u9fff]{2})")
_OPEN_END = regex(r"等(?=[\d二两三四五六七八九十])")
_PLACES = regex(r"个(?:乡镇|镇街|街道|社区|行政村|自然村|村|镇|乡|县区?|园区)")
_PLACE_ENDS = frozenset("村镇乡道区县市场")


def _counts_these(norm: str, match: re.Match[str]) -> bool:
    """Whether places are counted right behind their names: 甲镇、乙镇3个镇, and not 甲镇、乙镇82个村."""
    last = norm[match.start() - 1 : match.start()]
    counted = norm[match.end() : match.end() + 4]
    if last not in _PLACE_ENDS:
        return False
    return last == "场" or last in counted[:4] or (last in "镇乡道" and counted.startswith(("乡镇", "镇街")))


def _items_before(norm: str, end: int) -> list[tuple[int, int]]:
    """Items of the list that ends at `end`, within its clause."""
    clause = _LONG_CLAUSE.search(norm, max(0, end - 200), end)
    start = clause.start() if clause else end
    marker = _ITS_NUMBER.match(norm, start, end)
    items = split_list(norm, marker.end() if marker else start, end, "、")
    return [] if any(b - a > 16 for a, b in items[1:]) else items


# 二、构建三大体系: the number of the item is none of the three.
_ITS_NUMBER = regex(r"[ \t]*(?:[一二三四五六七八九十百]{1,4}|\d{1,3})、")
_LONG_CLAUSE = regex(r"[^,。;:\n()]{0,200}$")


# Before 等 the items are names; with these among them they are not, or belong to different lists.
_VERB = regex(r"[的在对向于为将把以按从]|建设|推进|实施|完成|开展|加强|加快")


def _quoted(norm: str) -> Iterator[Counted]:
    """“四会”(A、B、C、D)."""
    for match in _QUOTED.finditer(norm):
        closing = closing_bracket(norm, match.end() - 1, _LONGEST)
        if closing < 0:
            continue
        items = split_list(norm, match.end(), closing, "、,;")
        numbers = [int(value_of(n) or 0) for n in _NUMERAL.findall(match["name"])]
        if len(items) < 2 or not numbers or _NO_LIST.search(norm[match.end() : closing]) or norm[closing - 1] == "等":
            continue
        least, most = len(items), len(items) + joined_more(norm, items)
        if any(least <= number <= most for number in [sum(numbers), *numbers]) or max(numbers) < 2:
            continue
        yield Counted(match.start(), match.end() - 1, sum(numbers), least, most, norm[match.end() : closing])


def _behind_quotes(norm: str) -> Iterator[Counted]:
    """“头雁、归雁、雏雁”四雁工程: the character that is counted stands in each of the names."""
    for match in _QUOTES_COUNTED.finditer(norm):
        items = split_list(norm, match.start("list"), match.end("list"), "、")
        if len(items) > 1 and all(match["what"] in norm[a:b] for a, b in items):
            number = int(value_of(match["n"]) or 0)
            names = match["list"]
            yield Counted(match.start("n"), match.end("what"), number, len(items), len(items), names)


_QUOTES_COUNTED = regex(
    r"“(?P<list>[^“”\n]{3,60})”(?P<n>[二两三四五六七八九十])(?P<what>[\u4e00-\u9fff])(?![\u4e00-\u9fff]?“)"
)
_QUOTED = regex(r"“(?P<name>[二两三四五六七八九十][^“”多一]{1,5})”(?:[\u4e00-\u9fff]{2,4})?\((?=[^()]{2,30}[、;,])")
_NUMERAL = regex(r"[二两三四五六七八九十]")
