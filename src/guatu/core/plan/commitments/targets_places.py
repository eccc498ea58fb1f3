"""Tables that share goals out: a row for each town or unit, a column for each thing or each year.

What is counted stands in the head of a column (新建公厕(座)), or in the caption above the table where its columns are
years (各乡镇造林任务表, 单位:亩). A table that tells how things stand sets no goals.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from guatu.core.kernel.regex import regex
from guatu.core.kernel.units import Dimension, resolve
from guatu.core.plan.commitments.columns import Column, Columns
from guatu.core.plan.outline.figure_cells import value
from guatu.core.plan.outline.grids import across
from guatu.core.plan.outline.model import Table

_PLACES: Final = regex(
    r"乡镇|街道|镇街|地区|区域|行政区|县区|市县|[省市州县区乡镇]名|村|园区|林场|^单位$|单位名称|^名称$|责任单位|完成单位|承担单位"
)
SHARES: Final[dict[str, str]] = {
    r"任务|目标|计划|分解|分配|下达|规划": "2026年造林任务分解表",
    r"指标": "2026年用水总量控制指标",
    r"限额|定额|额度|配额|名额": "年采伐限额表",
    r"控制(?:数|量|计划|总量)|总量控制": "主要污染物排放控制量",
    r"配置|安排": "公益性岗位安排表",
}
"""Words that say that a table shares something out, each with a caption that does."""
_SHARED_OUT: Final = regex("|".join(SHARES))
_AS_IT_IS: Final = regex(r"现状|现有|存量|原有|统计|基本情况|已完成|完成情况|摸底|底数|上年")
_UNIT_LINE: Final = regex(r"\(?(?:计量)?单 ?位: ?(?P<units>[^\s:()]{1,24})\)?\s*$")
_BRACKET: Final = regex(r"\(([^()]{1,8})\)")
_NUMBER_OF: Final = regex(r"(人次|[人户亩个台座处株家名辆场次吨所间套])数")
"""培训总人数, 改厕户数: the head says what is counted."""
_LISTED: Final = regex("[、,和]")
_CONTINUED: Final = regex(r"\s*(?:\(?(?:续表|接上表|续)\)?\s*)?")
DIMENSIONS: Final[dict[str, tuple[Dimension, ...]]] = {
    "面积": ("area",),
    "产量": ("mass", "volume"),
    "重量": ("mass",),
    "排放量": ("mass",),
    "用水量": ("volume",),
    "蓄积": ("volume",),
    "库容": ("volume",),
    "长度": ("length",),
    "里程": ("length",),
    "人数": ("people",),
    "人口": ("people",),
    "户数": ("people", "count"),
    "产值": ("money",),
    "投资": ("money",),
    "收入": ("money",),
    "率": ("ratio",),
    "比例": ("ratio",),
}
"""What a head measures; of several units above a table its own is the one that measures the same (单位:万亩、万吨)."""
NOISE: Final[dict[str, str]] = {
    r"^(?:附[件表]?|表)[一二三四五六七八九十\d]*[:.、 ]*": "附件2:造林任务表",
    r"^[\u4e00-\u9fff]{2,6}[县市区](?=[\u4e00-\u9fff\d]{3})": "青禾县2026年造林任务表",
    r"各?(?:乡镇|镇街)(?:\(街道\)|、街道)?": "各乡镇造林任务表",
    r"(?:19|20)\d\d(?:[-~至]20\d\d)?年?度?": "2026年度造林任务表",
    r"年度(?=[\u4e00-\u9fff]{3})": "青禾县年度造林任务表",
    r"(?:任务|目标|计划|指标)?(?:分解|分配|安排|明细|一览|汇总|情况)?表$": "造林任务分解表",
}
"""What a caption has beside the thing that its table counts, each with a caption that has it."""
_CAPTION_NOISE: Final = regex("|".join(NOISE))
_FAR: Final = 120
_SAID_YEAR: Final = regex(r"((?:19|20)\d\d)年")
_YEAR_DIGITS: Final = 4


class Above(NamedTuple):
    """What stands over a table: its caption, the thing that it counts by its caption, its units."""

    caption: str
    thing: str
    units: tuple[str, ...]


class Shared(NamedTuple):
    """A table that shares goals out: the column of its places, and for each other column what it counts."""

    places: int
    counted: dict[int, str]
    years: dict[int, str]
    units: dict[int, str]


def shared_out(table: Table, columns: Columns, above: Above, norm: str) -> Shared | None:
    """How a table shares goals out; None where it does not."""
    places = _places(columns)
    if places is None or _AS_IT_IS.search(above.caption):
        return None
    others = [one for one in columns.all if one.index > places.index and not _AS_IT_IS.search(one.head)]
    dated = {one.index: one.year for one in others if one.year}
    if dated:
        others = [one for one in others if one.year or not _is_before(one.head, min(dated.values()))]
    if not dated and not shares_out(above.caption, columns):
        return None
    common = above.units or _of_the_total(table, others, columns.head_rows, norm)
    units = {one.index: unit for one in others if (unit := unit_of(one.head, common))}
    counted = {one.index: _thing(one, above.thing) for one in others if one.index in units}
    return Shared(places.index, counted, dated, units)


def _is_before(head: str, year: str) -> bool:
    """Whether a column tells of a year before the first that goals are set for: what was there already."""
    said = _SAID_YEAR.match(head)
    return said is not None and said[1] < year[:_YEAR_DIGITS]


def has_places(columns: Columns) -> bool:
    """Whether the rows of a table are towns or units."""
    return _places(columns) is not None


def _places(columns: Columns) -> Column | None:
    return next((one for one in columns.all if one.kind in _OF_PLACES or _is_place(one)), None)


def _is_place(column: Column) -> bool:
    return column.kind != "number" and _PLACES.search(column.head) is not None


_OF_PLACES: Final = ("place", "responsible")


def _of_the_total(table: Table, columns: Sequence[Column], first: int, norm: str) -> tuple[str, ...]:
    """The unit of a total (培训总人数), which its parts have as well: in each row the columns behind it add up to it."""
    figures = [one for one in columns if one.kind in ("number", "target")]
    unit = unit_of(figures[0].head, ()) if len(figures) > _SHORTEST else ""
    rows = [[value(row.cells[one.index], norm) for one in figures] for row in table.rows[first:] if not across(row)]
    told = [[one for one in row if one is not None] for row in rows if None not in row]
    return (unit,) if unit and len(told) == len(rows) and all(sum(row[1:]) == row[0] for row in told) else ()


def shares_out(caption: str, columns: Columns) -> bool:
    """Whether the words above a table or those of its heads say that it sets goals."""
    return not _AS_IT_IS.search(caption) and bool(
        _SHARED_OUT.search(caption + "".join(one.head for one in columns.all))
    )


def above_table(table: Table, norm: str) -> Above:
    """The caption of a table and its units, which stand above it or on the line below."""
    lines = list(_lines(norm[max(0, table.start - _FAR) : table.start]))
    said = _UNIT_LINE.search(lines[-1]) if lines else None
    if said is not None:
        lines[-1] = lines[-1][: said.start()].strip()
    else:
        said = _UNIT_LINE.fullmatch(next(_lines(norm[table.end : table.end + _NEAR]), ""))
    caption = next((line for line in reversed(lines) if line), "")
    units = tuple(filter(resolve, _LISTED.split(said["units"]))) if said else ()
    return Above(caption, _CAPTION_NOISE.sub("", caption).strip(" ()"), units)


def captions(tables: Sequence[Table], norm: str) -> Iterator[Above]:
    """What stands over each of some tables in reading order; one that goes on another has what stands over that."""
    before: Table | None = None
    above = Above("", "", ())
    for table in tables:
        if before is None or not _CONTINUED.fullmatch(norm, before.end, min(table.start, before.end + _FAR)):
            above = above_table(table, norm)
        before = table
        yield above


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.split("\n") if line.strip())


def unit_of(head: str, common: Sequence[str]) -> str:
    """The unit of a column: in brackets in its head, else the one above the table that measures what the head does,
    else what the head counts (人数); "" where nothing says one."""
    own = [inside for inside in _BRACKET.findall(head) if resolve(inside)]
    if own:
        return str(own[-1])
    if len(common) == 1:
        return common[0]
    measured = next((dimensions for word, dimensions in DIMENSIONS.items() if word in head), ())
    fitting = [unit for unit in common if (measure := resolve(unit)) and measure.dimension in measured]
    if len(fitting) == 1:
        return fitting[0]
    counted = None if common else _NUMBER_OF.search(head)
    return counted[1] if counted else ""


def _thing(column: Column, thing: str) -> str:
    """The words of the head without its unit; those of the caption where the head is a year."""
    parts = [part for part in column.head.split("/") if not (column.year and part.startswith(column.year))]
    own = parts[-1] if parts else ""
    return thing if column.year and _SHARED_OUT.search(own) else thing_counted(own, thing)


def thing_counted(head: str, thing: str) -> str:
    """What a column counts: the words of its head, or `thing` of the caption where those only say that it counts."""
    own = _BRACKET.sub(lambda m: "" if resolve(m[1]) else m[0], head).removeprefix("其中:")
    return thing if len(thing) >= _SHORTEST and (len(own) < _SHORTEST or _TOTAL.fullmatch(own)) else own


_SHORTEST: Final = 2
_TOTAL: Final = regex(
    "(?:合|总|小|共)计|总[量数]|(?:年度?|本年)?(?:任务|目标|计划|指标|控制|分配|下达)?(?:总?[数量]|数量|指标|任务|目标|限额|计划|额度)"
)
"""合计, 任务数, 指标: words that count without saying what."""
_NEAR: Final = 40
