"""The whole document."""

import datetime
import io
import zipfile

from guatu.adapters.writers.official.body import write_blocks
from guatu.adapters.writers.official.close import write_close
from guatu.adapters.writers.official.head import write_head
from guatu.adapters.writers.official.model import OfficialDocument
from guatu.adapters.writers.official.paper import Paper


def official_document(document: OfficialDocument) -> bytes:
    """The document as .docx, laid out by GB/T 9704-2012 (general format, not that of letters, orders or minutes).

    Checked against published copies of the standard; what it leaves to the printer (size of the red name, width of the
    red line, type in tables) is our own choice, see `measures`.
    """
    paper = Paper(document.title.replace("\n", ""))
    write_head(paper, document)
    write_blocks(paper, document.blocks)
    write_close(paper, document)
    out = io.BytesIO()
    paper.document.save(out)
    return _of_day(out, document.on)


def _of_day(whole: io.BytesIO, on: datetime.date) -> bytes:
    """The same document comes out byte for byte the same: its parts bear its own day, and not that of writing."""
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in made.infolist():
            part = zipfile.ZipInfo(info.filename, (on.year, on.month, on.day, 0, 0, 0))
            archive.writestr(part, made.read(info), zipfile.ZIP_DEFLATED)
    return out.getvalue()
