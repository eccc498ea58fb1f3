"""Measure units of Chinese plan documents: one table from the unit as written to its base unit and factor.

Sources: the legal units of measurement of the PRC (State Council order of 1984-02-27) and, for 亩, 15 亩 = 1 公顷, so that
1 亩 = 666.6667 m2. Counting words (座, 处, 名, ...) have no standard: each counts one piece, person, household or
occurrence.
"""

from fractions import Fraction
from functools import cache
from typing import Final, Literal

import msgspec

Dimension = Literal[
    "ratio", "area", "length", "mass", "volume", "power", "energy", "pressure", "rate", "money", "people", "count",
    "times",
    "time", "score", "level",
]  # fmt: skip


class Measure(msgspec.Struct, frozen=True):
    """A unit resolved: `value as written * factor` is the value in `base`."""

    base: str
    factor: Fraction
    dimension: Dimension

    def in_base(self, value: float) -> float:
        """`value` in the base unit; the shortest decimal of `value` is taken as exact, so 90 % is 0.9 and not
        near it."""
        if isinstance(value, int):
            return value * self.factor.numerator / self.factor.denominator
        return float(Fraction(repr(value)) * self.factor)


_MU: Final = Fraction(2000, 3)

_GROUPS: Final[tuple[tuple[Dimension, str, dict[str, Fraction | int | str]], ...]] = (
    ("ratio", "1", {"%": "1/100", "‰": "1/1000", "个百分点": "1/100", "百分点": "1/100", "个千分点": "1/1000", "倍": 1,
    "/10万": "1/100000", "/十万": "1/100000"}),
    ("area", "m2", {
        "亩": _MU, "公顷": 10000, "平方公里": 1000000, "平方千米": 1000000, "平方米": 1, "平米": 1, "平方": 1,
        "㎡": 1, "m2": 1, "m²": 1, "km2": 1000000, "km²": 1000000, "hm2": 10000, "hm²": 10000,
    }),
    ("length", "m", {
        "延米": 1, "延长米": 1, "公里": 1000, "千米": 1000, "里": 500, "米": 1, "分米": "1/10", "厘米": "1/100",
        "毫米": "1/1000", "皮长公里": 1000, "km": 1000, "m": 1, "cm": "1/100", "mm": "1/1000",
    }),
    ("mass", "kg", {"吨": 1000, "公斤": 1, "千克": 1, "斤": "1/2", "克": "1/1000", "毫克": "1/1000000", "微克": "1/1000000000",
    "吨标准煤": 1000, "吨标煤": 1000, "μg": "1/1000000000", "ug": "1/1000000000", "kg": 1, "mg": "1/1000000"}),
    ("volume", "m3", {
        "立方米": 1, "立方": 1, "方": 1, "m3": 1, "m³": 1, "升": "1/1000", "毫升": "1/1000000", "l": "1/1000", "ml": "1/1000000",
    }),
    ("power", "W", {
        "瓦": 1, "千瓦": 1000, "兆瓦": 1000000, "吉瓦": 1000000000, "kw": 1000, "mw": 1000000, "gw": 1000000000,
        "千伏安": 1000, "kva": 1000,
    }),
    ("energy", "J", {"千瓦时": 3600000, "度": 3600000, "kwh": 3600000}),
    ("pressure", "Pa", {"兆帕": 1000000, "mpa": 1000000, "千帕": 1000, "kpa": 1000}),
    ("rate", "bit/s", {"兆": 1000000, "mbps": 1000000, "gbps": 1000000000}),
    ("money", "yuan", {"元": 1, "块钱": 1, "元人民币": 1}),
    ("money", "usd", {"美元": 1}),
    ("money", "eur", {"欧元": 1}),
    ("money", "hkd", {"港元": 1, "港币": 1}),
    ("people", "person", dict.fromkeys(("人", "名", "位"), 1)),
    ("people", "household", {"户": 1}),
    ("count", "piece", dict.fromkeys((
        "个", "处", "座", "所", "家", "项", "条", "辆", "台", "套", "台套", "株", "棵", "头", "只", "羽", "尾", "箱", "件", "份",
        "宗", "支", "队", "间", "床", "张", "盏", "块", "片", "栋", "幢", "口", "眼", "部", "班", "对", "组", "篇", "类", "种",
        "节", "艘", "架", "根", "孔", "枚", "本", "册", "道", "盘", "蓬", "窝", "塘", "扇", "面", "盆", "桶", "套房", "起", "单",
        "路", "端", "桩", "把", "列", "瓶", "标台", "标段", "课时", "学时", "网格", "村", "镇", "乡", "校", "企", "字", "门", "款", "例", "樘",
        "柱", "个点", "笔", "幅", "届", "顶", "粒", "层", "席", "桌", "页", "棒", "袋", "包", "筐", "副", "首", "集", "讲", "丘", "垄", "标箱",
        "机位", "航线", "具", "堂", "卷", "核",
    ), 1)),
    ("times", "occurrence", dict.fromkeys(("次", "场", "场次", "人次", "户次", "批次", "车次", "班次", "趟", "轮", "批", "期", "遍", "架次",
    "台次", "家次", "人天", "航班", "列次", "亩次", "辆次", "轮次"), 1)),
    ("time", "s", {"分钟": 60, "小时": 3600, "个小时": 3600, "秒": 1, "毫秒": "1/1000"}),
    ("time", "day", {"天": 1, "日": 1, "周": 7, "个星期": 7}),
    ("time", "working-day", {"个工作日": 1, "工作日": 1}),
    ("time", "month", {"个月": 1, "月": 1, "个季度": 3, "年": 12, "周年": 12, "学年": 12, "个学期": 6, "学期": 6, "年一遇": 12, "岁": 12}),
    ("score", "point", {"分": 1}),
    ("level", "lx", {"勒克斯": 1, "lx": 1, "lux": 1}),
    ("level", "dB", {"分贝": 1, "db": 1, "db(a)": 1}),
    ("level", "degC", {"℃": 1, "°c": 1, "摄氏度": 1}),
    ("level", "byte", {"gb": 10**9, "tb": 10**12, "pb": 10**15}),
    ("level", "NTU", {"ntu": 1}),
)  # fmt: skip

