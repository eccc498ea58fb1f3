"""A row of somewhere else by what people write: its code, its name, or "name (code)", as it is shown.

Which rows there are is handed in as a directory; the same directory reads every cell of a sheet.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar, Final, Generic, TypeVar

import msgspec

from guatu.core.fields.findings import NAME_OR_CODE, NOT_NAMED, FieldFinding, found
from guatu.core.fields.kind import Cell, Field
from guatu.core.fields.normal import compared
from guatu.core.fields.text import read_text
from guatu.core.kernel.finding import Kind, Language

K = TypeVar("K")
_CODE_BEHIND: Final = re.compile(r"[(（]([^()（）]+)[)）]\s*$")


class Row(msgspec.Struct, Generic[K], frozen=True):
    """A row that can be named: `key` is what a value holds. A row without a name is known by its code alone."""

    key: K
    code: str
    name: str = ""


def written(name: str, code: str) -> str:
    return f"{name} ({code})" if name else code


class Directory(msgspec.Struct, Generic[K], frozen=True):
    """Rows by their keys and codes; `by_name` knows those that one name alone means, `like` the likeliest."""

    rows: Mapping[K, Row[K]]
    codes: Mapping[str, K]
    by_name: Callable[[str], K | None]
    like: Callable[[str], Sequence[K]]

    def written(self, key: K | None) -> str:
        """The row as it is shown and read again: 柳林镇人民政府 (t1)."""
        row = self.rows.get(key) if key is not None else None
        return written(row.name, row.code) if row else ""


def directory(
    rows: Iterable[Row[K]],
    by_name: Callable[[str], K | None] | None = None,
    like: Callable[[str], Sequence[K]] | None = None,
) -> Directory[K]:
    """A directory; without `by_name` a name means the one row that bears it."""
    listed = list(rows)
    codes = {compared(row.code): row.key for row in listed}
    named: dict[str, list[K]] = defaultdict(list)
    for row in listed:
        named[compared(row.name)].append(row.key)
    alone = {name: keys[0] for name, keys in named.items() if name and len(keys) == 1}
    return Directory(
        {row.key: row for row in listed},
        codes,
        by_name or (lambda text: alone.get(compared(text))),
        like or (lambda _text: ()),
    )


class Reference(Field[K], Generic[K], frozen=True, kw_only=True):
    """The key of a row of `directory`."""

    directory: Directory[K]
    kind: ClassVar[Kind] = NOT_NAMED

    def parse(self, given: Cell) -> K | FieldFinding:
        text = read_text(given)
        if isinstance(text, FieldFinding):
            return text
        codes, by_name = self.directory.codes, self.directory.by_name
        behind = _CODE_BEHIND.search(text)
        by_code = codes.get(compared(behind[1])) if behind else None
        if behind is None or by_code is None:
            key = codes.get(compared(text))
            key = by_name(text) if key is None else key
            return self._none(text) if key is None else key
        # Of "name (code)" the code decides; a name that is another's is a slip that nobody should guess at.
        if by_name(text[: behind.start()]) not in (None, by_code):
            return found(NAME_OR_CODE, text)
        return by_code

    def show(self, value: K | None, language: Language = "zh") -> str:
        return self.directory.written(value)

    def export(self, value: K | None) -> Cell:
        """The code alone, which stays when a name is changed."""
        row = self.directory.rows.get(value) if value is not None else None
        return row.code if row else ""

    def sort_key(self, value: K | None) -> tuple[bool, object]:
        """In the order of the codes."""
        row = self.directory.rows.get(value) if value is not None else None
        return row is None, row.code if row else ""

    def _none(self, text: str) -> FieldFinding:
        like = [self.directory.written(key) for key in self.directory.like(text)]
        words = {
            "like": f"是否指：{'、'.join(like)}。" if like else "",
            "like_en": f"Do you mean {', '.join(like)}?" if like else "",
        }
        return found(self.kind, text, **words)
