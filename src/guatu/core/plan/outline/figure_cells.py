"""What the cells of a table of figures look like, one by one."""

from collections.abc import Sequence
from typing import Final

from guatu.core.fields.numerals import value_of
from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.model import Range, Table

Cells = Sequence[Range | Table]

FIGURE: Final = regex(
    r"[≥≤<>约]?(?P<number>\d[\d,]*(?:\.\d+)?)(?:[-~]\d[\d.,]*)?(?:%|‰|[\u4e00-\u9fff]{1,4}(?:/[\u4e00-\u9fff]{1,3})?)?"
    r"(?:以上|以下|以内|左右)?(?:\([^()\n]{1,8}\))?"
    r"|[-/]{1,3}"
)
_FIRST_OF_FIGURES: Final = frozenset("0123456789≥≤<>约-/")
YEAR: Final = regex(r"(?:19|20)\d\d(?:[-~](?:19|20)\d\d)?年?(?:度|[底末])?(?:目标|任务|计划|指标)?(?:值|数|量)?")
BARE_YEAR: Final = regex(r"(?:19|20)\d\d")
_MOST_YEARS: Final = 5


def text_of(cell: Range | Table, norm: str) -> str:
    """The words of a cell without blanks and line breaks."""
    return "" if isinstance(cell, Table) else "".join(norm[slice(*cell)].split())


def value(cell: Range | Table, norm: str) -> float | None:
    """The number in a cell of figures; 0 for a dash, None for what is no figure."""
    found = FIGURE.fullmatch(text_of(cell, norm))
    if found is None:
        return None
    return value_of(found["number"]) if found["number"] else 0


def is_figure(cells: Cells, at: int, norm: str) -> bool:
    """A figure, a dash for none; no year in words, and no bare year beside another one."""
    cell = cells[at]
    if isinstance(cell, Table) or norm[cell[0]] not in _FIRST_OF_FIGURES:
        return False
    text = text_of(cell, norm)
    if not FIGURE.fullmatch(text):
        return False
    if not YEAR.fullmatch(text):
        return True
    near = (text_of(cells[i], norm) for i in (at - 1, at + 1) if 0 <= i < len(cells))
    return text.isdecimal() and not any(
        0 < abs(int(text) - int(one)) <= _MOST_YEARS for one in near if BARE_YEAR.fullmatch(one)
    )


def spans(cells: Cells, at: int, count: int) -> list[Range]:
    """So many cells from one on; none where fewer are left."""
    found = [cell for cell in cells[at : at + count] if not isinstance(cell, Table)]
    return found if len(found) == count else []
