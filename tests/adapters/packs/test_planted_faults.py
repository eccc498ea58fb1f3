"""Faults planted into a pack that is right: each is refused at its line."""

from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from guatu.adapters.flows.stepping import open_case, step_case
from guatu.adapters.packs.folder import read_folder
from guatu.adapters.packs.loading import load_texts
from guatu.core.calendar.hours import CHINA
from guatu.core.cases.case import Case, MoveEntry
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
    # A table that sets a choice by its word, or by a word that is none.
    ("flows/level.dmn", '"village"', '"村级"', "decision.wrong-output"),
    ("flows/level.dmn", '"village"', '"hamlet"', "decision.wrong-output"),
    # A text compared with a number.
    ("flows/river.bpmn", 'severity = "serious"', "severity = 3", "rule.types-differ"),
    ("flows/level.dmn", "&gt;= serious_metres", '"far"', "rule.types-differ"),
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
    ("flows/level.dmn", "&lt; serious_metres", "&lt; 400", "decision.gap"),
    ("flows/level.dmn", "&lt; serious_metres", "&lt;= 500", "decision.overlap"),
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
    ("parameters.toml", "valid_from = 2024-01-01", "valid_from = 2026-01-01\nvalid_to = 2025-12-31",
     "pack.dates-out-of-order"),
    ("clocks.toml", "valid_from = 2026-01-01", "valid_from = 2026-01-01\nvalid_to = 2025-01-01",
     "pack.dates-out-of-order"),
    # A key that would refuse whatever is filled in, or take it for something else.
    ("fields.toml", 'kind = "number"\nunit = "米"', 'kind = "money"\nunit = "米"', "pack.unusable-key"),
    ("fields.toml", 'kind = "number"\nunit = "米"\nleast = 0\nmost = 10000', 'kind = "share"\nmost = 70',
     "pack.unusable-key"),
    ("fields.toml", 'name = "result"\nkind = "lines"', 'name = "result"\nkind = "code"\npattern = "("',
     "pack.unusable-key"),
    ("fields.toml", 'name = "result"', 'name = "move"', "pack.unusable-key"),
    ("fields.toml", 'zh = "严重", en = "serious"', 'zh = "轻微", en = "serious"', "pack.twice"),
    ("fields.toml", 'name = "result"\nkind = "lines"',
     'name = "result"\nkind = "lines"\noptions = [{ value = "a", zh = "甲", en = "a" }]', "pack.no-options"),
    ("samples.toml", "severity", "severty", "pack.sample-no-field"),
    # Days on which a number has no value.
    ("parameters.toml", "valid_from = 2024-01-01", "valid_from = 2024-01-01\nvalid_to = 2025-12-31",
     "pack.parameter-gap"),
    # A number that a part of the program reads by its name, and that is none or none of its kind.
    ("parameters.toml", 'value = 500\nunit = "米"', 'value = 500\nunit = "元"\n[[parameter]]\nname = "duplicate_metres"'
     '\nzh = "距离"\nen = "d"\nvalue = "near"', "pack.no-distance"),
    # A check that cannot be read, and one of a field that is not there.
    ("fields.toml", 'zh = "清理结果"\nen = "result"',
     'zh = "清理结果"\nen = "result"\n\n[[check]]\nrule = "distance <"\nzh = "查"\nen = "c"', "pack.bad-check"),
    ("fields.toml", 'zh = "清理结果"\nen = "result"',
     'zh = "清理结果"\nen = "result"\n\n[[check]]\nrule = "depth < 5"\nzh = "查"\nen = "c"', "pack.bad-check"),
    # A file of no section.
    ("notes.txt", "", "x", "pack.unknown-file"),
    ("words.toml", "", "x = 1", "pack.unknown-file"),
    ("registers.toml", "", "x = 1", "pack.unknown-file"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "right", "wrong", "code"), PLANTED)
