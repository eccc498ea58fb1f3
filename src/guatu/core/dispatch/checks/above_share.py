"""More than the unit was given to do: 1,000 of its 12 km. Doing more than one's share is no fault, but it is rare."""

from collections.abc import Iterator

from guatu.core.dispatch.checks.figure import Figure
from guatu.core.kernel.explained import show
from guatu.core.kernel.finding import Kind

KIND = Kind(
    "figure.above-share",
    "warning",
    "“{name}”累计 {value},是本单位任务 {share} 的 {times} 倍;请核对数值和单位,属实请说明原因",
    "“{name}”: {value} so far is {times} times the unit's own share, {share}; check the figure, or say why",
)
LIMIT = ("最多可达本单位任务的几倍,一般为 1", "at most how many times the unit's own share, as a rule 1")


def check(figure: Figure, limit: float) -> Iterator[dict[str, str]]:
    if figure.share and figure.so_far > limit * figure.share:
        times = show(round(figure.so_far / figure.share, 2))
        yield {"value": figure.shown(figure.so_far), "share": figure.shown(figure.share), "times": times}
