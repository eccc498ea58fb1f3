"""How far a figure lies from its like, measured so that one odd figure does not hide another.

Source: B. Iglewicz and D. C. Hoaglin, How to Detect and Handle Outliers, 1993: the modified z-score 0.6745 (x - median)
/ MAD, outlying above 3.5. Where more than half of the sample is equal the MAD is 0; the mean absolute deviation then
takes its place, with the factor that makes it a standard deviation under normality (sqrt(pi / 2)).
"""

from collections.abc import Sequence
from math import inf, pi, sqrt
from statistics import fmean, median

# 0.75 quantile of the standard normal distribution: the MAD of a normal sample in standard deviations.
MAD_OF_NORMAL = 0.6745
OUTLYING = 3.5
SMALLEST_SAMPLE = 5


def modified_z(value: float, sample: Sequence[float]) -> float:
    """Signed distance of `value` from the sample in robust standard deviations.

    0 for a value at the median; infinite for one that differs from a sample whose figures are all equal. Raises
    ValueError for an empty sample.
    """
    if not sample:
        raise ValueError("no sample to compare with")
    middle = median(sample)
    away = value - middle
    deviations = [abs(one - middle) for one in sample]
    scale = median(deviations) / MAD_OF_NORMAL or fmean(deviations) * sqrt(pi / 2)
    if scale:
        return away / scale
    return 0.0 if away == 0 else inf if away > 0 else -inf
