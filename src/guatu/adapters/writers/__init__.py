"""Writers: a compiled plan as a file that people or programs read.

Each module of `formats` is one format: `NAME`, `SUFFIX`, `BINARY` (not fit for a terminal) and `write(ledger, out)`.
A new format is a new module there; nothing else is edited.
"""

from guatu.adapters.writers.ledger import Ledger
from guatu.adapters.writers.registry import Writer, formats, writer

__all__ = ["Ledger", "Writer", "formats", "writer"]
