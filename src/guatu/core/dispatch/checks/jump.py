"""A figure that moved by more than a share of the last one: a slipped decimal point, 亩 for 公顷, 户 for 人.

A figure that is about what is due at the period's end has moved as it should.
A share of 0 is nothing, so after a figure of 0 this check is silent; `largest_step` holds there.
"""

from collections.abc import Iterator

from guatu.core.dispatch.checks.figure import Figure
from guatu.core.kernel.explained import RATIO, show
from guatu.core.kernel.finding import Kind

KIND = Kind(
    "figure.jump",
    "warning",
    "“{name}”填报 {value},比上期 {before} 变动 {share},超过 {limit};请核对小数点和单位,属实请说明原因",
    "“{name}”: {value} is {share} away from {before} before, more than {limit}; check the decimal point and the "
    "unit, or say why",
)
LIMIT = ("相对上期的最大变动,0.5 即 50%", "greatest change as a share of the last figure, 0.5 is 50%")


def check(figure: Figure, limit: float) -> Iterator[dict[str, str]]:
    if not figure.earlier or figure.earlier[-1] == 0 or figure.is_near_course:
        return
    before = figure.earlier[-1]
    share = abs(figure.value - before) / abs(before)
    if share > limit:
        shown = {"share": show(round(share, 3), RATIO), "limit": show(limit, RATIO)}
        yield {"value": figure.shown(figure.value), "before": figure.shown(before), **shown}
