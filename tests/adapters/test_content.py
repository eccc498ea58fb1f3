"""What a file is by its bytes, and whether its name agrees: the table of endings, row by row."""

import io
import zipfile

import pytest

from guatu.adapters.content import Content, disagreement, kind_name, sniff, taken_as
from guatu.adapters.content.endings import HOLDS
from guatu.adapters.readers import suffixes


def zipped(*names: str, first: tuple[str, str] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in ([first] if first else []) + [(name, "x") for name in names]:
            archive.writestr(name, content)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
EXAMPLES: dict[Content, bytes] = {
    "pdf": b"%PDF-1.7\n",
    "docx": zipped("[Content_Types].xml", "word/document.xml"),
    "xlsx": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "pptx": zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "odt": zipped("content.xml", first=("mimetype", "application/vnd.oasis.opendocument.text")),
    "ods": zipped("content.xml", first=("mimetype", "application/vnd.oasis.opendocument.spreadsheet")),
    "zip": zipped("a.shp", "password/word.txt"),
    "ole": OLE,
    "rtf": b"{\\rtf1 a}",
    "html": b"\xef\xbb\xbf<!DOCTYPE html><html><body>",
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(20),
    "png": b"\x89PNG\r\n\x1a\n" + bytes(20),
    "gif": b"GIF89a",
    "tiff": b"II*\x00" + bytes(20),
    "webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "bmp": b"BM" + bytes(12) + (40).to_bytes(4, "little") + bytes(30),
    "heic": b"\x00\x00\x00\x18ftypheic" + bytes(20),
    "video": b"\x00\x00\x00\x18ftypisom" + bytes(20),
    "audio": b"ID3\x04" + bytes(20),
    "parquet": b"PAR1" + bytes(20),
    "archive": b"Rar!\x1a\x07\x01\x00",
    "program": b"MZ\x90\x00" + bytes(60),
    "script": b"#!/bin/sh\nrm -rf /\n",
}


@pytest.mark.parametrize("content", EXAMPLES)
def test_each_kind_of_content_is_known_by_its_bytes_and_named_in_both_languages(content: Content) -> None:
    assert sniff(EXAMPLES[content]) == content
    assert kind_name(content, "zh") != kind_name(content, "en")


@pytest.mark.parametrize(
    "text", ["一、总体要求\n".encode(), "一、总体要求".encode("gb18030"), b"MZ is how this begins", b"BMX race", b""]
)
def test_words_are_no_kind_of_content(text: bytes) -> None:
    assert sniff(text) is None


@pytest.mark.parametrize("suffix", HOLDS)
def test_an_ending_takes_its_own_and_what_the_table_says_and_refuses_all_else(suffix: str) -> None:
    for content, data in EXAMPLES.items():
        assert (disagreement(data, f"方案{suffix.upper()}") is None) == (content in HOLDS[suffix]), content


def test_every_ending_that_a_plan_may_have_is_in_the_table() -> None:
    assert set(suffixes()) <= set(HOLDS)


@pytest.mark.parametrize(
    ("name", "content", "zh", "en"),
    [
        (
            "方案.docx",
            "pdf",
            "方案.docx：后缀是“.docx”，内容却是“PDF 文件”，没有读取。请改正后缀，或用原来的程序另存为 .docx 后再试。",
            "方案.docx: its ending is '.docx', but it is a PDF; it was not read. "
            "Correct the ending, or save it as .docx in its own program, and try again.",
        ),
        (
            "照片.jpg",
            "program",
            "照片.jpg：后缀是“.jpg”，内容却是“可执行程序”，没有读取。请改正后缀，或用原来的程序另存为 .jpg 后再试。",
            "照片.jpg: its ending is '.jpg', but it is a program; it was not read. "
            "Correct the ending, or save it as .jpg in its own program, and try again.",
        ),
    ],
)
def test_the_sentence_says_what_the_file_is(name: str, content: Content, zh: str, en: str) -> None:
    wrong = disagreement(EXAMPLES[content], name)
    assert wrong is not None
    assert (wrong.message("zh"), wrong.message("en")) == (zh, en)


def test_random_bytes_named_as_a_picture_are_no_picture() -> None:
    wrong = disagreement(bytes(range(256)), "照片.jpg")
    assert wrong is not None and "无法识别" in wrong.message("zh")


def test_what_is_read_as_something_else_than_its_ending_says_is_told() -> None:
    assert taken_as(EXAMPLES["html"], "a.doc") == "html"
    assert taken_as(EXAMPLES["docx"], "a.wps") == "docx"
    assert taken_as(OLE, "a.doc") is taken_as(EXAMPLES["docx"], "a.docx") is taken_as(b"x", "a.txt") is None


def test_a_locked_word_file_is_left_to_its_reader_which_says_that_it_is_locked() -> None:
    locked = OLE + "EncryptedPackage".encode("utf-16-le")
    assert disagreement(locked, "a.docx") is None
    assert disagreement(OLE, "a.docx") is not None