_TABLE: Final = {
    name: Measure(base, Fraction(factor), dimension)
    for dimension, base, names in _GROUPS
    for name, factor in names.items()
}

_MULTIPLIERS: Final = {"十": 10, "百": 100, "千": 1000, "万": 10000, "亿": 100000000}


def names(*dimensions: Dimension) -> list[str]:
    """Units of these dimensions (of all, where none is named) without multipliers, longest first."""
    found = [name for name, measure in _TABLE.items() if not dimensions or measure.dimension in dimensions]
    return sorted(found, key=lambda name: (-len(name), name))


@cache
def resolve(unit: str) -> Measure | None:
    """The measure of a unit as written, with multipliers (万亩, 百万吨) and compounds (座/平方公里, 元/人·月); None if unknown."""
    unit = unit.strip().lower()
    if unit in ("", "1"):
        return Measure("1", Fraction(1), "ratio")
    known = _TABLE.get(unit)
    if known is not None:
        return known
    if "/" in unit:
        return _compound(unit)
    factor = _MULTIPLIERS.get(unit[0])
    rest = resolve(unit[1:]) if factor and len(unit) > 1 else None
    if factor and rest and rest.dimension != "ratio":
        return Measure(rest.base, rest.factor * factor, rest.dimension)
    return None


def _compound(unit: str) -> Measure | None:
    above, *below = unit.replace("每", "").replace("•", "·").replace(".", "·").split("/")
    top = resolve(above)
    parts = [resolve(name) if name else None for group in below for name in group.split("·")]
    if top is None or not all(parts):
        return None
    base, factor = [], top.factor
    for part in parts:
        if part is not None:
            base.append(part.base)
            factor /= part.factor
    return Measure("/".join([top.base, *base]), factor, top.dimension)