def test_a_planted_fault_is_refused_at_its_line(file: str, right: str, wrong: str, code: str) -> None:
    text = RIGHT.get(file, "")
    assert right in text, "the fault has to be planted"
    found = faults({**RIGHT, file: text.replace(right, wrong, 1)})
    assert code in [one.code for one in found], [one.text("en") for one in found]
    one = next(one for one in found if one.code == code)
    assert one.file == file or code in _ELSEWHERE
    line = text[: text.index(right)].count("\n") + 1
    # Where a file lacks something there is no line to name; a table is named by the line it begins with.
    if code in _WITHOUT_LINE:
        assert one.line == 0
    elif code not in _ELSEWHERE:
        assert abs(one.line - line) <= _TABLE, (one.line, line)


@pytest.mark.parametrize(
    ("file", "right", "wrong", "name"),
    [
        ("flows/level.dmn", "serious_metres", "500", "serious_metres"),
        ("fields.toml", 'name = "result"', 'name = "spare"\nkind = "text"\nzh = "备用"\nen = "spare"\n\n[[field]]\nname = "result"',
         "spare"),
    ],
)  # fmt: skip
def test_what_nothing_goes_by_is_told(file: str, right: str, wrong: str, name: str) -> None:
    """A number that stands in a table of its own is not changed by the parameter that is called like it."""
    _, found = load_texts({**RIGHT, file: RIGHT[file].replace(right, wrong)}, "river_patrol")
    assert [(one.code, one.severity, one.params["name"]) for one in found] == [("pack.unused", "warning", name)]
    assert found[0].line > 0


_TABLE = 8
"""Lines of the longest row of a table: a fault of a row is told at the line where the row begins."""
_WITHOUT_LINE = ("pack.unknown-file",)
_ELSEWHERE = ("flow.unreachable", "flow.field-never-filled", "flow.dead-end", "flow.unknown-clock", "decision.gap")
"""Faults that are told where they show, and not where they were planted."""


def test_a_table_is_tried_by_the_values_of_every_day() -> None:
    """It answers by the length of today, and left a gap by that of last year."""
    later = "valid_from = 2024-01-01\nvalid_to = 2025-12-31"
    first = RIGHT["parameters.toml"].replace("valid_from = 2024-01-01", later)
    second = RIGHT["parameters.toml"].replace("value = 500", "value = 400").replace("2024-01-01", "2026-01-01")
    table = RIGHT["flows/level.dmn"].replace("&lt; serious_metres", "&lt; 400", 1)
    now = {**RIGHT, "parameters.toml": second, "flows/level.dmn": table}
    assert "decision.gap" not in [one.code for one in faults(now)]
    both = {**now, "parameters.toml": f"{first}\n{second}"}
    assert {one.code for one in faults(both)} == {"decision.gap"}


def test_on_a_day_without_a_value_a_step_is_refused_and_not_sent_the_other_way() -> None:
    pack, _ = load_texts(RIGHT, "river_patrol")
    assert pack is not None
    flow = next(iter(pack.engines.values()))
    case = Case(
        id="1",
        flow=flow.flow.id,
        version=flow.version,
        opened_at=datetime(2023, 5, 1, 9, tzinfo=CHINA),
        class_code="R01",
    )
    begun = open_case(flow, case)
    entry = MoveEntry(
        at=datetime(2023, 5, 1, 10, tzinfo=CHINA), actor="a", role="desk", step=begun.state.open[0], verb="forward", move="forward",
        fields={"severity": "轻微", "distance": "800 米"},
    )  # fmt: skip
    refused = step_case(flow, case, entry)
    assert "case.parameter-unset" in [one.code for one in refused.findings] and refused.case is case
    again = msgspec.structs.replace(entry, at=datetime(2024, 5, 1, 10, tzinfo=CHINA))
    assert "case.parameter-unset" not in [one.code for one in step_case(flow, case, again).findings]
