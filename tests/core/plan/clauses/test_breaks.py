"""Clauses and sentences around a position."""

from guatu.core.plan.clauses.breaks import CLAUSE_WIDTH, SENTENCE_WIDTH, clause_end, clause_start, sentence_start

TEXT = "青禾县修渠。年内,新建水塘3处,整修道路;其余缓建"


def test_a_clause_begins_behind_the_last_comma() -> None:
    assert TEXT[clause_start(TEXT, TEXT.index("3")) :].startswith("新建水塘")


def test_a_sentence_begins_behind_the_last_full_stop() -> None:
    assert TEXT[sentence_start(TEXT, TEXT.index("3")) :].startswith("年内")


def test_a_clause_ends_before_its_stop() -> None:
    at = TEXT.index("3")
    assert TEXT[at : clause_end(TEXT, at, len(TEXT))] == "3处"


def test_no_break_is_looked_for_before_the_floor() -> None:
    at = TEXT.index("3")
    assert clause_start(TEXT, at, at - 1) == sentence_start(TEXT, at, at - 1) == at - 1


def test_the_windows_are_bounded_on_a_line_without_any_stop() -> None:
    line = "水" * 100_000
    assert clause_start(line, 90_000) == 90_000 - CLAUSE_WIDTH
    assert sentence_start(line, 90_000) == 90_000 - SENTENCE_WIDTH
