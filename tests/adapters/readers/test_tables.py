"""One model of tables from every format: cells with their reach and their place, whatever drew them."""

import io
import random
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from guatu.adapters.readers import SourceText, read_bytes
from guatu.adapters.readers.base.builder import Field, TextBuilder
from guatu.adapters.readers.base.places import Piece
from guatu.core.plan.source.tables import TableBlock

Make = Callable[..., bytes]
Drawn = tuple[str, int, int, int, int]
"""What a cell says, its row and column, and how many rows and columns it covers."""

TWO_ROW_HEAD: list[Drawn] = [
    ("序号", 0, 0, 2, 1),
    ("工作任务", 0, 1, 2, 1),
    ("分工", 0, 2, 1, 2),
    ("备注", 0, 4, 2, 1),
    ("牵头单位", 1, 2, 1, 1),
    ("配合单位", 1, 3, 1, 1),
    ("1", 2, 0, 1, 1),
    ("栽植行道树600株", 2, 1, 1, 1),
    ("县林业局", 2, 2, 1, 1),
    ("县财政局", 2, 3, 1, 1),
    ("", 2, 4, 1, 1),
    ("2", 3, 0, 1, 1),
    ("补植绿篱3公里", 3, 1, 1, 1),
    ("县城管局", 3, 2, 1, 1),
    ("", 3, 3, 1, 1),
    ("", 3, 4, 1, 1),
]
GROUPS_MERGED_DOWN: list[Drawn] = [
    ("类别", 0, 0, 1, 1),
    ("事项", 0, 1, 1, 1),
    ("责任单位", 0, 2, 1, 1),
    ("绿化", 1, 0, 2, 1),
    ("栽植行道树600株", 1, 1, 1, 1),
    ("县林业局", 1, 2, 1, 1),
    ("补植绿篱3公里", 2, 1, 1, 1),
    ("县城管局", 2, 2, 1, 1),
    ("供水", 3, 0, 1, 1),
    ("更换水表80只", 3, 1, 1, 1),
    ("县水利局", 3, 2, 1, 1),
]
ROW_THAT_HEADS_A_GROUP: list[Drawn] = [
    ("事项", 0, 0, 1, 1),
    ("责任单位", 0, 1, 1, 1),
    ("时限", 0, 2, 1, 1),
    ("一、绿化", 1, 0, 1, 3),
    ("栽植行道树600株", 2, 0, 1, 1),
    ("县林业局", 2, 1, 1, 1),
    ("2026年4月底", 2, 2, 1, 1),
    ("", 3, 0, 1, 1),
    ("县城管局", 3, 1, 1, 1),
    ("", 3, 2, 1, 1),
]
DRAWN = {"two row head": TWO_ROW_HEAD, "groups merged down": GROUPS_MERGED_DOWN, "group row": ROW_THAT_HEADS_A_GROUP}


def _rows(cells: list[Drawn]) -> list[list[Drawn]]:
    return [[cell for cell in cells if cell[1] == row] for row in range(max(cell[1] for cell in cells) + 1)]


def in_html(cells: list[Drawn], _: dict[str, Make]) -> bytes:
    rows = "".join(
        "<tr>" + "".join(f'<td rowspan="{down}" colspan="{across}">{text}</td>' for text, _, _, down, across in row)
        for row in _rows(cells)
    )
    return f"<html><body><p>任务表</p><table>{rows}</table><p>完</p></body></html>".encode()


def in_docx(cells: list[Drawn], make: dict[str, Make]) -> bytes:
    drawn = []
    for number in range(len(_rows(cells))):
        line = []
        for text, row, _column, down, across in sorted(cells, key=lambda cell: cell[2]):
            if row <= number < row + down:
                merge = "" if down == 1 else f'<w:vMerge w:val="{"restart" if row == number else "continue"}"/>'
                words = text if row == number else ""
                line.append(
                    f'<w:tc><w:tcPr><w:gridSpan w:val="{across}"/>{merge}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p>'
                    "</w:tc>"
                )
        drawn.append(f"<w:tr>{''.join(line)}</w:tr>")
    return make["docx"](f"<w:p><w:r><w:t>任务表</w:t></w:r></w:p><w:tbl>{''.join(drawn)}</w:tbl>")


