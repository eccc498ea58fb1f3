"""How often the forecast's interval holds the figure at the deadline, over simulated targets: the table of docs/algorithms/dispatch.md.

Run it with `python bench/forecast_coverage.py`; it prints the rows. The draws are seeded, so two runs print the same.
"""

from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from guatu.core.calendar.keys import key_of, span_of, step
from guatu.core.dispatch.course import Form, Shape
from guatu.core.dispatch.forecast.outlook import outlook
from guatu.core.dispatch.progress import Report
from guatu.core.dispatch.trajectory import Trajectory
from guatu.core.kernel.explained import Explained

RUNS = 300
CASES = ((4, 8), (6, 6), (12, 6), (18, 6))
START = date(2024, 12, 31)

Figures = NDArray[np.float64]
Process = Callable[[np.random.Generator, int], Figures]


def walk(draws: np.random.Generator, length: int) -> Figures:
    return 80 + np.cumsum(1 + 0.5 * draws.standard_normal(length))


def planned_s(draws: np.random.Generator, length: int) -> Figures:
    u = np.arange(1, length + 1) / length
    whole = draws.uniform(8, 18)
    return 80 + whole * (3 * u**2 - 2 * u**3) + np.cumsum(0.2 * draws.standard_normal(length))


def line(draws: np.random.Generator, length: int) -> Figures:
    return 80 + 0.7 * np.arange(length) + draws.standard_normal(length)


def damped(draws: np.random.Generator, length: int) -> Figures:
    level, trend, out = 80.0, 1.0, []
    for _ in range(length):
        error = 0.5 * draws.standard_normal()
        out.append(level + 0.9 * trend + error)
        level, trend = level + 0.9 * trend + 0.5 * error, 0.9 * trend + 0.1 * error
    return np.array(out)


def dying(draws: np.random.Generator, length: int) -> Figures:
    return 95 - 15 * np.exp(-np.arange(length) / draws.uniform(4, 12)) + 0.3 * draws.standard_normal(length)


PROCESSES: tuple[tuple[str, Process, Form], ...] = (
    ("random walk about a straight course", walk, "linear"),
    ("random walk about the S they were planned on", planned_s, "smooth"),
    ("straight line and noise", line, "linear"),
    ("damped trend", damped, "linear"),
    ("quick rise that dies away, planned as a straight line", dying, "linear"),
)


def covered(process: Process, form: Form, known: int, ahead: int) -> float:
    """Share of RUNS targets whose figure at the deadline lies in the interval forecast from the first `known` reports."""
    draws = np.random.default_rng(known)
    keys = [key_of("month", date(2025, 1, 1))]
    while len(keys) < known + ahead:
        keys.append(step(keys[-1]))
    of = Trajectory(
        name="x", unit="%", target=95, base=80, start=START, deadline=span_of(keys[-1])[1], course=Shape(form)
    )
    inside = 0
    for _ in range(RUNS):
        figures = process(draws, known + ahead)
        reports = [Report(key, span_of(key)[1], float(v)) for key, v in zip(keys[:known], figures, strict=False)]
        found = outlook(of, reports)
        assert isinstance(found, Explained)
        inside += found.value.low <= figures[-1] <= found.value.high
    return inside / RUNS


def main() -> None:
    for name, process, form in PROCESSES:
        cells = [f"{covered(process, form, known, ahead):.0%}".replace("%", " %") for known, ahead in CASES]
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
