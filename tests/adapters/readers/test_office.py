"""Old formats: through LibreOffice where it is installed, else a sentence that says so."""

import io
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from guatu.adapters.readers import ReadError, read_bytes
from guatu.adapters.readers.base import libreoffice

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
Make = Callable[..., bytes]
needs_shell = pytest.mark.skipif(os.name == "nt", reason="the stand-in for soffice is a shell script")


@pytest.fixture
def no_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(libreoffice, "USUAL_PLACES", ())


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """A program named soffice that does what `script` says; $out is its output folder."""
    program = folder / "soffice"
    program.write_text(f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nout="$2"\n{script}\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def error(name: str, data: bytes = OLE) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name)
    return caught.value


@pytest.mark.usefixtures("no_libreoffice")
def test_without_libreoffice_the_message_says_what_to_do() -> None:
    assert error("方案.wps").message("zh") == (
        "方案.wps：读取旧格式“.wps”需要 LibreOffice，本机没有找到 soffice。请安装 LibreOffice，或用 WPS / Word 另存为 .docx。"
    )
    assert error("方案.doc").message("en") == (
        "方案.doc: the old format '.doc' is read through LibreOffice, and no soffice was found here. "
        "Install LibreOffice, or save the file as .docx in WPS or Word."
    )
    assert "另存为 .xlsx" in error("清单.et").zh


@needs_shell
def test_the_converted_file_is_read_and_keeps_the_name_and_hash_of_the_old_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, make_docx: Make
) -> None:
    (tmp_path / "made.docx").write_bytes(make_docx("<w:p><w:r><w:t>一、总体要求</w:t></w:r></w:p>"))
    stand_in(monkeypatch, tmp_path, f'mkdir -p "$out"; cp "{tmp_path}/made.docx" "$out/in.docx"')
    source = read_bytes(OLE, "方案.doc")
    assert (source.text, source.format, source.name) == ("一、总体要求\n", "doc", "方案.doc")
    assert source.sha256 != read_bytes((tmp_path / "made.docx").read_bytes(), "x.docx").sha256


@needs_shell
@pytest.mark.parametrize("script", ["exit 0", "exit 3"])
def test_a_conversion_that_yields_nothing_is_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str
) -> None:
    stand_in(monkeypatch, tmp_path, script)
    assert error("方案.doc").code == "read.not-converted"


@needs_shell
def test_a_conversion_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(libreoffice, "CONVERSION_SECONDS", 0.2)
    stand_in(monkeypatch, tmp_path, "exec sleep 30")
    assert error("方案.doc").code == "read.not-converted"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed · 未安装 LibreOffice")
def test_a_real_old_file_says_what_the_new_one_says(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("一、总体要求")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("序号", "任务", "1", "造林"), strict=True):
        cell.text = text
    document.add_paragraph("二、保障措施")
    buffer = io.BytesIO()
    document.save(buffer)
    (tmp_path / "a.docx").write_bytes(buffer.getvalue())
    profile = (tmp_path / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "doc",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=120)
    old = (tmp_path / "a.doc").read_bytes()
    assert old.startswith(OLE[:8])
    assert read_bytes(old, "a.doc").text == read_bytes(buffer.getvalue(), "a.docx").text
