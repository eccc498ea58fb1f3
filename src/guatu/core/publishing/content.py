"""What the public reads, as plain values that are kept as they were: paragraphs, headings, tables."""

import hashlib
from collections.abc import Iterator, Sequence

import msgspec


class Paragraph(msgspec.Struct, frozen=True, tag="text"):
    """A paragraph; of a heading `level` says how high it is, 0 for plain text."""

    text: str
    level: int = 0


class Sheet(msgspec.Struct, frozen=True, tag="table"):
    """A table of words as they are shown. `numeric` are the columns that stand at the right."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    note: str = ""


Content = tuple[Paragraph | Sheet, ...]


def paragraphs(text: str) -> Content:
    """Each line that is not empty as a paragraph."""
    return tuple(Paragraph(line.strip()) for line in text.splitlines() if line.strip())


def lines_of(content: Content) -> Iterator[str]:
    """All that is said, a line for each paragraph and each row."""
    for block in content:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from filter(None, (block.title, " ".join(block.heads), block.note))
            yield from (" ".join(row) for row in block.rows)


def digest_of(title: str, ground: str, content: Content, files: Sequence[str] = ()) -> str:
    """SHA-256 over what hangs: whoever keeps it can tell later that nothing was changed."""
    return hashlib.sha256(msgspec.json.encode([title, ground, content, list(files)])).hexdigest()
