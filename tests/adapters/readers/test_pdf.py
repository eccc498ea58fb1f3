"""PDF files: lines become paragraphs again, ruled tables become rows, page numbers and running heads go."""

from collections.abc import Callable, Sequence

import pytest

from guatu.adapters.readers import ReadError, read_bytes
from tests.adapters.readers.pdfs import accounted

Make = Callable[..., bytes]
LEFT, TOP, STEP, SIZE, WIDTH = 90, 100, 28, 16, 26
"""Margins and line distance in points, and the characters of a full line."""


def set_out(paragraphs: Sequence[str], first: float = TOP) -> list[tuple[float, float, str]]:
    """Paragraphs set as official documents are: first line two characters in, full lines of 26 characters."""
    placed, y = [], first
    for paragraph in paragraphs:
        rest, indent = paragraph, 2
        while rest:
            placed.append((LEFT + indent * SIZE, y, rest[: WIDTH - indent]))
            rest, indent = rest[WIDTH - indent :], 0
            y += STEP
    return placed


def lines(data: bytes) -> list[str]:
    return accounted(data).text.split("\n")[:-1]


PARAGRAPHS = [
    "一、总体要求",
    "到2022年底，全县完成造林1.2万亩，成活率达到90%以上，建成村庄公园3处，县城新增绿地4公顷。责任单位：县林业局、县水利局、县住房和城乡建设局。",
    "（一）开展调查。对全县宜林荒山逐块登记，做到底数清、情况明、措施实，每月5日前报县绿化办公室。",
    "（二）制定方案。各镇于6月底前完成。",
]


def test_lines_are_joined_into_paragraphs(make_pdf: Make) -> None:
    assert lines(make_pdf([set_out(PARAGRAPHS)])) == PARAGRAPHS


def test_a_paragraph_that_a_page_break_cuts_is_joined_without_the_page_number(make_pdf: Make) -> None:
    placed = set_out(PARAGRAPHS)
    pages = [
        [*placed[:3], (270, 790, "— 1 —")],
        [*((x, y - 3 * STEP, text) for x, y, text in placed[3:]), (270, 790, "— 2 —")],
    ]
    assert lines(make_pdf(pages)) == PARAGRAPHS


@pytest.mark.parametrize("mark", ["{}", "- {} -", "— {} —", "第 {} 页", "第{}页 共3页", "{} / 3", "·{}·"])
def test_page_numbers_of_all_kinds_go(make_pdf: Make, mark: str) -> None:
    pages = [
        [*set_out([f"第{name}页的正文。"]), (270, 800, mark.format(n))] for n, name in ((1, "一"), (2, "二"), (3, "三"))
    ]
    source = read_bytes(make_pdf(pages), "方案.pdf")  # pdfminer does not know the middle dot of this font
    assert source.text.split("\n")[:-1] == ["第一页的正文。", "第二页的正文。", "第三页的正文。"]
    assert [remark.characters for remark in source.remarks] == [sum(len(p[-1][2].replace(" ", "")) for p in pages)]


def test_running_heads_go_and_a_number_in_the_text_stays(make_pdf: Make) -> None:
    pages = [[(90, 50, "青禾县人民政府公报 2022年第3期"), *set_out([f"正文{n}。", "2022", "完。"])] for n in "甲乙丙"]
    assert lines(make_pdf(pages)) == [
        "正文甲。",
        "2022",
        "完。",
        "正文乙。",
        "2022",
        "完。",
        "正文丙。",
        "2022",
        "完。",
    ]


def test_a_short_line_ends_its_paragraph_and_a_title_stays_alone(make_pdf: Make) -> None:
    placed = [(200, 60, "青禾县植树方案"), (LEFT, 100, "各镇人民政府：")]
    assert lines(make_pdf([[*placed, *set_out(PARAGRAPHS[:2], 128)]])) == [
        "青禾县植树方案",
        "各镇人民政府：",
        *PARAGRAPHS[:2],
    ]


def test_a_line_that_ends_short_before_a_long_number_goes_on(make_pdf: Make) -> None:
    first = "完成主要道路沿线和村庄周边绿化建设任务，总长"
    rest = "12345.6公里。"
    placed = [*set_out(PARAGRAPHS[1:2]), (LEFT + 32, 240, first), (LEFT, 268, rest)]
    assert lines(make_pdf([placed])) == [PARAGRAPHS[1], first + rest]


def ruled(columns: Sequence[float], rows: Sequence[float]) -> list[tuple[float, float, float, float]]:
    across = [(columns[0], y, columns[-1], y) for y in rows]
    return across + [(x, rows[0], x, rows[-1]) for x in columns]


def test_a_ruled_table_is_one_line_a_row(make_pdf: Make) -> None:
    grid = ruled([90, 140, 340, 500], [200, 230, 290, 320])
    texts = [
        (95, 220, "序号"), (145, 220, "任务"), (345, 220, "责任单位"),
        (95, 260, "1"), (145, 250, "完成造林一万二千亩"), (145, 275, "以上"), (345, 250, "县林业局"), (345, 275, "县水利局"),
        (95, 310, "2"), (145, 310, "管护"),
    ]  # fmt: skip
    data = make_pdf([[(90, 180, "附件1"), *texts, *grid, (90, 360, "注：以上为年度任务。")]])
    assert lines(data) == [
        "附件1", "", "序号\t任务\t责任单位", "1\t完成造林一万二千亩以上\t县林业局 县水利局", "2\t管护\t", "", "注：以上为年度任务。",
    ]  # fmt: skip


