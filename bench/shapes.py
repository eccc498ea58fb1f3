"""Measures how the time to compile grows with the size of texts of one shape, and writes docs/bench/shapes.md.

    python bench/shapes.py

The shapes are those of tests/core/plan/test_growth.py, in each of which every line could look at all the others; and
signs that open something and never close it. Processor time, so that other work counts less: as many small texts as
make up the large one, then the large one, and that again; the best of each. A single small text is over before the
machine has changed its mind about the clock of a core, and the best of several of them is quicker than any large one.
"""

import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from guatu.core.plan.compiler import compile_text  # noqa: E402
from tests.core.plan.test_growth import SHAPES  # noqa: E402

PAGE = ROOT / "docs" / "bench" / "shapes.md"
SMALL, LARGE = 50_000, 500_000
OPEN = {f"only {sign}": sign for sign in "《([“#_"}
WANTED = 1.2
ROUNDS = 3


def seconds(texts: list[str]) -> float:
    began = time.process_time()
    for text in texts:
        compile_text(text)
    return time.process_time() - began


def a_character(shape: Callable[[int], str]) -> tuple[float, float]:
    """Seconds a character of small texts and of a large one."""
    small, large = [shape(SMALL)] * (LARGE // SMALL), [shape(LARGE)]
    rounds = [(seconds(small), seconds(large)) for _ in range(ROUNDS)]
    return min(one for one, _ in rounds) / LARGE, min(one for _, one in rounds) / LARGE


def main() -> int:
    compile_text("一、总体要求\n")
    made = {**SHAPES, **{name: (lambda size, sign=sign: sign * size) for name, sign in OPEN.items()}}
    rows = []
    for name, shape in made.items():
        small, large = a_character(shape)
        rows.append((name, small, large))
        print(f"{name:28s} {small * 1e6:7.2f} {large * 1e6:7.2f} µs a character, {large / small:5.2f}", flush=True)
    mean = sum(large for _, _, large in rows) / len(rows)
    PAGE.write_text(page(rows, mean), encoding="utf-8")
    return 0


def page(rows: list[tuple[str, float, float]], mean: float) -> str:
    held = sum(large <= WANTED * small for _, small, large in rows)
    lines = [
        "<!-- Made by `python bench/shapes.py`. -->",
        "",
        "# Growth by shape",
        "",
        f"Measured by `python bench/shapes.py` on {os.cpu_count()} cores, Python {platform.python_version()}; load when it "
        f"ended: {os.getloadavg()[0]:.1f}. Microseconds of processor time a character, for texts of {SMALL:,} and of "
        f"{LARGE:,} characters of one shape. Wanted: a character of the large text costs at most {WANTED} times one of the "
        f"small (held by {held} of {len(rows)}), and no shape more than 20 times the mean ({mean * 1e6:.1f}).",
        "",
        "| Shape | small | large | large / small | of the mean |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {name} | {small * 1e6:.2f} | {large * 1e6:.2f} | {large / small:.2f} | {large / mean:.1f} |"
            for name, small, large in rows
        ),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
