"""publications.toml: what is shown to the public, by whom, how often and how long."""

from collections.abc import Iterator

import msgspec

from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.common import NO_SOURCE, repeated
from guatu.core.pack.section import PackText, table_of
from guatu.core.pack.sections.manifest import BAD_NAME, is_name, no_words
from guatu.core.publishing.declaration import Publication

FILE = "publications.toml"
MOST_DAYS = 3660
DAYS = Kind(
    "pack.publication-days",
    "error",
    "“{name}”的天数不对:due_day 是 1 到 31,hangs 是 0 到 3660",
    "the days of '{name}' are wrong: due_day is 1 to 31, hangs 0 to 3660",
)
FOREVER = Kind(
    "pack.personal-for-ever",
    "error",
    "“{name}”的表里有个人信息,不能一直挂着;请写 ends = true",
    "the table of '{name}' holds people and cannot hang for ever; write ends = true",
)
NO_RHYTHM = Kind(
    "pack.publication-no-rhythm",
    "error",
    "“{name}”写了 due_day,却没有写多久公开一次(every)",
    "'{name}' has a due_day and does not say how often it is published (every)",
)
_DEFAULT_DAY = Publication(name="", zh="", en="").due_day


class PublicationTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    publication: tuple[Publication, ...] = ()


def _check(text: PackText) -> Iterator[FileFinding]:
    rows = text.pack[SECTION].publication
    yield from repeated(text, FILE, "publication", [row.name for row in rows])
    for at, row in enumerate(rows):
        path = f"publication[{at}]"
        yield from no_words(text, FILE, path, row.zh, row.en)
        for n, column in enumerate(row.column):
            yield from no_words(text, FILE, f"{path}.column[{n}]", column.zh, column.en)
        if not is_name(row.name):
            yield text.fault(BAD_NAME, FILE, f"{path}.name", name=row.name)
        # A rhythm or a number of days that nobody can check comes from nowhere.
        if not row.source.strip() and (row.every or row.hangs):
            yield text.fault(NO_SOURCE, FILE, path, path=path)
        yield from _days(text, path, row)


def _days(text: PackText, path: str, row: Publication) -> Iterator[FileFinding]:
    if not 1 <= row.due_day <= 31 or not 0 <= row.hangs <= MOST_DAYS:
        yield text.fault(DAYS, FILE, path, name=row.name)
    if row.every is None and row.due_day != _DEFAULT_DAY:
        yield text.fault(NO_RHYTHM, FILE, path, name=row.name)
    if row.is_personal and not row.ends:
        yield text.fault(FOREVER, FILE, path, name=row.name)


SECTION = table_of(FILE, PublicationTable, _check)
