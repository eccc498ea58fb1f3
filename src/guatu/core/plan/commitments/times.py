"""Words for a point or a stretch of time, and what they are in ISO 8601."""

import re
from calendar import monthrange

import msgspec

from guatu.core.fields.day import HAN_SMALL, PARTS, QUARTER_END, TENTH_END, small, year_of
from guatu.core.kernel.regex import regex
from guatu.core.plan.source.anchored import Anchored

_YEAR = r"(?P<{0}>\d{{4}}|[一二][一二三四五六七八九零〇○0]{{3}}|20[xX*_○]{{2}}|[xX]{{2,4}}|_{{2,4}}|今|本|当|明)年度?"
_PART = PARTS
_SMALL = rf"\d{{1,2}}|{HAN_SMALL}"
_LEAD = regex(
    r"(?:到|至|截至|截止到?|自|从|力争(?:到|在|于|用)?|确保(?:到|在|于)?|争取(?:到|在|于)?|计划(?:到|在|于)?|预计(?:到|在)?|最迟(?:到|于)?|于|在|每|次)$"
)
_LONGEST_LEAD = 4
_NOT_BEFORE_HAN = "第正一二三四五六七八九十百零"

_TO_SIGNED = r"(?: ?(?:-+|~|至|到) ?(?:(?P<y8>(?:19|20)\d\d)(?P=sign))?(?P<m8>\d{1,2})(?P=sign)(?P<d8>\d{1,2}))?"

# One scan for all; the alternatives go from the longest to the shortest.
TIME = Anchored(
    r"[\d今本当明xX_第“\"十上下年一二三四五六七八九](?:(?<=[上下])半|(?<=年)[底末终内中度]|(?<=[一二三四])季"
    r"|(?<=[一二])[一二三四五六七八九零〇○0]{3}年|(?<=[一二三四五六七八九十])[一二三四五六七八九十]{0,2} ?[月至到~-]"
    r"|(?<=[\d今本当明xX_第“\"十]))",
    r"(?:"
    # 2026.9.30, 2026-09-30, 2026/4/1, 2026.3.1-2026.9.30, 2026.3.1-9.30, 2026.9底前
    + r"(?P<y7>(?:19|20)\d\d)(?P<sign>[-./])(?P<m7>\d{1,2})"
    + rf"(?:(?P=sign)(?P<d7>\d{{1,2}}){_TO_SIGNED}(?![\d./-])日?|(?P<p9>{_PART})?(?=之?前|以前))"
    # 2021年4月1日-5月31日, 2020年9月-12月, 12月1日-31日, 4-6月
    + rf"|(?:{_YEAR.format('y1')})?(?P<m1>{_SMALL}) ?(?:月(?:(?P<d1>{_SMALL})[日号]|{_PART})?)? ?(?:-+|~|至|到) ?"
    + rf"(?:(?:{_YEAR.format('y2')})?(?P<m2>{_SMALL})月(?:(?P<d2>{_SMALL})[日号]|{_PART})?|(?P<d3>{_SMALL})日)"
    # 2021-2023年, 2021年至2023年
    + r"|(?P<y3>(?:19|20)\d\d)年? ?(?:-+|~|至|到) ?(?P<y4>(?:19|20)\d\d)年(?P<y4half>[上下]半年|底|末)?"
    # 2022年8月底, 5月20日, 6月
    + rf"|(?:{_YEAR.format('y5')})?(?P<m5>{_SMALL})月(?:(?P<d5>{_SMALL})[日号]|(?P<p5>{_PART}))?"
    # 2023年底, 2023年上半年, 2023年第三季度末, 2023年
    + rf"|{_YEAR.format('y6')}(?P<p6>年?[底末终]|中(?=之?前|以前|完成)|[上下]半年末?|第?[一二三四1-4]季度[末底]?)?"
    # “十四五”末
    + r"|[“\"]?十(?P<five>[一二三四五六])五[”\"]?(?:时期|规划|期)?期?(?P<p7>末|期末)"
    # 年底, 年末, 年度末, 年内, 年中前; 上半年, 第三季度末
    + r"|(?<![\d一二三四五六七八九十两几数多xX*_每去前近全历整半年今本当明])"
    + r"(?P<p8>年[底末内]|年度[末底]|年终(?=前)|年中(?=之?前|以前|完成)|[上下]半年末?|第?[一二三四1-4]季度[末底]?)"
    + r")(?P<after>(?:24时|0时|1[2-8]时)?(?:主?汛期|国庆节?|春节|中秋节?)?(?:之?前)|以前|以内|内(?!蒙)|止|起|开始|期间)?",
)


class Time(msgspec.Struct, frozen=True, gc=False):
    """A time as it was written: positions, ISO text (None where it has no value), and the words around it."""

    start: int
    end: int
    iso: str | None
    last_year: int | None
    """The year in which it ends, where that is known."""
    lead: str
    after: str
    shape: str
    """range, years, month, day, part, year, five, word."""
    own_year: int | None
    """The year that is written in it."""


def times(norm: str, start: int, end: int, year: int | None) -> list[Time]:
    """All times in `norm[start:end]`; a month without a year is of the last year named before it, else of `year`."""
    found: list[Time] = []
    current = year
    for match in TIME.finditer(norm, start, end):
        if match.start() > 0 and _goes_on(norm[match.start() - 1], match):
            continue
        lead = _LEAD.search(norm, max(start, match.start() - _LONGEST_LEAD), match.start())
        time = _time(match, lead[0] if lead else "", current, year)
        if time is None:
            continue
        named = match[0].endswith("年度") and year is None
        if time.own_year and not named and (year is None or time.own_year >= year):
            current = time.own_year
        found.append(time)
    return found


