"""The lint finds the faults that readers listed, and reports no sum and no count that is right."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from guatu.core.kernel.finding import Finding
from guatu.core.plan.compiler import compile_text
from tests.spec.lint_accuracy import CODES, Fault, is_found, load_faults, occurrences, recall

OURS = Path(__file__).resolve().parent / "plans"
SHORT = OURS / "lint2"
WANTED = 0.85
WANTED_OF_SHORT = 0.9
"""Share of the faults of the short plans that are found; only ever raised."""
SUMS = {"plan.sum-mismatch", "plan.table-sum-mismatch", "plan.count-mismatch", "plan.step-count"}


@cache
def checked(path: Path) -> tuple[str, Sequence[Finding]]:
    text = path.read_text(encoding="utf-8")
    return text, compile_text(text).findings


def measured(faults: list[Fault], folder: Path) -> tuple[dict[str, str], dict[str, Sequence[Finding]]]:
    files = {fault.file: checked(folder / fault.file) for fault in faults}
    return {name: text for name, (text, _) in files.items()}, {name: found for name, (_, found) in files.items()}


def missed(faults: list[Fault]) -> str:
    return "\n".join(f"{fault.file} {fault.kind}: {fault.quote}" for fault in faults)


def test_the_faults_planted_in_our_plans_are_found() -> None:
    faults = load_faults(OURS / "lint.json")
    result = recall(faults, *measured(faults, OURS))
    assert result.share >= WANTED, missed(result.missed)


def test_the_faults_of_real_plans_are_found(shared: Path) -> None:
    faults = load_faults(shared / "eval" / "lint_gold.json")
    result = recall(faults, *measured(faults, shared / "samples"))
    assert len(result.found) + len(result.missed) > 50
    assert result.share >= WANTED, missed(result.missed)


def test_the_faults_of_the_short_plans_are_found() -> None:
    faults = load_faults(SHORT / "lint2.json")
    result = recall(faults, *measured(faults, SHORT))
    assert len(faults) > 130
    assert result.share >= WANTED_OF_SHORT, missed(result.missed)


def test_nothing_that_is_right_in_the_short_plans_is_reported() -> None:
    faults = load_faults(SHORT / "lint2.json")
    right = json.loads((SHORT / "lint2_ok.json").read_text(encoding="utf-8"))
    for path in sorted(SHORT.glob("*.txt")):
        text, findings = checked(path)
        listed = [place for fault in faults if fault.file == path.name for place in occurrences(text, fault.quote)]
        fine = [place for entry in right if entry["file"] == path.name for place in occurrences(text, entry["quote"])]
        wrong = [f for f in findings if not any(f.span.overlaps(place) for place in listed)]
        assert [f.message() for f in wrong if any(f.span.overlaps(place) for place in fine)] == [], path.name


def wrong_sums(faults: list[Fault], folder: Path, path: Path) -> list[str]:
    """Sums and counts that are reported where no fault is listed."""
    text, findings = checked(path)
    listed = [place for fault in faults if fault.file == path.name for place in occurrences(text, fault.quote)]
    return [f.message() for f in findings if f.code in SUMS and not any(f.span.overlaps(place) for place in listed)]


@pytest.mark.parametrize("path", sorted(OURS.glob("*.txt")), ids=lambda path: path.stem)
def test_no_right_sum_of_our_plans_is_reported(path: Path) -> None:
    assert wrong_sums(load_faults(OURS / "lint.json"), OURS, path) == []


@pytest.mark.parametrize("name", ["plan_a.txt", "plan_b.txt", "plan_c.txt"])
def test_no_right_sum_of_real_plans_is_reported(shared: Path, name: str) -> None:
    faults = load_faults(shared / "eval" / "lint_gold.json")
    assert wrong_sums(faults, shared / "samples", shared / "samples" / name) == []


def test_a_fault_is_found_only_by_a_rule_that_means_it() -> None:
    text = "青禾县2024年绿化工作方案\n\n一、主要任务\n（一）近一步扩大绿化。\n"
    findings = compile_text(text).findings
    assert is_found(Fault("a.txt", "wrong_word", "近一步扩大", "error"), text, findings)
    assert not is_found(Fault("a.txt", "sum_mismatch", "近一步扩大", "error"), text, findings)
    assert not is_found(Fault("a.txt", "wrong_word", "扩大绿化", "error"), text, findings)


def test_every_kind_of_fault_names_codes_that_rules_have() -> None:
    from guatu.core.plan.lint import rules

    known = {kind.code for rule in rules() for kind in rule.kinds}
    assert {code for codes in CODES.values() for code in codes} <= known
