"""More than the whole target, of which the unit may have a share only; ten times as much is a slip and no work."""

from collections.abc import Iterator

from guatu.core.dispatch.checks.figure import Figure
from guatu.core.kernel.explained import show
from guatu.core.kernel.finding import Kind

KIND = Kind(
    "figure.above-whole",
    "warning",
    "“{name}”累计 {value},是全部目标 {whole} 的 {times} 倍,超过 {limit} 倍;请核对数值和单位",
    "“{name}”: {value} so far is {times} times the whole target, {whole}, and more than {limit} times; check the "
    "figure and its unit",
)
LIMIT = ("最多可达全部目标的几倍", "at most how many times the whole target")


def check(figure: Figure, limit: float) -> Iterator[dict[str, str]]:
    if figure.whole and figure.so_far > limit * figure.whole:
        times = show(round(figure.so_far / figure.whole, 2))
        whole = figure.shown(figure.whole)
        yield {"value": figure.shown(figure.so_far), "whole": whole, "times": times, "limit": show(limit)}
