"""A rate above 100 %, where no more than all can be reached: 污水处理率达到120%."""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.rate-impossible",
    "error",
    zh="“{rate}”不可能超过100%，这里是{value}%，请核对",
    en="“{rate}” cannot exceed 100 %, here it is {value} %: check the figure",
)

_PERCENT = regex(r"%(?<=\d%)")
_RATE = regex(
    r"(?P<rate>[\u4e00-\u9fff]{0,6}(?:覆盖|合格|普及|入学|达标|处理|处置|利用|收集|参保|参合|巩固|办结|满意|知晓|治理|硬化|绿化|"
    r"保证|通车|接种|普查|建档|签约|回收|清运|到位|验收|整改|公开)率)[\u4e00-\u9fff]{0,6}?(?P<value>\d{3,4}(?:\.\d+)?)$"
)


def check(view: LintView) -> Iterator[Finding]:
    norm = view.norm
    for percent in _PERCENT.finditer(norm):
        match = _RATE.search(norm, max(0, percent.start() - 30), percent.start())
        if match and float(match["value"]) > 100 and "产能" not in match["rate"]:
            yield view.at(KIND, match.start(), percent.end(), rate=match["rate"], value=match["value"])
