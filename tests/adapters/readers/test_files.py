"""Files that cannot be read, whatever their format: one error with a code and a sentence in two languages."""

import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from guatu.adapters import readers
from guatu.adapters.readers import ReadError, read, read_bytes, suffixes
from guatu.adapters.readers.base.errors import PROBLEMS
from guatu.adapters.readers.base.limits import FILE_BYTES, LINE_CHARACTERS

ALL = suffixes()


def code_of(data: bytes, name: str) -> str:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name)
    return caught.value.code


def test_every_module_that_declares_suffixes_is_registered() -> None:
    declared = {
        suffix
        for entry in pkgutil.iter_modules(readers.__path__)
        for suffix in getattr(importlib.import_module(f"{readers.__name__}.{entry.name}"), "SUFFIXES", ())
    }
    assert declared == set(ALL)
    assert {".txt", ".md", ".html", ".docx", ".pdf", ".xlsx", ".xls", ".doc", ".wps", ".et"} <= declared


@pytest.mark.parametrize("suffix", ALL)
@pytest.mark.parametrize("data", [b"", b"  \n\t\r\n "])
def test_an_empty_file_is_reported_as_empty(suffix: str, data: bytes) -> None:
    assert code_of(data, "a" + suffix) == "read.empty"


def test_a_suffix_that_nothing_reads_is_reported_with_those_that_can_be_read() -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(b"x", "照片.jpg")
    assert caught.value.code == "read.unknown-format"
    assert ".docx" in caught.value.zh
    assert ".docx" in caught.value.en


def test_a_missing_file_a_folder_and_a_bad_name_are_reported(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "没有.txt", "read.missing"), (tmp_path, "read.folder")):
        with pytest.raises(ReadError) as caught:
            read(path)
        assert caught.value.code == code
    with pytest.raises(ReadError):
        read(Path("a\x00b.txt"))


def test_a_file_over_the_limit_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(FILE_BYTES + 1)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert caught.value.code == "read.too-large"
    assert caught.value.params["limit"] == "64 MB"


def test_fifty_megabytes_in_one_line_are_refused() -> None:
    assert code_of(b"x" * (50 * 1024 * 1024), "a.txt") == "read.line-too-long"


def test_the_longest_line_allowed_is_read() -> None:
    assert len(read_bytes(b"x" * LINE_CHARACTERS, "a.txt").text) == LINE_CHARACTERS
    assert code_of(b"y\n" + b"x" * (LINE_CHARACTERS + 1), "a.txt") == "read.line-too-long"


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pdf"])
@pytest.mark.parametrize("data", [b"just some words", b"PK\x03\x04" + bytes(60), b"%PDF-1.4\nnothing follows"])
def test_damaged_office_and_pdf_files_are_reported_as_broken(suffix: str, data: bytes) -> None:
    code = code_of(data, "a" + suffix)
    assert code in ("read.broken", "read.mismatch")


def test_a_web_page_saved_as_a_word_file_is_read_as_a_web_page() -> None:
    page = "<html><body><p>一、总体要求</p></body></html>".encode("gb18030")
    source = read_bytes(page, "方案.doc")
    assert (source.text, source.format, [one.content for one in source.remarks]) == ("一、总体要求\n", "html", ["html"])


def test_a_new_word_file_with_an_old_suffix_needs_no_conversion(make_docx: Callable[..., bytes]) -> None:
    data = make_docx("<w:p><w:r><w:t>一、总体要求</w:t></w:r></w:p>")
    for name in ("方案.doc", "方案.wps"):
        source = read_bytes(data, name)
        assert (source.text, [one.content for one in source.remarks]) == ("一、总体要求\n", ["docx"])
    assert read_bytes(data, "方案.docx").remarks == ()
    assert code_of(data, "方案.pdf") == "read.mismatch"


def test_a_bomb_is_refused_before_it_is_unpacked(make_zip: Callable[..., bytes]) -> None:
    bomb = {f"word/{i}.bin": bytes(41 * 1024 * 1024) for i in range(5)} | {"word/document.xml": "<x/>"}
    assert code_of(make_zip(bomb), "a.docx") == "read.too-large"
    part = {"word/document.xml": b" " * (65 * 1024 * 1024)}
    assert code_of(make_zip(part), "a.docx") == "read.expands"


def test_what_declares_entities_is_refused(make_zip: Callable[..., bytes]) -> None:
    laughs = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    body = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>甲&b;</w:t></w:r></w:p></w:body></w:document>'
    for document in (laughs + body, (laughs + body).encode("utf-16")):
        assert code_of(make_zip({"word/document.xml": document}), "a.docx") == "read.entities"


def test_every_problem_has_a_message_in_both_languages() -> None:
    for code, (zh, en) in PROBLEMS.items():
        assert code.startswith("read.")
        assert zh.startswith("{name}：")
        assert zh.endswith("。")
        assert en.startswith("{name}: ")
        assert en.endswith(".")


def test_importing_the_readers_loads_no_heavy_library() -> None:
    script = (
        "import sys, guatu.adapters.readers as r, pathlib; r.read_bytes('一、甲'.encode(), 'a.txt');"
        "print([m for m in ('lxml', 'pypdfium2', 'selectolax', 'python_calamine', 'docx', 'charset_normalizer') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
