"""Findings drawn at random were judged one by one, each once, by somebody who had not written the rules."""

import json
from collections import Counter
from pathlib import Path

import pytest

from guatu.core.plan.lint import rules
from tests.spec.draw_findings import SIZE, Drawn, draw, draw_more, hidden, reported

FILE = json.loads((Path(__file__).resolve().parent / "lint_judged_150.json").read_text(encoding="utf-8"))
JUDGED, DRAWS = FILE["judged"], FILE["draws"]


def drawn_in(name: str) -> list[dict[str, object]]:
    return [entry for entry in JUDGED if name in entry["draws"]]


def test_no_finding_is_judged_twice_and_each_says_why() -> None:
    places = Counter((entry["document"], entry["start"], entry["code"]) for entry in JUDGED)
    assert max(places.values()) == 1
    assert all(isinstance(entry["right"], bool) and entry["why"] for entry in JUDGED)
    assert {entry["code"] for entry in JUDGED} <= {kind.code for rule in rules() for kind in rule.kinds}


@pytest.mark.parametrize("one", DRAWS, ids=lambda one: one["name"])
def test_a_draw_holds_150_findings_or_all_that_there_are(one: dict[str, object]) -> None:
    assert len(drawn_in(str(one["name"]))) == one["drawn"] == min(SIZE, int(str(one["reported"])))


def test_no_document_that_is_kept_for_measuring_is_among_them() -> None:
    assert {f"{entry['document']}.txt" for entry in JUDGED}.isdisjoint(hidden())


FOUND = [Drawn("b", at, at + 1, "plan.cut-off", "") for at in range(9)] + [Drawn("a", 5, 6, "plan.placeholder", "")]


def test_a_draw_is_the_same_for_the_same_seed_and_in_reading_order() -> None:
    assert draw(FOUND, 7, 4) == draw(list(reversed(FOUND)), 7, 4) == sorted(draw(FOUND, 7, 4))
    assert len(set(draw(FOUND, 7, 4))) == 4
    assert draw(FOUND, 7) == sorted(FOUND)


def test_the_second_draw_adds_kinds_of_which_the_first_has_too_few() -> None:
    first = FOUND[:3]
    assert draw_more(FOUND, first, 7, fewest=3, up_to=5) == [FOUND[-1]]
    assert len(draw_more(FOUND, first, 7, fewest=4, up_to=5)) == 6
    assert set(draw_more(FOUND, first, 7, fewest=4, up_to=5)).isdisjoint(first)


def test_documents_that_are_kept_are_not_read(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(
            "青禾县绿化工作方案\n\n一、主要任务\n(一)近一步扩大绿化。\n", encoding="utf-8"
        )
    assert {finding.document for finding in reported(tmp_path, frozenset({"a.txt"}))} == {"b"}
