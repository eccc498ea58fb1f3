"""Plain text: encodings found, nothing changed but line ends."""

import hashlib
from pathlib import Path

import pytest

from guatu.adapters.readers import ReadError, read, read_bytes

TEXT = "青禾县2022年植树造林实施方案\n\n一、总体要求\n到2022年底，完成造林1.2万亩，成活率达到90%以上。\n（责任单位：县林业局、县水利局）\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_the_encoding_is_found(data: bytes, encoding: str) -> None:
    source = read_bytes(data, "方案.txt")
    assert source.text == TEXT
    assert source.encoding == encoding


def test_traditional_characters_in_big5_are_not_taken_for_gb18030() -> None:
    text = "為加強縣內綠化工作，各單位應於年底前完成造林任務，並將結果報送農業局。" * 3
    source = read_bytes(text.encode("big5"), "a.txt")
    assert (source.text, source.encoding) == (text, "big5")


def test_a_file_cut_inside_a_character_loses_only_that_character() -> None:
    data = TEXT.encode("utf-8")[:-3]  # cuts into the last bracket
    assert read_bytes(data, "a.txt").text == TEXT[:-2]


def test_a_few_damaged_bytes_do_not_change_the_encoding() -> None:
    data = bytearray((TEXT * 20).encode("utf-8"))
    data[300] = 0xFF
    source = read_bytes(bytes(data), "a.txt")
    assert source.encoding == "utf-8"
    assert source.text.count("\ufffd") in (1, 2, 3)


def test_line_ends_become_line_feeds_and_nothing_else_changes() -> None:
    assert read_bytes("一、甲 \r\n\t乙\u3000\r\n".encode(), "a.md").text == "一、甲 \n\t乙\u3000\n"
    assert read_bytes("一\r二\r".encode(), "a.txt").text == "一\n二\n"


def test_format_name_and_hash_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "方案.MD"
    path.write_bytes(TEXT.encode("gb18030"))
    source = read(path)
    assert (source.format, source.name) == ("md", "方案.MD")
    assert source.sha256 == hashlib.sha256(TEXT.encode("gb18030")).hexdigest()


def test_places_are_lines_and_columns() -> None:
    source = read_bytes(TEXT.encode("utf-8-sig"), "a.txt")
    place = source.places.at(source.text.index("造林1.2"))
    assert (place.line, place.column) == (4, 11)
    assert place.label("zh") == "第4行第11字"
    assert place.label("en") == "line 4 column 11"


def test_the_end_of_the_text_is_a_place_and_what_lies_beyond_is_misuse() -> None:
    source = read_bytes("一二".encode(), "a.txt")
    assert source.places.at(2).column == 3
    for outside in (-1, 3):
        with pytest.raises(IndexError):
            source.places.at(outside)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"MZ\x90\x00" + bytes(range(256)) * 4,
        b"\x7fELF" + bytes(range(200)) * 9,
        b"%PDF-1.7\n" + b"text " * 90,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    ],
)
def test_binary_files_posing_as_text_are_refused(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "方案.txt")
    assert caught.value.code in ("read.binary", "read.mismatch")


def test_the_message_says_what_the_binary_file_is() -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(b"%PDF-1.7\n", "方案.txt")
    assert caught.value.message("zh") == (
        "方案.txt：后缀是“.txt”，内容却是“PDF 文件”，没有读取。请改正后缀，或用原来的程序另存为 .txt 后再试。"
    )
    assert caught.value.message("en") == (
        "方案.txt: its ending is '.txt', but it is a PDF; it was not read. "
        "Correct the ending, or save it as .txt in its own program, and try again."
    )
