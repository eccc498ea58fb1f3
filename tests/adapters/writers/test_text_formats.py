"""Formats that are plain text: json, csv, table; and what all formats have in common."""

import csv
import io

import msgspec
import pytest

from guatu.adapters.writers import Ledger, format_names, writer
from guatu.adapters.writers.formats import table
from guatu.adapters.writers.width import width
from guatu.core.plan.model import Plan


def written(ledger: Ledger, name: str) -> bytes:
    out = io.BytesIO()
    writer(name).write(ledger, out)
    assert not out.closed
    return out.getvalue()


def test_there_is_a_writer_for_each_module_in_the_folder():
    assert set(format_names()) == {"csv", "docx", "html", "json", "table", "xlsx"}
    made = [writer(name) for name in format_names()]
    assert [w.NAME for w in made] == list(format_names())
    assert len({w.SUFFIX for w in made}) == len(made)


def test_an_unknown_format_is_refused():
    with pytest.raises(KeyError):
        writer("pptx")


@pytest.mark.parametrize("name", format_names())
def test_every_format_can_write_a_ledger_without_a_single_task(empty: Ledger, name: str):
    assert written(empty, name)


@pytest.mark.parametrize("name", format_names())
def test_every_format_is_the_same_each_time_it_is_written(chinese: Ledger, name: str):
    if name in ("docx", "xlsx"):
        pytest.skip("a zip archive carries the time at which it was made")
    assert written(chinese, name) == written(chinese, name)


def test_json_is_the_exchanged_plan(ledger: Ledger):
    data = written(ledger, "json")
    assert msgspec.json.decode(data, type=Plan) == ledger.plan
    assert data.startswith(b'{\n "schema": "guatu.plan/1"') or b'"schema": "guatu.plan/1"' in data


def test_csv_opens_in_a_spreadsheet_as_utf8_with_one_row_a_task(chinese: Ledger):
    data = written(chinese, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["任务"] for row in rows] == ["补植行道树", '建设<script>alert("1")</script>公园', "清理苗圃"]
    assert rows[0]["责任单位"] == "县住建局<县城管局>"
    assert rows[0]["时限"] == "2025年6月30日"
    assert rows[1]["问题"] == "plan.doubled-character"
    assert rows[2]["文件"] == "附件1 任务分工表"


def test_csv_has_no_cell_that_a_spreadsheet_takes_for_a_formula(chinese: Ledger):
    rows = list(csv.reader(io.StringIO(written(chinese, "csv").decode("utf-8-sig"), newline="")))
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'=国槐") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("columns", [72, 80, 100, 132, 200])
def test_no_line_of_the_table_is_wider_than_the_terminal(ledger: Ledger, columns: int):
    for line in list(table.lines(ledger, columns))[1:]:
        assert width(line.rstrip()) <= columns, line


def test_the_table_holds_tasks_goals_times_money_findings_and_the_sum_of_coverage(chinese: Ledger):
    text = written(chinese, "table").decode()
    for words in ("补植行道树", "牵头: 县林业局", "县城", "≥38.5%", "每月5日", "2560万元", "plan.annex-missing"):
        assert words in text
    assert "编号条目: 5 条 = 任务 3 + 其他 2，未读 0" in text
    assert "\x1b" not in text


def test_places_of_the_source_are_named_where_the_reader_knows_them(chinese: Ledger):
    from guatu.adapters.readers import Places
    from guatu.adapters.readers.base.places import Piece
    from guatu.adapters.writers.rows import task_rows

    places = Places(chinese.text, [0], [Piece(paragraph=7)])
    with_places = Ledger(chinese.plan, chinese.text, "zh", places)
    assert {row.place for row in task_rows(with_places)} == {"第7段"}
    assert [row.place for row in task_rows(chinese)] == ["第3行", "第4行", "第8行"]
