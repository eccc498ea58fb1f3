"""A sum so far that is smaller than a month ago: what was built has not been unbuilt, so one of the two is wrong."""

from collections.abc import Iterator

from guatu.core.dispatch.checks.figure import Figure
from guatu.core.kernel.finding import Kind

KIND = Kind(
    "figure.falls",
    "error",
    "“{name}”填报 {value},比上期 {before} 少了 {change};累计数不会减少,请核对本期,或说明上期多报",
    "“{name}”: {value} is {change} less than {before} before; such a figure does not fall: check it, or say that "
    "the last one was too high",
)
LIMIT = ("允许回落的幅度(指标单位),一般为 0", "by how much it may fall, in the target's unit, as a rule 0")


def check(figure: Figure, limit: float) -> Iterator[dict[str, str]]:
    if figure.earlier and figure.earlier[-1] - figure.value > limit:
        before = figure.earlier[-1]
        change = figure.shown(before - figure.value)
        yield {"value": figure.shown(figure.value), "before": figure.shown(before), "change": change}
