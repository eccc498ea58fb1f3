"""Lists as files: every value of its kind, nothing taken for a formula, memory that does not grow."""

import csv
import datetime
import io
import tracemalloc
import zipfile
from decimal import Decimal
from typing import Any

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from guatu.adapters.writers import export
from guatu.adapters.writers.export import Column, csv_parts, xlsx_parts

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed · 没有安装 openpyxl")

HEADS = [Column("甲", 12), Column("乙"), Column("丙")]


def book(rows: Any, heads: Any = HEADS) -> bytes:
    return b"".join(xlsx_parts("表", heads, iter(rows)))


def read(data: bytes, sheet: int = 0) -> list[list[Any]]:
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(sheet).to_python()


def test_numbers_days_truths_and_texts_keep_their_kind() -> None:
    day = datetime.date(2026, 2, 28)
    rows = [[1, Decimal("2.50"), 3.25], [day, True, None], ["<&>\"'", "多行\n文字", ""]]
    assert read(book(rows)) == [
        ["甲", "乙", "丙"],
        [1.0, 2.5, 3.25],
        [day, True, ""],
        ["<&>\"'", "多行\n文字", ""],
    ]


def test_other_programs_read_the_workbook_too() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(book([["a", 1, datetime.date(2026, 1, 31)]])))["表"]
    assert [str(c.value) for c in sheet[2]] == ["a", "1", "2026-01-31 00:00:00"]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:C2"


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    rows = [["=1+1", "@SUM(A1)", "-5°C"]]
    sheet = openpyxl.load_workbook(io.BytesIO(book(rows)))["表"]
    assert [c.data_type for c in sheet[2]] == ["s", "s", "s"] or [c.value for c in sheet[2]] == rows[0]
    assert b"<f" not in zipfile.ZipFile(io.BytesIO(book(rows))).read("xl/worksheets/sheet1.xml")
    text = b"".join(csv_parts(HEADS, rows)).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1] == ["'=1+1", "'@SUM(A1)", "'-5°C"]


def test_a_negative_number_is_no_formula_in_text() -> None:
    text = b"".join(csv_parts(HEADS, [[-5, Decimal("-2.50"), -1.5]])).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1] == ["-5", "-2.5", "-1.5"]


@given(st.lists(st.one_of(st.text(max_size=50), st.floats(), st.integers(-(10**14), 10**14), st.none()), max_size=8))
def test_any_value_makes_a_workbook_that_can_be_read(values: list[Any]) -> None:
    rows = read(book([values], [Column(str(i)) for i in range(8)]))
    assert rows[0] == [str(i) for i in range(8)]
    for given_value, found in zip(values, rows[1] if len(rows) > 1 else [], strict=False):
        if isinstance(given_value, int):
            assert found == given_value


def test_a_list_that_is_longer_than_a_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "ROWS", 4)
    data = book([[i, i, i] for i in range(7)])
    assert [[row[0] for row in read(data, sheet)] for sheet in range(3)] == [
        ["甲", 0, 1, 2],
        ["甲", 3, 4, 5],
        ["甲", 6],
    ]


def test_an_empty_list_is_a_workbook_with_heads() -> None:
    assert read(book([])) == [["甲", "乙", "丙"]]


def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        for _part in xlsx_parts("表", HEADS, ([f"行{i}", i, "文字"] for i in range(count))):
            pass
        _now, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    assert peak(20_000) < 1.5 * peak(2_000) + 1_000_000
