"""Draws findings of the lint at random, to be judged one by one: `python -m tests.spec.draw_findings --seed 1 DRAW.json`.

The documents are published texts at hand, without those that the references of `tests/unseen/public` are of: nobody who
writes rules opens these. Every finding that the lint reports by default has the same chance. The same documents, the
same lint and the same seed give the same draw.

A second draw (`--fewest 3 --up-to 5`) adds findings of the kinds of which the first has too few to say anything.
"""

import argparse
import json
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from guatu.core.plan.compiler import compile_text

ROOT = Path(__file__).resolve().parent.parent.parent
HIDDEN = ROOT / "tests" / "unseen" / "public"
SIZE = 150


class Drawn(msgspec.Struct, frozen=True, order=True):
    """One finding: its document, where it begins and ends (code points of the text), its kind and what it says."""

    document: str
    start: int
    end: int
    code: str
    message: str


def hidden(folder: Path = HIDDEN) -> frozenset[str]:
    """Names of the documents that are kept for measuring."""
    return frozenset(json.loads(path.read_text(encoding="utf-8"))["file"] for path in sorted(folder.glob("*.json")))


def reported(folder: Path, left_out: frozenset[str]) -> Iterator[Drawn]:
    """All findings over the documents of a folder, document by document in the order of their names."""
    for path in sorted(folder.glob("*.txt")):
        if path.name not in left_out:
            found = compile_text(path.read_text(encoding="utf-8"), name=path.name, language="en").plan.findings
            yield from (Drawn(path.stem, f.span.start, f.span.end, f.code, f.message) for f in found)


def draw(found: Sequence[Drawn], seed: int, size: int = SIZE) -> list[Drawn]:
    """`size` of the findings, each with the same chance, none twice, in reading order; all where there are fewer."""
    chance = random.Random(seed)
    return sorted(chance.sample(sorted(found), min(size, len(found))))


def draw_more(found: Sequence[Drawn], first: Sequence[Drawn], seed: int, fewest: int, up_to: int) -> list[Drawn]:
    """Up to `up_to` more findings of each kind of which `first` has fewer than `fewest`, in reading order."""
    chance = random.Random(seed)
    taken = set(first)
    more: list[Drawn] = []
    for code in sorted({finding.code for finding in found}):
        if sum(finding.code == code for finding in first) < fewest:
            rest = sorted(f for f in found if f.code == code and f not in taken)
            more += chance.sample(rest, min(up_to, len(rest)))
    return sorted(more)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = Path(os.environ.get("GUATU_SHARED") or ROOT.parent / "shared")
    parser.add_argument("--documents", type=Path, default=shared / "samples" / "bulk", help="folder of texts")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fewest", type=int, default=0, help="kinds with fewer in the first draw are drawn again")
    parser.add_argument("--up-to", type=int, default=5, help="how many of each of them")
    parser.add_argument("to", type=Path, help="file to write: all, first and second draw")
    options = parser.parse_args()
    found = list(reported(options.documents, hidden()))
    first = draw(found, options.seed)
    second = draw_more(found, first, options.seed, options.fewest, options.up_to)
    options.to.write_bytes(msgspec.json.format(msgspec.json.encode({"all": found, "first": first, "second": second})))
    print(f"{len(found)} findings, {len(first)} drawn, {len(second)} in the second draw")


if __name__ == "__main__":
    main()
