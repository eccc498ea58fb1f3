"""Speed, memory and growth of the grouper on one core, measured into docs/bench/drg.md: `make bench`.

The measure is the readable form of the grouper over stays of the same file in the same run: a ratio that holds on other
machines too. The tables are those of CHS-DRG 1.1 where their folder is present, else the example scheme.
"""

import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PAGE = ROOT / "docs" / "bench" / "drg.md"
FIELDS = ("id", "mdc", "adrg", "drg", "problems")
ROWS = 500_000
READ_ROWS = 5_000
ROUNDS = 5
MANY = 5_000_000
LOAD = os.getloadavg()[0]
WANTED_SPEED, WANTED_MEMORY = 300_000, 2_000

PEAK = """
import json, sys, time
from pathlib import Path
def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1000
from guatu.engines.drg.grouping.encoding import Encoded
from guatu.engines.drg.grouping.files import group_file
from guatu.engines.drg.scheme.loader import scheme_of
encoded = Encoded(scheme_of(Path(sys.argv[1])))
before, began = peak(), time.perf_counter()
counts = group_file(Path(sys.argv[2]), Path(sys.argv[3]), encoded)
print(json.dumps([counts.rows, before, peak(), time.perf_counter() - began]))
"""


def scheme_folder() -> tuple[Path, str]:
    """The folder of the tables to measure on, and what they are."""
    from guatu.engines.drg.scheme.loader import DEFAULT

    national = Path(os.environ.get("GUATU_SHARED") or ROOT.parent / "shared") / "reference" / "chs_drg_11"
    return (national, "the tables of CHS-DRG 1.1") if national.is_dir() else (DEFAULT, "the example scheme")


def main() -> int:
    core = one_core()
    folder, what = scheme_folder()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        speed = measure_speed(folder, work)
        growth = measure_growth(folder, work)
        verified = verify(folder)
        PAGE.write_text(page(core, what, speed, growth, verified), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))
    return 0


