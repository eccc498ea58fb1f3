"""Tables that share goals out: a row for each town or unit, a column for each thing or each year.

What is counted stands in the head of a column (新建公厕(座)), or in the caption above the table where its columns are
years (各乡镇造林任务表, 单位:亩). A table that tells how things stand sets no goals.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from guatu.core.plan.commitments.columns import Column, Columns
from guatu.core.plan.outline.model import Table

_PLACES: Final = re.compile(
    r"乡镇|街道|镇街|地区|区域|县区|市县|[省市州县区]名|村|^单位$|单位名称|^名称$|责任单位|完成单位|承担单位"
)
_SHARED_OUT: Final = re.compile(r"任务|目标|计划|分解|分配|指标|下达|规划")
_AS_IT_IS: Final = re.compile(r"现状|现有|存量|原有|统计|基本情况|已完成|完成情况|摸底|底数|上年")
_UNIT_LINE: Final = re.compile(r"\(?(?:计量)?单位:(?P<unit>[^\s:、,()]{1,8})\)?\s*$")
NOISE: Final[dict[str, str]] = {
    r"^(?:附[件表]?|表)[一二三四五六七八九十\d]*[:.、 ]*": "附件2:造林任务表",
    r"^[\u4e00-\u9fff]{2,6}[县市区](?=[\u4e00-\u9fff]{3})": "青禾县造林任务表",
    r"各?(?:乡镇|镇街)(?:\(街道\)|、街道)?": "各乡镇造林任务表",
    r"(?:19|20)\d\d(?:[-~至]20\d\d)?年?度?": "2026年度造林任务表",
    r"(?:任务|目标|计划|指标)?(?:分解|分配|安排|明细|一览|汇总|情况)?表$": "造林任务分解表",
}
"""What a caption has beside the thing that its table counts, each with a caption that has it."""
_CAPTION_NOISE: Final = re.compile("|".join(NOISE))
_FAR: Final = 120


class Shared(NamedTuple):
    """A table that shares goals out: the column of its places, and for each other column what it counts."""

    places: int
    counted: dict[int, str]
    years: dict[int, str]
    units: dict[int, str]


def shared_out(table: Table, columns: Columns, norm: str, unit_in: re.Pattern[str]) -> Shared | None:
    """How a table shares goals out; None where it does not. `unit_in` finds the unit that a head gives in brackets."""
    above = above_table(table, norm)
    places = next((one for one in columns.all if one.kind != "number" and _PLACES.search(one.head)), None)
    if places is None or _AS_IT_IS.search(above.caption):
        return None
    others = [one for one in columns.all if one.index > places.index and not _AS_IT_IS.search(one.head)]
    dated = {one.index: one.year for one in others if one.year}
    if not dated and not _SHARED_OUT.search(above.caption + "".join(one.head for one in others)):
        return None
    units = {one.index: unit for one in others if (unit := _unit(one, unit_in) or above.unit)}
    counted = {one.index: _thing(one, above.thing, unit_in) for one in others if one.index in units}
    return Shared(places.index, counted, dated, units)


class Above(NamedTuple):
    """What stands over a table: its caption, the thing that it counts by its caption, its unit."""

    caption: str
    thing: str
    unit: str


def above_table(table: Table, norm: str) -> Above:
    lines = list(_lines(norm[max(0, table.start - _FAR) : table.start]))
    said = _UNIT_LINE.search(lines[-1]) if lines else None
    if said is not None:
        lines[-1] = lines[-1][: said.start()].strip()
    caption = next((line for line in reversed(lines) if line), "")
    return Above(caption, _CAPTION_NOISE.sub("", caption).strip(" ()"), said["unit"] if said else "")


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.split("\n") if line.strip())


def _unit(column: Column, unit_in: re.Pattern[str]) -> str:
    found = unit_in.findall(column.head)
    return str(found[-1]) if found else ""


def _thing(column: Column, thing: str, unit_in: re.Pattern[str]) -> str:
    """The words of the head without its unit; those of the caption where the head is a year."""
    parts = [part for part in column.head.split("/") if not (column.year and part.startswith(column.year))]
    own = unit_in.sub("", parts[-1]) if parts else ""
    return thing if len(own) < _SHORTEST or _TOTAL.fullmatch(own) or (column.year and _SHARED_OUT.search(own)) else own


_SHORTEST: Final = 2
_TOTAL: Final = re.compile("(?:合|总|小|共)计|总[量数]")
