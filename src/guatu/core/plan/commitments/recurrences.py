"""What is due again and again: 每月5日前上报, 月调度, 年度考评."""

from typing import Literal

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.source.anchored import Anchored

Every = Literal["day", "week", "month", "quarter", "half-year", "year"]


class RecurrenceDraft(msgspec.Struct, frozen=True):
    every: Every
    day: int | None
    what: str
    start: int
    end: int


_EVERY: dict[str, Every] = {
    "日": "day", "天": "day", "周": "week", "星期": "week", "月": "month", "季": "quarter", "季度": "quarter",
    "半年": "half-year", "年": "year", "年度": "year",
}  # fmt: skip
_RHYTHM = Anchored(
    r"[每月季半年次](?:(?<=每)|(?<=次)月|(?<=[月季半年])[度年]?[调通督考评报总])",
    r"(?:(?<![人村户亩名处个座])每个?(?:工作)?(?P<every>日|天|周|星期|月|季度?|半年|年度?)(?![初人代])"
    r"(?:的?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})[日号](?:之?前)?|底前?|末前?)?"
    r"|(?<![\d每上下本当一二三四五六七八九十])(?P<short>月|季度?|半年|年度)(?=调度|通报|督[查导]|考核|考评|评比|报告制|报制|总结评比)"
    r"|(?P<next>次月)(?P<nday>\d{1,2})[日号](?:之?前)?)",
)
_CLAUSE = regex(r"[^,。;:、!?\n()“”]*")


def find_recurrences(norm: str, start: int, end: int) -> list[RecurrenceDraft]:
    """The rhythms that `norm[start:end]` orders, each with the words that say what is due."""
    found = []
    for match in _RHYTHM.finditer(norm, start, end):
        word = match["every"] or match["short"] or "月"
        number = match["day"] or match["nday"]
        clause = _CLAUSE.match(norm, match.end(), min(end, match.end() + 40))
        what = (clause[0] if clause else "").strip()
        if not what and not number:
            continue
        stop = clause.end() if clause else match.end()
        found.append(RecurrenceDraft(_EVERY[word], int(number) if number else None, what, match.start(), stop))
    return found