def one_core() -> int | None:
    """Binds this process, and those that it starts, to one core; None where the system cannot."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core


def measure_speed(folder: Path, work: Path) -> dict[str, float]:
    """Rows a second from Parquet to Parquet, and of the readable form, rounds taken in turn."""
    from bench.drg_records import write_parquet

    from guatu.engines.drg.grouping.encoding import Encoded
    from guatu.engines.drg.grouping.files import group_file
    from guatu.engines.drg.grouping.readable import group_row
    from guatu.engines.drg.scheme.loader import scheme_of
    from guatu.engines.drg.tables import TableReader

    began = time.perf_counter()
    scheme = scheme_of(folder)
    encoded = Encoded(scheme)
    load = time.perf_counter() - began
    source = work / "stays.parquet"
    write_parquet(source, scheme, ROWS, seed=1)
    batch = next(iter(TableReader(source))).slice(0, READ_ROWS)
    rows = [{name: str(value) for name, value in row.items()} for row in batch.to_pylist()]
    group_file(source, work / "warm.parquet", encoded)
    fast, slow = [], []
    for _ in range(ROUNDS):
        began, used = time.perf_counter(), time.process_time()
        group_file(source, work / "out.parquet", encoded)
        fast.append((time.perf_counter() - began, time.process_time() - used))
        used = time.process_time()
        for row in rows:
            group_row(row, scheme)
        slow.append(time.process_time() - used)
    ratios = [(ROWS / cpu) / (READ_ROWS / read) for (_, cpu), read in zip(fast, slow, strict=True)]
    return {
        "load": load,
        "clock": ROWS / statistics.median(clock for clock, _ in fast),
        "processor": ROWS / statistics.median(cpu for _, cpu in fast),
        "readable": READ_ROWS / statistics.median(slow),
        "ratio": statistics.median(ratios),
    }


def measure_growth(folder: Path, work: Path) -> list[tuple[int, float, float, float]]:
    """Rows, MB before, peak MB and seconds of a process that groups 500,000 and 5,000,000 stays."""
    import pyarrow.parquet as pq

    source, many = work / "stays.parquet", work / "many.parquet"
    table = pq.read_table(source)
    with pq.ParquetWriter(many, table.schema) as writer:
        for _ in range(MANY // ROWS):
            writer.write_table(table, row_group_size=MANY)
    found = []
    for path in (source, many):
        command = [sys.executable, "-c", PEAK, str(folder), str(path), str(work / "out.parquet")]
        done = subprocess.run(
            command, capture_output=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}
        )
        found.append(tuple(json.loads(done.stdout)))
    return found


def verify(folder: Path) -> tuple[int, int] | None:
    """How many of the published records are grouped as stated; None where they are not here."""
    import pyarrow as pa

    from guatu.engines.drg.grouping.columnar import group_batch
    from guatu.engines.drg.grouping.encoding import Encoded
    from guatu.engines.drg.scheme.loader import scheme_of

    path = folder / "verification_2000.tsv"
    if not path.is_file():
        return None
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    grouped, _ = group_batch(pa.RecordBatch.from_pylist(rows), Encoded(scheme_of(folder)))
    right = sum(row["peer_drg"] == drg for row, drg in zip(rows, grouped["drg"].to_pylist(), strict=True))
    return right, len(rows)


def page(
    core: int | None,
    what: str,
    speed: dict[str, float],
    growth: list[tuple[int, float, float, float]],
    verified: tuple[int, int] | None,
) -> str:
    from bench.compile_speed import machine

    bound = "bound to one core" if core is not None else "not bound to a core"
    head = (
        f"Measured by `make bench` on {machine()}, pyarrow {_version()}, {bound}; load when it began: {LOAD:.1f}. "
        f"Grouped by {what}: random stays of which nearly every one aims at a group, 1 to 12 diagnoses."
    )
    rates = (
        f"From Parquet to Parquet, {ROWS:,} stays: {speed['clock']:,.0f} a second by the clock, {speed['processor']:,.0f} by "
        f"processor time, which others on the machine do not lengthen; medians of {ROUNDS} rounds. The readable form, with its "
        f"trace, groups {speed['readable']:,.0f} a second in the same run. Loading and checking the tables takes {speed['load']:.1f} s."
    )
    lines = [
        f"| {rows:,} | {seconds:.1f} s | {before:.0f} MB | {peak:.0f} MB |" for rows, before, peak, seconds in growth
    ]
    table = "\n".join(["| Stays | Time | Memory before | Peak |", "|---|---|---|---|", *lines])
    parts = ["<!-- Made by `make bench`. -->", "# Speed of grouping", head, verdicts(speed, growth, verified), rates]
    return (
        "\n\n".join([*parts, "## Growth", "A process each; the larger file is the smaller one ten times.", table])
        + "\n"
    )


def verdicts(
    speed: dict[str, float], growth: list[tuple[int, float, float, float]], verified: tuple[int, int] | None
) -> str:
    """What was wanted, what was measured, and whether that is enough."""
    small, large = growth
    steeper = (large[3] / large[0]) / (small[3] / small[0])
    rows = [
        (
            "stays a second, one core",
            f">= {WANTED_SPEED:,}",
            f"{speed['processor']:,.0f}",
            speed["processor"] >= WANTED_SPEED,
        ),
        ("against the readable form", ">= 50", f"{speed['ratio']:.0f}", speed["ratio"] >= 50),
        (f"peak memory, {MANY:,} stays", f"< {WANTED_MEMORY:,} MB", f"{large[2]:.0f} MB", large[2] < WANTED_MEMORY),
        ("time per stay at ten times the size", "< 1.5", f"{steeper:.2f}", steeper < 1.5),
    ]
    if verified:
        right, of = verified
        rows.append(("published records grouped as stated", f"{of:,}", f"{right:,}", right == of))
    lines = [f"| {name} | {want} | {got} | {'yes' if ok else '**no**'} |" for name, want, got, ok in rows]
    return "\n".join(["| What | Wanted | Measured | Reached |", "|---|---|---|---|", *lines])


def _version() -> str:
    import pyarrow

    return str(pyarrow.__version__)


if __name__ == "__main__":
    sys.exit(main())
