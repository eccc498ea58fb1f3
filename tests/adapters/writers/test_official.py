"""Official documents, read back: page, fonts, order of the parts, tables; and their workbook."""

import datetime
import io
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from guatu.adapters.writers.official import (
    Annex,
    Column,
    DataTable,
    Heading,
    OfficialDocument,
    Paragraph,
    blocks_of,
    official_document,
    shown,
    table_book,
)
from guatu.adapters.writers.official import measures as m
from guatu.adapters.writers.official.breaking import day, ems, title_lines

TABLE = DataTable(
    "units",
    "各单位亮灯情况",
    (
        Column("rank", "名次", "count"),
        Column("unit", "单位"),
        Column("share", "绿灯率", "share"),
        Column("light", "亮灯", "light"),
        Column("done", "完成", "number"),
    ),
    ((1, "城关镇", 5 / 6, "green", 1234.5), (2, "石门镇", 0.5, "red", None)),
    (None, "合计", 2 / 3, None, 1234.5),
    note="注：灰灯不计入。",
)
FULL = OfficialDocument(
    agency="青禾县人民政府督查室文件",
    number="青政督通〔2026〕3号",
    title="关于2026年6月乡村水利建设重点任务推进情况的通报",
    recipients="各乡镇人民政府，县政府各部门",
    blocks=(
        *blocks_of("现将有关情况通报如下。\n一、总体情况\n（一）进展较好的单位。城关镇。\n1.问题\n（1）细节"),
        TABLE,
    ),
    annexes=(Annex("各单位情况表", (TABLE,)), Annex("红灯清单", (Paragraph("（略）"),))),
    author="青禾县人民政府督查室",
    on=datetime.date(2026, 7, 8),
    note="此件公开发布",
    urgency="特急",
    copies_to="县委办公室，县人大常委会办公室",
    printed_by="青禾县人民政府督查室",
    printed_on=datetime.date(2026, 7, 9),
)


def read(document: OfficialDocument) -> Any:
    return Document(io.BytesIO(official_document(document)))


def texts(document: Any) -> list[str]:
    return [p.text for p in document.paragraphs if p.text]


def paragraph(document: Any, text: str) -> Any:
    return next(p for p in document.paragraphs if p.text.strip() == text)


