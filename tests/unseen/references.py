"""References of documents on which no rule was written, made ready for the scorer (README.md beside this file).

Of our own documents the words are in the reference; of public documents only their places in the text, so that no
sentence of theirs is in this repository.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]
HERE = Path(__file__).resolve().parent
OWN, PUBLIC = HERE / "own", HERE / "public"
ROLES = ("lead", "responsible", "support", "responsible_optional")
PLACED = ("targets", "targets_optional", "deadlines", "deadlines_optional")


class OtherText(Exception):
    """The text is not the one in which the places were marked."""


def references(folder: Path) -> list[tuple[str, Json]]:
    return [(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))]


def from_places(reference: Json, text: str) -> Json:
    """A reference of places in a text, with the words that stand there."""
    if hashlib.sha256(text.encode()).hexdigest() != reference["sha256"]:
        raise OtherText(reference["file"])

    def said(place: list[int]) -> str:
        return text[place[0] : place[1]]

    ready = dict(reference)
    for key in ("tasks", "tasks_optional"):
        ready[key] = [
            {
                **task,
                "title": said(task["title"]),
                "start": task["title"][0],
                **{role: [said(place) for place in task.get(role) or []] for role in ROLES},
            }
            for task in reference[key]
        ]
    for key in PLACED:
        ready[key] = [{**item, "quote": said(item["quote"]), "start": item["quote"][0]} for item in reference[key]]
    ready["unit_equiv"] = [
        {"written": said(row["written"]), "same_as": [said(place) for place in row["same_as"]]}
        for row in reference["unit_equiv"]
    ]
    return ready


def from_words(reference: Json, squeezed: str) -> Json:
    """A reference of words, with all places of them in the text without white space."""
    ready = dict(reference)
    for key in ("tasks", "tasks_optional"):
        ready[key] = [{**task, "start": max(0, squeezed.find(_squeeze(task["title"])))} for task in reference[key]]
    for key in PLACED:
        ready[key] = [{**item, "places": _found(item, squeezed)} for item in reference[key]]
    return ready


def _found(item: Json, squeezed: str) -> list[tuple[int, int]]:
    """Where its words stand; a place outside the text if nowhere, so that it counts as missed."""
    quotes = [_squeeze(quote) for quote in [item["quote"], *(item.get("quote_alt") or [])]]
    return [place for quote in quotes for place in _places(squeezed, quote)] or [(-2, -1)]


def _places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    at = text.find(quote)
    while at >= 0:
        yield at, at + len(quote)
        at = text.find(quote, at + 1)


def _squeeze(text: str) -> str:
    return "".join(text.split())


def squeezed(text: str, plan: Json) -> tuple[str, Json]:
    """Text without white space, and the plan with its spans there: readers break lines each in its own way."""
    at = [0]
    for character in text:
        at.append(at[-1] + (not character.isspace()))
    return _squeeze(text), _moved(plan, at)


def _moved(value: Any, at: list[int]) -> Any:
    if isinstance(value, list):
        return [_moved(item, at) for item in value]
    if isinstance(value, dict):
        return {key: _place(item, at) if key == "span" else _moved(item, at) for key, item in value.items()}
    return value


def _place(span: Any, at: list[int]) -> Any:
    return [at[min(end, len(at) - 1)] for end in span] if isinstance(span, list) else span


def outside_areas(reference: Json, plan: Json) -> Json:
    """The plan without tasks in places where a reference takes any or none, as in a table of places and numbers."""
    areas = reference.get("areas_optional") or []
    documents = []
    for document in plan["documents"]:
        tasks = [task for task in document["tasks"] if not any(a <= task["span"][0] < b for a, b in areas)]
        documents.append({**document, "tasks": tasks})
    return {**plan, "documents": documents}
