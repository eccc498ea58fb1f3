"""Weighing and settling a year of stays on one core, measured into docs/bench/drg-settlement.md.

    python bench/drg_settle.py [STAYS] [HOSPITALS]

The region is the fictional one of the DRG pack, from its seed, as Parquet. Measured is what the commands do: reading both
files, checking every row, weights, points, settlement, the record and the table of points. Each size runs in a process
of its own with Arrow held to one thread; the file is read warm.
"""

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "bench" / "drg-settlement.md"
STAYS, HOSPITALS, SEED = 1_000_000, 50, 1
LIMIT_SECONDS = 10
T = TypeVar("T")


class Laps:
    """Seconds of processor time of each step, and of the clock of all: others may be at work on the machine."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.clock = 0.0

    def take(self, name: str, work: Callable[[], T]) -> T:
        began, clock = time.process_time(), time.perf_counter()
        found = work()
        self.seconds[name] = time.process_time() - began
        self.clock += time.perf_counter() - clock
        return found


def make(folder: Path, stays: int, hospitals: int) -> None:
    import pyarrow.parquet as pq

    from guatu.engines.drg.simulation.example import example_parameters, example_tables

    tables = example_tables(stays, hospitals, SEED)
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")
    (folder / "parameters.toml").write_text(example_parameters(tables["stays"]), encoding="utf-8")


def measure(folder: Path) -> dict[str, Any]:
    """The whole way from files to the settlement, in this process."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from guatu.engines.drg.parameters import load_set
    from guatu.engines.drg.settlement.hospitals import read_hospitals
    from guatu.engines.drg.settlement.record import record
    from guatu.engines.drg.settlement.year import settle_year
    from guatu.engines.drg.weights.history import weigh_history

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    parameters, _ = load_set((folder / "parameters.toml").read_text(encoding="utf-8"), "parameters.toml")
    hospitals, _ = read_hospitals(pq.read_table(folder / "hospitals.parquet").to_pylist())
    assert parameters is not None
    chosen, laps = parameters, Laps()
    levels = {row.code: row.level for row in hospitals}
    history = laps.take("read history", lambda: pq.read_table(folder / "history.parquet", use_threads=False))
    weights, _, _ = laps.take("weigh", lambda: weigh_history(history, chosen, levels, {}))
    assert weights is not None
    used = weights
    stays = laps.take("read stays", lambda: pq.read_table(folder / "stays.parquet", use_threads=False))
    year, problems, _ = laps.take("settle", lambda: settle_year(stays, used, chosen, hospitals))
    assert year is not None
    made = year
    data = laps.take("record", lambda: record(made, problems, chosen, {}))
    laps.take("write points", lambda: write_points(made, folder / "points.parquet"))
    sums = sum(row.entitlement.value.fen for row in made.settlement.hospitals)
    assert sums == made.settlement.distributable.value.fen and data
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": laps.seconds, "clock": laps.clock, "peak_mb": peak}


def write_points(year: Any, path: Path) -> None:
    from guatu.engines.drg.settlement.arrow import points_table
    from guatu.engines.drg.table_writer import TableWriter

    batches = list(points_table(year))
    with TableWriter(path, batches[0].schema) as out:
        for batch in batches:
            out.write(batch)


def measured(stays: int, hospitals: int) -> dict[str, Any]:
    """In a process of its own, on one core."""
    with tempfile.TemporaryDirectory() as name:
        make(Path(name), stays, hospitals)
        command = [sys.executable, __file__, "--in", name]
        if hasattr(os, "sched_setaffinity") and Path("/usr/bin/taskset").exists():
            command = ["taskset", "-c", str(max(os.sched_getaffinity(0))), *command]
        out = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return json.loads(out)  # type: ignore[no-any-return]


def page(rows: dict[int, dict[str, Any]], hospitals: int, load: float) -> str:
    steps = list(next(iter(rows.values()))["seconds"])
    head = "| stays | " + " | ".join(steps) + " | whole | stays a second | by the clock | peak |"
    lines = [head, "|---|" + "---:|" * (len(steps) + 4)]
    for stays, found in rows.items():
        whole = sum(found["seconds"].values())
        cells = " | ".join(f"{found['seconds'][step]:.2f} s" for step in steps)
        rest = f"{stays / whole:,.0f} | {found['clock']:.2f} s | {found['peak_mb']:,.0f} MB"
        lines.append(f"| {stays:,} | {cells} | **{whole:.2f} s** | {rest} |")
    small, large = min(rows), max(rows)
    growth = sum(rows[large]["seconds"].values()) / sum(rows[small]["seconds"].values())
    return (
        "# Speed of weighing and settling\n\n"
        "<!-- Made by bench/drg_settle.py. -->\n\n"
        f"A year of stays in {hospitals} hospitals of the fictional region, with a history of the same size, from Parquet, on one"
        f" core: reading, checking every row, weights, points, settlement, the record with every figure's reason, and the table"
        f" of points. Seconds of processor time; the clock also counts what others did on the core. {platform.machine()}, Python {platform.python_version()}; load of the machine {load:.1f} when it began.\n\n"
        + "\n".join(lines)
        + f"\n\nFor {large / small:.0f} times the stays it takes {growth:.1f} times as long.\n"
    )


def main() -> int:
    if sys.argv[1:2] == ["--in"]:
        print(json.dumps(measure(Path(sys.argv[2]))))
        return 0
    stays = int(sys.argv[1]) if len(sys.argv) > 1 else STAYS
    hospitals = int(sys.argv[2]) if len(sys.argv) > 2 else HOSPITALS
    load = os.getloadavg()[0]
    rows = {size: measured(size, hospitals) for size in (stays // 10, stays)}
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(rows, hospitals, load), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))
    whole = sum(rows[stays]["seconds"].values())
    return int(stays >= STAYS and whole > LIMIT_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