def east_asian(run: Any) -> str:
    return str(run._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")))


def test_the_page_has_the_margins_of_the_standard() -> None:
    section = read(FULL).sections[0]
    width, height = section.page_width.mm, section.page_height.mm
    assert (round(width), round(height)) == (210, 297)
    assert abs(section.top_margin.mm - 37) < 0.1
    assert abs(section.left_margin.mm - 28) < 0.1
    assert abs(width - section.left_margin.mm - section.right_margin.mm - 156) < 0.1
    assert abs(height - section.top_margin.mm - section.bottom_margin.mm - 225) < 0.1


def test_twenty_two_lines_fill_a_page_and_twenty_eight_characters_a_line() -> None:
    line = paragraph(read(FULL), "现将有关情况通报如下。")
    height = line.paragraph_format.line_spacing.pt
    assert 21.9 < 225 / 25.4 * 72 / height < 22.1
    assert 22 * height <= 225 / 25.4 * 72
    space = int(line.runs[0]._r.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 <= 156 / 25.4 * 72 / (16 + space) < 28.2


@pytest.mark.parametrize(
    ("text", "font", "points"),
    [
        ("青政督通〔2026〕3号", "仿宋_GB2312", 16),
        ("特急", "黑体", 16),
        ("现将有关情况通报如下。", "仿宋_GB2312", 16),
        ("一、总体情况", "黑体", 16),
        ("（一）进展较好的单位。城关镇。", "楷体_GB2312", 16),
        ("1.问题", "仿宋_GB2312", 16),
        ("（1）细节", "仿宋_GB2312", 16),
        ("附件1", "黑体", 16),
    ],
)
def test_each_part_has_the_type_of_the_standard(text: str, font: str, points: int) -> None:
    run = paragraph(read(FULL), text).runs[0]
    assert (east_asian(run), run.font.size.pt) == (font, points)


def test_the_rest_of_a_heading_is_set_as_text() -> None:
    runs = paragraph(read(FULL), "（一）进展较好的单位。城关镇。").runs
    assert [(r.text, east_asian(r)) for r in runs] == [
        ("（一）进展较好的单位。", "楷体_GB2312"),
        ("城关镇。", "仿宋_GB2312"),
    ]


def test_the_name_at_the_head_is_red_and_in_one_line() -> None:
    run = paragraph(read(FULL), "青禾县人民政府督查室文件").runs[-1]
    assert str(run.font.color.rgb) == "FF0000"
    assert east_asian(run) == "方正小标宋简体"
    assert run.font.size.pt * ems(FULL.agency) <= 156 / 25.4 * 72


def test_a_red_line_lies_under_the_number() -> None:
    edge = paragraph(read(FULL), "青政督通〔2026〕3号")._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert edge.get(qn("w:color")) == "FF0000"


def test_the_parts_stand_in_the_order_of_the_standard() -> None:
    found = texts(read(FULL))
    order = [
        "特急",
        "青禾县人民政府督查室文件",
        "青政督通〔2026〕3号",
        "各乡镇人民政府，县政府各部门：",
        "现将有关情况通报如下。",
        "附件：1.各单位情况表",
        "2.红灯清单",
        "青禾县人民政府督查室",
        "2026年7月8日",
        "（此件公开发布）",
        "附件1",
        "附件2",
    ]
    places = [found.index(text) for text in order]
    assert places == sorted(places)
    assert "".join(found[found.index(order[2]) + 1 : found.index(order[3])]) == FULL.title


def test_the_record_stands_at_the_foot_between_thick_lines() -> None:
    document = read(FULL)
    table = document.tables[-1]
    assert [cell.text for cell in table.columns[0].cells] == [
        "抄送：县委办公室，县人大常委会办公室。",
        "青禾县人民政府督查室\t2026年7月9日印发",
    ]
    place = table._tbl.tblPr.find(qn("w:tblpPr"))
    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    edges = table._tbl.tblPr.find(qn("w:tblBorders"))
    sizes = {
        side: int(edges.find(qn(f"w:{side}")).get(qn("w:sz"))) / 8 * 25.4 / 72 for side in ("top", "bottom", "insideH")
    }
    assert sizes == pytest.approx({"top": 0.35, "bottom": 0.35, "insideH": 0.25}, abs=0.02)


def test_page_numbers_lie_outside_on_odd_and_even_pages() -> None:
    document = read(FULL)
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (2, 0)
    assert "PAGE" in odd._p.xml and "PAGE" in even._p.xml
    assert [east_asian(r) for r in odd.runs] == ["宋体", "宋体"]
    assert odd.runs[0].font.size.pt == 14


def test_substitutes_are_named_for_fonts_that_may_be_missing() -> None:
    document = read(FULL)
    table = next(p for p in document.part.package.iter_parts() if p.partname == "/word/fontTable.xml").blob.decode()
    for font in (m.SONG, m.FANGSONG, m.KAI, m.HEI, m.PLAIN_SONG):
        assert f'w:name="{font}"><w:altName' in table


def test_an_author_without_a_seal_stands_two_characters_in_and_the_day_begins_two_after_it() -> None:
    document = read(
        OfficialDocument(agency="督查室", title="事由", author="青禾县人民政府督查室", on=FULL.on, sealed=False)
    )
    author, on = paragraph(document, "青禾县人民政府督查室"), paragraph(document, "2026年7月8日")
    em = 16.0
    right_of_author, right_of_day = (p.paragraph_format.right_indent.pt / em for p in (author, on))
    start_of_author = right_of_author + ems("青禾县人民政府督查室")
    start_of_day = right_of_day + ems("2026年7月8日")
    assert right_of_author == 2
    assert start_of_author - start_of_day == pytest.approx(2)


def test_with_a_seal_the_day_is_four_characters_in_and_the_author_over_its_middle() -> None:
    document = read(OfficialDocument(agency="督查室", title="事由", author="督查室", on=FULL.on))
    author, on = paragraph(document, "督查室"), paragraph(document, "2026年7月8日")
    author = [p for p in document.paragraphs if p.text == "督查室"][-1]
    indents = [p.paragraph_format.right_indent.pt / 16 for p in (author, on)]
    assert indents[1] == 4
    assert indents[0] + ems("督查室") / 2 == pytest.approx(indents[1] + ems("2026年7月8日") / 2)


def test_what_is_empty_is_left_out() -> None:
    found = texts(read(OfficialDocument(agency="督查室", title="事由", author="督查室", on=FULL.on)))
    assert found == ["督查室", "事由", "督查室", "2026年7月8日"]
    assert not read(OfficialDocument(agency="督查室", title="事由", author="督查室", on=FULL.on)).tables


def test_the_table_shows_its_figures_and_repeats_its_head() -> None:
    table = read(FULL).tables[0]
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["名次", "单位", "绿灯率", "亮灯", "完成"],
        ["1", "城关镇", "83.3%", "绿灯", "1,234.5"],
        ["2", "石门镇", "50.0%", "红灯", "—"],
        ["—", "合计", "66.7%", "—", "1,234.5"],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_control_characters_and_markup_in_texts_do_no_harm() -> None:
    text = "数据<b>&\x00\x0b"
    cells = DataTable("t", text, (Column("a", text),), ((text,),))
    document = read(OfficialDocument(agency=text, title=text, author=text, on=FULL.on, blocks=(cells,), copies_to=text))
    assert document.tables[0].rows[1].cells[0].text == "数据<b>&"


def test_the_workbook_holds_what_the_document_shows() -> None:
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(table_book("通报", [TABLE, TABLE]))).get_sheet_by_index(0).to_python()
    )
    head, *body = rows[2:]
    assert head == ["名次", "单位", "绿灯率", "亮灯", "完成"]
    kinds = [c.kind for c in TABLE.columns]
    for given_row, read_row in zip((*TABLE.rows, TABLE.total), body, strict=True):
        assert [shown(v, k) for v, k in zip(given_row, kinds, strict=True)] == [
            shown(v, k) for v, k in zip(read_row, kinds, strict=True)
        ]


