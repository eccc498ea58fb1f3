"""References of unseen documents hold together: what they name stands in the documents. No message shows any of it."""

import hashlib
import re
from pathlib import Path

import pytest

from tests.unseen.draw import DRAWERS, SOURCES, read_source
from tests.unseen.references import (
    OWN,
    PLACED,
    PUBLIC,
    ROLES,
    Json,
    OtherText,
    from_places,
    from_words,
    outside_areas,
    references,
    squeezed,
)

CHINESE = re.compile("[\u4e00-\u9fff]")
TEXT = "一、任务\n（一）修路。5公里，6月底前。\n责任单位：县 交通局"


def said(name: str) -> str:
    """What a document says, by its source or, of a text, by itself: without a reader."""
    source = SOURCES / f"{name}.txt"
    path = source if source.exists() else OWN / f"{name}.txt"
    return "".join(path.read_text(encoding="utf-8").replace("//", "").split())


def units(task: Json) -> list[str]:
    return [unit for role in ROLES for unit in task.get(role) or []]


def test_both_halves_are_there() -> None:
    assert len(references(OWN)) == 20
    assert sum(reference["table"] for _, reference in references(OWN)) == 15
    assert len(references(PUBLIC)) == 12


@pytest.mark.parametrize("name", [name for name, _ in references(OWN)])
def test_what_our_references_name_stands_in_the_document(name: str) -> None:
    reference, text = dict(references(OWN))[name], said(name)
    words = [[task["title"]] for task in reference["tasks"]]
    words += [[unit] for task in reference["tasks"] for unit in units(task)]
    words += [[item["quote"], *(item.get("quote_alt") or [])] for key in PLACED for item in reference[key]]
    assert words
    absent = [n for n, ways in enumerate(words) if not any("".join(way.split()) in text for way in ways)]
    assert absent == []


@pytest.mark.parametrize("name", [name for name, _ in references(PUBLIC)])
def test_references_of_public_documents_are_places_and_hold_no_words_of_theirs(name: str) -> None:
    reference = dict(references(PUBLIC))[name]
    for key in ("tasks", "tasks_optional"):
        for task in reference[key]:
            assert all(isinstance(end, int) for end in task["title"])
            assert all(isinstance(end, int) for place in units(task) for end in place)
    assert all(isinstance(end, int) for key in PLACED for item in reference[key] for end in item["quote"])
    long = [part for task in reference["tasks"] for part in task["path"] if len(CHINESE.findall(part)) > 4]
    assert long == []


def test_places_of_public_documents_lie_in_their_texts(shared: Path) -> None:
    for name, reference in references(PUBLIC):
        text = (shared / "samples" / "bulk" / reference["file"]).read_text(encoding="utf-8")
        ready = from_places(reference, text)
        titles = [task["title"] for task in ready["tasks"]]
        assert titles, name
        assert all(title and title == title.strip() for title in titles), name


@pytest.mark.parametrize("path", sorted(OWN.glob("*.html")), ids=lambda path: path.stem)
def test_documents_are_drawn_from_their_sources(path: Path, tmp_path: Path) -> None:
    drawn = tmp_path / path.name
    DRAWERS["html"](read_source((SOURCES / f"{path.stem}.txt").read_text(encoding="utf-8")), drawn)
    assert drawn.read_bytes() == path.read_bytes()


def test_words_come_from_places_and_another_text_is_refused() -> None:
    start = TEXT.index("修路")
    reference = {
        "file": "a.txt",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "tasks": [{"path": ["一", "(一)"], "title": [start, start + 2], "responsible": [[0, 1]]}],
        "tasks_optional": [],
        "targets": [{"quote": [start + 3, start + 6], "value": 5}],
        "targets_optional": [],
        "deadlines": [],
        "deadlines_optional": [],
        "unit_equiv": [],
    }
    ready = from_places(reference, TEXT)
    assert (ready["tasks"][0]["title"], ready["tasks"][0]["responsible"]) == ("修路", ["一"])
    assert ready["targets"] == [{"quote": "5公里", "start": start + 3, "value": 5}]
    with pytest.raises(OtherText):
        from_places(reference, TEXT + "。")


def test_words_have_all_their_places_and_none_lies_outside_the_text() -> None:
    reference = {
        "tasks": [{"title": "修 路"}],
        "tasks_optional": [],
        "targets": [{"quote": "里"}],
        "targets_optional": [],
        "deadlines": [{"quote": "7月", "quote_alt": ["6月底前"]}],
        "deadlines_optional": [{"quote": "年底"}],
    }
    ready = from_words(reference, "修路5公里，又5公里，6月底前")
    assert ready["tasks"][0]["start"] == 0
    assert ready["targets"][0]["places"] == [(4, 5), (9, 10)]
    assert ready["deadlines"][0]["places"] == [(11, 15)]
    assert ready["deadlines_optional"][0]["places"] == [(-2, -1)]


def test_spans_move_with_the_text_when_white_space_goes() -> None:
    start = TEXT.index("县 交通局")
    plan = {"documents": [{"tasks": [{"span": [start, start + 5], "duties": [{"span": [start, start + 1]}]}]}]}
    text, moved = squeezed(TEXT, plan)
    task = moved["documents"][0]["tasks"][0]
    assert text[slice(*task["span"])] == "县交通局"
    assert text[slice(*task["duties"][0]["span"])] == "县"


def test_tasks_in_free_areas_are_left_out() -> None:
    plan = {"documents": [{"title": "a", "tasks": [{"span": [5, 9]}, {"span": [12, 14]}]}]}
    left = outside_areas({"areas_optional": [[10, 20]]}, plan)
    assert left == {"documents": [{"title": "a", "tasks": [{"span": [5, 9]}]}]}
