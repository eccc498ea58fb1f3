"""No character of a pdf is lost, doubled or changed without a word, whichever way the program wrote it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.adapters.readers import Place, read_bytes
from tests.adapters.readers.pdfs import HEIGHT, LIGATURES, WAYS, Way, accounted, advance, code, document, squashed

LINES = [
    "一、主要任务",
    "（一）引进企业200个、投资1100万元，11月底前完成。牵头单位：市市场监管局。",
    "（二）改造管网22公里、泵站11座，解决1100户3333人饮水。",
    "（三）建成公园33座，完成投资20000.55万元。",
]
EVERY_WAY = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)


def runs(lines: list[str], size: float = 12.0, top: float = 200.0) -> list[tuple[float, float, str]]:
    return [(60.0, top + 1.8 * size * index, line) for index, line in enumerate(lines)]


def read_lines(data: bytes) -> list[str]:
    return accounted(data).text.split("\n")[:-1]


@EVERY_WAY
def test_doubled_characters_and_line_ends_survive(way: Way) -> None:
    assert read_lines(way.set(runs(LINES), 12, 0)) == LINES


@EVERY_WAY
@pytest.mark.parametrize("spacing", [-1.5, 1.2, 4])
def test_letters_set_tightly_or_apart_survive(way: Way, spacing: float) -> None:
    assert squashed(accounted(way.set(runs(LINES), 12, spacing)).text) == "".join(LINES)


doubles = st.lists(
    st.text(alphabet="0011223456789.%县水利局一丨的", min_size=1, max_size=6).flatmap(
        lambda text: st.sampled_from([text, text * 2, text[0] * 2 + text])
    ),
    min_size=1,
    max_size=6,
)


@given(st.sampled_from(WAYS), doubles, st.floats(5, 40), st.floats(-0.12, 0.6))
def test_any_line_is_read_back_as_it_was_written(way: Way, lines: list[str], size: float, spacing: float) -> None:
    data = way.set(runs(lines, size), size, spacing * size)
    assert squashed(accounted(data).text) == "".join(lines)


@pytest.mark.parametrize("copies", [2, 3])
@pytest.mark.parametrize("offset", [(0.0, 0.0), (0.3, 0.0), (0.4, -0.4)])
@EVERY_WAY
def test_bold_type_made_by_printing_again_counts_once_and_is_told(
    way: Way, copies: int, offset: tuple[float, float]
) -> None:
    prints = [
        (x + offset[0] * copy / (copies - 1), y + offset[1] * copy / (copies - 1), text)
        for copy in range(copies)
        for x, y, text in runs(LINES[1:2])
    ]
    source = accounted(way.set([*runs(LINES[:1], top=150), *prints], 12, 0))
    assert source.text.split("\n")[:-1] == LINES[:2]
    (remark,) = source.remarks
    assert (remark.code, remark.characters) == ("read.printed-twice", (copies - 1) * len(LINES[1]))
    assert remark.place == Place(2, 1, 1)
    assert remark.message("zh").startswith(f"有 {remark.characters} 个字是同一个字在同一位置重复印出的")


def test_letters_printed_again_one_by_one_count_once() -> None:
    each = [(60 + 12 * at + step, 200.0, char) for at, char in enumerate("县财政局局") for step in (0, 0.4)]
    source = accounted(WAYS[2].set(each, 12, 0))
    assert source.text == "县财政局局\n"
    assert [remark.characters for remark in source.remarks] == [5]


@pytest.mark.parametrize("step", [0.3, 0.5, 0.8])
def test_the_same_letters_side_by_side_are_no_bold_type(step: float) -> None:
    """Digits of a font that says they are twice as wide as they are, each a piece of its own."""
    each = "".join(f"BT /F2 240 Tf .05 0 0 .05 {60 + 12 * step * at} 600 Tm {code('1')} Tj ET\n" for at in range(6))
    assert read_lines(document([each])) == ["111111"]


def test_a_glyph_that_stands_for_several_characters_gives_them_all() -> None:
    shown = "".join(f"<{LIGATURES[text]}> Tj " for text in ("11", "11", "ffi", "𠮷", "县"))
    assert read_lines(document([f"BT /F3 12 Tf 60 600 Td {shown}ET"])) == ["1111ffi𠮷县"]


def test_a_ligature_printed_again_counts_once() -> None:
    shown = f"BT /F3 12 Tf 60 600 Td <{LIGATURES['11']}> Tj ET BT /F3 12 Tf 60.4 600 Td <{LIGATURES['11']}> Tj ET"
    source = accounted(document([shown]))
    assert (source.text, [remark.characters for remark in source.remarks]) == ("11\n", [2])


def test_the_text_that_a_file_gives_for_its_glyphs_keeps_its_doubled_digits() -> None:
    told = "\ufeff1100".encode("utf-16-be").hex()
    span = f"/Span<</ActualText<{told}>>>BDC {code('1100')} Tj EMC {code('万元')} Tj"
    shown = f"BT /F1 12 Tf 60 600 Td {span} ET"
    assert squashed(accounted(document([shown])).text) == "1100万元"


def test_space_between_words_keeps_doubled_letters() -> None:
    shown = "BT /F4 12 Tf 9 Tw -0.4 Tc 60 600 Td (GDP 1100 2200 ll) Tj ET"
    assert squashed(accounted(document([shown])).text) == "GDP11002200ll"


def test_the_invisible_text_of_a_scan_is_read() -> None:
    shown = "\n".join(
        f"BT 3 Tr 12 0 0 12 60 {700 - 20 * n} Tm /F1 1 Tf {code(line)} Tj ET" for n, line in enumerate(LINES)
    )
    assert read_lines(document([f"q 595 0 0 842 0 0 cm /I Do Q {shown}"])) == LINES


def test_columns_keep_all_their_characters() -> None:
    left, right = [(60.0, y, t) for _, y, t in runs(LINES)], [(330.0, y, t[:14]) for _, y, t in runs(LINES)]
    accounted(WAYS[1].set([*left, *right], 8, 0))


def grid(columns: list[float], rows: list[float], unit: float = 1) -> str:
    across = [(columns[0], y, columns[-1], y) for y in rows]
    lines = [*across, *((x, rows[0], x, rows[-1]) for x in columns)]
    parts = (f"{a / unit} {(HEIGHT - b) / unit} m {c / unit} {(HEIGHT - d) / unit} l S" for a, b, c, d in lines)
    return " ".join(parts)


@pytest.mark.parametrize("unit", [1, 10, 0.24])
def test_a_ruled_table_is_one_whatever_the_page_counts_in(unit: float) -> None:
    cells = [(95, 220, "11"), (205, 220, "改造管网22公里"), (95, 240, "22"), (205, 240, "泵站1100座")]
    scale = 12 / unit / 240
    shown = [
        f"BT /F1 240 Tf {scale:.6f} 0 0 {scale:.6f} {x / unit} {(HEIGHT - y) / unit} Tm {code(t)} Tj ET"
        for x, y, t in cells
    ]
    frame = f"{0.5 / unit} w {grid([90, 200, 400], [205, 225, 245], unit)}"
    data = document([f"{frame} {' '.join(shown)}"], box=f"0 0 {595 / unit} {HEIGHT / unit}")
    assert read_lines(data) == ["11\t改造管网22公里", "22\t泵站1100座"]


def test_a_table_within_a_table_is_written_once() -> None:
    cells = [(95, 220, "外"), (110, 255, "内11"), (160, 255, "内22"), (310, 220, "右")]
    shown = " ".join(f"BT /F1 12 Tf {x} {HEIGHT - y} Td {code(t)} Tj ET" for x, y, t in cells)
    frame = f"{grid([90, 300, 400], [200, 300])} {grid([105, 155, 200], [240, 260])}"
    assert sorted(squashed(accounted(document([f"{frame} {shown}"])).text)) == sorted("外内11内22右")


def page(*texts: tuple[float, float, str]) -> str:
    return " ".join(f"BT /F1 12 Tf {x} {HEIGHT - y} Td {code(text)} Tj ET" for x, y, text in texts)


def test_page_numbers_and_running_heads_are_told_with_their_number() -> None:
    pages = [
        page((90, 50, "青禾县公报2026年第11期"), (90, 300, f"正文{n}{n}。"), (280, 800, f"— {n} —"))
        for n in range(1, 5)
    ]
    source = accounted(document(pages))
    (remark,) = source.remarks
    assert (remark.code, remark.characters) == ("read.page-furniture", 4 * 14 + 4 * 3)
    assert remark.severity == "note"
    assert remark.message("zh") == "页眉、页脚和页码共 68 个字没有读入；第一处在第1页第1行：“青禾县公报2026年第11期”。"


def test_a_head_that_is_repeated_on_the_next_page_is_told() -> None:
    def table(n: int) -> str:
        texts = page((95, 320, "序号"), (195, 320, "任务"), (95, 350, str(n)), (195, 350, "造林"))
        return f"{grid([90, 190, 400], [300, 330, 360])} {texts}"

    source = accounted(document([table(1), table(2)]))
    assert source.text == "序号\t任务\n1\t造林\n2\t造林\n"
    assert [(remark.code, remark.characters, remark.place) for remark in source.remarks] == [
        ("read.repeated-head", 4, Place(1, 1, 2))
    ]


def test_watermarks_that_are_left_out_are_told() -> None:
    mark = f"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm {code('内部资料')} Tj ET"
    source = accounted(document([f"{page((60, 200, LINES[1]))} {mark}"]))
    assert source.text == LINES[1] + "\n"
    assert [remark.message("en") for remark in source.remarks] == [
        "4 characters stand aslant, as watermarks do, and were left out; the first are on page 1 line 1: “内部资料”. "
        "Add them if they belong to the text."
    ]


def test_characters_without_a_meaning_are_told() -> None:
    shown = f"{page((60, 200, LINES[1]))} BT /F3 12 Tf 60 500 Td <0004> Tj <0077> Tj ET"
    source = read_bytes(document([shown]), "方案.pdf")
    assert [(remark.code, remark.characters, remark.left_out) for remark in source.remarks] == [
        ("read.unknown-characters", 1, 0)
    ]


def test_the_pdfs_beside_the_repository_lose_nothing(shared: Path) -> None:
    found = [*(shared / "cases" / "readers").rglob("*.pdf"), *(shared / "outside").rglob("*.pdf")]
    assert found
    for path in found:
        accounted(path.read_bytes(), path.name)


def test_widths_of_the_test_font_are_what_is_said() -> None:
    source = read_bytes(
        WAYS[0].set([(60, 200, "1县"), (60 + 12 * (advance("1") + advance("县")), 200, "局")], 12, 0), "a.pdf"
    )
    assert source.text == "1县局\n"
