"""A small file that unfolds to hundreds of megabytes. Tests are given the function: it is made where it is used, once a
process, and not by every process that only counts its tests."""

import io
import zipfile
from functools import cache

MEGABYTE = 2**20


@cache
def bomb() -> bytes:
    """A workbook of some 1.3 MB whose sheet unfolds to 300 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("xl/workbook.xml", "<workbook/>")
        with parts.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(300):
                sheet.write(b" " * MEGABYTE)
    return out.getvalue()
