"""Every verb of the tables does in its sentence what the table says."""

import pytest

from guatu.core.plan.commitments.goal_verbs import LIMITS, REACHES, Verbs
from guatu.core.plan.compiler import compile_text
from guatu.core.plan.model import Document

HEAD = "青禾县2024年工作方案\n\n一、主要任务\n(一)抓好工作。"


def read(sentence: str) -> Document:
    return compile_text(f"{HEAD}{sentence}。\n").plan.documents[0]


@pytest.mark.parametrize("verbs", REACHES.values(), ids=REACHES.keys())
def test_the_number_behind_a_verb_is_a_goal(verbs: Verbs) -> None:
    found = {word: [target.value for target in read(verbs.example.format(word)).targets] for word in verbs.list}
    assert found and found == {word: [5] for word in verbs.list}


@pytest.mark.parametrize("verbs", LIMITS.values(), ids=LIMITS.keys())
def test_a_time_before_a_verb_is_a_limit(verbs: Verbs) -> None:
    sentences = {word: verbs.example.format(word) for word in verbs.list}
    found = {word: [limit.iso[:7] for limit in read(sentence).deadlines] for word, sentence in sentences.items()}
    assert found and found == {word: ["2024-08"] for word in verbs.list}


def test_a_time_without_such_a_word_is_no_limit() -> None:
    assert read("2024年8月的水厂").deadlines == []
    assert read("2024年8月水厂").deadlines == []


def test_no_word_stands_in_two_sorts() -> None:
    for table in (REACHES, LIMITS):
        words = [word for verbs in table.values() for word in verbs.list]
        assert len(words) == len(set(words))
