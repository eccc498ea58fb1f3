"""What a page says by the look of letters, beside its text and in tables within tables: honoured, or told."""

import re
from collections.abc import Callable

import pytest

from guatu.adapters.readers import SourceText, read_bytes

WHERE: dict[str, Callable[[str], str]] = {
    "paragraph": lambda inner: f"<p>{inner}</p>",
    "no paragraph": lambda inner: f"{inner}<br>完",
    "cell": lambda inner: f"<table><tr><td>序号<td>事项<tr><td>1<td>{inner}</table>",
    "cell of a layout": lambda inner: (
        f'<table width="960"><tr><td><p>说明</p></td></tr><tr><td><div><span>{inner}</span></div></td></tr></table>'
    ),
    "table in a cell": lambda inner: (
        f"<table><tr><td>序号<td>{'一二三四五' * 9}<tr><td>1<td><table><tr><td>附<td>{inner}</table></table>"
    ),
}
SHEET = "<style>.gone{color:red;text-decoration: line-through} .up{vertical-align:super}</style>"
LOOKS = {
    "struck by del": ("<del>9</del>", "read.struck-text", "9", ""),
    "struck by s": ("<s><b>9</b></s>", "read.struck-text", "9", ""),
    "struck by a style": ('<span style="text-decoration:underline line-through">9</span>', "read.struck-text", "9", ""),
    "struck by a class": ('<span class="red gone">9</span>', "read.struck-text", "9", ""),
    "hidden": ('<span style="display:none">9</span>', "read.hidden-text", "9", ""),
    "without size": ('<span style="font-size:0">9</span>', "read.hidden-text", "9", ""),
    "a mark of a note": ("<sup>[1]</sup>", "read.note-marks", "[1]", ""),
    "a figure behind a name": ('<sup><a href="#n">1</a></sup>', "read.note-marks", "1", ""),
    "a power": ("5×10<sup>4</sup>", "", "", "5×10⁴"),
    "a power by a class": ('5×10<span class="up">4</span>', "", "", "5×10⁴"),
    "a measure": ("300m<sup>2</sup>", "", "", "300m²"),
    "an index": ("PM<sub>2.5</sub>", "", "", "PM2.5"),
    "a third": ("<math><mfrac><mn>1</mn><mn>3</mn></mfrac></math>", "", "", "1/3"),
    "a power in a formula": ("<math><msup><mn>10</mn><mn>4</mn></msup></math>", "", "", "10⁴"),
    "a picture": ('<img src="a.png">', "read.unread-pictures", "img", ""),
    "a frame": ('<iframe src="a.pdf"></iframe>', "read.unread-parts", "iframe", ""),
    "a size that is small": ('<span style="font-size:0.8em">九</span>', "", "", "九"),
}


@pytest.mark.parametrize("place", WHERE)
@pytest.mark.parametrize("name", LOOKS)
def test_what_a_look_says_is_honoured_or_told(name: str, place: str) -> None:
    inner, code, told, left = LOOKS[name]
    body = WHERE[place](f"改造水厂{inner}座。")
    source = read_bytes(
        f"<html><head>{SHEET}</head><body><p>各镇要按下列要求办理。</p>{body}</body></html>".encode(), "a.html"
    )
    assert f"改造水厂{left}座。" in source.text
    assert [(one.code, one.sample) for one in source.remarks] == ([(code, told)] if code else [])


DATA = "<table border=1><tr><td>序号<td>事项<td>单位<tr><td>1<td>新建泵站3座<td>县水利局<tr><td>2<td>换水表<td>县住建局</table>"


@pytest.mark.parametrize(
    "layout",
    [
        "<table width=960><tr><td><h1>清单</h1><p>现将清单印发给你们。</p>{}</td></tr></table>",
        "<table><tr><td><table><tr><td><h1>清单</h1></td></tr><tr><td>{}</td></tr></table></td></tr></table>",
        "<table><tr><td>左</td><td><div>清单</div>{}</td></tr><tr><td></td><td></td></tr></table>",
        "<div><table><tbody><tr><td colspan=3>清单</td></tr><tr><td>&nbsp;</td><td>{}</td><td>&nbsp;</td></tr></table></div>",
    ],
)
def test_a_table_of_data_inside_a_layout_is_a_table(layout: str) -> None:
    source = read_bytes(f"<html><body>{layout.format(DATA)}</body></html>".encode(), "a.html")
    (table,) = source.tables
    assert [cell.text for cell in table.rows[1]] == ["1", "新建泵站3座", "县水利局"]
    assert "清单" in source.text


def test_a_small_table_in_a_cell_of_data_is_read_in_that_cell() -> None:
    inner = "<table><tr><td>东镇<td>2座<tr><td>西镇<td>1座</table>"
    body = f"<table><tr><td>序号<td>事项<td>单位<tr><td>1<td>新建泵站，按下列数目分到各镇{inner}<td>县水利局和各镇人民政府</table>"
    (table,) = read_bytes(f"<p>清单</p>{body}".encode(), "a.html").tables
    assert [cell.text for cell in table.rows[1]][1] == "新建泵站，按下列数目分到各镇东镇 2座西镇 1座"


def test_hidden_rows_and_cells_are_told() -> None:
    rows = '<tr><td>甲<td>乙<tr style="display:none"><td>旧<td>行<tr><td>丙<td>丁<td hidden>隐'
    source = read_bytes(f"<p>表</p><table>{rows}</table>".encode(), "a.html")
    assert source.text == "表\n\n甲\t乙\n丙\t丁\n"
    assert [(one.code, one.characters, one.sample) for one in source.remarks] == [("read.hidden-text", 3, "旧行")]


def shown(source: SourceText) -> int:
    return sum(not letter.isspace() for letter in source.text) + sum(one.left_out for one in source.remarks)


@pytest.mark.parametrize(
    "around", ["{}", "<div class=nav>首页 公开</div><div>{}</div><div class=footer>主办单位：县府办</div>"]
)
def test_each_letter_of_a_page_is_in_the_text_or_told(around: str) -> None:
    words = "<p>一、任务</p><p>改造<del>9</del>5座<sup>[2]</sup>。</p><p>二、保障措施各镇要抓好落实。</p>"
    page = around.format(f"<div class=TRS_Editor>{words}</div>")
    letters = "".join(re.sub(r"<[^>]*>", "", page).split())
    assert shown(read_bytes(f"<html><body>{page}</body></html>".encode(), "a.html")) == len(letters)
