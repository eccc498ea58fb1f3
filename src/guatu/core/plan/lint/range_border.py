"""Bands of a scale that do not meet: 85分以上…,70-80分…, or meet in a number that belongs to two (70-80分, 80-90分).

Whoever has 82 marks gets nothing, whoever has 80 gets the one or the other; both end in a complaint. 以上 and 以下 count
the number itself (GB and the Civil Code say so), yet 60分以上 beside 60分以下 is read rightly by all; so is 含 on one side.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Literal

import msgspec

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView, shortened
from guatu.core.plan.source.anchored import Anchored

GAP = Kind(
    "plan.range-gap",
    "warning",
    zh="“{first}”与“{second}”之间有空档（{gap}），请补全档次",
    en="“{first}” and “{second}” leave a gap ({gap}): say what holds there",
)
OVERLAP = Kind(
    "plan.range-overlap",
    "warning",
    zh="“{first}”与“{second}”重叠（{gap}），请写明属于哪一档",
    en="“{first}” and “{second}” overlap ({gap}): say to which of them it belongs",
)
KINDS = (GAP, OVERLAP)

Edge = Literal["in", "stated", "out", "soft"]
"""The number at the edge of a band belongs to it, is said to belong, does not, or is left to the band beside."""

_N = r"\d+(?:\.\d+)?"
_UNITS = "% ‰ 元 百元 千元 万元 亿元 亩 万亩 人 户 名 位 家 个 座 头 只 株 公里 千米 米 平方米 吨 岁 天 小时 分钟 辆 台 次 件 起 倍"
_UNIT = f"(?:分(?!钟)|{'|'.join(_UNITS.split())})"
_IN = r"(?:\((?P<{0}>不?含(?:本数|{1})?[^()]{{0,8}})\))?"
_BAND = Anchored(
    r"[\d超大高低小少不未≥≤](?:(?<=\d)|(?=[过于满低少足高超\d]))",
    rf"(?:(?P<low>{_N})(?P<lunit>{_UNIT})?{_IN.format('lin', _N)}[-~至到]"
    rf"(?P<high>{_N})(?P<hunit>{_UNIT}){_IN.format('hin', _N)}(?:以下|之间)?"
    rf"|(?P<least>{_N})(?P<aunit>{_UNIT}){_IN.format('ain', _N)}(?:及|或)?以上{_IN.format('ain2', _N)}"
    rf"|(?P<most>{_N})(?P<bunit>{_UNIT}){_IN.format('bin', _N)}(?P<blw>(?:及|或)?以下|以内){_IN.format('bin2', _N)}"
    rf"|(?P<above>超过|大于|高于|≥|不低于|不少于)(?P<anum>{_N})(?P<cunit>{_UNIT})(?!的?(?:[-~至到]))"
    rf"|(?P<below>低于|小于|少于|不足|不满|未满|≤|不超过|不高于)(?P<bnum>{_N})(?P<dunit>{_UNIT}))",
)
_NOT_A_BAND = regex(r"[月日时号第条]$|20\d\d年?$")
# 一等奖奖励5-10万元, 二等奖奖励3-5万元: what is given, and no band of what it is given for.
_OUTCOME = regex(r"(?:奖励?|补助|补贴|给予|罚款?|处以?|扣减?|加|安排|支持|拨付|一次性)[^,。;:、\d]{0,4}$")
_APART = regex(r"\n\s*\n")
_FARTHEST = 60
_FEWEST = 3
# Of these there are halves: between 10 and 11 lies 10.5.
_PARTED = ("%", "‰", "元", "万元", "亿元", "亩", "万亩", "公里", "千米", "米", "平方米", "吨", "小时", "倍")


class Band(msgspec.Struct, frozen=True):
    """From `low` to `high`, None where it has no end."""

    start: int
    end: int
    unit: str
    low: Fraction | None
    low_edge: Edge
    high: Fraction | None
    high_edge: Edge


def check(view: LintView) -> Iterator[Finding]:
    for scale in _scales(_without_numbers(view)):
        rising = sorted(scale, key=lambda band: (band.low is not None, band.low or 0, band.high or 0))
        if rising not in (scale, scale[::-1]):
            continue
        for lower, upper in pairwise(rising):
            yield from _between(view, lower, upper)


def _without_numbers(view: LintView) -> str:
    """The text with blanks for the numbers of items: 2.75-85分 is the second band, from 75 on."""
    pieces, at = [], 0
    value = 0
    for match in _ITEM.finditer(view.norm):
        value = int(match["n"]) if int(match["n"]) in (1, value + 1) else 0
        if value:
            pieces += [view.norm[at : match.start("n")], " " * (match.end() - match.start("n"))]
            at = match.end()
    return "".join([*pieces, view.norm[at:]])


_ITEM = regex(r"(?m)^[ \t]*(?P<n>\d{1,2})[.、]")


def _between(view: LintView, lower: Band, upper: Band) -> Iterator[Finding]:
    if lower.high is None or upper.low is None:
        return
    first, second = (shortened(view.norm[band.start : band.end]) for band in (lower, upper))
    step = _step(view.norm, lower, upper)
    if upper.low < lower.high or (upper.low == lower.high and _both_have(lower.high_edge, upper.low_edge)):
        gap = _said(upper.low, lower.high, lower.unit)
        yield view.at(OVERLAP, upper.start, upper.end, first=first, second=second, gap=gap)
    elif _apart(lower, upper, step):
        gap = _said(lower.high, upper.low, lower.unit)
        yield view.at(GAP, upper.start, upper.end, first=first, second=second, gap=gap)


def _apart(lower: Band, upper: Band, step: Fraction) -> bool:
    """Whether a number lies between them: 100 between 50-99户 and 超过100户."""
    low, high = upper.low or Fraction(0), lower.high or Fraction(0)
    ends = (lower.high_edge, upper.low_edge)
    return low - high + ends.count("out") * step > step or (low == high and ends == ("out", "out"))


def _both_have(lower: Edge, upper: Edge) -> bool:
    return lower == upper and lower in ("in", "stated")


def _step(norm: str, lower: Band, upper: Band) -> Fraction:
    """How far the bands may lie apart without a number between them."""
    places = max(
        len(number.partition(".")[2]) for band in (lower, upper) for number in _NUMBER.findall(_text(norm, band))
    )
    return Fraction(1, 10**places) if places else Fraction(lower.unit not in _PARTED)


def _text(norm: str, band: Band) -> str:
    return norm[band.start : band.end]


_NUMBER = regex(_N)


def _said(low: Fraction, high: Fraction, unit: str) -> str:
    return f"{float(low):g}{unit}" if low == high else f"{float(low):g}~{float(high):g}{unit}"


def _scales(norm: str) -> Iterator[list[Band]]:
    """Runs of bands of one unit that stand near each other."""
    run: list[Band] = []
    for match in _BAND.finditer(norm):
        if (
            _NOT_A_BAND.search(norm, max(0, match.start() - 5), match.start())
            or norm[match.start() - 1 : match.start()] in _DIGITS
        ):
            continue
        if _OUTCOME.search(norm, max(0, match.start() - 10), match.start()):
            continue
        band = _band(match)
        near = run and band.start - run[-1].end <= _FARTHEST and not _APART.search(norm, run[-1].end, band.start)
        if not near or band.unit != run[-1].unit:
            yield from _enough(run)
            run = []
        run.append(band)
    yield from _enough(run)


_DIGITS = tuple("0123456789.-~")


def _enough(run: Sequence[Band]) -> Iterator[list[Band]]:
    """A scale has three bands and more, and at least one with two ends."""
    if len(run) >= _FEWEST and any(band.low is not None and band.high is not None for band in run):
        yield list(run)


def _band(match: re.Match[str]) -> Band:
    group = match.groupdict()
    start, end = match.span()
    if group["low"]:
        low, high = Fraction(group["low"]), Fraction(group["high"])
        return Band(start, end, group["hunit"], low, _edge(group["lin"], "in"), high, _edge(group["hin"], "in"))
    if group["least"]:
        low = Fraction(group["least"])
        return Band(start, end, group["aunit"], low, _edge(group["ain"] or group["ain2"], "in"), None, "in")
    if group["most"]:
        usual: Edge = "soft" if group["blw"].endswith("下") else "in"
        edge = _edge(group["bin"] or group["bin2"], usual)
        return Band(start, end, group["bunit"], None, "in", Fraction(group["most"]), edge)
    if group["above"]:
        edge = "out" if group["above"] in ("超过", "大于", "高于") else "stated"
        return Band(start, end, group["cunit"], Fraction(group["anum"]), edge, None, "in")
    edge = "stated" if group["below"] in ("≤", "不超过", "不高于") else "out"
    return Band(start, end, group["dunit"], None, "in", Fraction(group["bnum"]), edge)


def _edge(written: str | None, usual: Edge) -> Edge:
    """What 含 or 不含 in brackets says of the edge."""
    if written is None:
        return usual
    return "out" if written.startswith("不") else "stated"
