"""What is said of the precision of rules is what was judged, and what is believed least does not speak unasked."""

from collections import Counter
from pathlib import Path

import pytest

from guatu.core.plan.lint import rules
from tests.spec.draw_findings import SIZE, Drawn, draw, draw_more, hidden, reported
from tests.spec.lint_precision import Counted, Draw, Judgement, Precision, counted, drawn, precision
from tests.spec.lint_precision import Drawn as Judged

FOUND, COUNTED = drawn(), counted()
PRECISION = precision(FOUND, COUNTED)
FEWEST = 5
"""Of fewer findings a share says nothing."""
LEAST = 0.8
WANTED = 0.9
PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "lint.md"


def test_what_was_judged_are_findings_of_rules_that_are_there() -> None:
    assert set(PRECISION) <= {kind.code for rule in rules() for kind in rule.kinds}
    codes = [entry.code for entry in COUNTED]
    assert len(codes) == len(set(codes))
    assert all(0 <= entry.right <= entry.judged and entry.judged > 0 for entry in COUNTED)


def test_no_finding_is_judged_twice_and_each_says_why() -> None:
    places = Counter((judgement.document, judgement.start, judgement.code) for judgement in FOUND.judged)
    assert max(places.values()) == 1
    assert all(judgement.why and judgement.draws for judgement in FOUND.judged)


@pytest.mark.parametrize("one", FOUND.draws, ids=[one.name for one in FOUND.draws])
def test_a_draw_holds_150_findings_or_all_that_there_are(one: Draw) -> None:
    assert len(FOUND.of(one)) == one.drawn == min(SIZE, one.reported)


@pytest.mark.parametrize("one", FOUND.draws, ids=[one.name for one in FOUND.draws])
def test_the_page_of_the_rules_says_what_came_out(one: Draw) -> None:
    right = sum(judgement.right for judgement in FOUND.of(one))
    row = f"| {one.day} | {one.lint} | {one.documents} | {one.reported} | {one.drawn} | {right} |"
    assert row in PAGE.read_text(encoding="utf-8")


def test_no_document_that_is_kept_for_measuring_is_among_them() -> None:
    assert {f"{judgement.document}.txt" for judgement in FOUND.judged}.isdisjoint(hidden())


def test_a_kind_that_was_often_wrong_is_off() -> None:
    often_wrong = {c for c, found in PRECISION.items() if found.judged >= FEWEST and found.right < LEAST * found.judged}
    off = {kind.code for rule in rules() for kind in rule.off}
    assert often_wrong <= off


@pytest.mark.parametrize("left_out", ["", "plan.misread-character"])
def test_nine_of_ten_findings_of_the_last_draw_were_right(left_out: str) -> None:
    """Misread characters are most of the findings and easy; what is left without them has to hold as well."""
    right = [judgement.right for judgement in FOUND.of(FOUND.draws[-1]) if judgement.code != left_out]
    assert sum(right) >= WANTED * len(right)


def test_what_was_judged_before_a_rule_was_mended_is_counted_apart() -> None:
    draws = (
        Draw("first", "2024-03-01", "a", 1, 2, "letters", 3, 3, ("plan.cut-off",)),
        Draw("again", "2024-03-02", "b", 2, 2, "letters", 2, 2, ()),
    )
    judged = (
        Judgement("a", 1, "plan.cut-off", False, "a list", ("first",)),
        Judgement("a", 9, "plan.cut-off", True, "a lost clause", ("first", "again")),
        Judgement("b", 1, "plan.placeholder", True, "crosses", ("first", "again")),
    )
    table = precision(Judged(draws, judged), [Counted("plan.placeholder", 6, 4, True, "a message")])
    assert table["plan.cut-off"] == Precision(judged=1, right=1, judged_before=2, right_before=1)
    assert table["plan.placeholder"] == Precision(judged=1, right=1, judged_before=6, right_before=4)


FINDINGS = [Drawn("b", at, at + 1, "plan.cut-off", "") for at in range(9)] + [Drawn("a", 5, 6, "plan.placeholder", "")]


def test_a_draw_is_the_same_for_the_same_seed_and_in_reading_order() -> None:
    assert draw(FINDINGS, 7, 4) == draw(list(reversed(FINDINGS)), 7, 4) == sorted(draw(FINDINGS, 7, 4))
    assert len(set(draw(FINDINGS, 7, 4))) == 4
    assert draw(FINDINGS, 7) == sorted(FINDINGS)


def test_the_second_draw_adds_kinds_of_which_the_first_has_too_few() -> None:
    first = FINDINGS[:3]
    assert draw_more(FINDINGS, first, 7, fewest=3, up_to=5) == [FINDINGS[-1]]
    assert len(draw_more(FINDINGS, first, 7, fewest=4, up_to=5)) == 6
    assert set(draw_more(FINDINGS, first, 7, fewest=4, up_to=5)).isdisjoint(first)


def test_documents_that_are_kept_are_not_read(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(
            "青禾县绿化工作方案\n\n一、主要任务\n(一)近一步扩大绿化。\n", encoding="utf-8"
        )
    assert {finding.document for finding in reported(tmp_path, frozenset({"a.txt"}))} == {"b"}
