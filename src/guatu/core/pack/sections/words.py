"""words.toml: words of the pack for what has none of its own, by the name that rules and lists use."""

from collections.abc import Iterator

import msgspec

from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Language
from guatu.core.pack.common import repeated
from guatu.core.pack.section import PackText, table_of
from guatu.core.pack.sections.manifest import no_words

FILE = "words.toml"


class WordRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    zh: str
    en: str


class WordTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    word: tuple[WordRow, ...] = ()

    def text(self, name: str, language: Language) -> str:
        """The word; the name itself where the pack has none for it."""
        row = next((row for row in self.word if row.name == name), None)
        return name if row is None else row.en if language == "en" else row.zh


def _check(text: PackText) -> Iterator[FileFinding]:
    rows = text.pack[SECTION].word
    yield from repeated(text, FILE, "word", [row.name for row in rows])
    for at, row in enumerate(rows):
        yield from no_words(text, FILE, f"word[{at}]", row.zh, row.en)


SECTION = table_of(FILE, WordTable, _check)
