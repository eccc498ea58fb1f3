"""Measures how pages, exports and the hourly run grow with the county, and writes docs/bench/growth.md.

    python bench/growth.py                                                  SQLite
    GUATU_DATABASE=postgresql://user@host:port/name python bench/growth.py  PostgreSQL

Two counties, of which one has ten times the tasks and cases; both have 24 months of reports and lights behind them.
Processor time of this program (and of SQLite within it), the best of five, in one process after the other: the machine
that runs both is the same in the same hour.
"""

import contextlib
import os
import platform
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from web import ROOT, Server, a_database, a_server

PAGE = ROOT / "docs" / "bench" / "growth.md"
SIZES = ((500, 2_000), (5_000, 20_000))
MONTHS = 24
WANTED_PAGE, WANTED_ROW, WANTED_TICK, WANTED_MEMORY = 1.3, 1.1, 0.5, 150
EXPORTS = ("lights", "reviews", "orders")


@contextlib.contextmanager
def county(size: tuple[int, int]) -> Iterator[Server]:
    """A county of so many tasks and cases, gone afterwards."""
    address = os.environ.get("GUATU_DATABASE", "")
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        found = a_server("county", Path(folder), stack.enter_context(a_database(address)) if address else "")
        found.script = "growth_work.py"
        found.manage("migrate", "--verbosity", "0")
        found.manage("load_example", "--months", "3")
        print(size, found.work("make", *map(str, size), str(MONTHS)), flush=True)
        yield found


def measured(size: tuple[int, int]) -> dict[str, Any]:
    with county(size) as found:
        return {
            "pages": found.work("pages"),
            "exports": {name: found.work("export", name) for name in EXPORTS},
            "tick": found.work("tick"),
        }


def page(small: dict[str, Any], large: dict[str, Any]) -> str:
    (tasks, cases), (more, more_cases) = SIZES
    rows = [(name, small["pages"][name], large["pages"][name]) for name in large["pages"]]
    held = sum(b["ms"] <= WANTED_PAGE * a["ms"] for _, a, b in rows)
    database = "PostgreSQL" if os.environ.get("GUATU_DATABASE") else "SQLite"
    lines = [
        "<!-- Made by `python bench/growth.py`. -->",
        "",
        "# Growth with the county",
        "",
        f"Measured by `python bench/growth.py` on {os.cpu_count()} cores, Python {platform.python_version()}, {database}; load when it "
        f"ended: {os.getloadavg()[0]:.1f}. A county of {tasks:,} tasks and {cases:,} cases beside one of {more:,} and {more_cases:,}, "
        f"each with {MONTHS} months of reports and lights. Milliseconds of processor time of a page as the supervision office "
        f"sees it, the best of five. Wanted: at most {WANTED_PAGE} times as much (held by {held} of {len(rows)}).",
        "",
        "| Page | small | large | large / small | queries | kB |",
        "|---|---:|---:|---:|---:|---:|",
        *(
            f"| {name} | {a['ms']:.0f} | {b['ms']:.0f} | {b['ms'] / a['ms']:.2f} | {a['queries']} / {b['queries']} | {b['bytes'] / 1000:.0f} |"
            for name, a, b in rows
        ),
        "",
        f"Exports, microseconds a row (wanted: at most {WANTED_ROW} times as much, {WANTED_MEMORY} MB):",
        "",
        "| Export | rows | small | large | large / small | MB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, b in large["exports"].items():
        a = small["exports"][name]
        one, other = (x["seconds"] / max(x["rows"], 1) * 1e6 for x in (a, b))
        lines.append(f"| {name} | {b['rows']:,} | {one:.0f} | {other:.0f} | {other / one:.2f} | {b['megabytes']:.0f} |")
    again, others = small["tick"]["again"], large["tick"]["again"]
    lines += [
        "",
        f"The hourly run with nothing to do (wanted: under {WANTED_TICK} s): {again:.2f} s and {others:.2f} s.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    small, large = (measured(size) for size in SIZES)
    PAGE.write_text(page(small, large), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
