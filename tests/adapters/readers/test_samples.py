"""The real plans beside the repository, where they are: every one is read, and read back from Word as it was."""

import io
from pathlib import Path

from guatu.adapters.readers import read, read_bytes


def test_every_sample_is_read_unchanged(shared: Path) -> None:
    files = sorted((shared / "samples").rglob("*.txt"))
    assert files
    for path in files:
        source = read(path)
        expected = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        assert source.text == expected, path.name
        assert source.encoding in ("utf-8", "utf-8-sig"), path.name


def test_every_sample_in_gb18030_is_read_as_the_same_text(shared: Path) -> None:
    for path in sorted((shared / "samples").rglob("*.txt")):
        expected = read(path).text
        source = read_bytes(expected.encode("gb18030"), path.name)
        assert (source.text, source.encoding) == (expected, "gb18030"), path.name


def test_a_plan_written_to_word_is_read_back_paragraph_by_paragraph(shared: Path) -> None:
    import docx

    for path in sorted((shared / "samples").glob("*.txt")):
        paragraphs = [line.strip() for line in read(path).text.split("\n") if line.strip() and "\t" not in line]
        document = docx.Document()
        for text in paragraphs:
            document.add_paragraph(text)
        buffer = io.BytesIO()
        document.save(buffer)
        assert read_bytes(buffer.getvalue(), "a.docx").text.split("\n")[:-1] == paragraphs, path.name
