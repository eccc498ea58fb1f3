"""docs.md: what the pack is for, what it rests on, what nobody has checked."""

from collections.abc import Iterator

from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.section import PackText, Section

FILE = "docs.md"
NO_DOCS = Kind(
    "pack.no-docs",
    "error",
    "没有 docs.md;请写明这个业务包管什么、依据什么",
    "there is no docs.md; write what the pack is for and what it rests on",
)


def _check(text: PackText) -> Iterator[FileFinding]:
    if not text.pack[SECTION].strip():
        yield text.fault(NO_DOCS, FILE)


SECTION: Section[str] = Section("docs", FILE.__eq__, lambda files: files.texts.get(FILE, ""), _check)
