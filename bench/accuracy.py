"""How well plans are read and checked, scored against references into docs/accuracy.md: `make accuracy`.

Our own plans with references are always scored. Where the folder of real plans is present, these are scored too, with
our scorer and with the one that lies there; where it is absent, that part of the page stays as it was last measured.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from guatu.core.plan.compiler import compile_text  # noqa: E402
from guatu.core.plan.model import Plan, ReportedFinding  # noqa: E402
from tests.spec.score import WHAT, Json, Tallies, references, score, total  # noqa: E402

PAGE = ROOT / "docs" / "accuracy.md"
UNSEEN = ROOT / "docs" / "unseen.md"
OURS = ROOT / "tests" / "spec" / "plans"
BEGIN, END = "<!-- real plans -->", "<!-- end of real plans -->"
WANTED = {"tasks": 0.97, "duties": 0.97, "targets": 0.93, "deadlines": 0.93}
# Kinds of fault in the lists that no rule is meant to find: they need knowledge of the world or of other documents.
NOT_MEANT = {
    "value_implausible",
    "target_dropped",
    "name_inconsistent",
    "broken_sentence",
    "not_a_plan",
    "missing_header",
}
ADDS_UP = re.compile(r"sum|count|total")


class Source:
    """The documents of one folder, compiled once each."""

    def __init__(self, documents: Path) -> None:
        self.documents = documents
        self._plans: dict[str, tuple[str, Plan]] = {}

    def plan(self, name: str) -> tuple[str, Plan]:
        if name not in self._plans:
            text = (self.documents / name).read_text(encoding="utf-8")
            self._plans[name] = text, compile_text(text, name=name, language="en").plan
        return self._plans[name]

    def as_json(self, name: str) -> tuple[str, Json]:
        text, plan = self.plan(name)
        return text, json.loads(msgspec.json.encode(plan))


def main() -> int:
    parts = [
        "<!-- Made by `make accuracy`. -->",
        "# Accuracy",
        "How well the compiler reads plans that were annotated by reading them, and how many of the listed faults it finds. F1 is "
        "the harmonic mean of precision (how much of what is found is right) and recall (how much of what is there is found).",
        "## Our own plans",
        "The plans of fictional counties in `tests/spec/plans`, each in another layout.",
        *_reading(Source(OURS), OURS),
        *_checking(Source(OURS), OURS / "lint.json"),
        *_unseen(),
        BEGIN,
        *_real_plans(),
        END,
    ]
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))
    return 0


def _unseen() -> Iterator[str]:
    """The last scoring of the log that `make unseen` keeps."""
    lines = [line for line in UNSEEN.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    last = lines[-1].split("|")[1:3]
    yield "## Documents that no rule was written on"
    yield "The last scoring of [their log](unseen.md), which has the earlier ones and says what is what."
    yield "\n".join(lines[:2] + [line for line in lines[2:] if line.split("|")[1:3] == last])


def _real_plans() -> Iterator[str]:
    shared = Path(os.environ.get("GUATU_SHARED") or ROOT.parent / "shared")
    gold, samples = shared / "eval" / "gold", shared / "samples"
    if not gold.is_dir():
        yield _as_before()
        return
    source = Source(samples)
    yield "## Real plans"
    yield (
        "Published plans of three local governments with references by others; the plans are not part of this repository. The "
        "compiler was written with these references at hand, so they show what it can do and not what it will do with a plan "
        "it has never seen."
    )
    yield from _reading(source, gold)
    yield from _their_score(source, gold, shared / "eval" / "score.py")
    yield from _checking(source, shared / "eval" / "lint_gold.json")
    yield from _robustness(samples / "bulk")


def _as_before() -> str:
    """The part of the page that cannot be measured here."""
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    kept = before.partition(BEGIN)[2].partition(END)[0].strip()
    return kept or "## Real plans\n\nNot measured: the folder of real plans was not present."


def _reading(source: Source, gold: Path) -> Iterator[str]:
    """Table of F1 by plan and of all counts together."""
    scored = [(name, score(reference, *source.as_json(reference["file"]))) for name, reference in references(gold)]
    lines = ["| Plan | " + " | ".join(f"{what} F1" for what in WHAT) + " |", "|---|" + "---:|" * len(WHAT)]
    lines += [f"| {name} | " + " | ".join(_f1(tallies, what) for what in WHAT) + " |" for name, tallies in scored]
    yield "\n".join(lines)
    whole = total(tallies for _, tallies in scored)
    lines = ["| | right | wrong | missed | precision | recall | F1 | wanted |", "|---|" + "---:|" * 7]
    lines += [
        f"| {what} | {t.right} | {t.wrong} | {t.missed} | {t.precision:.3f} | {t.recall:.3f} | {t.f1:.3f} | {WANTED[what]:.2f} |"
        for what, t in whole.items()
    ]
    yield "\n".join(lines)


def _f1(tallies: Tallies, what: str) -> str:
    tally = tallies[what]
    return f"{tally.f1:.3f}" if tally.right + tally.wrong + tally.missed else "none"


def _their_score(source: Source, gold: Path, scorer: Path) -> Iterator[str]:
    """What the scorer beside the references says; it accepts some readings that ours does not."""
    if not scorer.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in {reference["file"] for _, reference in references(gold)}:
            (Path(folder) / f"{name}.json").write_bytes(msgspec.json.encode(source.plan(name)[1]))
        paths = ["--gold", str(gold), "--docs", str(source.documents), "--compiled", folder]
        done = subprocess.run([sys.executable, str(scorer), *paths], capture_output=True, text=True, check=False)
    lines = [line.rstrip() for line in done.stdout.splitlines() if line.startswith(WHAT)]
    yield "The scorer that came with these references says:"
    yield "```text\n" + "\n".join(lines or done.stderr.splitlines()[-3:]) + "\n```"


def _checking(source: Source, listed: Path) -> Iterator[str]:
    """Which of the listed faults are found, and what is found beside them."""
    if not listed.exists():
        return
    entries: list[Json] = json.loads(listed.read_text(encoding="utf-8"))
    names = sorted({entry["file"] for entry in entries})
    hits = [(entry, _finders(entry, source)) for entry in entries]
    yield "### Faults found"
    yield (
        "A listed fault counts as found when a finding overlaps the quoted words. Kinds marked * need knowledge of the world or "
        "of other documents; no rule is meant to find them."
    )
    yield "\n".join(_kinds(hits))
    yield _recall(hits)
    yield from _beside(source, names, entries)


def _finders(entry: Json, source: Source) -> list[str]:
    text, plan = source.plan(entry["file"])
    places = _places(text, entry["quote"])
    return sorted({finding.code for finding in plan.findings if _overlaps(finding, places)})


def _places(text: str, quote: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(re.escape(quote), text)]


def _overlaps(finding: ReportedFinding, places: Iterable[tuple[int, int]]) -> bool:
    span = finding.span
    end = max(span.end, span.start + 1)
    return any(span.start < stop and start < end for start, stop in places)


def _kinds(hits: list[tuple[Json, list[str]]]) -> Iterator[str]:
    yield from ("| Kind | Severity | Listed | Found | By |", "|---|---|---:|---:|---|")
    groups = sorted({(entry["kind"], entry["severity"]) for entry, _ in hits}, key=lambda group: (group[1], group[0]))
    for kind, severity in groups:
        of_kind = [codes for entry, codes in hits if (entry["kind"], entry["severity"]) == (kind, severity)]
        by = Counter(code for codes in of_kind for code in codes)
        shown = ", ".join(f"`{code}`" for code, _ in by.most_common(4))
        mark = " *" if kind in NOT_MEANT else ""
        yield f"| {kind}{mark} | {severity} | {len(of_kind)} | {sum(bool(codes) for codes in of_kind)} | {shown} |"


def _recall(hits: list[tuple[Json, list[str]]]) -> str:
    errors = [codes for entry, codes in hits if entry["severity"] == "error" and entry["kind"] not in NOT_MEANT]
    found = sum(bool(codes) for codes in errors)
    share = 100 * found / len(errors) if errors else 100
    return f"Errors that rules are meant to find: **{found} of {len(errors)}** found ({share:.0f} %; wanted 85 %)."


def _beside(source: Source, names: list[str], entries: list[Json]) -> Iterator[str]:
    """Findings that no list has. They may be right: the lists hold what their writers noticed."""
    count, beside = 0, []
    for name in names:
        text, plan = source.plan(name)
        places = [place for entry in entries if entry["file"] == name for place in _places(text, entry["quote"])]
        count += len(plan.findings)
        beside += [(name, finding) for finding in plan.findings if not _overlaps(finding, places)]
    by_code = Counter((finding.severity, finding.code) for _, finding in beside)
    lines = ["| Not in the list | Severity | Findings |", "|---|---|---:|"]
    lines += [f"| `{code}` | {severity} | {number} |" for (severity, code), number in sorted(by_code.items())]
    yield f"Findings in all: {count}; {count - len(beside)} at a listed place, {len(beside)} elsewhere."
    if beside:
        yield "\n".join(lines)
    wrong = [f"{name}:{f.line} {f.message}" for name, f in beside if ADDS_UP.search(f.code)]
    yield f"Sums and counts reported where none is listed as wrong: **{len(wrong)}** (wanted 0)."
    if wrong:
        yield "\n".join(f"- {line}" for line in wrong)


def _robustness(folder: Path) -> Iterator[str]:
    """Every public document compiles, and no numbered item is lost."""
    paths = sorted(folder.glob("*.txt"))
    failed, unread, numbered, size, began = [], 0, 0, 0, time.perf_counter()
    for path in paths:
        data = path.read_bytes()
        size += len(data)
        try:
            coverage = compile_text(data.decode("utf-8", errors="replace"), name=path.name).plan.coverage
        except Exception as error:  # counted, whatever it is: none is allowed
            failed.append(f"{path.name} ({type(error).__name__})")
            continue
        unread += abs(coverage.unread)
        numbered += coverage.numbered_items
    print(f"{size / 1_000_000 / (time.perf_counter() - began):.2f} MB/s over {len(paths)} documents", file=sys.stderr)
    yield "### Robustness"
    yield (
        f"{len(paths)} further public documents ({size / 1_000_000:.1f} MB): {len(failed)} failed; of {numbered} numbered items "
        f"{unread} are not in the output. " + " ".join(failed)
    )


if __name__ == "__main__":
    sys.exit(main())
