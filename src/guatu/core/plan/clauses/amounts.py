"""Number expressions: every number with a measure unit in a range of text, in one scan."""

import re
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from guatu.core.fields.numerals import ARABIC, CHINESE, CHINESE_DIGITS, value_of
from guatu.core.kernel.regex import regex
from guatu.core.kernel.units import names

Script = Literal["arabic", "chinese", "words"]


class Amount(msgspec.Struct, frozen=True, gc=False):
    """A number with its unit, `[start, end)`; `high` is the upper end of a range, `more` says 余 or 多 stood behind the
    number.

    `script` is "words" where no numeral is written as such: 为零, 翻一番, 全覆盖.
    """

    start: int
    end: int
    value: int | float
    unit: str
    script: Script
    high: int | float | None = None
    more: bool = False


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))


# Words that begin like a unit but are none: 户籍, 人民, 部门, 次干道, ...
_NOT_BEFORE: Final = {
    "人": "民均才员们大工", "户": "籍均型口外", "家": "庭长", "条": "例", "名": "录称", "次": "干级数要", "台": "账",
    "部": "门分署队委", "处": "理置罚", "方": "面案式向位针", "度": "假", "里": "程", "分": "别类布公局区支之", "项": "目",
    "村": "级民内庄居务委组", "镇": "级区长党政", "乡": "级镇村长党", "校": "长区级", "天": "然", "年": "度级", "周": "岁边围",
    "座": "谈", "批": "次复准", "期": "间限", "组": "织", "片": "区", "面": "积向", "字": "样", "克": "服", "类": "型",
    "企": "业", "道": "路防关口德题", "级": "", "本": "级地科", "轮": "流", "套": "房", "块": "钱", "对": "应于", "间": "隔", "件": "套",
    "兆": "帕瓦", "升": "级", "门": "诊", "层": "面级次", "例": "会", "头": "部", "班": "子", "队": "伍员", "点": "", "秒": "", "方位": "",
    "日": "常前", "月": "度份均", "款": "项", "路": "公段口线面灯网基沿径程由上边标", "端": "午", "列": "入为出车支席", "把": "握关", "桩": "号基", "网格": "化员长",
    "席": "卷位", "包": "括含联保装干容抓片", "页": "岩面", "集": "中体聚团合散约成市镇贸装", "首": "次位批届府创要期", "袋": "装", "副": "县市局主组省产总职书食",
    "讲": "解座述好", "棒": "球", "届": "人政中全三二四毕", "桌": "面", "具": "体有备", "堂": "口皇", "卷": "烟宗", "核": "心定查实准减验酸桃算销发",
}  # fmt: skip


_NO_UNIT_IN: Final = {"名": "城(?![市区乡镇管建])"}
"""Words that a single character does not tell: 历史文化名城, but 20名城市管理员."""


def _unit_pattern(words: list[str]) -> str:
    guarded = []
    for word in sorted(words, key=lambda w: (-len(w), w)):
        stop = _NOT_BEFORE.get(word)
        tail = f"(?![{stop}]{'|' + _NO_UNIT_IN[word] if word in _NO_UNIT_IN else ''})" if stop else ""
        guarded.append(re.escape(word) + (r"(?![a-z0-9])" if word.isascii() and word[-1].isalnum() else tail))
    return "|".join(guarded)


_ARABIC_UNITS: Final = [n for n in names() if n not in ("日", "月", "门", "本", "面", "字")]
_CHINESE_UNITS: Final = [
    "个", "处", "座", "所", "家", "名", "位", "户", "支", "辆", "台", "套", "间", "栋", "条", "项", "公里", "万亩", "亩", "倍", "块", "片",
    "个百分点", "个工作日", "个月", "小时", "个小时", "天", "年", "次", "场", "人", "镇", "村", "株", "吨", "万人", "万元", "元", "亿元", "期",
    "米", "平方米", "万株", "万户",
]  # fmt: skip
_AFTER_ARABIC: Final = _unit_pattern(_ARABIC_UNITS) + "|日(?=之?内|以内|[,。;)]|$)"
_AFTER_CHINESE: Final = _unit_pattern(_CHINESE_UNITS)
_PER: Final = _any([
    *names("area", "length", "volume", "mass", "people", "count"), "年", "月", "天", "日", "次", "万人", "千人", "百人", "百户",
    "学期", "人次",
    "小时", "班", "床", "班次", "工作日", "秒", "分钟", "升",
])  # fmt: skip
_RANGE: Final = r"\s?(?:--?|~|至|到)\s?"
_SCALE: Final = "[十百千]?(?:万亿|[万亿])"

