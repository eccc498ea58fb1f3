"""Rubrics of a pack: what is wrong is said with file and line, what comes with the packs is right."""

from pathlib import Path

import pytest

from guatu import packs
from guatu.adapters.packs.loading import load_pack, load_texts

FOLDER = Path(packs.__file__).parent / "urban_management"
STAGES = "rubrics/evaluation.toml"
SHEET = """[[sheets]]
code = "a"
zh = "办法"
en = "text"
full = "1"
valid_from = 2026-01-01
source = "青禾县办法"
lines = [{key = "a", zh = "甲", en = "a", full = "1", terms = [{of = "handling", slope = "1"}]}]
"""


def texts(**changed: str) -> dict[str, str]:
    found = {
        path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
        for path in FOLDER.rglob("*")
        if path.is_file() and path.suffix in (".toml", ".bpmn", ".dmn", ".md")
    }
    return {**found, **changed}


def told(**changed: str) -> list[str]:
    _loaded, found = load_texts(texts(**changed), "urban_management")
    return [one.text("en") for one in found]


def test_the_pack_brings_its_stages_sheets_and_denominators() -> None:
    loaded, found = load_pack(FOLDER)
    assert loaded is not None and found == []
    rubrics = loaded.rubrics
    assert rubrics.stages is not None and rubrics.stages.handle == ("handle",)
    assert {sheet.code for sheet in rubrics.sheets} >= {"urban-management", "fumes", "demolition"}
    assert {one.rate for one in rubrics.denominators} == {"rework", "overdue", "check-passed", "appeal-upheld"}
    assert all(one.unverified for one in rubrics.denominators)


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        (STAGES, '[stages]\nhandle = ["handel"]\n', "rubrics/evaluation.toml:2 rubric.unknown-step no flow has the step 'handel'; check its name"),
        (STAGES, '[stages]\nhandel = ["handle"]\n', "rubrics/evaluation.toml:2 pack.wrong-value the value at stages.handel is wrong: Object contains unknown field `handel`;"
         " there are: accept, file, assign, handle, verify, check, close"),
        ("rubrics/b.toml", SHEET.replace('full = "1"\nvalid', 'full = "2"\nvalid'), "rubrics/b.toml:8 rubric.wrong-sheet the points of “办法” add up to 1 instead of 2; correct them"),
        ("rubrics/b.toml", SHEET.replace('slope = "1"', 'slope = "one"'), "rubrics/b.toml:8 pack.wrong-value the value at sheets[0].lines[0].terms[0] is wrong: 'one' is no number"),
        ("rubrics/b.toml", SHEET.replace('"a"\nzh', '"fumes"\nzh'), "rubrics/sheets.toml:{line} rubric.twice 'fumes' is there twice; delete or rename one"),
        ("rubrics/b.toml", SHEET.replace("青禾县办法", ""), "rubrics/b.toml:1 rubric.no-source the scoring text '办法' has no source; name the document"),
        ("rubrics/b.toml", "x = [", "rubrics/b.toml:1 pack.toml-unreadable the TOML cannot be read: Invalid value"),
    ],
)  # fmt: skip
def test_a_wrong_rubric_is_refused_with_file_and_line(file: str, text: str, message: str) -> None:
    before = texts()["rubrics/sheets.toml"].split('code = "fumes"')[0]
    assert told(**{file: text}) == [message.replace("{line}", str(before.count("\n")))]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("denominator_nothing", "to_close", "rubric.unknown-rate"),
        ("denominator_rework", "people", "rubric.unknown-count"),
    ],
)
def test_a_parameter_that_is_no_denominator_is_refused(name: str, value: str, code: str) -> None:
    row = f'[[parameter]]\nname = "{name}"\nzh = "甲"\nen = "a"\nvalue = "{value}"\nsource = "办法"\n'
    assert [one.split()[:2] for one in told(**{"parameters.toml": row})] == [["parameters.toml:1", code]]
