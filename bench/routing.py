"""A million positions to five thousand grids, and fifty thousand reports searched for duplicates: `python bench/routing.py`."""

import sys
import time
from datetime import UTC, datetime, timedelta

import numpy as np
import shapely

from guatu.core.cases.duplicates.candidates import DuplicateRule, Sighting, candidates
from guatu.core.cases.routing.position import Area, PositionIndex

SIDE = 71
POINTS = 1_000_000
REPORTS = 50_000


def areas(numbers: np.random.Generator) -> list[Area]:
    """A jittered lattice of about 5,000 grids with 20 corners each, over 0.7 by 0.7 degrees."""
    corner = np.stack(np.meshgrid(np.arange(SIDE + 1), np.arange(SIDE + 1), indexing="ij"), axis=-1).astype(float)
    corner = (corner + numbers.uniform(-0.3, 0.3, corner.shape)) * 0.01 + (110, 30)
    found = []
    for column in range(SIDE):
        for row in range(SIDE):
            ring = corner[[column, column + 1, column + 1, column], [row, row, row + 1, row + 1]]
            sides = zip(ring, np.roll(ring, -1, axis=0), strict=True)
            points = [a + (b - a) * part / 5 for a, b in sides for part in range(5)]
            found.append(Area(f"{column:02}{row:02}", shapely.to_wkb(shapely.Polygon(points))))
    return found


def main() -> int:
    numbers = np.random.default_rng(20260501)
    given = areas(numbers)
    began = time.perf_counter()
    index = PositionIndex(given)
    built = time.perf_counter() - began
    x, y = numbers.uniform(110, 110.71, POINTS), numbers.uniform(30, 30.71, POINTS)
    times = []
    for _ in range(3):
        began = time.perf_counter()
        found = index.locate(x, y)
        times.append(time.perf_counter() - began)
    inside = int((found >= 0).sum())
    print(
        f"{POINTS:,} points, {len(given):,} grids: index {built:.2f} s, located in {min(times):.2f} s, {inside:,} inside"
    )
    start = datetime(2026, 1, 1, tzinfo=UTC)
    hours, classes = numbers.uniform(0, 24 * 30, REPORTS), numbers.integers(0, 200, REPORTS)
    reports = [
        Sighting(str(at), str(classes[at]), x[at], y[at], start + timedelta(hours=hours[at])) for at in range(REPORTS)
    ]
    rules = [DuplicateRule((str(at),), 100, 48) for at in range(200)]
    began = time.perf_counter()
    pairs = candidates(reports, rules)
    print(f"{REPORTS:,} reports: {len(pairs):,} candidates in {time.perf_counter() - began:.2f} s")
    return 0 if min(times) < 2 else 1


if __name__ == "__main__":
    sys.exit(main())