def _goes_on(before: str, match: re.Match[str]) -> bool:
    """What stands before belongs to it: a longer number, 第一月, the version V2020.1.3."""
    if before.isdecimal() or (match["y7"] and before.isascii() and (before.isalnum() or before in "./-_")):
        return True
    return bool(match["m5"]) and not match["m5"].isascii() and not match["y5"] and before in _NOT_BEFORE_HAN


def _time(match: re.Match[str], lead: str, current: int | None, base: int | None) -> Time | None:
    group = match.groupdict()
    shape, build = next((s, b) for key, s, b in _SHAPES if group[key])
    own = next((group[k] for k in ("y2", "y1", "y4", "y5", "y6", "y8", "y7") if group[k]), None)
    own_year = _year_value(own, base) if own else None
    try:
        iso, last = build(group, current, base)
    except ValueError:
        return None
    if group["m1"] and "月" not in match[0]:
        return None
    if own in ("今", "本", "当", "明") and shape == "year" and not group["p6"]:
        return None
    if group["m5"] and not group["m5"].isascii() and (group["after"] or "").endswith("内"):
        # 三月内 is three months to some and March to others.
        return None
    if group["p5"] or group["d5"]:
        shape = "day"
    if group["p6"]:
        shape = "part"
    return Time(match.start() - len(lead), match.end(), iso, last, lead, group["after"] or "", shape, own_year)


def _year_value(text: str | None, base: int | None) -> int | None:
    """None where the year is masked or not known."""
    if text is None:
        return None
    if text in ("今", "本", "当"):
        return base
    if text == "明":
        return base + 1 if base else None
    return year_of(text) if text.isdecimal() or (not text.isascii() and "○○" not in text) else None


def _date(year: int | None, month: int, day: int | None) -> str:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        raise ValueError
    head = f"{year:04d}-{month:02d}" if year else f"--{month:02d}"
    return head if day is None else f"{head}-{day:02d}"


def _last_day(year: int | None, month: int) -> int:
    return monthrange(year or 2001, month)[1]


_Group = dict[str, str | None]
_Built = tuple[str | None, int | None]


def _range(group: _Group, current: int | None, base: int | None) -> _Built:
    written = group["y1"]
    first = _year_value(written, base) if written else current
    last = _year_value(group["y2"], base) if group["y2"] else first
    month = _small(group["m1"])
    to_month = _small(group["m2"]) or month
    day, to_day = _small(group["d1"]), _small(group["d2"] or group["d3"])
    if bool(day) != bool(to_day):
        day, to_day = day or 1, to_day or _last_day(last, to_month)
    return f"{_date(first, month, day or None)}/{_date(last, to_month, to_day or None)}", last


def _years(group: _Group, current: int | None, base: int | None) -> _Built:
    return f"{group['y3']}/{group['y4']}", int(group["y4"] or 0)


def _small(text: str | None) -> int:
    """A month or a day in either script, 0 for none."""
    return (small(text) or 0) if text else 0


def _signed(group: _Group, current: int | None, base: int | None) -> _Built:
    year, month, part = int(group["y7"] or 0), _small(group["m7"]), group["p9"]
    if group["m8"]:
        last = int(group["y8"] or year)
        return (
            f"{_date(year, month, _small(group['d7']))}/{_date(last, _small(group['m8']), _small(group['d8']))}",
            last,
        )
    if group["d7"]:
        return _date(year, month, _small(group["d7"])), year
    return _of_month(year, month, part), year


def _month(group: _Group, current: int | None, base: int | None) -> _Built:
    year = _year_value(group["y5"], base) if group["y5"] else current
    month = _small(group["m5"])
    if group["d5"]:
        return _date(year, month, _small(group["d5"])), year
    return _of_month(year, month, group["p5"]), year


def _of_month(year: int | None, month: int, part: str | None) -> str:
    """The month, or the day at the end of the part of it. Raises ValueError for what is no month."""
    if not 1 <= month <= 12:
        raise ValueError
    if part in ("底", "末", "下旬"):
        return _date(year, month, _last_day(year, month))
    return _date(year, month, TENTH_END.get(part or ""))


def _part_of_year(year: int | None, part: str | None) -> str | None:
    head = f"{year:04d}-" if year else "--"
    if not part:
        return str(year) if year else None
    if part.endswith("中") or part.startswith("上"):
        return head + "06-30"
    if (part[-1] in "底末终" and "季" not in part) or part.startswith("下"):
        return head + "12-31"
    if part == "年内":
        return str(year) if year else None
    quarter = next(("一二三四1234".index(c) % 4 + 1 for c in part if c in "一二三四1234"), 4)
    month, day = QUARTER_END[quarter]
    return f"{head}{month:02d}-{day:02d}"


def _year(group: _Group, current: int | None, base: int | None) -> _Built:
    year = _year_value(group["y6"], base)
    return _part_of_year(year, group["p6"]), year


def _five(group: _Group, current: int | None, base: int | None) -> _Built:
    year = 2005 + 5 * "一二三四五六".index(group["five"] or "一") + 5
    return f"{year}-12-31", year


def _word(group: _Group, current: int | None, base: int | None) -> _Built:
    return _part_of_year(current, group["p8"]), current


_SHAPES = (
    ("m8", "range", _signed),
    ("y7", "day", _signed),
    ("m1", "range", _range),
    ("y3", "years", _years),
    ("m5", "month", _month),
    ("y6", "year", _year),
    ("five", "five", _five),
    ("p8", "word", _word),
)
