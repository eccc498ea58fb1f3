"""What Word says by the look of letters, beside the text and in containers: honoured, or told. Nothing goes in silence.

Each case is tried in a paragraph, in a cell, in a table inside a cell and in a text box that two programs draw.
"""

from collections.abc import Callable

import pytest

from guatu.adapters.readers import SourceText, read_bytes

Make = Callable[..., bytes]
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*runs: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{''.join(runs)}</w:p>"


def table(*rows: list[str]) -> str:
    drawn = ["".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in drawn)}</w:tbl>"


def boxed(inner: str) -> str:
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    return (
        f"<w:p><w:r><mc:AlternateContent {MC}><mc:Choice><w:drawing>{content}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


WHERE: dict[str, Callable[[str], str]] = {
    "paragraph": lambda inner: inner,
    "cell": lambda inner: table([par(run("序号")), par(run("事项"))], [par(run("1")), inner]),
    "table in a cell": lambda inner: table(
        [par(run("一二三四五六七八九十" * 3)), table([inner, par(run("附"))]) + par()], [par(run("1")), par(run("2"))]
    ),
    "text box": boxed,
}
where = pytest.mark.parametrize("place", WHERE)

SUP = '<w:vertAlign w:val="superscript"/>'
SUB = '<w:vertAlign w:val="subscript"/>'
LOOKS = {
    "struck": (run("9", "<w:strike/>"), "read.struck-text", "9", ""),
    "struck twice": (run("9", "<w:dstrike/>"), "read.struck-text", "9", ""),
    "struck by a style": (run("9", '<w:rStyle w:val="Gone"/>'), "read.struck-text", "9", ""),
    "struck by a style, but not here": (run("9", '<w:rStyle w:val="Gone"/><w:strike w:val="0"/>'), "", "", "9"),
    "hidden": (run("9", "<w:vanish/>"), "read.hidden-text", "9", ""),
    "a mark of a note": (run("[1]", SUP), "read.note-marks", "[1]", ""),
    "a mark of a note in two runs": (run("①", SUP) + run("②", SUP), "read.note-marks", "①②", ""),
    "a figure behind a name": (run("1", SUP), "read.note-marks", "1", ""),
    "a power": (run("5×10") + run("4", SUP), "", "", "5×10⁴"),
    "a power of two figures, two runs": (run("10") + run("1", SUP) + run("2", SUP), "", "", "10¹²"),
    "a power with a point": (run("10") + run("2.5", SUP), "", "", "10^(2.5)"),
    "a power that is moved up": (run("10") + run("4", '<w:position w:val="8"/><w:sz w:val="19"/>'), "", "", "10⁴"),
    "an index that is moved down": (run("5") + run("2", '<w:position w:val="-4"/><w:sz w:val="19"/>'), "", "", "5₂"),
    "a letter moved to the middle of its line": (run("5", '<w:position w:val="4"/><w:sz w:val="32"/>'), "", "", "5"),
    "a measure": (run("300m") + run("2", SUP), "", "", "300m²"),
    "words that are raised": (run("试行", SUP), "", "", "试行"),
    "an index": (run("PM") + run("2.5", SUB), "", "", "PM2.5"),
    "an index behind a figure": (run("5") + run("2", SUB), "", "", "5₂"),
    "a deletion": ("<w:del><w:r><w:delText>九</w:delText></w:r></w:del>", "read.deleted-text", "九", ""),
    "a sign of the font Symbol": ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "", "", "≥"),
    "a sign that nobody knows": (
        '<w:r><w:sym w:font="Odd" w:char="F0EE"/></w:r>',
        "read.unknown-characters",
        "Odd EE",
        "",
    ),
    "a third": (
        f"<m:oMath {M}><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f>"
        "</m:oMath>",
        "",
        "",
        "1/3",
    ),
    "two and a third": (
        run("2") + f"<m:oMath {M}><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t>"
        "</m:r></m:den></m:f></m:oMath>",
        "",
        "",
        "2又1/3",
    ),
    "a power in a formula": (
        f"<m:oMathPara {M}><m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4"
        "</m:t></m:r></m:sup></m:sSup></m:oMath></m:oMathPara>",
        "",
        "",
        "10⁴",
    ),
    "a sum over a range": (
        f"<m:oMath {M}><m:nary><m:sub><m:r><m:t>i</m:t></m:r></m:sub><m:e><m:r><m:t>x</m:t></m:r></m:e>"
        "</m:nary></m:oMath>",
        "read.formulas",
        "ix",
        "ix",
    ),
    "an equation of a field": (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>EQ \\f(1,3)</w:instrText>'
        '<w:fldChar w:fldCharType="end"/></w:r>',
        "read.unread-parts",
        "EQ \\f(1,3)",
        "",
    ),
    "an object": ("<w:r><w:object><x/></w:object></w:r>", "read.unread-parts", "OLE", ""),
    "a picture": ("<w:r><w:drawing><pic/></w:drawing></w:r>", "read.unread-pictures", "pic", ""),
    "a drawing of one program only": (
        f"<w:r><mc:AlternateContent {MC}><mc:Choice><w:drawing/></mc:Choice><mc:Fallback>"
        "<w:t>九</w:t></mc:Fallback></mc:AlternateContent></w:r>",
        "",
        "",
        "九",
    ),
}
STYLES = '<w:style w:type="character" w:styleId="Base"><w:rPr><w:strike/></w:rPr></w:style>' + (
    '<w:style w:type="character" w:styleId="Gone"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Old"><w:rPr><w:dstrike/></w:rPr></w:style>'
)


