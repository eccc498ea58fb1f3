"""A sum that is far ahead of what is due by now: most of the year's work in its second month."""

from collections.abc import Iterator

from guatu.core.dispatch.checks.figure import Figure
from guatu.core.kernel.explained import show
from guatu.core.kernel.finding import Kind

KIND = Kind(
    "figure.ahead-of-course",
    "warning",
    "“{name}”累计 {value},是本期末应达 {due} 的 {times} 倍;请核对,属实请说明原因",
    "“{name}”: {value} so far is {times} times the {due} that is due by the end of the period; check it, or say why",
)
LIMIT = ("最多可达期末应达数的几倍,一般为 4", "at most how many times what is due, as a rule 4")

# In the first weeks hardly anything is due: below this share of the own target being ahead says nothing.
_SMALL = 0.5


def check(figure: Figure, limit: float) -> Iterator[dict[str, str]]:
    goal = figure.share or figure.whole
    if not goal or not figure.due or figure.so_far < _SMALL * goal:
        return
    if figure.so_far > limit * figure.due:
        times = show(round(figure.so_far / figure.due, 2))
        yield {"value": figure.shown(figure.so_far), "due": figure.shown(figure.due), "times": times}
