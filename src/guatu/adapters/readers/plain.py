"""Plain text and Markdown: the file as it is, decoded; of Markdown the words without the marks that set them off."""

from guatu.adapters.readers.base.bars import bar_tables
from guatu.adapters.readers.base.encoding import decode
from guatu.adapters.readers.base.markup import unmarked
from guatu.adapters.readers.base.places import Places
from guatu.adapters.readers.base.remarks import Remarks
from guatu.adapters.readers.base.source import RawFile, SourceText, digest

SUFFIXES = (".txt", ".text", ".md", ".markdown")


def read(file: RawFile) -> SourceText:
    """The text, its lines unchanged, and its tables that are drawn with bars.

    Raises:
        ReadError: `read.binary`.
    """
    decoded = decode(file)
    marked = file.suffix in (".md", ".markdown")
    remarks = Remarks()
    text, places = unmarked(decoded.text, remarks) if marked else (decoded.text, Places(decoded.text))
    return SourceText(
        text,
        "md" if marked else "txt",
        digest(file),
        file.name,
        decoded.encoding,
        places,
        remarks.all(),
        bar_tables(text),
    )