@where
@pytest.mark.parametrize("name", LOOKS)
def test_what_a_look_says_is_honoured_or_told(name: str, place: str, make_docx: Make) -> None:
    inner, code, told, left = LOOKS[name]
    body = WHERE[place](par(run("改造水厂"), inner, run("座。")))
    source = read_bytes(make_docx(body, styles=STYLES), "a.docx")
    assert f"改造水厂{left}座。" in source.text
    assert source.text.count("座。") == 1
    assert [(one.code, one.sample) for one in source.remarks] == ([(code, told)] if code else [])
    assert all(one.place is not None and one.place.paragraph for one in source.remarks)


@where
@pytest.mark.parametrize("kind", ["footnote", "endnote", "comment"])
def test_notes_are_told_with_their_words(kind: str, place: str, make_docx: Make) -> None:
    mark = f'<w:r><w:rPr>{SUP}</w:rPr><w:{kind}Reference w:id="2"/></w:r>'
    note = (
        f'<w:{kind} w:id="1">{par(run("不用"))}</w:{kind}><w:{kind} w:id="2">{par(run("其中白鹭镇2座。"))}</w:{kind}>'
    )
    body = WHERE[place](par(run("改造水厂5座"), mark, run("。")))
    source = read_bytes(make_docx(body, **{f"{kind}s": note}), "a.docx")
    (remark,) = source.remarks
    assert "改造水厂5座。" in source.text
    assert (remark.sample, remark.characters) == ("其中白鹭镇2座。", 8)
    assert remark.code == ("read.comments" if kind == "comment" else "read.notes")
    assert "白鹭镇2座" in remark.message("zh")


def test_a_struck_paragraph_row_and_style_leave_their_place(make_docx: Make) -> None:
    rows = table([par(run("1", "<w:strike/>")), par(run("旧事", "<w:strike/>"))], [par(run("2")), par(run("新事"))])
    body = par(run("旧话", "<w:strike/>")) + par(run("旧样"), style="Old") + par(run("新话")) + rows
    source = read_bytes(make_docx(body, styles=STYLES), "a.docx")
    assert source.text == "新话\n\n2\t新事\n"
    assert [(one.code, one.characters, one.sample) for one in source.remarks] == [("read.struck-text", 7, "旧话")]


@pytest.mark.parametrize("around", [lambda inner: inner, boxed, lambda inner: table([inner, par()], [par(), par()])])
def test_a_table_in_a_box_or_a_layout_is_a_table(around: Callable[[str], str], make_docx: Make) -> None:
    inner = table([par(run("事项")), par(run("单位"))], [par(run("植树")), par(run("县林业局"))])
    source = read_bytes(make_docx(par(run("任务表")) + around(inner)), "a.docx")
    (found,) = source.tables
    assert [[cell.text for cell in row] for row in found.rows] == [["事项", "单位"], ["植树", "县林业局"]]


@pytest.mark.parametrize("state", ["hidden", "del"])
def test_rows_that_are_deleted_or_hidden_are_told(state: str, make_docx: Make) -> None:
    body = table([par(run("旧")), par(run("行"))], [par(run("新")), par(run("行"))]).replace(
        "<w:tr>", f"<w:tr><w:trPr><w:{state}/></w:trPr>", 1
    )
    source = read_bytes(make_docx(body), "a.docx")
    code = {"hidden": "read.hidden-text", "del": "read.deleted-text"}[state]
    assert source.text == "新\t行\n"
    assert [(one.code, one.sample) for one in source.remarks] == [(code, "旧行")]


def test_words_under_a_merged_cell_are_told(make_docx: Make) -> None:
    first, second = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>"
    body = table([first + par(run("绿化")), par(run("植树"))], [second + par(run("旧")), par(run("补植"))])
    source = read_bytes(make_docx(body), "a.docx")
    assert source.text == "绿化\t植树\n\t补植\n"
    assert [(one.code, one.sample) for one in source.remarks] == [("read.hidden-text", "旧")]


def told(source: SourceText) -> int:
    return sum(one.left_out for one in source.remarks)


def test_heads_feet_and_contents_are_counted(make_docx: Make) -> None:
    body = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body += f"<w:sdtContent>{par(run('一、目标 1'))}</w:sdtContent></w:sdt>" + par(run("一、目标"))
    head = par(run("县政办发〔2026〕3号")) + par(run("内部资料"))
    source = read_bytes(make_docx(body, header1=head, footer1=par(run("第1页"))), "a.docx")
    assert source.text == "县政办发〔2026〕3号\n一、目标\n"
    assert {(one.code, one.characters) for one in source.remarks} == {
        ("read.page-furniture", 7),
        ("read.contents-list", 5),
    }
    assert told(source) == 12
