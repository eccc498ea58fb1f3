"""A total that differs from the sum of its parts: 13万亩,其中:… adds up to 12.5万亩.

One of the figures is wrong, and it will be dispatched, reported and audited as it stands. Units are converted (万亩 and
亩, 公里 and 米, 万元 and 元), rounding is allowed for. 其中 may name only some of the parts: then less than the total is right.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.clauses.breaks import sentence_start
from guatu.core.plan.lint.listing import closing_bracket
from guatu.core.plan.lint.quantities import Quantity, agrees, quantities, total_of, written
from guatu.core.plan.lint.steps import step_runs
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.sum-mismatch",
    "error",
    zh="合计写的是{total}，各分项相加是{sum}（{parts}），请核对",
    en="the total says {total}, its parts add up to {sum} ({parts}): check the figures",
)

_PARTS_FOLLOW = regex(r"其中 ?:?|分别[为是] ?:?|包括 ?:|包括(?=[\u4e00-\u9fff]{2,12}\d)|即 ?:")
_SUM_FOLLOWS = regex(r"(?:合计|共计|总计|总共|共)(?=[\u4e00-\u9fff]{0,8}?:?\d)")
_NOT_A_SUM = regex(r"共(?:同|建|享|治|赢|管|产|有产|青|识|性|用|商|富|生|谋|评)")
_SENTENCE_ENDS = regex(r"[。\n;](?!\n)|。|\n")
_STOPS = regex(r"其中|另外|此外|同时|其余|到20|至20|预计|力争|累计|比|每|标准")
_RATE = regex(r"每|按|标准|人均|户均|单价|/|其中|累计")
_LONGEST_LIST = 400
_LONGEST_HEAD = 60
_NEAR = Fraction(1, 5)
_SHOWN = 8


def check(view: LintView) -> Iterator[Finding]:
    seen: set[int] = set()
    for total, parts in [
        *_parts_behind(view),
        *_sums_behind(view),
        *_in_brackets(view),
        *_over_steps(view),
        *_behind_colons(view),
    ]:
        if total.start not in seen:
            seen.add(total.start)
            yield _finding(view, total, parts)


def _finding(view: LintView, total: Quantity, parts: Sequence[Quantity]) -> Finding:
    value, _ = total_of(parts)
    shown = "+".join(view.norm[p.start : p.end] for p in parts[:_SHOWN]) + ("+…" if len(parts) > _SHOWN else "")
    text = view.norm[total.start : total.end]
    return view.at(KIND, total.start, total.end, total=text, sum=written(value, total), parts=shown)


def _same_kind(found: Sequence[Quantity], total: Quantity) -> list[Quantity]:
    return [q for q in found if q.kind == total.kind]


_Mismatch = tuple[Quantity, Sequence[Quantity]]


def _parts_behind(view: LintView) -> Iterator[_Mismatch]:
    """T,其中 A、B、C."""
    norm = view.norm
    before = 0
    for match in _PARTS_FOLLOW.finditer(norm):
        stop = _SENTENCE_ENDS.search(norm, match.end(), match.end() + _LONGEST_LIST)
        end = stop.start() if stop else min(len(norm), match.end() + _LONGEST_LIST)
        again = norm.find("其中", match.end(), end)
        end = again if again >= 0 else end
        following = quantities(view, match.end(), end)
        if len(following) < 2:
            continue
        floor = max(before, sentence_start(norm, match.start()), match.start() - _LONGEST_HEAD)
        before = match.start()
        total = _total_before(quantities(view, floor, match.start()), following[0])
        if total is None:
            continue
        parts = _run(norm, match.end(), _same_kind(following, total))
        complete = not match[0].startswith("其中") or _is_complete(norm, match.end(), parts, total)
        if _differs(total, parts, complete=complete, colon=match[0].endswith(":")):
            yield total, parts


def _is_complete(norm: str, start: int, parts: Sequence[Quantity], total: Quantity) -> bool:
    """Whether the parts are all there are: money by source, names of one sort (东片、西片、北片), four behind 共."""
    starts = [start, *(part.end for part in parts)]
    names = [norm[at : part.start].strip("、,; ") for at, part in zip(starts, parts, strict=False)]
    if len(names) < 3:
        return len(names) == 2 and total.kind == "yuan" and _REST.search(names[1]) is not None
    if len(names) > 3 and norm[max(0, total.start - 2) : total.start].endswith(("共", "合计", "总计")):
        return True
    return all(_SOURCE.search(name) for name in names) or (all(names) and len({name[-1] for name in names}) == 1)


# Of two sources the second is the rest.
_REST = regex(r"^(?:社会|企业|群众|其他|其余|县级自筹|自筹|镇村|乡村|银行|地方)")
_SOURCE = regex(r"中央|国家|省|市|县|区|镇|乡|村|自筹|社会|银行|贷款|债券|企业|配套")


def _total_before(found: Sequence[Quantity], first_part: Quantity) -> Quantity | None:
    same = [q for q in found if q.kind == first_part.kind]
    return same[-1] if same else None


def _run(norm: str, start: int, parts: Sequence[Quantity]) -> list[Quantity]:
    """The parts of one list: outside brackets, before a word that begins something else, all behind one kind of
    mark."""
    run: list[Quantity] = []
    at = start
    for part in parts:
        between = norm[at : part.start]
        if _STOPS.search(between) or between.count("(") != between.count(")"):
            break
        if len(run) >= 2 and _mark(norm, at, part.start) != _mark(norm, run[0].end, run[1].start):
            break
        run.append(part)
        at = part.end
    return run


def _mark(norm: str, start: int, end: int) -> str:
    """The mark between two parts."""
    between = norm[start:end]
    return "," if "," in between or ";" in between else "、"


def _differs(total: Quantity, parts: Sequence[Quantity], *, complete: bool, colon: bool) -> bool:
    if len(parts) < 2 or not total.exact or not all(part.exact for part in parts):
        return False
    if any(agrees(total, parts[:n]) for n in range(1, len(parts) + 1)):
        return False
    value, _ = total_of(parts)
    near = abs(value - total.value) <= total.value * _NEAR
    if value > total.value:
        return near or len(parts) == 2 or value <= 2 * total.value
    return near and (complete or (colon and len(parts) >= 3))


def _sums_behind(view: LintView) -> Iterator[_Mismatch]:
    """A元,B元,C元。共拨付T."""
    norm = view.norm
    before = 0
    for match in _SUM_FOLLOWS.finditer(norm):
        if _NOT_A_SUM.match(norm, match.start()):
            continue
        behind = quantities(view, match.end(), match.end() + 24)
        if not behind or not behind[0].exact:
            continue
        total = behind[0]
        start = max(before, _list_start(norm, match.start()))
        before = total.end
        if _RATE.search(norm, start, match.start()):
            continue
        parts = _same_kind(quantities(view, start, match.start()), total)
        explicit = match[0] != "共"
        if _sum_differs(total, parts, explicit=explicit):
            yield total, parts


def _list_start(norm: str, at: int) -> int:
    """Start of the sentence before the total, or of the one before that when the total begins its own."""
    start = sentence_start(norm, at)
    if start == at or not norm[start:at].strip():
        before = norm[:at].rstrip() if at < 2 else norm[max(0, at - 4) : at].rstrip()
        if before.endswith(("。", ";")):
            start = sentence_start(norm, at - 1)
    return start


def _sum_differs(total: Quantity, parts: Sequence[Quantity], *, explicit: bool) -> bool:
    if len(parts) < (2 if explicit else 3) or not all(part.exact for part in parts):
        return False
    if any(agrees(total, parts[n:]) or agrees(total, parts[: n + 1]) for n in range(len(parts))):
        return False
    value, _ = total_of(parts)
    width = Fraction(1, 4) if len(parts) == 2 else Fraction(1, 2)
    return value * (1 - width) <= total.value <= value * (1 + width)


def _in_brackets(view: LintView) -> Iterator[_Mismatch]:
    """15名(教师8名、医生6名)."""
    norm = view.norm
    for match in _AMOUNT_AND_BRACKET.finditer(norm):
        opening = match.end() - 1
        closing = closing_bracket(norm, opening, _LONGEST_LIST)
        if closing < 0 or _RATE.search(norm, opening, closing) or norm[closing - 1] == "等":
            continue
        before = quantities(view, max(0, opening - 16), opening)
        if not before or before[-1].end != opening or not before[-1].exact:
            continue
        total = before[-1]
        inside = quantities(view, opening + 1, closing)
        parts = _same_kind(inside, total)
        if len(parts) == len(inside) and _differs(total, parts, complete=True, colon=True):
            yield total, parts


_AMOUNT_AND_BRACKET = regex(r"\((?<=[个名户亩元米里项处座所家条台套辆株吨人]\()")


def _behind_colons(view: LintView) -> Iterator[_Mismatch]:
    """总投资T:A元、B元、C元。"""
    norm = view.norm
    for colon in _MONEY_AND_COLON.finditer(norm):
        before = quantities(view, max(0, colon.start() - 16), colon.start() + 1)
        stop = _SENTENCE_ENDS.search(norm, colon.end(), colon.end() + _LONGEST_LIST)
        end = stop.start() if stop else min(len(norm), colon.end() + _LONGEST_LIST)
        if not before or before[-1].end != colon.start() + 1 or _PARTS_FOLLOW.search(norm, colon.end(), end):
            continue
        parts = _run(norm, colon.end(), _same_kind(quantities(view, colon.end(), end), before[-1]))
        if len(parts) > 2 and _differs(before[-1], parts, complete=True, colon=True):
            yield before[-1], parts


_MONEY_AND_COLON = regex(r"元:")


def _over_steps(view: LintView) -> Iterator[_Mismatch]:
    """T。一是 A …。二是 B …."""
    for steps in step_runs(view):
        norm = view.norm
        intro = sentence_start(norm, max(0, steps[0].start - 1))
        end = _paragraph_end(norm, steps[-1].end)
        bounds = [step.start for step in steps] + [end]
        inside = [quantities(view, a, b) for a, b in pairwise(bounds)]
        for total in quantities(view, intro, steps[0].start):
            parts = [_only(norm, found, total) for found in inside]
            whole = [part for part in parts if part is not None]
            if len(whole) == len(steps) and _sum_differs(total, whole, explicit=True):
                yield total, whole


def _paragraph_end(norm: str, at: int) -> int:
    end = norm.find("\n", at, at + _LONGEST_LIST)
    return end if end >= 0 else min(len(norm), at + _LONGEST_LIST)


def _only(norm: str, found: Sequence[Quantity], total: Quantity) -> Quantity | None:
    """The one amount of a step that is of the total's kind and stands beside the same words."""
    same = [q for q in found if q.kind == total.kind and q.exact and _beside(norm, q) & _beside(norm, total)]
    return same[0] if len(same) == 1 else None


def _beside(norm: str, quantity: Quantity) -> set[str]:
    """The two characters before an amount, and the two behind it."""
    before = "<" + norm[max(0, quantity.start - 2) : quantity.start]
    after = ">" + norm[quantity.end : quantity.end + 2]
    return {words for words in (before, after) if _TWO_HAN.fullmatch(words, 1)}


_TWO_HAN = regex(r"[\u4e00-\u9fff]{2}")
