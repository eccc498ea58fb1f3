"""A figure that is about 10, 100, 1,000 or 10,000 times the last one, or such a part of it: a zero too many, 亩 for 公顷
(15 is no power of ten and is seen as a jump), 元 for 万元. Without a last one the course stands in its place.
"""

from collections.abc import Iterator
from math import log10

from guatu.core.dispatch.checks.figure import Figure
from guatu.core.kernel.explained import show
from guatu.core.kernel.finding import Kind

KIND = Kind(
    "figure.unit-slip",
    "warning",
    "“{name}”填报 {value},约为 {before}(上期数,首期为期末应达数)的 {times} 倍;像是多写或少写了零,或用错了单位(如元与万元),"
    "请核对,属实请说明原因",
    "“{name}”: {value} is about {times} times {before} (the last figure; for a first one what is due): a zero too many "
    "or too few, or another unit (yuan for 10,000 yuan)? Check it, or say why",
)
LIMIT = (
    "与整十、百、千、万倍相差多少以内算,0.1 即约两成半",
    "how near to a power of ten, as a difference of logarithms, 0.1 is about a quarter",
)
_FARTHEST = 4


def check(figure: Figure, limit: float) -> Iterator[dict[str, str]]:
    before = figure.earlier[-1] if figure.earlier else figure.due
    # Near its course a figure that was small last time has grown.
    if not before or figure.value / before <= 0 or figure.is_near_course:
        return
    size = log10(figure.value / before)
    power = round(size)
    # That little is done is no slip: a first figure is compared upwards only.
    if not 1 <= abs(power) <= _FARTHEST or abs(size - power) > limit or (power < 0 and not figure.earlier):
        return
    times = show(10**power) if power > 0 else f"1/{10**-power}"
    yield {"value": figure.shown(figure.value), "before": figure.shown(before), "times": times}
