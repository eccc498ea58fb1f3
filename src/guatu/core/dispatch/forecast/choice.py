"""Which method forecasts a figure, decided by declared reasons and by what would have erred less in the past.

Random walk with drift is the rule: over simulated courses its intervals hold what they promise. Damped Holt smoothing
takes its place for a state with ten reports or more, one after the other, if forecasts three periods ahead from earlier
reports would have erred by less than seven tenths as much (rolling origin: Hyndman and Athanasopoulos, Forecasting:
Principles and Practice, 3rd ed., 5.10). Its own intervals are known to be too narrow, so they are never narrower than
those of the walk.
"""

from datetime import date
from statistics import fmean

from guatu.core.dispatch.forecast import damped_holt, drift
from guatu.core.dispatch.forecast.model import Model, Series, Timing
from guatu.core.dispatch.trajectory import Trajectory, way_due

SMALLEST = drift.SMALLEST
SMALLEST_FOR_HOLT = 10
ORIGIN = damped_holt.SMALLEST
AHEAD = 3
CLEARLY_BETTER = 0.7


def choose(of: Trajectory, series: Series) -> Model:
    """The fitted method for at least 3 figures."""
    timing = timing_of(of)
    walk = drift.fit(series, timing)
    if of.kind == "cumulative" or not series.evenly or len(series.days) < SMALLEST_FOR_HOLT:
        return walk
    if _past_error(series, None) >= CLEARLY_BETTER * _past_error(series, timing):
        return walk
    holt = damped_holt.fit(series)
    return holt._replace(spread=lambda day: max(holt.spread(day), walk.spread(day)))


def timing_of(of: Trajectory) -> Timing:
    """Days stretched so that the course is straight: within its time by the share of the way due, outside by days."""
    first, last = of.start.toordinal(), of.deadline.toordinal()
    if way_due(of, of.start) is None:
        return float

    def timing(day: float) -> float:
        if not first < day < last:
            return float(day)
        way = way_due(of, date.fromordinal(int(day)))
        return first + (last - first) * (way or 0.0)

    return timing


def _past_error(series: Series, timing: Timing | None) -> float:
    """Mean error of forecasts AHEAD periods on, made from each earlier report; by damped Holt where no timing
    is given."""
    errors = []
    for count in range(ORIGIN, len(series.days) - AHEAD + 1):
        past = series.until(count)
        model = drift.fit(past, timing) if timing else damped_holt.fit(past)
        at = count + AHEAD - 1
        errors.append(abs(model.mean(series.days[at]) - series.values[at]))
    return fmean(errors)
