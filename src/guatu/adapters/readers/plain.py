"""Plain text and Markdown: the file as it is, decoded."""

from guatu.adapters.readers.base.bars import bar_tables
from guatu.adapters.readers.base.encoding import decode
from guatu.adapters.readers.base.places import Places
from guatu.adapters.readers.base.source import RawFile, SourceText, digest

SUFFIXES = (".txt", ".text", ".md", ".markdown")


def read(file: RawFile) -> SourceText:
    """The text, its lines and columns unchanged.

    Raises:
        ReadError: `read.binary`.
    """
    decoded = decode(file)
    kind = "md" if file.suffix in (".md", ".markdown") else "txt"
    return SourceText(
        decoded.text,
        kind,
        digest(file),
        file.name,
        decoded.encoding,
        Places(decoded.text),
        tables=bar_tables(decoded.text),
    )
