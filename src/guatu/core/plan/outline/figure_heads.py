"""The heads of a table of figures whose cells stand one behind the other: which of them divide others.

An upper head stands over several lower ones: the years, or the parts of a total. Nothing says over how many, so all
stand over as many as the others, unless the figures tell it: the parts under one head add up to the total beside it.
Where neither fits, each column has its lower head alone.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.figure_cells import YEAR
from guatu.core.plan.outline.model import Range

SUM: Final = regex(r"[\u4e00-\u9fff]{0,6}(?:合|总|小|共)计|总[量数]|[\u4e00-\u9fff]{0,4}总[人户]数|[两三四五]年合计")
"""A head of totals: 合计, 限额合计, 培训总人数."""
_BRACKET: Final = regex(r"\([^()]{1,8}\)")
_FEWEST: Final = 2
_EXACT: Final = 0.002
"""Parts that were rounded miss their total by so much of it."""


_TOTALS: Final = ("合计", "总计", "小计", "共计")


class Division(NamedTuple):
    """By column of the table: its head in the upper row, and in the lower row where it is divided."""

    top: list[int]
    below: list[int | None]


def with_units(heads: Sequence[Range], texts: Sequence[str]) -> list[Range]:
    """Heads with the unit that stands in brackets on the line behind them: 造林面积, (亩)."""
    found: list[Range] = []
    for cell, text in zip(heads, texts, strict=True):
        if found and _BRACKET.fullmatch(text):
            found[-1] = (found[-1][0], cell[1])
        else:
            found.append(cell)
    return found


def folded(heads: Sequence[Range], texts: Sequence[str], width: int) -> list[Range] | None:
    """The heads of one block where two or more stand side by side: 乡镇, 任务, 乡镇, 任务; None for any others."""
    blocks = len(texts) // width
    return list(heads[:width]) if blocks > 1 and list(texts) == [*texts[:width]] * blocks else None


def with_total(
    heads: Sequence[Range], texts: Sequence[str], names: int, size: int, tail: int, rows: Sequence[Sequence[float]]
) -> list[Range] | None:
    """The heads with the first of figures in one piece where it stood in two lines (采伐限额, 合计): what it heads is
    the total of the parts behind it. None where it is not."""
    at = names + 1
    upper = len(texts) - names - size - tail - 1
    if at >= len(texts) or texts[at] not in _TOTALS or upper < 1 or _by_sums(size - 1, upper, [0], rows) is None:
        return None
    return [*heads[:names], (heads[names][0], heads[at][1]), *heads[at + 1 :]]


def divided(texts: Sequence[str], names: int, size: int, tail: int, rows: Sequence[Sequence[float]]) -> Division | None:
    """How heads stand over `names` columns of words, `size` of figures and `tail` columns behind those.

    `rows` are the figures of some rows. None where the heads are too few, or too many to stand so.
    """
    width = names + size + tail
    upper = len(texts) - width
    if not upper:
        return Division(list(range(width)), [None] * width)
    if upper == 1 and _FEWEST <= (years := _years_behind(texts)) < size:
        above = len(texts) - years - tail - 1
        spread = [(j, None) for j in range(above)] + [(above, len(texts) - years + n) for n in range(years)]
        return _division([*spread, *((j, None) for j in range(above + 1, above + 1 + tail))])
    lone = next((n for n in range(size) if len(_totals(texts, names, names + n + upper)) == n), None)
    if lone is None or size - lone < upper * _FEWEST:
        return None
    first = names + lone + upper + tail
    totals = _totals(texts, names, first - tail)
    kept = {*range(names), *totals, *range(first - tail, first)}
    sizes = _by_sums(size - lone, upper, [j - names for j in totals], rows) or _alike(size - lone, upper)
    if sizes is None:
        low = list(range(first, len(texts)))
        whole = [*(j for j in range(first - tail) if j in kept), *low, *range(first - tail, first)]
        return Division(whole, [None] * width)
    return _division(list(_columns(first, kept, sizes)))


def _division(columns: Sequence[tuple[int, int | None]]) -> Division:
    return Division([top for top, _ in columns], [below for _, below in columns])


def _years_behind(texts: Sequence[str]) -> int:
    """How many years stand at the end of the heads: they divide the head before them, beside whatever other columns."""
    return next((n for n, text in enumerate(reversed(texts)) if not YEAR.fullmatch(text)), len(texts))


def _totals(texts: Sequence[str], start: int, end: int) -> list[int]:
    return [j for j in range(start, end) if SUM.fullmatch(texts[j])]


def _columns(first: int, kept: Collection[int], sizes: Sequence[int]) -> Iterator[tuple[int, int | None]]:
    waiting, low = iter(sizes), first
    for j in range(first):
        if j in kept:
            yield j, None
            continue
        for _ in range(next(waiting)):
            yield j, low
            low += 1


def _alike(under: int, upper: int) -> list[int] | None:
    return None if under % upper else [under // upper] * upper


def _by_sums(under: int, upper: int, totals: Sequence[int], rows: Sequence[Sequence[float]]) -> list[int] | None:
    """The one way to part the columns so that each part adds up to the total in front of them; None without one."""
    if totals != [0] or len(rows) < _FEWEST:
        return None
    found = [
        sizes
        for cuts in combinations(range(1, under), upper - 1)
        if all(_adds_up(row, cuts) for row in rows)
        for sizes in [[b - a for a, b in pairwise((0, *cuts, under))]]
    ]
    return found[0] if len(found) == 1 else None


def _adds_up(row: Sequence[float], cuts: Sequence[int]) -> bool:
    total, *parts = row
    return all(abs(sum(parts[a:b]) - total) <= _EXACT * abs(total) for a, b in pairwise((0, *cuts, len(parts))))
