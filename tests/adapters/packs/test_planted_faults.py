"""Faults planted into a pack that is right: each is refused at its line, and nothing else is said."""

from pathlib import Path

import pytest

from guatu.adapters.packs.folder import read_folder
from guatu.adapters.packs.loading import load_texts
from guatu.core.kernel.file_finding import FileFinding

FOLDER = Path(__file__).parent / "river_patrol"
RIGHT = read_folder(FOLDER)[0]


def faults(texts: dict[str, str]) -> list[FileFinding]:
    _, found = load_texts(texts, "river_patrol")
    return [one for one in found if one.severity == "error"]


def test_the_pack_is_right_as_it_stands() -> None:
    assert [one.text("en") for one in load_texts(RIGHT, "river_patrol")[1]] == []


PLANTED = [
    # A condition on a field that nobody fills in.
    ("flows/river.bpmn", 'severity = "serious"', 'weather = "rain"', "rule.unknown-name"),
    ("flows/river.bpmn", "severity distance?", "distance?", "flow.field-never-filled"),
    # A compared value that is no choice.
    ("flows/river.bpmn", 'severity = "serious"', 'severity = "grave"', "rule.no-choice"),
    ("flows/level.dmn", '"minor"', '"little"', "rule.no-choice"),
    # A text compared with a number.
    ("flows/river.bpmn", 'severity = "serious"', "severity = 3", "rule.types-differ"),
    ("flows/level.dmn", "&gt;= 500", '"far"', "rule.types-differ"),
    # A step that nobody can own.
    ("flows/river.bpmn", ' guatu:role="keeper" guatu:fields="result', ' guatu:fields="result', "flow.no-role"),
    ("posts.toml", 'roles = ["village"]', "roles = []", "pack.nobody-holds"),
    ("flows/river.bpmn", 'guatu:role="keeper" guatu:fields="result', 'guatu:role="boss" guatu:fields="result',
     "flow.unknown-role"),
    # A word that one of the languages lacks.
    ("posts.toml", 'en = "river keeper"', 'en = ""', "pack.no-words"),
    ("fields.toml", '{ value = "minor", zh = "轻微", en = "minor" }', '{ value = "minor", zh = "轻微", en = " " }',
     "pack.no-words"),
    ("classes.toml", 'zh = "河道垃圾"', 'zh = ""', "pack.no-words"),
    ("flows/river.bpmn", ' guatu:name-en="judge"', "", "flow.no-words"),
    ("flows/river.bpmn", 'name="退回核定"', 'name=""', "flow.no-words"),
    # A number without a source.
    ("clocks.toml", 'source = "县河长制工作方案"', 'source = ""', "pack.no-source"),
    ("parameters.toml", 'source = "县河长制工作方案"', 'source = " "', "pack.no-source"),
    # A step without a clock, a clock without a limit.
    ("flows/river.bpmn", ' guatu:clock="clear"', "", "flow.no-clock"),
    ("clocks.toml", 'clock = "clear"', 'clock = "clean"', "flow.unknown-clock"),
    # A dead end.
    ("flows/river.bpmn", 'sourceRef="done" targetRef="end"', 'sourceRef="done" targetRef="judge"', "flow.unreachable"),
    ("flows/river.bpmn", '<bpmn:sequenceFlow id="call_clear" sourceRef="call" targetRef="clear"/>', "", "flow.dead-end"),
    # A step that cannot be reached.
    ("flows/river.bpmn", '<bpmn:endEvent id="end"/>',
     '<bpmn:endEvent id="end"/><bpmn:userTask id="lost" name="失" guatu:role="keeper" guatu:clock="clear"/>'
     '<bpmn:sequenceFlow id="lost_end" sourceRef="lost" targetRef="end"/>', "flow.unreachable"),
    ("flows/river.bpmn", 'sourceRef="ask" targetRef="call"', 'sourceRef="ask" targetRef="clear"', "flow.unreachable"),
    # A decision table with a gap, with an overlap.
    ("flows/level.dmn", "&lt; 500", "&lt; 400", "decision.gap"),
    ("flows/level.dmn", "&lt; 500", "&lt;= 500", "decision.overlap"),
    # A sample of an unknown class.
    ("samples.toml", 'class = "R01"', 'class = "R99"', "pack.unknown-class"),
    ("samples.toml", 'severity = "轻微"', 'severity = "没事"', "pack.sample-field"),
    # A right that nobody holds, and one that is not the pack's own; a role that the county has not.
    ("rights.toml", '{ desk = "all", village = "own" }', "{}", "pack.right-nobody-holds"),
    ("rights.toml", "river_patrol.view", "case.view", "pack.bad-right"),
    ("posts.toml", 'roles = ["desk"]', 'roles = ["mayor"]', "pack.wrong-value"),
    ("posts.toml", 'posts = ["keeper", "chief"]', 'posts = ["keeper", "captain"]', "pack.unknown-post"),
    # An unknown key.
    ("fields.toml", 'unit = "米"', 'unti = "米"', "pack.wrong-value"),
    ("pack.toml", "version = ", "verison = ", "pack.wrong-value"),
    # Days out of order.
    ("parameters.toml", "valid_from = 2026-01-01", "valid_from = 2026-01-01\nvalid_to = 2025-12-31",
     "pack.dates-out-of-order"),
    ("clocks.toml", "valid_from = 2026-01-01", "valid_from = 2026-01-01\nvalid_to = 2025-01-01",
     "pack.dates-out-of-order"),
    # A file of no section.
    ("notes.txt", "", "x", "pack.unknown-file"),
    ("registers.toml", "", "x = 1", "pack.unknown-file"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "right", "wrong", "code"), PLANTED)
def test_a_planted_fault_is_refused_at_its_line(file: str, right: str, wrong: str, code: str) -> None:
    text = RIGHT.get(file, "")
    assert right in text, "the fault has to be planted"
    found = faults({**RIGHT, file: text.replace(right, wrong, 1)})
    assert code in [one.code for one in found], [one.text("en") for one in found]
    one = next(one for one in found if one.code == code)
    assert one.file in RIGHT or one.file == file
    line = text[: text.index(right)].count("\n") + 1
    # Where a file lacks something there is no line to name; a table is named by the line it begins with.
    assert one.line == 0 or code in _ELSEWHERE or abs(one.line - line) <= _TABLE, (one.line, line)


_TABLE = 8
"""Lines of the longest row of a table: a fault of a row is told at the line where the row begins."""
_ELSEWHERE = ("flow.unreachable", "flow.field-never-filled", "flow.dead-end", "flow.unknown-clock", "decision.gap")
"""Faults that are told where they show, and not where they were planted."""
