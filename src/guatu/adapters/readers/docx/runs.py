"""The text inside a paragraph: insertions kept, deletions and hidden text dropped, text boxes set aside."""

from collections.abc import Iterator
from typing import Any

from guatu.adapters.readers.docx.names import W, child, local, switched_on

_SYMBOLS = {"FE": "☑", "52": "☑", "A8": "□", "A3": "□", "6F": "□", "FC": "√", "50": "√"}
"""Check marks and boxes of the Wingdings fonts, which have no code of their own there."""
_SKIPPED = {
    "pPr", "rPr", "del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "rt", "annotationRef",
    "footnoteReference", "endnoteReference", "commentReference", "proofErr", "bookmarkStart", "bookmarkEnd", "sdtPr",
}  # fmt: skip
_WRITTEN = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


class Inline:
    """What a paragraph holds: `text` with line feeds at its line breaks, and the text boxes anchored in it."""

    def __init__(self, paragraph: Any) -> None:
        self.boxes: list[Any] = []
        self.text = "".join(self._within(paragraph))

    def _within(self, parent: Any) -> Iterator[str]:
        for element in parent:
            name = local(element)
            if name in _SKIPPED or (name == "r" and switched_on(element, "rPr", "vanish")):
                continue
            if name == "txbxContent":
                self.boxes.append(element)
            elif name == "t":
                yield element.text or ""
            elif name in _WRITTEN:
                yield _WRITTEN[name]
            elif name == "br":
                yield "" if element.get(W + "type") in ("page", "column") else "\n"
            elif name == "sym":
                yield _SYMBOLS.get(element.get(W + "char", "")[-2:].upper(), "")
            else:
                yield from self._within(element)


def mark_is_deleted(paragraph: Any) -> bool:
    """Whether a tracked deletion joins this paragraph to the next."""
    return child(paragraph, "pPr", "rPr", "del") is not None
