"""What a page says by strokes, by raised letters, by columns and by white: honoured, and told where it is a guess."""

from collections.abc import Callable, Sequence

import pytest

from guatu.adapters.readers import SourceText, read_bytes
from tests.adapters.readers.pdfs import document

Make = Callable[..., bytes]
SIZE = 12.0


def operators(*items: tuple[float, float, float, str]) -> str:
    """Runs of letters, each with x, y from the top, size and words; ASCII is half as wide as a character."""
    return "\n".join(
        f"BT /F1 {size} Tf {x} {842 - y} Td <{text.encode('utf-16-be').hex()}> Tj ET" for x, y, size, text in items
    )


def line_at(x: float, y: float, width: float) -> str:
    return f"{x} {842 - y} m {x + width} {842 - y} l S"


def bar_at(x: float, y: float, width: float) -> str:
    return f"{x} {842 - y - 0.4} {width} 0.8 re f"


def read(pages: Sequence[str]) -> SourceText:
    return read_bytes(document(pages), "方案.pdf")


@pytest.mark.parametrize("stroke", [line_at, bar_at])
@pytest.mark.parametrize("size", [9.0, 12.0, 22.0])
@pytest.mark.parametrize(("struck", "width"), [("9", 0.5), ("85", 1.0), ("八百", 2.0)])
def test_what_a_line_strikes_through_is_told(
    struck: str, width: float, size: float, stroke: Callable[..., str]
) -> None:
    begun = 80 + 4 * size
    words = operators(
        (80, 100, size, "改造水厂"), (begun, 100, size, struck), (begun + width * size, 100, size, "5座，年底完成。")
    )
    source = read([words + "\n" + stroke(begun, 100 - 0.35 * size, width * size)])
    assert source.text == "改造水厂5座，年底完成。\n"
    assert [(one.code, one.sample) for one in source.remarks] == [("read.struck-text", struck)]
    assert source.remarks[0].place is not None
    assert (source.remarks[0].place.page, source.remarks[0].place.line) == (1, 1)


@pytest.mark.parametrize(
    "stroke",
    [
        line_at(128, 102, 12),  # under the letter
        line_at(128, 88, 12),  # above it
        line_at(40, 96, 500),  # across the page
        f"128 {842 - 104} 12 16 re S",  # a frame around it
    ],
)
def test_other_lines_strike_nothing(stroke: str) -> None:
    source = read([operators((80, 100, 12, "改造水厂95座，年底完成。")) + "\n" + stroke])
    assert source.text == "改造水厂95座，年底完成。\n"
    assert source.remarks == ()


def test_an_annotation_strikes_through_and_notes_are_told() -> None:
    box = "[128 750 140 750 128 738 140 738]"
    page = (
        f"/Annots[<</Type/Annot/Subtype/StrikeOut/Rect[128 738 140 750]/QuadPoints{box}>>"
        "<</Type/Annot/Subtype/Text/Rect[300 700 320 720]/Contents(check)>>]"
    )
    data = document([operators((80, 102, 12, "改造水厂九五座。"))], page=page)
    source = read_bytes(data, "a.pdf")
    assert source.text == "改造水厂五座。\n"
    assert {(one.code, one.sample) for one in source.remarks} == {
        ("read.struck-text", "九"),
        ("read.comments", "check"),
    }


@pytest.mark.parametrize(
    ("small", "up", "before", "text", "told"),
    [
        ("4", 5, "节水5×10", "节水5×10⁴立方米", ""),
        ("2", 5, "面积300m", "面积300m²立方米", ""),
        ("12", 5, "约10", "约10¹²立方米", ""),
        ("1", 5, "县水利局", "县水利局立方米", "1"),
        ("[3]", 5, "县水利局", "县水利局立方米", "[3]"),
        ("①", 4, "县水利局", "县水利局立方米", "①"),
        ("2", -2, "用5", "用5₂立方米", ""),
        ("2.5", -2, "PM", "PM2.5立方米", ""),
        ("5", 0, "改造", "改造5立方米", ""),
    ],
)
@pytest.mark.parametrize("share", [0.6, 0.8])
def test_small_letters_off_the_line_are_raised_or_marks(
    small: str, up: float, before: str, text: str, told: str, share: float
) -> None:
    width = sum(0.5 if char.isascii() else 1.0 for char in before) * SIZE
    inner = sum(0.5 if char.isascii() else 1.0 for char in small) * SIZE * share
    words = operators(
        (80, 100, SIZE, before), (80 + width, 100 - up, SIZE * share, small), (80 + width + inner, 100, SIZE, "立方米")
    )
    source = read([words])
    assert source.text == text + "\n"
    assert [(one.code, one.sample) for one in source.remarks] == ([("read.note-marks", told)] if told else [])


