"""Task lists in spreadsheets: a title line and a table for each sheet."""

import datetime
import io
from collections.abc import Callable

import pytest
import xlsxwriter

from guatu.adapters.readers import ReadError, read_bytes

Fill = Callable[[xlsxwriter.Workbook], None]


def workbook(fill: Fill) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    fill(book)
    book.close()
    return buffer.getvalue()


def text(fill: Fill, name: str = "青禾县任务清单.xlsx") -> str:
    return read_bytes(workbook(fill), name).text


def test_a_merged_title_is_a_line_and_merged_cells_are_written_once() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:D1", "青禾县2022年重点任务清单")
        sheet.write_row("A2", ["序号", "任务", "目标", "责任\n单位"])
        sheet.merge_range("A3:A4", 1)
        sheet.write_row("B3", ["造\n林", "1.2万亩", "县林业局\n县水利局"])
        sheet.write_row("B4", ["管护", "", "各镇"])
        sheet.write("A5", "注：以上为年度任务")

    assert text(fill) == (
        "青禾县2022年重点任务清单\n\n序号\t任务\t目标\t责任单位\n1\t造林\t1.2万亩\t县林业局 县水利局\n\t管护\t\t各镇\n\n注：以上为年度任务\n"
    )


def test_sheets_are_titled_by_their_names_and_a_nameless_one_by_its_file() -> None:
    def named(book: xlsxwriter.Workbook) -> None:
        for name in ("交通", "水利"):
            book.add_worksheet(name).write_row("A1", ["任务", name])

    assert text(named) == "交通\n\n任务\t交通\n\n水利\n\n任务\t水利\n"
    assert text(lambda book: book.add_worksheet().write_row("B2", ["甲", "乙"])) == "青禾县任务清单\n\n甲\t乙\n"


def test_values_are_written_as_the_sheet_shows_them() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("数")
        day = datetime.datetime(2022, 6, 30)  # noqa: DTZ001 - sheets know no zones
        sheet.write("A1", 0.95, book.add_format({"num_format": "0%"}))
        sheet.write("B1", 0.125, book.add_format({"num_format": "0.0%"}))
        sheet.write("C1", 0.95)
        sheet.write_datetime("D1", day, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_datetime("E1", day, book.add_format({"num_format": 'yyyy"年"m"月"'}))
        sheet.write("F1", 3.0)
        sheet.write("G1", 0.1 + 0.2)
        sheet.write("H1", 12000000)
        sheet.write("I1", True)

    assert text(fill).split("\n")[2] == "95%\t12.5%\t0.95\t2022年6月30日\t2022年6月\t3\t0.3\t12000000\t是"


def test_hidden_sheets_and_chart_sheets_are_left_out() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("任务").write_row("A1", ["甲", "乙"])
        hidden = book.add_worksheet("选项")
        hidden.write_row("A1", ["是", "否"])
        hidden.hide()
        sheet = book.add_chartsheet("图")
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=任务!$A$1:$B$1"})
        sheet.set_chart(chart)

    assert text(fill) == "任务\n\n甲\t乙\n"


def test_an_empty_row_divides_tables_only_where_a_title_follows() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("表")
        for row, values in enumerate([["一、甲表"], ["a", "b"], [], ["c", "d"], [], ["二、乙表"], ["e", "f"]]):
            sheet.write_row(row, 0, values)

    assert text(fill) == "一、甲表\n\na\tb\nc\td\n\n二、乙表\n\ne\tf\n"


def test_places_are_sheet_row_and_cell() -> None:
    data = workbook(lambda book: book.add_worksheet("任务").write_row("B3", ["造林", "管护"]))
    source = read_bytes(data, "a.xlsx")
    place = source.places.at(source.text.index("管护"))
    assert (place.sheet, place.row, place.cell) == ("任务", 3, "C3")
    assert place.label("zh") == "工作表“任务”C3"
    assert place.label("en") == "sheet '任务' C3"


def test_one_stray_value_in_the_last_cell_does_not_fill_the_memory() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("任务")
        sheet.write("A1", "甲")
        sheet.write("XFD1048576", "乙")

    with pytest.raises(ReadError) as caught:
        read_bytes(workbook(fill), "a.xlsx")
    assert caught.value.code == "read.too-large"


def test_empty_cells_with_a_format_far_down_are_no_obstacle() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("任务")
        sheet.write_row("A1", ["甲", "乙"])
        sheet.write_blank("XFD1048576", None, book.add_format({"bold": True}))

    assert text(fill) == "任务\n\n甲\t乙\n"


def test_a_workbook_without_values_is_empty() -> None:
    with pytest.raises(ReadError) as caught:
        text(lambda book: book.add_worksheet())
    assert caught.value.code == "read.empty"
