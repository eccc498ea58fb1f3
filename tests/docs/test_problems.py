"""The page of problems names all of them, and no code means two things."""

import re
from collections import defaultdict

import pytest
from docs.problem_page import ANSWERED, COMMANDS, FOUND, by_place
from docs.problems import Entry, answers, endings, findings

from tests.house.project import ROOT, texts

LITERAL = re.compile(r'\bcode="([a-z0-9-]+\.[a-z0-9.-]+)"')
DECLARED = re.compile(r'\bKind\(\s*(?:code=)?"([a-z0-9-]+\.[a-z0-9.-]+)"')


@pytest.mark.parametrize("name", ["problems.md", "problems.zh-CN.md"])
def test_every_code_that_is_written_in_the_source_is_on_the_page(name: str) -> None:
    page = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    sources = {path: text for path, text in texts().items() if path.startswith("src/guatu/") and path.endswith(".py")}
    written = {code for path, text in sources.items() for code in DECLARED.findall(text)}
    written |= {code for path, text in sources.items() if "/web/" in path for code in LITERAL.findall(text)}
    assert len(written) > 500
    assert {code for code in written if f"| `{code}` |" not in page} == set()


@pytest.mark.parametrize("entries", [findings, endings, answers])
def test_no_code_is_declared_with_two_weights(entries: object) -> None:
    assert callable(entries)
    weights = defaultdict(set)
    for entry in entries():
        weights[entry.code].add(entry.weight)
    assert {code: found for code, found in weights.items() if len(found) > 1} == {}


def test_a_finding_is_declared_once() -> None:
    sentences = defaultdict(set)
    for entry in findings():
        sentences[entry.code].add(entry.sentence)
    assert {code: found for code, found in sentences.items() if len(found) > 1} == {}


def test_every_sentence_is_there_in_both_languages() -> None:
    said = [entry for entries in (findings, endings, answers) for entry in entries() if entry.sentence]
    assert [entry for entry in said if not (entry.sentence and entry.sentence.zh and entry.sentence.en)] == []


def test_every_place_of_the_page_has_something_to_say() -> None:
    for entries, places in ((findings, FOUND), (endings, COMMANDS), (answers, ANSWERED)):
        assert [prefix for prefix, found in by_place(entries(), places).items() if not found] == []


def test_a_module_of_no_place_is_refused() -> None:
    with pytest.raises(KeyError, match=r"core/weather/storm\.py"):
        by_place([Entry("weather.storm", "core/weather/storm.py", "error", None)], FOUND)
