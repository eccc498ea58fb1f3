"""Scores a compiled plan against its reference (format: README.md of the folder `plans`).

Four things are counted, each as right, wrong (there and not in the reference) and missed (in the reference and not
there): tasks by path; duties as unit in a role, within matched tasks; targets by place, comparison, value and unit;
deadlines by place and ISO text. Only the readings that the reference names are accepted. What the reference marks as
optional counts neither way.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

Json = dict[str, Any]
WHAT = ("tasks", "duties", "targets", "deadlines")
ROLES = ("lead", "responsible", "support")
BRACKETS = str.maketrans("〔〕【】﹝﹞", "()()()")
SAME_UNIT = {"平方公里": "km2", "㎡": "平方米", "千米": "公里"}


class Tally(msgspec.Struct):
    """What of one kind was right, wrong and missed, and a line for each that was not right."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    notes: list[str] = []

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where there was nothing to find and nothing was found."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0

    def add(self, other: "Tally") -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        self.notes += other.notes


Tallies = dict[str, Tally]


def references(folder: Path) -> list[tuple[str, Json]]:
    """References of a folder, by name; files that are no references (lint.json) are left out."""
    found = ((path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json")))
    return [(name, reference) for name, reference in found if isinstance(reference, dict) and "tasks" in reference]


def score(reference: Json, text: str, plan: Json) -> Tallies:
    """One compiled plan (as JSON) against its reference."""
    found = {key: list(_items(plan, key, reference)) for key in ("tasks", "targets", "deadlines")}
    tasks, duties = _score_tasks(reference, found["tasks"])
    return {
        "tasks": tasks,
        "duties": duties,
        "targets": _score_places(reference, "targets", found["targets"], text),
        "deadlines": _score_places(reference, "deadlines", found["deadlines"], text),
    }


def total(tallies: Iterable[Tallies]) -> Tallies:
    """All counts added up."""
    whole: Tallies = {what: Tally() for what in WHAT}
    for one in tallies:
        for what in WHAT:
            whole[what].add(one[what])
    return whole


def _items(plan: Json, key: str, reference: Json) -> Iterator[Json]:
    """Entries of all documents; of a collection, those inside the reference's range. Tasks get their whole path."""
    bounds = reference.get("range")
    for document in plan["documents"]:
        annex = [] if bounds or not document.get("annex") else [document["annex"]]
        for item in document.get(key) or []:
            if bounds is None or bounds[0] <= item["span"][0] < bounds[1]:
                yield {**item, "whole_path": _path(annex + list(item.get("path", [])))}


def _score_tasks(reference: Json, found: list[Json]) -> tuple[Tally, Tally]:
    tasks, duties = Tally(notes=[]), Tally(notes=[])
    free = list(found)
    same_as = {_name(row["written"]): [_name(n) for n in row["same_as"]] for row in reference.get("unit_equiv") or []}
    for wanted in reference["tasks"]:
        match = _nearest(wanted, [item for item in free if item["whole_path"] in _paths(wanted)])
        if match is None:
            tasks.missed += 1
            tasks.notes.append(f"missed {'/'.join(wanted['path'])} {wanted['title']}")
        else:
            free.remove(match)
            tasks.right += 1
        duties.add(_score_duties(wanted, match, same_as))
    optional = {path for task in reference.get("tasks_optional") or [] for path in _paths(task)}
    for item in free:
        if item["whole_path"] not in optional:
            tasks.wrong += 1
            tasks.notes.append(f"wrong {'/'.join(item['whole_path'])} {item['title']}")
            duties.add(Tally(wrong=len(item.get("duties") or []), notes=[]))
    return tasks, duties


def _nearest(wanted: Json, candidates: list[Json]) -> Json | None:
    """Of several tasks with one path (numbers repeat), the one that stands nearest."""
    return min(candidates, key=lambda item: abs(item["span"][0] - wanted["start"]), default=None)


def _score_duties(wanted: Json, match: Json | None, same_as: dict[str, list[str]]) -> Tally:
    free = {_name(unit) for unit in wanted.get("any_role") or []}
    named = ((role, name) for role in ROLES for unit in wanted.get(role) or [] for name in _names(unit, same_as))
    found = (
        (duty["role"], name) for duty in (match or {}).get("duties") or [] for name in _names(duty["unit"], same_as)
    )
    expected = {("any" if name in free else role, name) for role, name in named}
    got = {("any" if name in free else role, name) for role, name in found}
    spare = {("responsible", _name(unit)) for unit in wanted.get("responsible_optional") or []}
    wrong, missed = got - expected - spare, expected - got
    where = "/".join(wanted["path"])
    notes = [f"missed {where} {role} {name}" for role, name in sorted(missed)]
    notes += [f"wrong {where} {role} {name}" for role, name in sorted(wrong)]
    return Tally(len(expected & got), len(wrong), len(missed), notes)


def _score_places(reference: Json, key: str, found: list[Json], text: str) -> Tally:
    """Targets or deadlines: each wanted one takes the first entry at its place that reads as it does."""
    tally = Tally(notes=[])
    agrees = _same_target if key == "targets" else _same_deadline
    free = list(found)
    for wanted in reference.get(key) or []:
        match = next((item for item in free if _stands_at(item, wanted) and agrees(wanted, item)), None)
        if match is None:
            tally.missed += 1
            tally.notes.append(f"missed {wanted['quote']}")
        else:
            free.remove(match)
            tally.right += 1
    spare = reference.get(f"{key}_optional") or []
    for item in free:
        if not any(_stands_at(item, at) for at in spare):
            tally.wrong += 1
            shown = item.get("iso") or f"{item.get('op')} {item.get('value')} {item.get('unit')}"
            tally.notes.append(f"wrong {text[slice(*item['span'])]} ({shown})")
    return tally


def _same_target(wanted: Json, item: Json) -> bool:
    units = {_unit(unit) for unit in [wanted.get("unit"), *(wanted.get("unit_alt") or [])]}
    ops = {wanted.get("op"), *(wanted.get("op_alt") or [])}
    return _values(wanted["value"]) == _values(item["value"]) and _unit(item["unit"]) in units and item["op"] in ops


def _same_deadline(wanted: Json, item: Json) -> bool:
    return item["iso"] in {wanted["iso"], *(wanted.get("iso_alt") or [])}


def _stands_at(item: Json, wanted: Json) -> bool:
    """Where the reader of a drawn document decides what comes first, a reference has several `places`."""
    places = wanted.get("places") or [(wanted["start"], wanted["start"] + len(wanted["quote"]))]
    return any(item["span"][0] < end and start < item["span"][1] for start, end in places)


def _values(value: Any) -> list[float]:
    return [float(part) for part in (value if isinstance(value, list) else [value]) if part is not None]


def _plain(text: str) -> str:
    """Half-width, one shape of bracket, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).translate(BRACKETS).split())


def _unit(unit: str | None) -> str:
    plain = _plain(unit or "").lower()
    return SAME_UNIT.get(plain, plain)


def _name(unit: str) -> str:
    plain = _plain(unit)
    for tail in ("等部门", "等单位", "等有关部门"):
        plain = plain.removesuffix(tail)
    return plain


def _names(unit: str, same_as: dict[str, list[str]]) -> list[str]:
    return same_as.get(_name(unit), [_name(unit)])


def _path(parts: Iterable[str]) -> tuple[str, ...]:
    plain = (_plain(part).rstrip(".、") for part in parts)
    return tuple(part if part.startswith("(") else part.rstrip(")") for part in plain)


def _paths(task: Json) -> set[tuple[str, ...]]:
    others = task.get("path_alt") or []
    others = others if not others or isinstance(others[0], list) else [others]
    return {_path(path) for path in [task["path"], *others]}
