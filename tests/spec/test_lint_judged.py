"""What is said of the precision of rules is what was judged, and what is believed least does not speak unasked."""

import json
from pathlib import Path

from guatu.core.plan.lint import rules

JUDGED = json.loads((Path(__file__).resolve().parent / "lint_judged.json").read_text(encoding="utf-8"))
FEWEST = 5
"""Of fewer findings a share says nothing."""
LEAST = 0.8


def test_what_was_judged_are_findings_of_rules_that_are_there() -> None:
    codes = [entry["code"] for entry in JUDGED]
    assert len(codes) == len(set(codes))
    assert set(codes) <= {kind.code for rule in rules() for kind in rule.kinds}
    assert all(0 <= entry["right"] <= entry["judged"] and entry["judged"] > 0 for entry in JUDGED)


def test_a_kind_that_was_often_wrong_is_off() -> None:
    often_wrong = {
        entry["code"]
        for entry in JUDGED
        if not entry["mended"] and entry["judged"] >= FEWEST and entry["right"] < LEAST * entry["judged"]
    }
    off = {kind.code for rule in rules() for kind in rule.off}
    assert often_wrong <= off


def test_nine_of_ten_judged_findings_of_rules_as_they_are_were_right() -> None:
    """What was judged before a rule was mended says nothing of the rule as it is; the reference says so too."""
    as_they_are = [entry for entry in JUDGED if not entry["mended"]]
    assert sum(entry["right"] for entry in as_they_are) >= 0.9 * sum(entry["judged"] for entry in as_they_are)
