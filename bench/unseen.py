"""Scores the compiler on documents that nobody opened while rules were written: `make unseen`.

Prints F1 of every document and of all, and adds the totals with day and commit to docs/unseen.md. What was misread is not
printed and no option prints it: who writes the rules is not to learn it. Public documents are scored where the folder of
real plans is present (`--samples`, else GUATU_SHARED, else beside the repository).
"""

import argparse
import datetime
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from guatu.adapters.readers import read  # noqa: E402
from tests.spec.score import WHAT, Json, Tallies, score, total  # noqa: E402
from tests.unseen.references import (  # noqa: E402
    OWN,
    PUBLIC,
    OtherText,
    from_places,
    from_words,
    outside_areas,
    references,
    squeezed,
)

PAGE = ROOT / "docs" / "unseen.md"
GUATU = Path(sys.executable).with_name("guatu")


class Scored(msgspec.Struct):
    """One document, whether its heart is a table, and what was counted."""

    name: str
    table: bool
    tallies: Tallies


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = Path(os.environ.get("GUATU_SHARED") or ROOT.parent / "shared")
    parser.add_argument("--samples", type=Path, default=shared / "samples" / "bulk", help="folder of public documents")
    parser.add_argument("--no-log", action="store_true", help="print only, add nothing to docs/unseen.md")
    asked = parser.parse_args()
    own = list(_own())
    public = list(_public(asked.samples))
    for scored in own + public:
        mark = "table" if scored.table else "prose"
        print(f"{scored.name:26s} {mark}  " + "  ".join(f"{what} {_f1(scored.tallies, what)}" for what in WHAT))
    rows = [
        row for half, of in (("own", own), ("public", public), ("both", own + public)) if of for row in _rows(half, of)
    ]
    print("\n".join(rows))
    if not asked.no_log:
        _log(rows)
    return 0


def _own() -> Iterator[Scored]:
    for name, reference in references(OWN):
        path = OWN / reference["file"]
        text, plan = squeezed(read(path).text, _compiled(path))
        yield Scored(name, reference["table"], score(from_words(reference, text), text, plan))


def _public(samples: Path) -> Iterator[Scored]:
    for name, reference in references(PUBLIC):
        path = samples / reference["file"]
        if not path.exists():
            print(f"skipped: {path.name} is not in {samples}")
            continue
        text = path.read_text(encoding="utf-8")
        try:
            ready = from_places(reference, text)
        except OtherText:
            print(f"skipped: {path.name} is not the text in which the places were marked")
            continue
        yield Scored(name, reference["table"], score(ready, text, outside_areas(ready, _compiled(path))))


def _compiled(path: Path) -> Json:
    """By the command, as a clerk would: what it cannot compile has nothing in it."""
    done = subprocess.run([GUATU, "compile", path, "--format", "json"], capture_output=True, text=True, check=False)
    if not done.stdout.startswith("{"):
        print(f"not compiled: {path.name} ({done.returncode})")
        return {"documents": []}
    plan: Json = json.loads(done.stdout)
    return plan


def _rows(half: str, of: list[Scored]) -> Iterator[str]:
    """Lines of the log: all documents, those whose heart is a table, and the others."""
    day, commit = datetime.datetime.now(datetime.UTC).date().isoformat(), _commit()
    for kind, chosen in (
        ("all", of),
        ("tables", [scored for scored in of if scored.table]),
        ("prose", [scored for scored in of if not scored.table]),
    ):
        whole = total(scored.tallies for scored in chosen)
        yield (
            f"| {day} | {commit} | {half} | {kind} | {len(chosen)} | "
            + " | ".join(_f1(whole, what) for what in WHAT)
            + " |"
        )


def _f1(tallies: Tallies, what: str) -> str:
    tally = tallies[what]
    return f"{tally.f1:.3f}" if tally.right + tally.wrong + tally.missed else "none "


def _commit() -> str:
    """The last commit that changed the product, with a + if its code differs from it: later ones read no better."""
    last = ["git", "log", "-1", "--format=%h", "--", "src"]
    commit = subprocess.run(last, cwd=ROOT, capture_output=True, text=True, check=True)
    same = subprocess.run(["git", "diff", "--quiet", "HEAD", "--", "src"], cwd=ROOT, check=False).returncode == 0
    return commit.stdout.strip() + ("" if same else "+")


def _log(rows: list[str]) -> None:
    page = PAGE.read_text(encoding="utf-8").rstrip("\n")
    PAGE.write_text(page + "\n" + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
