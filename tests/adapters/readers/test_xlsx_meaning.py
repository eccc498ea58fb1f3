"""What a workbook says by formats, looks and beside its cells: honoured, or told with the cell. Nothing goes in silence.

Cells are written as three kinds of programs do it: texts shared, texts inside their cells, names with a prefix.
"""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from guatu.adapters.readers import SourceText, read_bytes

Fill = Callable[[Any, Any], None]
HEAD = ["序号", "事项", "目标", "完成时限"]


def shared(fill: Fill) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("任务")
        sheet.write_row("A1", HEAD)
        sheet.write_row("A2", [1, "改造水厂"])
        fill(book, sheet)
    return buffer.getvalue()


def _rewritten(data: bytes, change: Callable[[str, bytes, list[bytes]], bytes]) -> bytes:
    source, buffer = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    texts = re.findall(rb"<si>(.*?)</si>", source.read("xl/sharedStrings.xml"))
    with zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name), texts))
    return buffer.getvalue()


def inside(fill: Fill) -> bytes:
    def change(name: str, part: bytes, texts: list[bytes]) -> bytes:
        if not name.startswith("xl/worksheets/sheet"):
            return part
        cell = re.compile(rb't="s"><v>(\d+)</v>')
        return cell.sub(lambda match: b't="inlineStr"><is>' + texts[int(match[1])] + b"</is>", part)

    return _rewritten(shared(fill), change)


def prefixed(fill: Fill) -> bytes:
    def change(name: str, part: bytes, _: list[bytes]) -> bytes:
        if not name.startswith(("xl/worksheets/sheet", "xl/sharedStrings")):
            return part
        part = part.replace(b"xmlns=", b"xmlns:x=")
        return re.sub(rb"<(/?)(?![?/])(\w)", rb"<\1x:\2", part)

    return _rewritten(shared(fill), change)


WAYS = {"shared": shared, "inside": inside, "prefixed": prefixed}
ways = pytest.mark.parametrize("way", WAYS)


def cell(source: SourceText, row: int, column: int) -> str:
    (table,) = source.tables
    return next(one.text for cells in table.rows for one in cells if (one.row, one.column) == (row, column))


@ways
@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (20, '0"公里"', "20公里"),
        (1200.5, '#,##0.00"万元"', "1200.5万元"),
        (-0.035, "0.0%", "-3.5%"),
        (12345, '0!.0,"万元"', "1.2345万元"),
        (12345, '0\\.0,"万元"', "1.2345万元"),
        (1234567, '0.0,,"百万元"', "1.234567百万元"),
        (0.5, '"不低于"0%', "不低于50%"),
        (-3, '0"座";"减少"0"座"', "减少3座"),
        (-3.5, '0.0_);(0.0)"万元"', "-3.5万元"),
        (0, '0"座";-0"座";"无"', "无"),
        (80, "[Red]0只", "80只"),
        (80, 'G/通用格式"人"', "80人"),
        (80, "[$¥-804]#,##0.00", "¥80"),
        (-80, '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ', "-¥80"),
        (80.25, "0", "80.25"),
    ],
)
def test_what_a_format_adds_to_a_number_is_read_with_it(value: float, code: str, text: str, way: str) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(1, 2, value, book.add_format({"num_format": code}))

    source = read_bytes(WAYS[way](fill), "a.xlsx")
    assert (cell(source, 1, 2), source.remarks) == (text, ())


@ways
@pytest.mark.parametrize("code", ['[>100]0"座";0"只"', '0"个"0"点"'])
def test_a_format_that_is_not_understood_is_told_with_its_cell(code: str, way: str) -> None:
    source = read_bytes(
        WAYS[way](lambda book, sheet: sheet.write(1, 2, 5, book.add_format({"num_format": code}))), "a.xlsx"
    )
    (remark,) = source.remarks
    assert (cell(source, 1, 2), remark.code) == ("5", "read.number-format")
    assert "工作表“任务”C2" in remark.message("zh")
    assert "sheet '任务' C2" in remark.message("en")


@ways
@pytest.mark.parametrize(
    ("look", "code", "told", "text"),
    [
        ({"font_strikeout": True}, "read.struck-text", "9", "改造5座"),
        ({"font_script": 1}, "read.note-marks", "9", "改造5座"),
        ({"font_script": 2}, "", "", "改造95座"),
        ({"bold": True}, "", "", "改造95座"),
    ],
)
def test_letters_of_another_look_inside_a_cell(look: dict[str, Any], code: str, told: str, text: str, way: str) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_rich_string("C2", "改造", book.add_format(look), "9", "5座")

    source = read_bytes(WAYS[way](fill), "a.xlsx")
    assert cell(source, 1, 2) == text
    assert [(one.code, one.sample) for one in source.remarks] == ([(code, told)] if code else [])
    assert all(one.place is not None and one.place.cell == "C2" for one in source.remarks)


@ways
def test_a_power_is_no_longer_number(way: str) -> None:
    def fill(book: Any, sheet: Any) -> None:
        up = book.add_format({"font_script": 1})
        sheet.write_rich_string("C2", "节水5×10", up, "4", "立方米，300m", up, "2", "以上")

    assert cell(read_bytes(WAYS[way](fill), "a.xlsx"), 1, 2) == "节水5×10⁴立方米，300m²以上"


