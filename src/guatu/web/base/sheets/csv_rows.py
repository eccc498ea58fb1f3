"""Text with separators as rows, in the encoding that its bytes show."""

from __future__ import annotations

import csv
import io

from guatu.adapters.readers.base.encoding import decode
from guatu.adapters.readers.base.sniff import sniff
from guatu.adapters.readers.base.source import RawFile


def csv_rows(file: RawFile, most_columns: int) -> list[list[str]]:
    """Cells without the blanks around them. Raises `ReadError` for what is no text, or another kind of file."""
    if sniff(file.data) is not None or b"\0" in file.data:
        raise file.error("read.broken", reason="csv")
    text = decode(file).text
    try:
        return [[value.strip() for value in row[:most_columns]] for row in csv.reader(io.StringIO(text))]
    except csv.Error as error:
        raise file.error("read.broken", reason="csv") from error
