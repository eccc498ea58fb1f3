"""Items glued to the text before them: a text that lost its line breaks is parted where its numbers say so.

A number inside a paragraph may begin an item (`… 完成建设。2.修建水厂。`) or stand in a sentence (`见附件2.`). It begins an
item where its list says so: it goes on from the last number of its kind, begins a list that goes on, or goes on behind
a number that was lost or written twice. A lost number must not swallow the items behind it.
"""

from collections.abc import Iterator
from typing import Final

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.column_words import UNIT_NAME
from guatu.core.plan.outline.forms import STRONG_TITLE_WORDS
from guatu.core.plan.outline.markers import in_style, marker_at
from guatu.core.plan.outline.model import Block, Marker
from guatu.core.plan.source.anchored import Anchored

# Where a heading may begin: behind the end of a sentence, or behind the blank that is left where a line break was lost.
# Items after ":" or ";" are an enumeration inside the sentence. A number in brackets may stand right behind a title.
_HAN: Final = "[一二三四五六七八九十]{1,3}"
_WORD: Final = "(?=[\u4e00-\u9fff“《])"
_INSIDE: Final = Anchored(
    r"[一二三四五六七八九十(\d第①-⑳](?:(?<=[①-⑳])|(?=[一二三四五六七八九十\d)、., 章条]))",
    rf"(?:(?<=[。!?”》)\] ])(?={_HAN}(?:、|[., ]{_WORD})|\({_HAN}\)|\d{{1,2}}(?:\){_WORD}|[、.] ?[^\d\s])"
    rf"|\(\d{{1,2}}\)|第{_HAN}[章条]|[①-⑳])"
    # 现将有关事项通告如下:一、…;二、… The list of a whole notice may begin and go on so.
    rf"|(?<=[:;])(?={_HAN}、|\({_HAN}\)|\d{{1,2}}[、.] ?[^\d\s])"
    rf"|(?<=[\u4e00-\u9fff])(?=\({_HAN}\)|\(\d{{1,2}}\)|\d{{1,2}}[、.][^\d\s]|{_HAN}、|第{_HAN}[章条] ))",
)
_SPLIT_KINDS: Final = frozenset({"章", "条", "一、", "(一)", "1.", "(1)", "1)", "①"})
_SENTENCE_END: Final = regex(r"[。!?;:]$")
_IN_SENTENCE: Final = regex(r"[。;,:]")
_LONGEST_TITLE: Final = 30
_TITLE_BEFORE: Final = regex(
    rf"[\u4e00-\u9fff]{{4}}(?:{STRONG_TITLE_WORDS})$|(?:责任|牵头|负责|落实|主办|承办)(?:单位|部门|处室|科室)$|\] ?第?\d{{1,4}} ?号$"
)
_TITLE_WINDOW: Final = 12
# 责任单位:县住建局、各镇 and 完成时限:2024年6月底前, with nothing behind them.
_UNITS_BEFORE: Final = regex(
    r"(?:(?:单位|部门) ?:[^。;:]{2,}[局委办部厅府处所站会镇乡道室院团司队校馆行园联)]|(?:时限|时间|期限) ?:[^。;:]{2,20}[前底内日])$"
)
# …不低于上年。县金融办、县财政局 Names of units alone behind a sentence; also as offices call each other: 金融办、财政局.
_SHORT_NAME: Final = r"[\u4e00-\u9fff]{1,7}[局委办部厅处科室行]"
_ONLY_UNITS_BEFORE: Final = regex(
    rf"[。;!](?P<units>[省市县区州镇乡各][^。;:,\d]{{2,80}}|{_SHORT_NAME}(?:、{_SHORT_NAME}){{0,9}})$"
)
_ANNOUNCES: Final = regex(r"(?:如下|以下[^。;,:]{0,8}): *$")
_UNITS_WINDOW: Final = 100
_LOOK_AHEAD: Final = 20_000
_SECOND: Final = 2
_WIDEST_GAP: Final = 3
"""So many numbers may be lost in a row; a larger step is a number of something else."""


class Numbers:
    """The last number of each kind, and where a second number follows a first."""

    def __init__(self, norm: str) -> None:
        self.norm = norm
        self.values: dict[str, int] = {}
        self.announced = ""
        """The kind of the list that a notice announces (通告如下:), whose items may end with a semicolon."""
        self._found: dict[str, int] = {}

    def goes_on(self, label: str, behind: int) -> bool:
        """Whether `label` stands behind as an item, not inside a sentence; each stretch is searched once."""
        at = self._found.get(label, -1)
        if at < behind:
            at = self.norm.find(label, behind)
            at = len(self.norm) if at < 0 else at
            self._found[label] = at
        if at >= min(len(self.norm), behind + _LOOK_AHEAD):
            return False
        return self.norm[at - 1] not in ";,、:"

    def next_follows(self, marker: Marker, step: int = 1) -> bool:
        """Whether the next number, or the one `step` behind, follows in the style of `marker`."""
        label = in_style(marker, marker.value + step)
        ending = self._sign(marker) if marker.kind in ("一、", "1.") else ""
        return self.goes_on(label + ending, marker.end)

    def _sign(self, marker: Marker) -> str:
        return self.norm[marker.start + len(marker.label)]


