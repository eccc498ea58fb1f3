"""Whatever the bytes are, the answer is a text or a ReadError; and every character of a text has its place."""

import io
import random
from collections.abc import Callable, Iterator

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from guatu.adapters.readers import ReadError, SourceText, office, read_bytes
from guatu.adapters.readers.base.builder import Field, TextBuilder
from guatu.adapters.readers.base.places import Piece

Make = Callable[..., bytes]
WITHOUT_LIBREOFFICE = (".txt", ".md", ".html", ".docx", ".pdf", ".xlsx", ".xls")
words = st.text(alphabet="一二三、。（）县局林业造林植树123%\u3000 aB", min_size=1, max_size=30)


@pytest.fixture(scope="module", autouse=True)
def no_libreoffice() -> Iterator[None]:
    """Starting another program for each example would take hours and test that program."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office, "find_program", lambda: None)
        yield


def attempt(data: bytes, name: str) -> SourceText | None:
    try:
        source = read_bytes(data, name)
    except ReadError as error:
        assert error.code.startswith("read.")
        assert name in error.zh
        assert name in error.en
        return None
    for position in range(0, len(source.text) + 1, max(1, len(source.text) // 50)):
        assert source.places.at(position).line >= 1
    return source


@given(st.binary(max_size=400), st.sampled_from(WITHOUT_LIBREOFFICE))
def test_random_bytes_raise_nothing_but_a_read_error(data: bytes, suffix: str) -> None:
    attempt(data, f"a{suffix}")


@given(
    st.binary(max_size=200),
    st.sampled_from([b"PK\x03\x04", b"%PDF-1.4\n", b"<html><body>", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_random_bytes_after_a_known_beginning_raise_nothing_but_a_read_error(data: bytes, beginning: bytes) -> None:
    for suffix in WITHOUT_LIBREOFFICE:
        attempt(beginning + data, f"a{suffix}")


@given(st.text(max_size=300))
def test_random_markup_raises_nothing_but_a_read_error(text: str) -> None:
    attempt(f"<html><body><table><tr><td>{text}<ol><li>{text}".encode("utf-8", "ignore"), "a.html")


@pytest.fixture(scope="module")
def whole_files(make_docx: Make, make_pdf: Make) -> dict[str, bytes]:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("任务").write_row("A1", ["序号", "任务", 0.5])
    body = "<w:p><w:r><w:t>一、总体要求</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    return {
        ".docx": make_docx(body, numbering='<w:num w:numId="1"/>', styles="<w:style/>"),
        ".xlsx": buffer.getvalue(),
        ".pdf": make_pdf([[(90, 100, "一、总体要求"), (90, 120, 300, 120), (90, 120, 90, 300)]]),
        ".html": "<html><body><p>一、总体要求</p><table><tr><td>甲<td>乙</table>".encode(),
        ".txt": "一、总体要求\n（一）植树".encode("gb18030"),
    }


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pdf", ".html", ".txt"])
def test_truncated_and_damaged_files_raise_nothing_but_a_read_error(whole_files: dict[str, bytes], suffix: str) -> None:
    whole = whole_files[suffix]
    chance = random.Random(2022)
    assert attempt(whole, f"a{suffix}") is not None
    for _ in range(150):
        attempt(whole[: chance.randrange(len(whole))], f"a{suffix}")
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        attempt(bytes(damaged), f"a{suffix}")


@pytest.mark.parametrize("what", ["w:numId", "w:ilvl", "w:gridSpan", "w:start"])
def test_numbers_that_are_no_numbers_are_ignored(make_docx: Make, what: str) -> None:
    properties = {"w:numId": "1", "w:ilvl": "0", "w:gridSpan": "1", "w:start": "1"} | {what: "x-1"}
    numbered = f'<w:pPr><w:numPr><w:ilvl w:val="{properties["w:ilvl"]}"/><w:numId w:val="{properties["w:numId"]}"/></w:numPr></w:pPr>'
    text = f"<w:p>{numbered}<w:r><w:t>甲</w:t></w:r></w:p>"
    span = f'<w:tcPr><w:gridSpan w:val="{properties["w:gridSpan"]}"/></w:tcPr>'
    body = f"{text}<w:tbl><w:tr><w:tc>{span}{text}</w:tc><w:tc>{text}</w:tc></w:tr></w:tbl>"
    level = f'<w:lvl w:ilvl="0"><w:start w:val="{properties["w:start"]}"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    assert attempt(make_docx(body, numbering), "a.docx") is not None


@given(
    st.lists(st.one_of(words, st.lists(st.lists(words, min_size=2, max_size=3), min_size=1, max_size=3)), max_size=8)
)
def test_every_character_put_into_a_text_is_found_at_its_place(blocks: list[str | list[list[str]]]) -> None:
    builder = TextBuilder()
    given_texts: dict[tuple[int, str | None], str] = {}
    for number, block in enumerate(blocks, 1):
        if isinstance(block, str):
            given_texts[number, None] = block
            builder.paragraph([(block, Piece(paragraph=number))])
            continue
        rows = []
        for r, row in enumerate(block):
            names = [f"{chr(65 + c)}{r + 1}" for c in range(len(row))]
            given_texts.update({(number, name): text for name, text in zip(names, row, strict=True)})
            pieces = [Piece(paragraph=number, cell=name) for name in names]
            rows.append([Field([(text, piece)]) for text, piece in zip(row, pieces, strict=True)])
        builder.table(rows)
    text, places = builder.build()
    found: dict[tuple[int, str | None], str] = {}
    for position, char in enumerate(text):
        place = places.at(position)
        assert text.split("\n")[place.line - 1][place.column - 1 : place.column] == char.strip("\n")
        key = (place.paragraph or 0, place.cell)
        found[key] = found.get(key, "") + char
    assert {key: value.strip() for key, value in found.items()} == {
        key: value.strip() for key, value in given_texts.items() if key in found
    }
    assert all(not value.strip() for key, value in given_texts.items() if key not in found)
