"""Both forms of the grouper over many random stays, row by row: `python bench/drg_agreement.py --rows 1000000`.

Some cells are empty, unreadable or unknown; the seed makes the stays the same every time. It ends with 1 at the first
stay on which the forms differ, which it prints.
"""

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.drg_group import FIELDS, scheme_folder  # noqa: E402
from bench.drg_records import batches  # noqa: E402

from guatu.engines.drg.grouping.columnar import NO_COUNTS, group_batch  # noqa: E402
from guatu.engines.drg.grouping.encoding import Encoded  # noqa: E402
from guatu.engines.drg.grouping.readable import group_row  # noqa: E402
from guatu.engines.drg.scheme.loader import scheme_of  # noqa: E402


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--seed", type=int, default=2025)
    arguments.add_argument("--wild", type=float, default=0.005)
    arguments.add_argument("--qy", choices=["off", "main", "any"])
    asked = arguments.parse_args()
    folder, what = scheme_folder()
    scheme = scheme_of(folder, asked.qy)
    encoded = Encoded(scheme)
    counts, drgs, began = NO_COUNTS, set(), time.perf_counter()
    for batch in batches(scheme, asked.rows, asked.seed, asked.wild, size=20_000):
        fast, counted = group_batch(batch, encoded)
        counts += counted
        for row, found in zip(batch.to_pylist(), fast.to_pylist(), strict=True):
            read = group_row(row, scheme)
            drgs.add(read.drg)
            if tuple(found.values()) != tuple(getattr(read, field) for field in FIELDS):
                print(f"they differ on {row}: {found} against {read}")
                return 1
    seconds = time.perf_counter() - began
    print(
        f"{counts.rows} stays by {what}, seed {asked.seed}: both forms agree; {counts.grouped} grouped into"
        f" {len(drgs) - 1} groups; {seconds:.0f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
