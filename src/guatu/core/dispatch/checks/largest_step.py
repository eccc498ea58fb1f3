"""A figure that moved by more than can be done in one period."""

from collections.abc import Iterator

from guatu.core.dispatch.checks.figure import Figure
from guatu.core.kernel.finding import Kind

KIND = Kind(
    "figure.step",
    "warning",
    "“{name}”填报 {value},比上期 {before} 变动 {change},超过一期可能的 {limit};请核对,属实请说明原因",
    "“{name}”: {value} is {change} away from {before} before, more than the {limit} that one period can bring; "
    "check it, or say why",
)
LIMIT = ("一期内的最大变动(指标单位)", "greatest change in one period, in the target's unit")


def check(figure: Figure, limit: float) -> Iterator[dict[str, str]]:
    if figure.earlier and abs(figure.value - figure.earlier[-1]) > limit:
        before = figure.earlier[-1]
        change = figure.shown(abs(figure.value - before))
        shown = {"change": change, "limit": figure.shown(limit)}
        yield {"value": figure.shown(figure.value), "before": figure.shown(before), **shown}
