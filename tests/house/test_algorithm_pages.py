"""The worked tables of the algorithm pages are what the compiler does."""

import re

import pytest

from guatu.core.plan.compiler import compile_text
from guatu.core.plan.model import Document
from guatu.core.plan.outline.markers import marker_at
from guatu.core.plan.source.normal import normalise
from tests.house.project import texts

TABLE = re.compile(r"<!-- checked: (\w+) -->\n\n((?:\|.*\n)+)")


def rows(name: str) -> list[list[str]]:
    """The rows of the table that a page marks with that name, without its head."""
    pages = (text for page, text in texts().items() if page.startswith("docs/algorithms/"))
    tables = (match[2] for text in pages for match in TABLE.finditer(text) if match[1] == name)
    lines = [line for table in tables for line in table.splitlines()[2:]]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def compiled(words: str) -> Document:
    """A plan for 2021 with one task of these words."""
    text = f"青禾县2021年供水工作方案\n\n一、主要任务\n（一）做好供水保障。{words}\n"
    return compile_text(text).plan.documents[0]


@pytest.mark.parametrize("row", rows("markers"), ids=lambda row: row[0])
def test_numbers_are_read_as_the_page_says(row: list[str]) -> None:
    written, label, style = row
    marker = marker_at(normalise(written), 0, len(written))
    assert marker is not None
    assert (marker.label, marker.kind) == (label, style)


@pytest.mark.parametrize("words", ["一、二期工程建成", "1、2号楼改造", "2.5公里道路"])
def test_words_that_look_like_numbers_begin_no_item(words: str) -> None:
    assert marker_at(words, 0, len(words)) is None


@pytest.mark.parametrize("row", rows("targets"), ids=lambda row: row[0])
def test_targets_are_read_as_the_page_says(row: list[str]) -> None:
    written, op, value, unit = row
    values = [float(v) for v in value.split()]
    found = compiled(written).targets
    assert [(t.op, t.value if isinstance(t.value, list) else [t.value], t.unit) for t in found] == [(op, values, unit)]


@pytest.mark.parametrize("row", rows("deadlines"), ids=lambda row: row[0])
def test_deadlines_are_read_as_the_page_says(row: list[str]) -> None:
    assert [d.iso for d in compiled(row[0]).deadlines] == [row[1]]


@pytest.mark.parametrize("row", rows("duties"), ids=lambda row: row[0])
def test_duties_are_read_as_the_page_says(row: list[str]) -> None:
    task = compiled(f"铺设管网。{row[0]}" if row[0][0] in "（〔" else f"铺设管网。\n{row[0]}").tasks[0]
    found = {role: [d.unit for d in task.duties if d.role == role] for role in ("lead", "responsible", "support")}
    assert found == dict(zip(found, (cell.split() for cell in row[1:]), strict=True))


@pytest.mark.parametrize("row", [*rows("sums"), *rows("counts")], ids=lambda row: row[0])
def test_sums_and_counts_are_reported_as_the_page_says(row: list[str]) -> None:
    text = f"青禾县2021年绿化工作方案\n\n一、主要任务\n（一）做好绿化工作。{row[0]}\n"
    findings = compile_text(text, select=["plan.sum-mismatch", "plan.count-mismatch"]).plan.findings
    assert [finding.code for finding in findings] == ([] if row[1] == "none" else [row[1]])


def test_every_marked_table_is_checked() -> None:
    marked = {m[1] for page, text in texts().items() if page.startswith("docs/") for m in TABLE.finditer(text)}
    assert marked == {"markers", "targets", "deadlines", "duties", "sums", "counts"}