def in_xlsx(cells: list[Drawn], _: dict[str, Make]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("任务表")
        for text, row, column, down, across in cells:
            if down * across > 1:
                sheet.merge_range(row + 2, column + 1, row + 1 + down, column + across, text)
            elif text:
                sheet.write_string(row + 2, column + 1, text)
    return buffer.getvalue()


def in_pdf(cells: list[Drawn], make: dict[str, Make], size: int = 10) -> bytes:
    width, height = 90, 30
    page: list[object] = [(60.0, 60.0, "任务表")]
    for text, row, column, down, across in cells:
        left, top = 60 + column * width, 90 + row * height
        right, bottom = left + across * width, top + down * height
        page += [(left, top, right, top), (left, bottom, right, bottom)]
        page += [(left, top, left, bottom), (right, top, right, bottom)]
        page += [(left + 4.0, top + 18.0, text)] if text else []
    return make["pdf"]([page], size=size)


WAYS = {"html": in_html, "docx": in_docx, "xlsx": in_xlsx, "pdf": in_pdf}


def drawn_in(table: TableBlock) -> list[Drawn]:
    return [(cell.text, cell.row, cell.column, cell.rows, cell.columns) for row in table.rows for cell in row]


def is_whole(source: SourceText) -> None:
    """Each cell is the text at its place, and one line is one row."""
    for table in source.tables:
        lines = table.span.text(source.text).split("\n")
        assert len(lines) == len(table.rows)
        assert all(cell.span.text(source.text) == cell.text for row in table.rows for cell in row)
        assert [[cell.text for cell in row if cell.text] for row in table.rows] == [
            [text for text in line.split("\t") if text] for line in lines
        ]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", DRAWN)
def test_a_table_is_the_same_in_every_format(name: str, way: str, make_docx: Make, make_pdf: Make) -> None:
    data = WAYS[way](DRAWN[name], {"docx": make_docx, "pdf": make_pdf})
    source = read_bytes(data, f"任务表.{way}")
    (table,) = source.tables
    whole = [cell for cell in DRAWN[name] if way != "xlsx" or cell[0] or cell[2] <= _last(DRAWN[name])]
    assert drawn_in(table) == whole
    is_whole(source)


def _scattered(seed: int) -> list[Drawn]:
    """A table whose cells are merged at random, never over each other; its corners have words, as a sheet needs."""
    chance = random.Random(seed)
    height, width = chance.randint(2, 5), chance.randint(2, 5)
    taken: set[tuple[int, int]] = set()
    cells: list[Drawn] = []
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            across = chance.randint(1, min(3, width - column)) if chance.random() < 0.3 else 1
            down = chance.randint(1, min(3, height - row)) if chance.random() < 0.3 else 1
            while any((row, column + at) in taken for at in range(across)):
                across -= 1
            fields = {(row + r, column + c) for r in range(down) for c in range(across)}
            taken |= fields
            cells.append((f"甲{row}{column}", row, column, down, across))
    return cells


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", range(25))
def test_cells_merged_at_random_are_the_same_in_every_format(
    seed: int, way: str, make_docx: Make, make_pdf: Make
) -> None:
    cells = _scattered(seed)
    source = read_bytes(WAYS[way](cells, {"docx": make_docx, "pdf": make_pdf}), f"任务表.{way}")
    is_whole(source)
    found = [cell for table in source.tables for cell in drawn_in(table)]
    begun = sorted({row for _, row, _, _, _ in cells})
    if len(begun) > 1 and all(len({c for _, r, c, _, _ in cells if r == row}) > 1 for row in begun):
        shown = {row: number for number, row in enumerate(begun)}  # a row in which no cell begins has no line
        assert found == [
            (text, shown[row], column, sum(row <= other < row + down for other in begun), across)
            for text, row, column, down, across in cells
        ]
    assert {cell[0] for cell in found} | set(source.text.split()) >= {cell[0] for cell in cells}


def _last(cells: list[Drawn]) -> int:
    """The last column of a sheet that says something: none says how far its table reaches."""
    return max(column + across - 1 for text, _, column, _, across in cells if text)


@given(st.data())
def test_rows_without_a_word_take_no_place_and_lose_no_cell(data: st.DataObject) -> None:
    heights = data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    grid: list[list[Field]] = []
    for height in heights:  # the first column is merged down over each group of rows
        texts = data.draw(st.lists(st.sampled_from(["", "甲"]), min_size=height + 1, max_size=height + 1))
        for row in range(height):
            first = Field([(texts[0], Piece())], height) if not row else Field([("", Piece())], 0)
            grid.append([first, Field([(texts[row + 1], Piece())])])
    written = [[field.fragments[0][0] for field in fields] for fields in grid]
    builder = TextBuilder()
    builder.paragraph([("题", Piece())])
    builder.table(grid)
    text, _ = builder.build()
    kept = [row for row in written if any(row)]
    if not kept:
        assert not builder.tables
        return
    (table,) = builder.tables
    assert [line.split("\t") for line in table.span.text(text).split("\n")] == kept
    taken = [
        (row, column)
        for cells in table.rows
        for cell in cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    assert sorted(taken) == [(row, column) for row in range(len(kept)) for column in range(2)]


@pytest.mark.parametrize(
    "head",
    [
        "<thead><tr><td>事项<td>单位</tr></thead><tbody>",
        "<tr><th>事项</th><th>单位</th></tr>",
        "<caption>表1 分工</caption><thead><tr><td colspan=2>分工</tr><tr><td>事项<td>单位</tr></thead>",
    ],
)
def test_what_html_calls_a_head_or_a_caption_is_one(head: str) -> None:
    source = read_bytes(f"<p>任务</p><table>{head}<tr><td>植树600株<td>县林业局</table>".encode(), "a.html")
    (table,) = source.tables
    assert table.head_rows == head.count("<tr>")
    assert table.caption == ("表1 分工" if "caption" in head else "")
    assert source.text.count("表1 分工") == head.count("表1 分工")


def test_rows_that_word_repeats_as_a_head_are_the_head(make_docx: Make) -> None:
    def row(first: str, second: str, head: bool) -> str:
        cells = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in (first, second))
        return f"<w:tr><w:trPr>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"

    body = (
        row("事项", "单位", True) + row("", "", True) + row("植树", "县林业局", False) + row("补植", "县城管局", False)
    )
    (table,) = read_bytes(make_docx(f"<w:tbl>{body}</w:tbl>"), "a.docx").tables
    assert (table.head_rows, len(table.rows)) == (1, 3)


@pytest.mark.parametrize(
    "drawn",
    [
        "| 序号 | 事项 | 单位 |\n|:-:|---|---:|\n| 1 | 植树600株 | 县林业局 |\n| 2 | 补植 | |",
        "序号|事项|单位\n---|---|---\n1|植树600株|县林业局\n2|补植|",
        "| 序号 | 事项 | 单位 |\n| 1 | 植树600株 | 县林业局 |\n| 2 | 补植 |  |",
    ],
)
@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_tables_drawn_with_bars_are_tables(drawn: str, suffix: str) -> None:
    text = f"任务表\n\n{drawn}\n\n本表一式两份。\n"
    source = read_bytes(text.encode(), f"a.{suffix}")
    (table,) = source.tables
    assert source.text == text
    assert table.head_rows == drawn.count("---|---")
    rows = [[cell.text for cell in row] for row in table.rows]
    assert [row[:3] for row in rows[:2]] == [["序号", "事项", "单位"], ["1", "植树600株", "县林业局"]]
    assert rows[2][:2] == ["2", "补植"]
    assert all(cell.span.text(text) == cell.text for row in table.rows for cell in row)


@pytest.mark.parametrize("way", ["html", "docx", "xlsx"])
@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("2026年9", "月底"), "2026年9月底"),
        (("新建泵站3", "座"), "新建泵站3座"),
        (("新建泵站", "3座"), "新建泵站3座"),
        (("1", "植树"), "1 植树"),
        (("第3", "县水利局"), "第3 县水利局"),
        (("植树3", "（二）补植"), "植树3 （二）补植"),
    ],
)
def test_a_number_and_its_measure_are_one_over_a_line_break(
    lines: tuple[str, str], joined: str, way: str, make_docx: Make, make_pdf: Make
) -> None:
    if way == "html":
        data = f"<p>表</p><table><tr><td>甲<td>乙<tr><td>{'<br>'.join(lines)}<td>丙</table>".encode()
    elif way == "docx":
        first = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
        data = make_docx(f"<w:tbl><w:tr><w:tc>{first}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>")
    else:
        data = in_xlsx([("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("\n".join(lines), 1, 0, 1, 1), ("丙", 1, 1, 1, 1)], {})
    (table,) = read_bytes(data, f"a.{way}").tables
    assert joined in [cell.text for row in table.rows for cell in row]


def test_a_line_with_bars_is_no_table() -> None:
    text = "首页 | 公开 | 互动\n\n一、任务\n植树|补植。\n甲\\|乙\n"
    assert not read_bytes(text.encode(), "a.md").tables
