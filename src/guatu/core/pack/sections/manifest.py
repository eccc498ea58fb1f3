"""pack.toml: the pack's name, its version and its words."""

import re
from collections.abc import Iterator

import msgspec

from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Kind, Language
from guatu.core.pack.section import PackText, table_of

FILE = "pack.toml"
BAD_NAME = Kind(
    "pack.bad-name",
    "error",
    "名称“{name}”不对;用小写字母、数字和下划线,以字母开头",
    "'{name}' is no name; use small letters, digits and underscores, and begin with a letter",
)
NO_WORDS = Kind(
    "pack.no-words",
    "error",
    "{path} 没有中英文两种名称;请补上 zh 和 en",
    "{path} has no words in both languages; fill in zh and en",
)
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Title(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words in both languages."""

    zh: str
    en: str

    def text(self, language: Language) -> str:
        return self.en if language == "en" else self.zh


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pack without a name could not be read."""

    name: str = ""
    version: str = ""
    title: Title = Title(zh="", en="")
    summary: Title | None = None


def is_name(name: str) -> bool:
    """Whether a pack, a post or a field may be called so."""
    return _NAME.fullmatch(name) is not None


def no_words(text: PackText, file: str, path: str, *words: str) -> Iterator[FileFinding]:
    """What is shown to people has words in both languages."""
    if not all(word.strip() for word in words):
        yield text.fault(NO_WORDS, file, path, path=path)


def _check(text: PackText) -> Iterator[FileFinding]:
    given = text.pack[SECTION]
    if not is_name(given.name):
        yield text.fault(BAD_NAME, FILE, "name", name=given.name)
    yield from no_words(text, FILE, "title", given.title.zh, given.title.en)


SECTION = table_of(FILE, Manifest, _check)
