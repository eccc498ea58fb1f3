"""The rates of digital urban management, each with the denominator that it has or that a county sets.

Numerators and denominators follow published implementations and bulletins; the text of GB/T 30428.4 was not at hand, so
every rate says that it is not checked against it. Where implementations leave a denominator open, there is none until
the county sets one, with its date and source.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

import msgspec

from guatu.core.cases.evaluation.counts import COUNTS
from guatu.core.kernel.explained import RATIO, Explained, Label, Part, Rule, Unknown, Word
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

IMPLEMENTED = "数字城管指标枚举的公开实现(二手资料),未核对 GB/T 30428.4 原文"
BULLETIN = "一市公开通报的结案率、按期结案率均以应结案数为分母;未核对 GB/T 30428.4 原文"
DISTRICT = "一区公开考核办法;未核对 GB/T 30428.4 原文"

_NAME = Label("name", "指标", "rate")
_NUMERATOR = Label("numerator", "分子", "numerator")
_DENOMINATOR = Label("denominator", "分母", "denominator")
_OVER = Label("over", "分母口径", "denominator is")
_PART = Label("part", "分子口径", "numerator is")
_CHOICES = Label("choices", "可选分母", "denominators to choose from")
_SET_BY = Label("set_by", "口径来源", "set by")

RATE = Rule(
    "evaluation.rate",
    "{name} = {part} {numerator} ÷ {over} {denominator} = {value}",
    "{name} = {part} {numerator} ÷ {over} {denominator} = {value}",
)
NOTHING_DUE = Rule(
    "evaluation.nothing-due",
    "{name}无法计算: {over}为 0",
    "there is no {name}: {over} is 0",
)
NOT_SET = Rule(
    "evaluation.denominator-not-set",
    "{name}的分母各地不同,尚未设定;请在指标口径中选择({choices})",
    "the denominator of the {name} differs by city and is not set: choose one ({choices})",
)
NOT_COUNTED = Rule(
    "evaluation.not-counted",
    "{name}无法计算: 没有统计“{part}”或“{over}”",
    "there is no {name}: “{part}” or “{over}” was not counted",
)

ABOVE_ONE = Kind(
    "evaluation.rate-above-one",
    "warning",
    "“{key}”的{name_zh}为 {part}/{whole},超过 100%;请核对统计口径",
    "the {name_en} of “{key}” is {part}/{whole}, over 100 %; check what is counted",
)


class Rate(msgspec.Struct, frozen=True):
    """A rate by the names of its counts; an empty denominator is to be set, best as one of `choices`."""

    code: str
    zh: str
    en: str
    numerator: str
    denominator: str = ""
    choices: tuple[str, ...] = ()
    unverified: str = IMPLEMENTED


class Denominator(msgspec.Struct, frozen=True):
    """What a county divides by, on the days [valid_from, valid_to]; it also goes over a denominator that a rate has.

    `unverified` is said of one that comes with a pack and that nobody has checked against its source.
    """

    rate: str
    count: str
    source: str
    valid_from: date = date.min
    valid_to: date = date.max
    unverified: str = ""


RATES: dict[str, Rate] = {
    rate.code: rate
    for rate in (
        Rate("handling", "处置率", "handling rate", "handled", "to_handle"),
        Rate("handling-in-time", "按期处置率", "rate of handling in time", "handled_in_time", "to_handle"),
        Rate("handling-late", "超期处置率", "rate of late handling", "handled_late", "", ("to_handle", "handled")),
        Rate("overdue", "超期未处置率", "overdue rate", "overdue_unhandled", "", ("to_handle",)),
        Rate("extension", "延期率", "rate of extension", "extended", "to_handle", unverified=DISTRICT),
        Rate("closing", "结案率", "closing rate", "closed", "to_close", unverified=BULLETIN),
        Rate("closing-in-time", "按期结案率", "rate of closing in time", "closed_in_time", "to_close", unverified=BULLETIN),
        Rate("closing-late", "超期结案率", "rate of late closing", "closed_late", "to_close"),
        Rate("not-closed", "未结案率", "rate not closed", "not_closed", "reported"),
        Rate("assigning-right", "准确派遣率", "rate of right assignment", "dispatched_right", "to_dispatch"),
        Rate("assigning-in-time", "按期派遣率", "rate of assignment in time", "dispatched_in_time", "to_dispatch"),
        Rate("assigning", "派遣率", "rate of assignment", "dispatched", "", ("to_dispatch", "filed")),
        Rate("filing", "立案率", "filing rate", "filed", "", ("reported", "valid_reported", "accepted")),
        Rate("filing-in-time", "按时立案率", "rate of filing in time", "filed_in_time", "filed"),
        Rate("filing-right", "准确立案率", "rate of right filing", "filed_right", "filed"),
        Rate("accepting", "受理率", "rate of acceptance", "accepted", "", ("reported",)),
        Rate("accepting-in-time", "按期受理率", "rate of acceptance in time", "accepted_in_time", "accepted"),
        Rate("accepting-right", "准确受理率", "rate of right acceptance", "accepted_right", "accepted"),
        Rate("valid-report", "有效上报率", "rate of valid reports", "valid_reported", "reported"),
        Rate("public-report", "公众举报率", "share reported by the public", "public_reported", "",
        ("reported", "accepted", "filed")),
        Rate("verifying-in-time", "按期核实率", "rate of verifying in time", "verified_in_time", "to_verify"),
        Rate("checking", "核查率", "rate of checking", "checked", "", ("to_check", "handled")),
        Rate("checking-in-time", "按期核查率", "rate of checking in time", "checked_in_time", "to_check"),
        Rate("check-passed", "核查通过率", "rate of passed checks", "check_passed", "", ("checked",)),
        Rate("rework", "返工率", "rate of handling again", "reworked", "", ("to_close", "handled", "to_handle")),
        Rate("return", "回退率", "rate of return", "returned", "", ("dispatched", "to_handle")),
        Rate("satisfaction", "满意率", "satisfaction", "satisfied", "", ("rated", "closed")),
        Rate("appeal-upheld", "申诉通过率", "rate of appeals upheld", "appeal_upheld", "", ("appealed",)),
        Rate("error", "差错率", "error rate", "errors", "", ("filed", "dispatched", "checked")),
    )
}  # fmt: skip


def rate(
    of: Rate, counts: Mapping[str, int], on: date, settings: Sequence[Denominator] = ()
) -> Explained[float] | Unknown:
    """The rate with its two counts, or why there is none; nothing is rounded."""
    over, source, unchecked = denominator_of(of, on, settings)
    name = _NAME.of(Word(of.zh, of.en))
    if not over:
        words = [COUNTS[choice] for choice in of.choices]
        listed = Word("、".join(word.zh for word in words), ", ".join(word.en for word in words))
        return NOT_SET.lacks(name, _CHOICES.of(listed))
    parts: tuple[Part, ...] = (name, _PART.of(COUNTS[of.numerator]), _OVER.of(COUNTS[over]))
    if of.numerator not in counts or over not in counts:
        return NOT_COUNTED.lacks(*parts)
    mark = unchecked if source else of.unverified
    figures = (_NUMERATOR.of(counts[of.numerator]), _DENOMINATOR.of(counts[over], unverified=mark))
    set_by = (_SET_BY.of(source),) if source else ()
    found = fraction(of, counts, on, settings)
    if found is None:
        return NOTHING_DUE.lacks(*parts, *figures, *set_by)
    return RATE.gives(float(found), *parts, *figures, *set_by, unit=RATIO)


def fraction(of: Rate, counts: Mapping[str, int], on: date, settings: Sequence[Denominator] = ()) -> Fraction | None:
    """The rate exactly, for multiplying; None where `rate` is unknown."""
    over = denominator_of(of, on, settings)[0]
    if not over or not counts.get(over) or of.numerator not in counts:
        return None
    return Fraction(counts[of.numerator], counts[over])


def denominator_of(of: Rate, on: date, settings: Sequence[Denominator]) -> tuple[str, str, str]:
    """The count that is divided by on a day, who set it, and what is unchecked of that; empty where nobody did.

    Raises ValueError for a setting of a count that does not exist, or two that hold on the day.
    """
    holding = [one for one in settings if one.rate == of.code and one.valid_from <= on <= one.valid_to]
    if len(holding) > 1:
        raise ValueError(f"{len(holding)} denominators are set for {of.code} on {on}; leave one")
    if holding and holding[0].count not in COUNTS:
        raise ValueError(f"{holding[0].count} is no count; choose one of {', '.join(COUNTS)}")
    if holding:
        return holding[0].count, holding[0].source, holding[0].unverified
    return of.denominator, "", ""


def check_rates(
    key: str, rates: Sequence[Rate], counts: Mapping[str, int], on: date, settings: Sequence[Denominator] = ()
) -> list[RowFinding]:
    """Rates over 100 %: a part is counted that its whole does not contain."""
    found = []
    for of in rates:
        exact = fraction(of, counts, on, settings)
        if exact is not None and exact > 1:
            whole = counts[denominator_of(of, on, settings)[0]]
            names = {"key": key, "name_zh": of.zh, "name_en": of.en}
            found.append(row_finding(ABOVE_ONE, key, of.code, None, part=counts[of.numerator], whole=whole, **names))
    return found
