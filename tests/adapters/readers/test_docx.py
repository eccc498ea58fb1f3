"""Word files: numbering as Word shows it, tables, tracked changes, headers."""

import io
from collections.abc import Callable

import pytest

from guatu.adapters.readers import ReadError, SourceText, read_bytes

Make = Callable[..., bytes]


def paragraph(text: str, level: int | None = None, list_id: int = 1, style: str = "") -> str:
    numbered = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{numbered}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def level(index: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def listed(*levels: str, instances: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{instances}'


OFFICIAL = listed(
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4"),
)


def lines(data: bytes) -> list[str]:
    return read_bytes(data, "方案.docx").text.split("\n")[:-1]


def test_the_numbering_of_official_documents_becomes_text(make_docx: Make) -> None:
    levels = [(0, "总体要求"), (0, "工作任务"), (1, "植树"), (2, "调查"), (2, "栽植"), (3, "选苗"), (3, "整地")]
    levels += [(1, "管护"), (2, "浇水"), (0, "保障措施")]
    body = "".join(paragraph(text, number) for number, text in levels)
    assert lines(make_docx(body, OFFICIAL)) == [
        "一、总体要求", "二、工作任务", "（一）植树", "1.调查", "2.栽植", "①选苗", "②整地", "（二）管护", "1.浇水", "三、保障措施",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "pattern", "eleventh"),
    [
        ("decimal", "%1．", "11．"),
        ("decimalZero", "%1.", "11."),
        ("decimalEnclosedCircleChinese", "%1", "⑪"),
        ("decimalEnclosedParen", "%1", "⑾"),
        ("decimalEnclosedFullstop", "%1", "⒒"),
        ("decimalFullWidth", "%1、", "１１、"),
        ("chineseCountingThousand", "第%1条", "第十一条 "),
        ("chineseLegalSimplified", "%1、", "壹拾壹、"),
        ("ideographTraditional", "%1、", "甲、"),
        ("lowerLetter", "%1)", "k)"),
        ("upperRoman", "%1.", "XI."),
        ("numberInDash", "%1", "-11- "),
        ("bullet", "\uf0b7", ""),
        ("none", "", ""),
    ],
)
def test_each_number_format_is_shown_as_word_shows_it(make_docx: Make, form: str, pattern: str, eleventh: str) -> None:
    body = "".join(paragraph("事项", 0) for _ in range(11))
    assert lines(make_docx(body, listed(level(0, form, pattern))))[10] == eleventh + "事项"


def test_multilevel_decimals_count_with_their_parents(make_docx: Make) -> None:
    numbering = listed(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3"))
    body = "".join(paragraph("项", number) for number in (0, 1, 2, 2, 1, 0, 1))
    assert lines(make_docx(body, numbering)) == ["1 项", "1.1 项", "1.1.1 项", "1.1.2 项", "1.2 项", "2 项", "2.1 项"]


def test_a_legal_level_shows_chinese_parents_as_decimals(make_docx: Make) -> None:
    numbering = listed(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    body = paragraph("总则", 0) + paragraph("目的", 1)
    assert lines(make_docx(body, numbering)) == ["第一章 总则", "1.1 目的"]


def test_a_level_that_never_restarts_runs_through_the_parts(make_docx: Make) -> None:
    numbering = listed(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'))
    body = "".join(paragraph("项", number) for number in (0, 1, 1, 0, 1))
    assert lines(make_docx(body, numbering)) == ["一、项", "1.项", "2.项", "二、项", "3.项"]


def test_lists_of_one_pattern_count_on_unless_one_starts_anew(make_docx: Make) -> None:
    instances = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    numbering = listed(level(0, "decimal", "%1."), instances=instances)
    body = "".join(paragraph("项", 0, list_id) for list_id in (1, 1, 2, 3, 3))
    assert lines(make_docx(body, numbering)) == ["1.项", "2.项", "3.项", "1.项", "2.项"]


def test_numbers_come_from_styles_and_can_be_switched_off(make_docx: Make) -> None:
    numbering = listed(level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>'), level(1, "decimal", "%2."))
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="H1a"><w:name w:val="x"/><w:basedOn w:val="H1"/></w:style>'
    )
    off = '<w:p><w:pPr><w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>无号</w:t></w:r></w:p>'
    body = paragraph("甲", style="H1") + off + paragraph("乙", style="H1a") + paragraph("丙", style="missing")
    assert lines(make_docx(body, numbering, styles)) == ["一、甲", "无号", "二、乙", "丙"]


def test_styles_based_on_each_other_in_a_circle_do_no_harm(make_docx: Make) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("AB", "BA")
    )
    assert lines(make_docx(paragraph("甲", style="A"), OFFICIAL, styles)) == ["甲"]


def cell(text: str, properties: str = "") -> str:
    paragraphs = "".join(f"<w:p><w:r><w:t>{part}</w:t></w:r></w:p>" for part in text.split("|"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def table(*rows: list[str]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(cells)}</w:tr>" for cells in rows) + "</w:tbl>"


def test_a_table_is_one_line_a_row_with_merged_cells_once(make_docx: Make) -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = (
        paragraph("附件1")
        + table(
            [cell("序号"), cell("工作任务", '<w:gridSpan w:val="2"/>'), cell("责任|单位")],
            [cell("1", restart), cell("造林|绿化"), cell("0.5万亩"), cell("县林业局|县水利局")],
            [cell("x", go_on), cell("管护"), cell(""), cell("各镇")],
        )
        + paragraph("注：以上为年度任务")
    )
    assert lines(make_docx(body)) == [
        "附件1", "", "序号\t工作任务\t\t责任单位", "1\t造林绿化\t0.5万亩\t县林业局 县水利局", "\t管护\t\t各镇", "", "注：以上为年度任务",
    ]  # fmt: skip


def test_automatic_numbers_fill_the_number_column(make_docx: Make) -> None:
    numbered = '<w:tc><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p></w:tc>'
    body = table([cell("序号"), cell("任务")], [numbered, cell("造林")], [numbered, cell("管护")])
    data = make_docx(body, listed(level(0, "decimal", "%1")))
    assert lines(data) == ["序号\t任务", "1\t造林", "2\t管护"]


def test_a_frame_of_one_cell_is_text(make_docx: Make) -> None:
    assert lines(make_docx(table([cell("一、甲|二、乙")]))) == ["一、甲", "二、乙"]


def test_deletions_go_and_insertions_stay(make_docx: Make) -> None:
    body = (
        "<w:p><w:r><w:t>完成</w:t></w:r><w:del><w:r><w:delText>1</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>2</w:t></w:r></w:ins><w:r><w:t>万亩</w:t></w:r>"
        "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>。</w:t></w:r></w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>各镇</w:t></w:r></w:p>" + paragraph("人民政府")
    )
    body += (
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" + cell("旧") + cell("行") + "</w:tr><w:tr>" + cell("新") + cell("行")
    )
    body += "</w:tr></w:tbl>"
    assert lines(make_docx(body)) == ["完成2万亩。", "各镇人民政府", "", "新\t行"]


def test_hidden_text_field_codes_and_notes_are_no_text(make_docx: Make) -> None:
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>现</w:t></w:r><w:r><w:tab/><w:t>行</w:t><w:br/><w:t>次</w:t></w:r></w:p>'
    )
    assert lines(make_docx(body)) == ["现 行", "次"]


def test_text_boxes_follow_the_paragraph_they_hang_on_and_are_read_once(make_docx: Make) -> None:
    box = f"<w:txbxContent>{paragraph('框内文字')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = (
        f"<w:p><w:r><w:t>正文</w:t><mc:AlternateContent {mc}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines(make_docx(body)) == ["正文", "框内文字"]


def test_a_contents_list_is_left_out(make_docx: Make) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = (
        paragraph("一、总体要求1", style="T1")
        + f"<w:sdt>{gallery}<w:sdtContent>{paragraph('二、任务2')}</w:sdtContent></w:sdt>"
    )
    body += f"<w:sdt><w:sdtContent>{paragraph('一、总体要求')}</w:sdtContent></w:sdt>"
    source = read_bytes(make_docx(body, styles=styles), "a.docx")
    assert source.text == "一、总体要求\n"
    assert source.places.at(0).paragraph == 3


def test_a_header_gives_the_document_number_and_nothing_else(make_docx: Make) -> None:
    header = paragraph("青禾县人民政府文件 青政发〔2022〕5号 第1页")
    assert lines(make_docx(paragraph("植树方案"), header1=header)) == ["青政发〔2022〕5号", "植树方案"]
    body = paragraph("青政发〔2022〕5号") + paragraph("植树方案")
    assert lines(make_docx(body, header1=header, header2=header)) == ["青政发〔2022〕5号", "植树方案"]


def test_files_of_the_strict_format_are_read(make_docx: Make) -> None:
    data = make_docx(paragraph("植树方案"), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert lines(data) == ["植树方案"]


def test_places_are_paragraphs_rows_and_cells(make_docx: Make) -> None:
    body = (
        paragraph("甲")
        + paragraph("")
        + table([cell("序号"), cell("任务")], [cell("1"), cell("造林")])
        + paragraph("乙")
    )
    source: SourceText = read_bytes(make_docx(body), "a.docx")

    def where(text: str) -> tuple[int | None, int | None, str | None]:
        place = source.places.at(source.text.index(text))
        return place.paragraph, place.row, place.cell

    assert where("甲") == (1, None, None)
    assert where("造林") == (6, 2, "B2")
    assert where("乙") == (7, None, None)
    assert source.places.at(source.text.index("造林")).label("zh") == "第6段表格B2"


def test_a_password_is_reported_as_one() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    for name in ("方案.docx", "清单.xlsx", "方案.doc"):
        with pytest.raises(ReadError) as caught:
            read_bytes(data, name)
        assert caught.value.code == "read.encrypted"


def test_nothing_is_lost_of_a_file_written_by_a_library() -> None:
    import docx

    document = docx.Document()
    texts = [f"{number}. 完成第{number}项任务，责任单位：县林业局。" for number in range(1, 40)]
    for text in texts:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    assert lines(buffer.getvalue()) == texts


def test_numbering_nested_fifty_deep_is_read(make_docx: Make) -> None:
    nested = paragraph("底")
    for _ in range(25):
        nested = f"<w:sdt><w:sdtContent>{nested}</w:sdtContent></w:sdt>"
    body = "".join(paragraph("项", min(number, 8)) for number in range(50)) + nested
    numbering = listed(*(level(index, "decimal", f"%{index + 1}.") for index in range(9)))
    assert lines(make_docx(body, numbering))[-1] == "底"
