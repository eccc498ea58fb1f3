"""Formats that office programs open: xlsx and docx."""

import io
import re
import zipfile

import pytest
from docx import Document as open_docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from guatu.adapters.writers import Ledger, writer
from guatu.core.kernel.span import Span
from guatu.core.plan.model import Coverage, Document, Plan, SourceInfo, Task

SHEETS = ["任务", "目标", "时限", "资金", "项目与引文", "问题", "说明"]


@pytest.fixture
def xlsx(chinese: Ledger) -> bytes:
    out = io.BytesIO()
    writer("xlsx").write(chinese, out)
    return out.getvalue()


@pytest.fixture
def docx(chinese: Ledger) -> bytes:
    out = io.BytesIO()
    writer("docx").write(chinese, out)
    return out.getvalue()


def rows_of(data: bytes, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def xml_of(data: bytes, part: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part).decode()


def test_the_workbook_has_a_sheet_for_each_kind(xlsx: bytes):
    assert CalamineWorkbook.from_filelike(io.BytesIO(xlsx)).sheet_names == SHEETS


def test_the_tasks_sheet_has_one_row_a_task_under_a_title_and_a_head(xlsx: bytes):
    rows = rows_of(xlsx, "任务")
    assert rows[0][0] == "青禾县绿化实施方案"
    head = rows[2]
    first = dict(zip(head, rows[3], strict=True))
    assert [row[head.index("任务")] for row in rows[3:]][:3] == [
        "补植行道树",
        '建设<script>alert("1")</script>公园',
        "清理苗圃",
    ]
    assert (first["牵头单位"], first["配合单位"], first["时限"]) == ("县林业局", "各镇人民政府", "2025年6月30日")
    assert first["出处"] == "第3行"
    assert "栽植国槐300株" in first["原文"]


def test_targets_are_numbers_that_can_be_added_up(xlsx: bytes):
    rows = rows_of(xlsx, "目标")
    head = rows[2]
    values = {row[head.index("指标")]: row[head.index("数值")] for row in rows[3:]}
    assert (values["=国槐"], values["成活率"], values["绿化覆盖率"]) == (300, 90, 38.5)
    assert rows[5][head.index("数值上限")] == 5 or any(row[head.index("数值上限")] == 5 for row in rows[3:])


def test_money_is_in_wan_yuan(xlsx: bytes):
    rows = rows_of(xlsx, "资金")
    assert rows[3][rows[2].index("金额（万元）")] == 2560


def test_the_cells_of_one_task_are_merged_and_a_filter_still_finds_each_row(xlsx: bytes):
    sheet = xml_of(xlsx, "xl/worksheets/sheet2.xml")
    assert re.findall(r'<mergeCell ref="(\w+):(\w+)"', sheet) == [("C4", "C5")]
    rows = rows_of(xlsx, "目标")
    column = rows[2].index("任务")
    assert rows[3][column] == rows[4][column] == "1 补植行道树"


def test_no_cell_of_the_workbook_is_a_formula(xlsx: bytes):
    for number in range(1, len(SHEETS) + 1):
        assert "<f>" not in xml_of(xlsx, f"xl/worksheets/sheet{number}.xml")


def test_sheets_keep_their_head_in_sight_and_can_be_filtered(xlsx: bytes):
    for number in range(1, len(SHEETS)):
        sheet = xml_of(xlsx, f"xl/worksheets/sheet{number}.xml")
        assert 'state="frozen"' in sheet and 'ySplit="3"' in sheet
        assert "<autoFilter" in sheet


def test_a_sheet_without_rows_says_so(empty: Ledger):
    out = io.BytesIO()
    writer("xlsx").write(empty, out)
    assert rows_of(out.getvalue(), "任务")[3][0] == "没有。"


def test_a_quotation_longer_than_a_cell_may_be_is_cut_not_refused():
    text = "补" * 40_000
    task = Task("k1", ["1"], "补", Span(0, len(text)))
    plan = Plan(
        SourceInfo("long.txt", "", len(text), "txt"),
        [Document("长", "plan", Span(0, len(text)), tasks=[task])],
        [],
        Coverage(1, 1, 0, 0),
    )
    for name in ("xlsx", "docx"):
        out = io.BytesIO()
        writer(name).write(Ledger(plan, text, "zh"), out)
        assert out.getvalue()


def test_the_document_is_a4_landscape_with_heads_repeated_on_every_page(docx: bytes):
    document = open_docx(io.BytesIO(docx))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)
    for table in document.tables:
        assert table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None


def test_the_document_holds_each_task_under_the_name_of_its_plan(docx: bytes):
    tasks = open_docx(io.BytesIO(docx)).tables[0]
    cells = [[cell.text for cell in row.cells] for row in tasks.rows]
    assert cells[0][:2] == ["编号", "任务"]
    assert cells[1][0] == "青禾县绿化实施方案"
    assert [row[1] for row in cells if row[0] in ("1", "2")] == [
        "补植行道树",
        '建设<script>alert("1")</script>公园',
        "清理苗圃",
    ]


def test_the_document_names_chinese_fonts_with_what_to_take_instead(docx: bytes):
    assert "仿宋_GB2312" in xml_of(docx, "word/document.xml")
    assert 'w:altName w:val="仿宋"' in xml_of(docx, "word/fontTable.xml")
    assert "PAGE" in xml_of(docx, "word/footer1.xml")


def test_characters_that_xml_forbids_do_not_break_the_document(chinese: Ledger):
    strange = Ledger(
        Plan(
            chinese.plan.source,
            [Document("甲\x00\x0b乙\ud800", "plan", Span(0, 3), tasks=[Task("k1", ["1"], "\x01丙\x08", Span(0, 3))])],
            [],
            Coverage(1, 1, 0, 0),
        ),
        "\x01丙\x08",
        "zh",
    )
    for name in ("docx", "xlsx", "html", "csv", "table"):
        out = io.BytesIO()
        writer(name).write(strange, out)
        if name == "docx":
            assert open_docx(io.BytesIO(out.getvalue())).tables[0].rows[1].cells[1].text == "丙"
