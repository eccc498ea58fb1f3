"""A file as it comes in, and as it goes on to the compiler."""

import hashlib

import msgspec

from guatu.adapters.readers.base.builder import TextBuilder
from guatu.adapters.readers.base.errors import ReadError
from guatu.adapters.readers.base.places import Places
from guatu.adapters.readers.base.remarks import Remark
from guatu.core.plan.source.tables import TableBlock


class RawFile(msgspec.Struct, frozen=True):
    """A file that has been loaded but not understood; `suffix` is lower case with its dot."""

    name: str
    suffix: str
    data: bytes

    def error(self, code: str, **params: object) -> ReadError:
        return ReadError(code, name=self.name, **params)


class SourceText(msgspec.Struct, frozen=True):
    """The text of a document, with the place of each of its characters in the source.

    Paragraphs end with a line feed. A row of a table is one line with tabs between its cells, and empty lines stand
    around the table. The text of txt and md files is the file, decoded, with line feeds as line ends.
    """

    text: str
    format: str
    sha256: str
    name: str
    encoding: str | None
    places: Places
    remarks: tuple[Remark, ...] = ()
    """What of the file is not in the text as it stands there."""
    tables: tuple[TableBlock, ...] = ()
    """Its tables in the order of the text, with what a line of tabs cannot say."""


def built(
    file: RawFile, builder: TextBuilder, kind: str, encoding: str | None = None, remarks: tuple[Remark, ...] = ()
) -> SourceText:
    """The source text of what a reader has put together."""
    text, places = builder.build()
    return SourceText(text, kind, digest(file), file.name, encoding, places, remarks, builder.tables)


def digest(file: RawFile) -> str:
    return hashlib.sha256(file.data).hexdigest()