@ways
def test_a_struck_cell_is_empty_and_told(way: str) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(1, 2, "改造95座", book.add_format({"font_strikeout": True}))
        sheet.write(1, 3, "6月底")

    source = read_bytes(WAYS[way](fill), "a.xlsx")
    assert (cell(source, 1, 2), cell(source, 1, 3)) == ("", "6月底")
    assert [(one.code, one.sample, one.left_out) for one in source.remarks] == [("read.struck-text", "改造95座", 5)]


@ways
@pytest.mark.parametrize(
    ("formula", "result", "code", "told"),
    [
        ('="改造"&5&"座"', "", "read.empty-formula", '="改造"&5&"座"'),
        ("=B9/0", "#DIV/0!", "read.cell-error", "#DIV/0!"),
        ("=Z1", "#REF!", "read.cell-error", "#REF!"),
        ("=2+3", 5, "", ""),
        ('="a"', "甲", "", ""),
    ],
)
def test_a_formula_without_a_result_is_told_with_its_cell(
    formula: str, result: Any, code: str, told: str, way: str
) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_formula("C2", formula, None, result)
        sheet.write("D2", "6月底")

    source = read_bytes(WAYS[way](fill), "a.xlsx")
    assert [(one.code, one.sample) for one in source.remarks] == ([(code, told)] if code else [])
    assert all("工作表“任务”C2" in one.message("zh") for one in source.remarks)
    assert cell(source, 1, 2) == ("" if code else str(result))


@ways
@pytest.mark.parametrize("value", [46203, "46203"])
@pytest.mark.parametrize("head", ["完成时限", "时间要求", "截止日期"])
def test_the_number_of_a_day_under_a_time_is_read_as_that_day(head: str, value: object, way: str) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write("D1", head)
        sheet.write("C2", value)
        sheet.write("D2", value)
        sheet.write("D3", 12)

    source = read_bytes(WAYS[way](fill), "a.xlsx")
    assert (cell(source, 1, 2), cell(source, 1, 3), cell(source, 2, 3)) == ("46203", "2026年6月30日", "12")
    assert [one.message("zh").split("；")[0] for one in source.remarks] == [
        "时间列里有 1 个数字按日期读了：工作表“任务”D2"
    ]


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    def counted(name: str, part: bytes, _: list[bytes]) -> bytes:
        return part.replace(b"<workbookPr ", b'<workbookPr date1904="1" ') if name == "xl/workbook.xml" else part

    data = _rewritten(shared(lambda _, sheet: sheet.write("D2", 46203 - 1462)), counted)
    assert cell(read_bytes(data, "a.xlsx"), 1, 3) == "2026年6月30日"


@ways
def test_hidden_rows_and_columns_are_read_and_told(way: str) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row("A3", [2, "铺管", "20公里", "6月底"])
        sheet.set_column("D:E", None, None, {"hidden": True})
        sheet.set_row(1, None, None, {"hidden": True})

    source = read_bytes(WAYS[way](fill), "a.xlsx")
    (remark,) = source.remarks
    assert (remark.code, remark.severity, remark.characters) == ("read.hidden-cells", "note", 4)
    assert [place.cell for place in remark.places] == ["D1", "A2", "B2", "D3"]
    assert "铺管" in source.text


def test_what_hangs_on_a_sheet_is_told() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_comment("C2", "请水利局核实", {"author": ""})
        sheet.insert_textbox("F2", "另：新建泵站3座")
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=任务!$A$2:$A$2"})
        sheet.insert_chart("F9", chart)
        hidden = book.add_worksheet("底表")
        hidden.write("A1", "县水利局")
        hidden.hide()

    source = read_bytes(shared(fill), "a.xlsx")
    told = {one.code: one for one in source.remarks}
    assert set(told) == {"read.comments", "read.boxes", "read.unread-parts", "read.hidden-sheets"}
    assert told["read.boxes"].sample == "另：新建泵站3座"
    assert "请水利局核实" in told["read.comments"].sample
    assert "底表" in told["read.hidden-sheets"].message("zh")


def test_values_under_a_merged_cell_are_told() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range("C2:D2", "改造5座")
        sheet.write("D2", "旧")

    source = read_bytes(shared(fill), "a.xlsx")
    assert cell(source, 1, 2) == "改造5座"
    assert [(one.code, one.sample) for one in source.remarks] == [("read.hidden-text", "旧")]


def test_many_cells_are_counted_and_some_are_named() -> None:
    def fill(_: Any, sheet: Any) -> None:
        for row in range(2, 40):
            sheet.write_formula(row, 1, "=A1&A2", None, "")
            sheet.write(row, 2, "座")

    (remark,) = read_bytes(shared(fill), "a.xlsx").remarks
    assert (remark.characters, len(remark.places)) == (38, 20)
    assert "B22…" in remark.message("zh")


def test_a_remark_on_a_cell_stands_in_the_text_at_its_row() -> None:
    source = read_bytes(shared(lambda _, sheet: sheet.write_formula("C2", "=Z1", None, "#REF!")), "a.xlsx")
    (remark,) = source.remarks
    assert remark.place is not None
    at = source.places.start(remark.place)
    assert source.text[:at].count("\n") == source.text[: source.text.index("改造水厂")].count("\n")