def parted(norm: str, start: int, end: int, numbers: Numbers) -> Iterator[Block]:
    """The paragraph `[start, end)` as one block, or as several where items are glued to it."""
    first = marker_at(norm, start, end)
    if first:
        numbers.values[first.kind] = first.value
    at, marker, glued = start, first, False
    for inside in _inside(norm, start, end):
        if not (_begins_item(inside, numbers, start) or _under_title(inside, marker, numbers)):
            continue
        numbers.values[inside.kind] = inside.value
        stop = len(norm[at : inside.start].rstrip()) + at
        yield Block(at, stop, marker, glued)
        at, marker, glued = inside.start, inside, True
    yield Block(at, end, marker, glued)


def _inside(norm: str, start: int, end: int) -> Iterator[Marker]:
    for match in _INSIDE.finditer(norm, start + 2, end):
        marker = marker_at(norm, match.start(), end)
        if marker and marker.kind in _SPLIT_KINDS:
            yield marker


def _begins_item(marker: Marker, numbers: Numbers, start: int) -> bool:
    """Whether a number inside a paragraph goes on from the last one, or begins a list that goes on.

    After a gap, or where the last number is repeated, the list must go on behind it, or the number stand apart.
    """
    if _announced(marker, numbers, start):
        numbers.announced = marker.kind
        return True
    if numbers.norm[marker.start - 1] in ":;":
        # Without a blank only the list of a whole notice goes on behind a semicolon.
        return marker.kind == numbers.announced and marker.value == numbers.values.get(marker.kind, 0) + 1
    if marker.value == 1 and _behind_title(numbers.norm, marker.start, start):
        return numbers.next_follows(marker) or numbers.next_follows(marker, 2)
    if not _free(numbers.norm, marker.start, start) and not _behind_units(marker, numbers, start):
        return False
    last = numbers.values.get(marker.kind, 0)
    step = marker.value - last
    if step == 1 and (last or marker.kind in numbers.values):
        return True
    if marker.value == 1:
        return numbers.next_follows(marker) or numbers.next_follows(marker, 2)
    if not last:
        # The first of a list was lost, or never had its number.
        return marker.value == _SECOND and _apart(numbers.norm, marker.start, start) and numbers.next_follows(marker)
    if not 0 <= step <= _WIDEST_GAP + 1:
        return False
    return numbers.next_follows(marker) or (step > 0 and _apart(numbers.norm, marker.start, start))


def _announced(marker: Marker, numbers: Numbers, start: int) -> bool:
    """The first item of the list that a notice announces (通告如下:), where a second one follows."""
    if marker.value != 1 or numbers.values:
        return False
    if _ANNOUNCES.search(numbers.norm, max(start, marker.start - _TITLE_WINDOW), marker.start) is None:
        return False
    second = numbers.norm.find(in_style(marker, 2), marker.end, marker.end + _LOOK_AHEAD)
    return second >= 0 and numbers.norm[second - 1] in "。;! "


def _under_title(inside: Marker, above: Marker | None, numbers: Numbers) -> bool:
    """The first item of a list right behind the title of its section, in a text without line breaks."""
    if above is None or inside.kind == above.kind:
        return False
    if not 0 < inside.start - above.end <= _LONGEST_TITLE:
        return False
    title = numbers.norm[above.end : inside.start]
    if _IN_SENTENCE.search(title):
        return False
    if title.endswith(" "):
        return inside.value == 1
    if inside.value == numbers.values.get(inside.kind, 0) + 1 > 1:
        return True
    return inside.value == 1 and numbers.next_follows(inside)


def _free(norm: str, at: int, start: int) -> bool:
    """The words before are a whole sentence, or a title that stands apart by a blank."""
    before = norm[max(start, at - 12) : at]
    return (
        bool(_SENTENCE_END.search(before.rstrip(" ”》)]")))
        or before.endswith(" ")
        or before.rstrip().endswith((")", "]"))
    )


def _behind_title(norm: str, at: int, start: int) -> bool:
    """青禾县工作方案一、总体要求: not even a blank is left behind the title or the number."""
    return bool(_TITLE_BEFORE.search(norm, max(start, at - _TITLE_WINDOW), at))


def _behind_units(marker: Marker, numbers: Numbers, start: int) -> bool:
    """责任单位:县文旅局2.发展夜间经济: units close an item without a stop, and the number is the next one."""
    if marker.value != numbers.values.get(marker.kind, 0) + 1:
        return False
    window = max(start, marker.start - _UNITS_WINDOW)
    if _UNITS_BEFORE.search(numbers.norm, window, marker.start):
        return True
    only = _ONLY_UNITS_BEFORE.search(numbers.norm, window, marker.start)
    return only is not None and UNIT_NAME.search(only["units"]) is not None


def _apart(norm: str, at: int, start: int) -> bool:
    """A whole sentence or a bracket, and behind it the blank that is left of a line break."""
    before = norm[max(start, at - 12) : at]
    return before.endswith(" ") and before.rstrip().endswith(("。", ")", "]", "!"))
