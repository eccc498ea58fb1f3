"""The text inside a paragraph: insertions kept, text boxes set aside, and what of the letters is no text of it.

Deletions, struck and hidden letters, notes and pictures are put aside under the code of the remark that tells of them.
"""

from collections.abc import Callable
from typing import Any

from guatu.adapters.readers.base.raised import is_note_mark, lowered, raised
from guatu.adapters.readers.docx.formulas import Formula
from guatu.adapters.readers.docx.looks import Looks
from guatu.adapters.readers.docx.names import W, child, local, value

_WINGDINGS = {"FE": "☑", "52": "☑", "A8": "□", "A3": "□", "6F": "□", "FC": "√", "50": "√", "FB": "×", "FD": "☒"}
"""Check marks and boxes of the Wingdings fonts, which have no code of their own there."""
_SYMBOL = dict(
    zip(
        ["A3", "B3", "B1", "B4", "B8", "B0", "B9", "BB", "A5", "D6", "B7", "A2", "61", "62", "6D", "44", "53"],
        "≤≥±×÷°≠≈∞√·′αβμΔ∑",
        strict=True,
    )
)
"""Signs of the font Symbol: which of two numbers is the larger must not get lost."""
_SKIPPED = {
    "pPr", "rPr", "moveFrom", "delInstrText", "rt", "annotationRef", "footnoteRef", "endnoteRef", "proofErr",
    "bookmarkStart", "bookmarkEnd", "sdtPr",
}  # fmt: skip
_WRITTEN = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes", "commentReference": "comments"}
_UNREAD = {"object": "OLE", "chart": "chart", "relIds": "SmartArt", "altChunk": "altChunk", "subDoc": "subDoc"}
_PLAIN = Looks()


class Inline:
    """What a paragraph holds: `text` with line feeds at its line breaks, and the text boxes anchored in it.

    `asides` are what is left out, by the code of its remark; of notes, pictures and embedded parts by which they are.
    """

    def __init__(self, paragraph: Any, looks: Looks = _PLAIN) -> None:
        self.boxes: list[Any] = []
        self.asides: list[tuple[str, str]] = []
        self._looks = looks
        self._style = value(paragraph, "pPr", "pStyle")
        self._parts: list[str] = []
        self._raised = ""
        """Raised letters that follow each other, though each may be a run of its own."""
        self._instruction = ""
        self._within(paragraph)
        self._end_raised()
        self.text = "".join(self._parts)

    def _within(self, parent: Any) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element)
            elif name == "AlternateContent":
                self._within(alternative(element))
            elif name == "del":
                self.asides.append(("read.deleted-text", letters(element, "delText")))
            elif name not in _SKIPPED:
                self._element(element, name)

    def _run(self, run: Any) -> None:
        look = self._looks.of(run, self._style)
        if look.hidden or look.struck:
            self.asides.append(("read.hidden-text" if look.hidden else "read.struck-text", letters(run)))
        elif look.height == "superscript" and (said := letters(run)):
            self._raised += said
        elif look.height == "subscript" and (said := letters(run)):
            self._say(lowered(said, self._before()))
        else:
            self._within(run)

    def _element(self, element: Any, name: str) -> None:
        if name == "txbxContent":
            self.boxes.append(element)
        elif name in _WRITTEN:
            self._say(_WRITTEN[name])
        elif name in _READ:
            _READ[name](self, element)
        elif aside := _aside(element, name):
            self.asides.append(aside)
        else:
            self._within(element)

    def _letter(self, element: Any) -> None:
        self._say(element.text or "")

    def _break(self, element: Any) -> None:
        self._say("" if element.get(W + "type") in ("page", "column") else "\n")

    def _say(self, text: str) -> None:
        if text:
            self._end_raised()
            self._parts.append(text)

    def _before(self) -> str:
        self._end_raised()
        return self._parts[-1] if self._parts else ""

    def _end_raised(self) -> None:
        said, self._raised = self._raised, ""
        if not said:
            return
        before = self._parts[-1] if self._parts else ""
        if is_note_mark(said, before):
            self.asides.append(("read.note-marks", said))
        else:
            self._parts.append(raised(said, before))

    def _symbol(self, element: Any) -> None:
        font, code = element.get(W + "font", ""), element.get(W + "char", "")[-2:].upper()
        known = (_SYMBOL if font.lower() == "symbol" else _WINGDINGS).get(code)
        if known is None:
            self.asides.append(("read.unknown-characters", f"{font} {code}"))
        self._say(known or "")

    def _formula(self, element: Any) -> None:
        formula = Formula(element, self._before())
        if not formula.sure:
            self.asides.append(("read.formulas", formula.text))
        self._say(formula.text)

    def _field(self, element: Any) -> None:
        """Fields show a result of their own; only an equation (EQ) is drawn from what it instructs."""
        if local(element) == "instrText":
            self._instruction += element.text or ""
        elif element.get(W + "fldCharType") != "begin":
            words, self._instruction = self._instruction.split(), ""
            if words and words[0].upper() == "EQ":
                self.asides.append(("read.unread-parts", " ".join(words)))


_READ: dict[str, Callable[[Inline, Any], None]] = {
    "t": Inline._letter,
    "br": Inline._break,
    "sym": Inline._symbol,
    "oMath": Inline._formula,
    "oMathPara": Inline._formula,
    "instrText": Inline._field,
    "fldChar": Inline._field,
}


def _aside(element: Any, name: str) -> tuple[str, str] | None:
    """What an element is that has no letters of the paragraph."""
    if name in _NOTES:
        return _NOTES[name], str(element.get(W + "id", ""))
    if name in _UNREAD:
        return "read.unread-parts", _UNREAD[name]
    return ("read.unread-pictures", name) if name in ("pic", "imagedata") else None


def alternative(element: Any) -> Any:
    """Of alternate contents the first that says something: what one program draws, another has as plain text."""
    choices = [part for part in element if local(part) in ("Choice", "Fallback")]
    return next((part for part in choices if letters(part)), choices[0] if choices else element)


def letters(element: Any, name: str = "t") -> str:
    """All letters below an element."""
    return "".join(part.text or "" for part in element.iter() if local(part) == name)


def mark_is_deleted(paragraph: Any) -> bool:
    """Whether a tracked deletion joins this paragraph to the next."""
    return child(paragraph, "pPr", "rPr", "del") is not None