def test_a_formula_in_a_cell_stays_text() -> None:
    table = DataTable("t", "=x", (Column("a", "事项"),), (("=HYPERLINK(1)",), ("+1",)))
    made = table_book("=1", [table])
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet[3:]] == ["=HYPERLINK(1)", "+1"]


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (0.8333, "share", "83.3%"),
        (0.0005, "share", "0.1%"),
        (1.0, "share", "100.0%"),
        (1200, "count", "1,200"),
        (0, "count", "0"),
        (1200.50, "number", "1,200.5"),
        (None, "share", "—"),
        ("", "text", "—"),
        ("amber", "light", "黄灯"),
        ("amber", "text", "amber"),
    ],
)
def test_values_are_written_as_people_read_them(value: Any, kind: Any, text: str) -> None:
    assert shown(value, kind) == text


def test_headings_are_known_by_their_numbers() -> None:
    assert blocks_of("一、总体情况\n\n（二）问题。有两个。\n1.5公里\n2026年完成\n1.查明\n（3）整改") == (
        Heading(1, "一、总体情况"),
        Heading(2, "（二）问题。", "有两个。"),
        Paragraph("1.5公里"),
        Paragraph("2026年完成"),
        Heading(3, "1.查明"),
        Heading(4, "（3）整改"),
    )


def test_a_long_sentence_with_a_number_is_no_heading() -> None:
    line = "一、" + "各责任单位要对照问题清单逐项制定整改措施" * 3 + "。"
    assert blocks_of(line) == (Paragraph(line),)


def test_days_have_no_leading_zeros() -> None:
    assert day(datetime.date(2026, 1, 2)) == "2026年1月2日"


def test_a_title_is_not_cut_inside_a_number_or_before_a_bracket() -> None:
    lines = title_lines("青禾县人民政府督查室关于2026年6月乡村水利建设重点任务推进情况的通报", 20)
    assert lines == ["青禾县人民政府督查室关于2026年6月", "乡村水利建设重点任务推进情况的通报"]


@given(st.text("青禾县关于的和、通报2026年《》（）ab", min_size=1, max_size=120))
def test_the_lines_of_a_title_are_the_title(title: str) -> None:
    lines = title_lines(title, 20)
    assert "".join(lines) == title
    assert all(ems(line) <= 20 for line in lines)


@given(st.floats(0, 1))
def test_a_share_reads_the_same_on_the_page_and_in_the_workbook(share: float) -> None:
    table = DataTable("t", "t", (Column("s", "率", "share"),), ((share,),))
    cell = CalamineWorkbook.from_filelike(io.BytesIO(table_book("t", [table]))).get_sheet_by_index(0).to_python()[3][0]
    assert f"{cell:.1%}" == shown(share, "share")
