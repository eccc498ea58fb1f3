"""One self-contained page: the text on the left with every item marked, the ledger on the right; each shows the other.

No request leaves the page, and it works from a disk. What is marked is plain HTML; the script only connects the sides.
"""

from typing import BinaryIO

from guatu.adapters.writers.formats.html.page import page
from guatu.adapters.writers.ledger import Ledger

NAME = "html"
SUFFIX = ".html"
BINARY = True


def write(ledger: Ledger, out: BinaryIO) -> None:
    for piece in page(ledger):
        out.write(piece.encode("utf-8", "replace"))
