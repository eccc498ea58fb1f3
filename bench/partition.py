"""A fictional town of 500 residential units divided, with its balance beside a greedy baseline: `python bench/partition.py`."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from guatu.core.grids.partition.balance import Balance, balance  # noqa: E402
from guatu.core.grids.partition.check import check_partition  # noqa: E402
from guatu.core.grids.partition.greedy import greedy  # noqa: E402
from guatu.core.grids.partition.plan import Order, partition_town  # noqa: E402
from tests.core.grids.fictional_town import fictional_town  # noqa: E402

CAP = 3000


def line(name: str, of: Balance, seconds: float) -> str:
    roundness = f"{of.roundness:.2f}" if of.roundness is not None else "-"
    figures = f"{of.grids} | {of.lower_bound} | {of.least} | {of.most} | {of.deviation:.0f} | {of.inner_share:.3f} | {roundness}"
    return f"| {name} | {figures} | {seconds:.1f} |"


def main(arguments: Sequence[str]) -> int:
    town = fictional_town(int(arguments[0]) if arguments else 500)
    print(f"{len(town.units)} units, {town.residents} residents, limit {CAP}")
    print("| manner | grids | bound | least | most | deviation | inner borders | roundness | seconds |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    began = time.perf_counter()
    by_hand = greedy(town, CAP)
    print(line("greedy", balance(town, by_hand, CAP), time.perf_counter() - began))
    wrong = []
    for name, solver in (("trees", False), ("trees, then CP-SAT", True)):
        began = time.perf_counter()
        found = partition_town(town, Order("2026", cap=CAP, use_solver=solver))
        print(line(name, balance(town, found.grids, CAP), time.perf_counter() - began))
        wrong += check_partition(town, found.grids, CAP)
        sizes = [
            sum(g.residents for g in found.grids if g.large == large)
            for large in sorted({g.large for g in found.grids})
        ]
        print(
            f"<!-- {name}: large grids {sizes}, solver {found.statuses}, findings {[f.code for f in found.findings]} -->"
        )
    print("\n".join(finding.message("en") for finding in wrong) or "feasible, contiguous, fixed borders kept")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