_AMOUNT: Final = regex(
    rf"(?P<lo>{ARABIC})"
    rf"(?:(?=[^,。;、]{{0,8}}[-~至到]\s?\d)(?P<lounit>%|‰|(?:{_SCALE})?(?:{_AFTER_ARABIC})?){_RANGE}(?P<hi>{ARABIC}))?"
    rf"(?P<more>[余多])?[ ]?(?P<unit>(?P<scale>{_SCALE}|[千百](?!瓦|米|克|帕|伏))?(?P<more2>[余多])?"
    rf"(?:{_AFTER_ARABIC})(?:/每?(?:{_PER})(?:[·•.](?:{_PER}))?)?)"
    rf"|百分之(?P<percent>{ARABIC}|{CHINESE})"
    rf"|(?P<chinese>{CHINESE})(?:[-~至到](?P<chinese_hi>{CHINESE}))?(?P<chinese_more>[余多])?(?P<chinese_unit>"
    rf"{_AFTER_CHINESE})"
    rf"|(?<=[为到至于率])(?P<zero>零|0)(?![.0-9%‰个件起例增新发事伤死万])"
    rf"|(?P<tenths>[一二两三四五六七八九])成(?=[以左的多,。;、)]|$)(?!的?员)"
    rf"|(?P<below>[三四五])分之(?P<above>[一二三四])(?![一-鿿]{{0,3}}(?:村民|代表|成员|业主|党员|户主|同意|到会|签字|表决))"
    rf"|翻(?P<double>[一两二三])番"
    rf"|零(?P<none>增长|新增|发生|事故|伤亡|死亡|投诉|返贫|辍学|直排|排放|反弹|复发|亡人|火灾|污染|差错|缺陷|案件|发案|溺亡|感染|流失|欠薪|拖欠|超标|填埋|上访|逾期|积压)"
    rf"|(?P<full>全覆盖)",
    re.IGNORECASE,
)
_BARE: Final = regex(
    r"(?P<bare>\d+(?:\.\d+)?)(?:\s?:\s?(?P<to>\d+(?:\.\d+)?))?(?=以[上下内]|之?内|左右|及以|\s*(?:[,。;、)”]|\.?\s|\.?$))"
)
_RATIO_NAMED: Final = regex(
    r"(?:比例?|比值|[系倍指]数|[一-鿿]率|[A-Za-z]{2,5}值?)(?:\([^()]{1,8}\)|年?均|要|应|力争|分别|稳定|保持|逐步|进一步|(?:[由从]|"
    r"20\d\d年)的?\d+(?:\.\d+)?(?::1)?)*"
    r"(?:达到?|[提缩降升压控][^,。;\d]{1,4}|不[^,。;\d]{1,3}|保持|稳定在|小于|低于|大于|高于|超过|优于|[≤≥<>为到至在])[到至为在]?\s?$"
)
"""Words of a metric that is a pure number (收入比, 系数), and of the comparison that follows them."""


_ROUND: Final = ("百", "千", "零")
"""千亩, 百户: a name for something large, not a number."""


_DEVICE: Final = regex(r"[一-鿿、][A-Z]{2,5}$")
"""配备CT、DR1台: letters that name a device, not a code."""
_ITEM_NUMBER: Final = regex(r"\s*(?:\d{1,2}(?:\.\d{1,2}){2,}(?=[^\d.])|\d{1,2}[.、](?=\d))")
"""The number of an item with a number right behind it: 3.12个, which is no 3.12; or one of several levels, 6.4.1 对…."""
_DIGITS: Final = regex(f"[0-9{CHINESE_DIGITS}翻全](?:(?<=[0-9])[0-9]*|(?<=[{CHINESE_DIGITS}])[{CHINESE_DIGITS}]*|)")
_BEHIND_DIGITS: Final = {
    "0": frozenset("十百千万亿余多 .,-~至到:以。;)/") | {name[0] for name in _ARABIC_UNITS} | {"日"},
    "一": frozenset("余多-~至到分增新发成事伤死投返辍直排反复扩亡火污差缺案溺感流欠拖超填上逾积")
    | {name[0] for name in _CHINESE_UNITS},
}
"""What may follow the first digits of an amount: most numbers of a plan (dates, headings, 一体化) end here."""


