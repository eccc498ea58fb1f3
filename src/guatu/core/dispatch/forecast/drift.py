"""Random walk with drift, along the course: carried on from where the figure stands, at the pace kept so far.

The pace is not over days but over the way that was due: who has made half of what an S-shaped course asked for is
expected to make half of what it still asks for. What one period gained or lost beyond its pace stays. Source: R. J.
Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice, 3rd ed. 2021, sections 5.2 and 5.5 (drift method,
h-step standard deviation s sqrt(h (1 + h / T))), written for steps of unequal length.
"""

from itertools import pairwise
from math import sqrt

from guatu.core.dispatch.forecast.model import Model, Series, Timing
from guatu.core.kernel.explained import Word

SMALLEST = 3


def fit(series: Series, timing: Timing) -> Model:
    """Fits at least 3 figures. Where the course stands still between two of them, time goes by days instead."""
    if any(timing(a) >= timing(b) for a, b in pairwise(series.days)):
        return fit(series, float)
    times, values = [timing(day) for day in series.days], series.values
    whole = times[-1] - times[0]
    pace = (values[-1] - values[0]) / whole
    steps = zip(pairwise(times), pairwise(values), strict=True)
    freedom = len(times) - 2
    variance = sum(((y - x) - pace * (b - a)) ** 2 / (b - a) for (a, b), (x, y) in steps) / freedom

    def spread(day: float) -> float:
        ahead = max(timing(day) - times[-1], 0.0)
        return sqrt(variance * ahead * (1 + ahead / whole))

    return Model(
        Word("沿路线的带漂移随机游走", "random walk with drift along the course"),
        "Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 5.2, 5.5",
        lambda day: values[-1] + pace * (timing(day) - times[-1]),
        spread,
        freedom,
        pace,
    )