def _column(x: float, top: float, first: int, width: int, step: float = 18) -> list[tuple[float, float, float, str]]:
    """Items of three lines each, the last of which is not full."""
    drawn = []
    for item in range(4):
        number = "一二三四五六七八九"[first + item]
        begun = f"（{number}）整治水源地。整治水源地一"
        lines = [begun, "做到发现一处整治一处销号一处形成长", "效机制。（牵头单位：县水利局）"]
        drawn += [(x, top + (3 * item + at) * step, 10.0, line[:width]) for at, line in enumerate(lines)]
    return drawn


@pytest.mark.parametrize("shift", [0, 7, 11])
@pytest.mark.parametrize("title", [(200, 60, 16.0, "青禾县二〇二六年方案（在两栏之上）"), (60, 60, 16.0, "青禾县方案")])
def test_columns_are_read_one_after_the_other(title: tuple[float, float, float, str], shift: float) -> None:
    left, right = _column(60, 120, 0, 18), _column(310, 120 + shift, 4, 18)
    foot = (60, 360, 10.0, "本方案由县水利局商县财政局解释，自印发之日起施行，以前的规定与此不同的，按本方案执行。")
    drawn = [title, *(item for pair in zip(right, left, strict=True) for item in pair), foot]
    source = read([operators(*drawn)])
    starts = [source.text.index(f"（{number}）") for number in "一二三四五六七八"]
    assert starts == sorted(starts)
    assert source.text.index("解释") > starts[-1]
    assert "销号一处形成长效机制。" in source.text
    assert [(one.code, one.pages) for one in source.remarks] == [("read.columns", (1,))]


def test_three_columns_are_three() -> None:
    drawn = [*_column(40, 100, 0, 15), *_column(220, 104, 2, 15), *_column(400, 100, 5, 15)]
    drawn = [(x, y, size, text[:15]) for x, y, size, text in drawn]
    source = read([operators(*sorted(drawn, key=lambda item: item[1]))])
    order = [char for char in source.text if char in "一二三四五六七八九" and source.text]
    heads = [line[1] for line in source.text.split("\n") if line.startswith("（")]
    assert heads == list("一二三四三四五六六七八九")
    assert order


TABLE = [
    ["序号", "重点任务", "牵头单位", "完成时限"],
    ["1", "新建泵站3座", "县水利局", "2026年9月底"],
    ["2", "更换水表800只", "县住建局", "2026年10月底"],
    ["3", "清洗水池12座", "县水利局", "2026年11月底"],
]


@pytest.mark.parametrize("edges", [(60, 110, 260, 380), (60, 100, 230, 330), (90, 150, 300, 400)])
@pytest.mark.parametrize("align", ["left", "middle"])
def test_a_table_without_lines_is_a_table(edges: tuple[int, ...], align: str) -> None:
    widths = [max(sum(0.5 if c.isascii() else 1.0 for c in row[column]) for row in TABLE) * 10 for column in range(4)]
    drawn = [
        (60.0, 60.0, 10.0, "任务清单"),
        (60.0, 250.0, 10.0, "各牵头单位要按月报送进展情况，县政府督查室定期通报。"),
    ]
    for number, row in enumerate(TABLE):
        for column, text in enumerate(row):
            own = sum(0.5 if char.isascii() else 1.0 for char in text) * 10
            x = edges[column] + ((widths[column] - own) / 2 if align == "middle" else 0)
            drawn.append((x, 100.0 + 24 * number, 10.0, text))
    source = read([operators(*drawn)])
    (table,) = source.tables
    assert [[cell.text for cell in row] for row in table.rows] == TABLE
    assert [(one.code, one.pages) for one in source.remarks] == [("read.spaced-tables", (1,))]
    assert source.text.startswith("任务清单\n")
    assert source.text.endswith("定期通报。\n")


@pytest.mark.parametrize("raised", [0, 7])
def test_cells_of_several_lines_stay_in_their_row(raised: float) -> None:
    """The cells of one line stand at the top of their row, or in its middle."""
    drawn = [
        (60.0, 100.0, 10.0, "序号"),
        (110.0, 100.0, 10.0, "任务"),
        (260.0, 100.0, 10.0, "单位"),
        (360.0, 100.0, 10.0, "时限"),
    ]
    for number in range(3):
        top = 130.0 + 40 * number
        drawn += [(110.0, top, 10.0, "新建泵站并铺设管网"), (110.0, top + 14, 10.0, "，年内全部完工")]
        drawn += [
            (65.0, top + raised, 10.0, str(number + 1)),
            (260.0, top + raised, 10.0, "县水利局"),
            (360.0, top + raised, 10.0, "九月底"),
        ]
    source = read([operators(*drawn)])
    (table,) = source.tables
    assert [[cell.text for cell in row] for row in table.rows[1:]] == [
        [str(number), "新建泵站并铺设管网，年内全部完工", "县水利局", "九月底"] for number in (1, 2, 3)
    ]


