"""Public documents that were opened for rules: their references are places, for no word of them is in this repository.

Wanted is at least what was reached when the rules were written; a figure only goes up.
"""

import json
from pathlib import Path

import msgspec
import pytest

from guatu.core.plan.compiler import compile_text
from tests.spec.score import WHAT, score
from tests.unseen.references import PUBLIC, from_places, outside_areas, references

HERE = Path(__file__).resolve().parent / "public"
LEAST = {
    # A table of places by year, copied one cell a line: the column of what there was does not count, and is read as a goal.
    "ge_052": {"tasks": 1.0, "targets": 0.85, "deadlines": 0.66},
    # Rules of an assessment in articles; units behind dashes below one of them are not read.
    "ncp_077": {"tasks": 0.96, "duties": 0.93, "targets": 0.87},
    # A table whose cells run together with a column of groups, and an excerpt that begins with item three: not read.
    "ncp_101": {},
    "ncp_110": {},
}


def test_every_document_has_its_figures() -> None:
    assert [name for name, _ in references(HERE)] == list(LEAST)


@pytest.mark.parametrize("name", LEAST)
def test_what_was_reached_is_kept(name: str, shared: Path) -> None:
    reference = dict(references(HERE))[name]
    text = (shared / "samples" / "bulk" / reference["file"]).read_text(encoding="utf-8")
    ready = from_places(reference, text)
    plan = json.loads(msgspec.json.encode(compile_text(text).plan))
    tallies = score(ready, text, outside_areas(ready, plan))
    found = {what: tallies[what].f1 for what in WHAT}
    assert {what: round(found[what], 3) for what, least in LEAST[name].items() if found[what] < least} == {}


@pytest.mark.parametrize(("folder", "name"), [(of, name) for of in (HERE, PUBLIC) for name, _ in references(of)])
def test_what_is_wanted_lies_within_the_range(folder: Path, name: str) -> None:
    reference = dict(references(folder))[name]
    if reference["range"] is None:
        return
    start, end = reference["range"]
    places = [task["title"] for task in reference["tasks"]]
    places += [one["quote"] for key in ("targets", "deadlines") for one in reference[key]]
    assert places and all(start <= place[0] < end for place in places)
