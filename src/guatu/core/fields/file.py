"""Files: by their name's ending, their size, and what their first bytes are, which an adapter has told.

The bytes themselves stay where they are: a field of a form, a row of JSON and a cell hold what a file is called.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

import msgspec

from guatu.core.fields.findings import FILE_EMPTY, FILE_KIND, FILE_TOO_LARGE, FieldFinding, Read, found
from guatu.core.fields.kind import Cell, Field
from guatu.core.fields.text import read_text
from guatu.core.kernel.finding import Kind, Language

MEGABYTE = 2**20


class Given(msgspec.Struct, frozen=True):
    """A file as it is handed in; `content` is its kind by its bytes, "" where those do not tell or nobody looked."""

    name: str
    size: int = 0
    content: str = ""

    @property
    def ending(self) -> str:
        stem, dot, ending = self.name.rpartition(".")
        # A name that begins with its only dot, as .htaccess, has no ending.
        return f".{ending.lower()}" if dot and stem and not stem.endswith(("/", "\\")) else ""


class File(Field[Given], frozen=True, kw_only=True):
    """A file with one of the `endings` (with their dot; none: any), of at most `largest` bytes (0: any)."""

    endings: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    """What its bytes may be; none: whatever its ending stands for."""
    largest: int = 0
    too_large: ClassVar[Kind] = FILE_TOO_LARGE
    other: ClassVar[Kind] = FILE_KIND

    def read(self, given: "Cell | Given | Mapping[str, Any]") -> Read[Given]:
        """Also what a form was handed, and an object of JSON."""
        return super().read(cast(Cell, given))

    def parse(self, given: "Cell | Given | Mapping[str, Any]") -> Given | FieldFinding:
        value = _file(given)
        if isinstance(value, FieldFinding):
            return value
        if self.endings and value.ending not in self.endings:
            return self._refused(value)
        # A row of JSON or a cell says only what the file is called.
        if not isinstance(given, Given):
            return value
        if not value.size:
            return found(FILE_EMPTY)
        if self.largest and value.size > self.largest:
            return found(self.too_large, size=value.size // MEGABYTE, limit=self.largest // MEGABYTE)
        return self._refused(value) if self.contents and value.content not in self.contents else value

    def _refused(self, value: Given) -> FieldFinding:
        return found(self.other, value.name, known=" ".join(self.endings or self.contents))

    def show(self, value: Given | None, language: Language = "zh") -> str:
        return value.name if value is not None else ""

    def same(self, one: Given | None, other: Given | None) -> bool:
        return (one and one.name) == (other and other.name)

    def sort_key(self, value: Given | None) -> tuple[bool, object]:
        return value is None, value.name if value is not None else ""

    def mask(self, value: Given | None) -> str:
        """What kind of file it is: its name is often that of a person."""
        return f"***{value.ending}" if value is not None else ""


def _file(given: object) -> Given | FieldFinding:
    if isinstance(given, Given):
        return given
    if isinstance(given, Mapping):
        given = given.get("name")
    text = read_text(given) if isinstance(given, str) else found(FILE_KIND, given, known="")
    return text if isinstance(text, FieldFinding) else Given(text)