def test_cells_wider_than_their_heads_and_close_to_each_other_are_told_apart() -> None:
    """As word processors set a table without borders: half a letter of white, cells in the middle of their rows."""
    drawn = [
        (58.0, 70.0, 12.0, "序号"),
        (87.5, 70.0, 12.0, "任务"),
        (353.0, 70.0, 12.0, "单位"),
        (498.0, 70.0, 12.0, "时限"),
    ]
    for number in range(3):
        top = 101.0 + 45 * number
        drawn += [(87.5, top, 12.0, "新建泵站三座并铺设供水管网二十公里并完成验"), (87.5, top + 14, 12.0, "收")]
        drawn += [(58.0, top + 7, 12.0, str(number + 1)), (353.0, top + 7, 12.0, "县水利局")]
        drawn += [(498.0, top, 12.0, "二〇二六年"), (498.0, top + 14, 12.0, "九月底")]
    (table,) = read([operators(*drawn)]).tables
    assert [[cell.text for cell in row] for row in table.rows[1:]] == [
        [str(number), "新建泵站三座并铺设供水管网二十公里并完成验收", "县水利局", "二〇二六年九月底"]
        for number in (1, 2, 3)
    ]


def test_raised_and_lowered_letters_of_one_line_are_in_one_line() -> None:
    drawn = [(60.0, 100.0, 12.0, "5×10"), (90.0, 95.0, 8.0, "4"), (94.0, 100.0, 12.0, "吨CO"), (118.0, 103.0, 8.0, "2")]
    assert read([operators(*drawn, (122.0, 100.0, 12.0, "减少"))]).text == "5×10⁴吨CO2减少\n"


@pytest.mark.parametrize(
    "rows",
    [
        ["审核：张某    制表：李某    联系：王某"],
        ["一、总体要求", "到年底，完成造林一万亩。", "（责任单位：县林业局）"],
        ["一、总体要求　　　　　　　　　　3", "二、重点任务　　　　　　　　　　5", "三、保障措施　　　　　　　　　　9"],
    ],
)
def test_other_lines_with_white_are_no_table(rows: list[str]) -> None:
    source = read([operators(*((80.0, 100.0 + 20 * number, 10.0, row) for number, row in enumerate(rows)))])
    assert source.tables == ()
    assert source.remarks == ()


def test_a_head_of_two_rows_repeated_on_each_page_is_read_once() -> None:
    def page(first: int) -> str:
        edges, top = (60, 100, 300, 400, 500), 100
        drawn = [
            line_at(60, top, 440),
            line_at(300, top + 30, 200),
            *(line_at(60, top + 30 * n, 440) for n in (2, 3, 4)),
        ]
        drawn += [f"{x} {842 - top - (30 if x == 400 else 0)} m {x} {842 - top - 120} l S" for x in edges]
        words = [
            (64, 118, 10.0, "序号"),
            (104, 118, 10.0, "任务"),
            (304, 118, 10.0, "分工"),
            (304, 148, 10.0, "牵头"),
            (404, 148, 10.0, "配合"),
        ]
        for row in range(2):
            words += [(64, 178 + 30 * row, 10.0, str(first + row)), (104, 178 + 30 * row, 10.0, f"任务{first + row}")]
            words += [(304, 178 + 30 * row, 10.0, "县水利局"), (404, 178 + 30 * row, 10.0, "县财政局")]
        return operators(*words) + "\n" + "\n".join(drawn)

    source = read([page(1), page(3)])
    (table,) = source.tables
    assert [row[0].text for row in table.rows] == ["序号", "牵头", "1", "2", "3", "4"]
    assert [(cell.text, cell.rows, cell.columns) for cell in table.rows[0]] == [
        ("序号", 2, 1),
        ("任务", 2, 1),
        ("分工", 1, 2),
    ]
    assert [(one.code, one.sample) for one in source.remarks] == [("read.repeated-head", "序号任务分工牵头配合")]


@pytest.mark.parametrize(
    ("before", "after", "apart"),
    [
        ("整治水源地十一处并建立长效管护机制形成闭环管理", "（二）清淤渠道。", True),
        ("整治水源地十一处并建立长效管护机制形成闭环管理", "三、保障措施", True),
        ("按照县级饮水安全管理办法第二章第十二条第一款第", "（二）项规定执行。", False),
        ("由县水利局、县财政局、县农业农村局、县住建局、", "（二）村委会负责。", False),
    ],
)
def test_an_item_behind_a_line_without_its_full_stop_is_an_item(before: str, after: str, apart: bool) -> None:
    full = "为提升全县农村饮水安全水平制定本方案请各镇各部"
    drawn = [(60.0, 100.0 + 20 * number, 20.0, text) for number, text in enumerate([full, full, before, after])]
    source = read([operators(*drawn)])
    assert (before + after in source.text) is not apart