def scan(norm: str, raw: str, start: int, end: int) -> Iterator[Amount]:
    """The amounts in `[start, end)`, in order.

    Numbers that belong to a name or a code (C30, 第三, GB/T 30428) are left out; units are as written in `raw`.
    """
    marker = _ITEM_NUMBER.match(norm, start, end)
    done = start = marker.end() if marker else start
    for digits in _DIGITS.finditer(norm, start, end):
        at = digits.start()
        if at < done or not _may_begin(norm, at, digits.end(), start, end):
            continue
        found = _AMOUNT.match(norm, at, end)
        if found is None:
            bare = _pure_number(norm, at, start, end)
            if bare is not None:
                done = bare.end
                yield bare
            continue
        done = found.end()
        if found["lo"] is not None:
            amount = _arabic(found, norm, raw)
        elif found["chinese"] is not None:
            amount = _chinese(found)
        else:
            amount = _words(found)
        if amount is not None:
            yield amount


def _may_begin(norm: str, at: int, behind: int, floor: int, ceiling: int) -> bool:
    first = norm[at]
    if first in "翻全零0" and (first != "0" or behind - at == 1):
        return True
    if behind >= ceiling or norm[behind].lower() not in _BEHIND_DIGITS["0" if first.isascii() else "一"]:
        return False
    return not _part_of_a_code(norm, at, behind, floor)


def _pure_number(norm: str, at: int, floor: int, ceiling: int) -> Amount | None:
    """缩小到2.2以内, 达到2.5:1: a ratio or coefficient, which has no unit; of 1:1.25 the part that varies."""
    named = _RATIO_NAMED.search(norm, max(floor, at - 20), at)
    found = _BARE.match(norm, at, ceiling) if named else None
    if named is None or found is None:
        return None
    varying = found["bare"]
    if found["to"] not in (None, "1"):
        if varying != "1" or "达" not in named[0]:
            return None
        varying = found["to"]
    value = value_of(varying)
    return None if value is None else Amount(at, found.end(), value, "", "arabic")


def _part_of_a_code(norm: str, at: int, behind: int, floor: int) -> bool:
    before = norm[at - 1] if at > floor else " "
    if before.isascii() and before.isalpha() and _DEVICE.search(norm, max(floor, at - 12), at):
        return norm[behind : behind + 1] not in "台套"
    return before in "第+." or (before.isascii() and before.isalnum())


def _arabic(found: re.Match[str], norm: str, raw: str) -> Amount | None:
    low, high = found["lo"], found["hi"]
    if "," in low and "," not in raw[found.start("lo") : found.end("lo")]:
        return None
    unit = found["unit"]
    if found["more2"]:
        unit = unit.replace(found["more2"], "", 1)
    start = found.start()
    value = value_of(low)
    upper = value_of(high) if high else None
    if value is None or (unit == "日" and norm[start - 1 : start] == "月"):
        return None
    return Amount(start, found.end(), value, unit, "arabic", upper, bool(found["more"] or found["more2"]))


def _chinese(found: re.Match[str]) -> Amount | None:
    low, high = found["chinese"], found["chinese_hi"]
    value, upper = value_of(low), value_of(high) if high else None
    if value is None or (high and upper is None) or low in _ROUND:
        return None
    return Amount(
        found.start(), found.end(), value, found["chinese_unit"], "chinese", upper, bool(found["chinese_more"])
    )


def _words(found: re.Match[str]) -> Amount | None:
    start, end = found.span()
    if found["percent"]:
        value = value_of(found["percent"])
        return None if value is None else Amount(start, end, value, "%", "arabic")
    if found["double"]:
        return Amount(start, end, 2 ** (value_of(found["double"]) or 1), "倍", "words")
    if found["tenths"]:
        return Amount(start, end, 10 * (value_of(found["tenths"]) or 0), "%", "chinese")
    if found["below"]:
        share = (value_of(found["above"]) or 0) / (value_of(found["below"]) or 1)
        return Amount(start, end, round(share * 100, 2), "%", "chinese")
    if found["full"]:
        return Amount(start, end, 100, "%", "words")
    return Amount(start, end, 0, "", "words")
