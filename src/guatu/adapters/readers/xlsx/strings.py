"""Texts of cells whose letters do not all look alike: struck ones go, raised ones become raised figures.

Most workbooks have none, and the library that reads the values does not tell; so only a part of the file that names
such a look is read a second time.
"""

from typing import Any

from guatu.adapters.readers.base.raised import is_note_mark, lowered, raised

Aside = tuple[str, str]
"""What is no text of a cell, under the code of the remark that tells of it."""
_LOOKS = (b"strike", b"vertAlign")


class Rich:
    """A text and what of it is left out."""

    def __init__(self, item: Any) -> None:
        self.text = ""
        self.asides: list[Aside] = []
        for run in item.iterfind("{*}r"):
            letters = "".join(part.text or "" for part in run.iterfind("{*}t"))
            properties = run.find("{*}rPr")
            height = None if properties is None else properties.find("{*}vertAlign")
            if is_struck(properties):
                self.asides.append(("read.struck-text", letters))
            elif height is None or not letters.strip():
                self.text += letters
            elif height.get("val") == "subscript":
                self.text += lowered(letters, self.text)
            elif is_note_mark(letters, self.text):
                self.asides.append(("read.note-marks", letters))
            else:
                self.text += raised(letters, self.text)


def may_be_rich(data: bytes) -> bool:
    return any(look in data for look in _LOOKS)


def is_struck(properties: Any) -> bool:
    """Whether the properties of a font or of a run strike letters through."""
    found = None if properties is None else properties.find("{*}strike")
    return found is not None and found.get("val", "1") not in ("0", "false")


def rich_strings(root: Any) -> dict[int, Rich]:
    """The shared texts that have more than one look, by their number."""
    items = enumerate(() if root is None else root.iterfind("{*}si"))
    return {number: Rich(item) for number, item in items if item.find("{*}r/{*}rPr") is not None}