def test_merged_cells_are_written_once(make_pdf: Make) -> None:
    strokes = [
        (90, 200, 390, 200), (90, 230, 390, 230), (190, 260, 390, 260), (90, 290, 390, 290),
        (90, 200, 90, 290), (190, 230, 190, 290), (290, 230, 290, 290), (390, 200, 390, 290),
    ]  # fmt: skip
    texts = [
        (180, 220, "任务清单"),
        (95, 265, "造林"),
        (195, 250, "甲"),
        (295, 250, "乙"),
        (195, 280, "丙"),
        (295, 280, "丁"),
    ]
    assert lines(make_pdf([[*texts, *strokes]])) == ["任务清单\t\t", "造林\t甲\t乙", "\t丙\t丁"]


def test_a_table_goes_on_over_a_page_break_without_its_repeated_head(make_pdf: Make) -> None:
    head = [(95, 120, "序号"), (195, 120, "任务")]
    grid = ruled([90, 190, 400], [100, 130, 160])
    pages = [
        [*head, (95, 150, str(n)), (195, 150, name), *grid, (290, 800, str(n))]
        for n, name in ((1, "造林"), (2, "管护"))
    ]
    assert lines(make_pdf(pages)) == ["序号\t任务", "1\t造林", "2\t管护"]


def test_places_are_page_and_line_on_the_page(make_pdf: Make) -> None:
    placed = set_out(PARAGRAPHS)
    source = read_bytes(make_pdf([placed, [(LEFT + 32, 100, "第二页开头。")]]), "a.pdf")
    for number, (_, _, text) in enumerate(placed, 1):
        at = source.text.index(text[:6])
        for offset in range(len(text)):
            place = source.places.at(at + offset)
            assert (place.page, place.line, place.column) == (1, number, offset + 1)
    assert source.places.at(source.text.index("第二页")).label("zh") == "第2页第1行"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_pages_on_their_side_are_read_upright(make_pdf: Make, turn: int, rotate: int) -> None:
    assert lines(make_pdf([set_out(PARAGRAPHS)], rotate=rotate, turn=turn)) == PARAGRAPHS


def test_slanting_watermarks_are_left_out(make_pdf: Make) -> None:
    pages = [[*set_out(PARAGRAPHS), "0.7 0.7 -0.7 0.7 200 300 cm", (0, 842, "内部资料注意保存")]]
    assert lines(make_pdf(pages)) == PARAGRAPHS


def picture(assemble: Callable[[Sequence[bytes]], bytes], pages: int = 1) -> bytes:
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode(),
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\x00\nendstream",
    ]
    for index in range(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 3 0 R>>>>/Contents {5 + 2 * index} 0 R>>".encode()
        )
        objects.append(b"<</Length 28>>stream\nq 595 0 0 842 0 0 cm /I Do Q\nendstream")
    return assemble(objects)


def test_a_scan_is_reported_as_one(assemble_pdf: Callable[[Sequence[bytes]], bytes]) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(picture(assemble_pdf, 3), "方案.pdf")
    assert caught.value.code == "read.scanned-pdf"
    assert caught.value.message("zh").startswith("方案.pdf：这个 PDF 是扫描件，3 页里没有可读取的文字。")


def test_an_encrypted_pdf_is_reported_as_one(assemble_pdf: Callable[[Sequence[bytes]], bytes]) -> None:
    data = picture(assemble_pdf)
    crypt = (
        b"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>"
        b"/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
    )
    with pytest.raises(ReadError) as caught:
        read_bytes(data.replace(b"/Root 1 0 R", b"/Root 1 0 R" + crypt), "方案.pdf")
    assert caught.value.code == "read.encrypted"


def test_pages_without_text_are_named(make_pdf: Make) -> None:
    assert read_bytes(make_pdf([set_out(PARAGRAPHS)]), "a.pdf").remarks == ()


def test_paragraphs_set_apart_by_space_instead_of_indents_stay_apart(make_pdf: Make) -> None:
    full = "完成全县道路沿线和村庄周边绿化建设任务，并通过县级验收。"[:WIDTH]
    placed = [(LEFT, 100, full), (LEFT, 128, full), (LEFT, 128 + 1.4 * STEP, full), (LEFT, 156 + 1.4 * STEP, "完毕。")]
    placed += [(LEFT, 184 + 1.4 * STEP + 12, full), (LEFT, 212 + 1.4 * STEP + 12, "完毕。")]
    assert lines(make_pdf([placed])) == [full + full, full + "完毕。", full + "完毕。"]


def test_an_item_begins_anew_behind_the_bracket_that_names_the_units_of_the_one_before(make_pdf: Make) -> None:
    texts = [
        "（一）改造管网。11月底前改造22公里。（牵头单位：县住建局；责任单位：县财政局）",
        "（二）建设公园。年内建成公园33座。（牵头单位：县城管局）",
    ]
    placed = [(LEFT, TOP + STEP * at, text) for at, text in enumerate(texts)]
    assert lines(make_pdf([placed], size=10)) == texts
