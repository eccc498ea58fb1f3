"""Formulas (ECMA-376 part 1, 22.1) in one line: 1/3, 10⁴, √2. What has no such form is read letter by letter."""

from collections.abc import Callable
from typing import Any

from guatu.adapters.readers.base.raised import fraction, lowered, power
from guatu.adapters.readers.docx.names import local

_DEEPEST = 40
_HELD = frozenset(("oMath", "oMathPara", "e", "num", "den", "sup", "sub", "deg", "fName", "r", "box", "borderBox"))
"""What only holds other parts, which follow each other in the line."""


class Formula:
    """A formula as text, behind `before`; `sure` unless some part of it has no form in a line."""

    def __init__(self, formula: Any, before: str) -> None:
        self.sure = True
        self._depth = 0
        self.text = self._read(formula, before)

    def _read(self, element: Any, before: str) -> str:
        """The parts of an element; a formula nested deeper than any page shows is no longer told apart."""
        if self._depth > _DEEPEST:
            self.sure = False
            return "".join(part.text or "" for part in element.iter() if local(part) == "t")
        self._depth += 1
        text = ""
        for part in element:
            name = local(part)
            if name == "t":
                text += part.text or ""
            elif name in _FORMS:
                text += _FORMS[name](self, part, before + text)
            elif name in _HELD:
                text += self._read(part, before + text)
            elif not name.endswith("Pr"):
                self.sure = False
                text += self._read(part, before + text)
        self._depth -= 1
        return text

    def _part(self, element: Any, name: str, before: str = "") -> str:
        found = next((part for part in element if local(part) == name), None)
        return "" if found is None else self._read(found, before)

    def fraction(self, element: Any, before: str) -> str:
        return fraction(self._part(element, "num"), self._part(element, "den"), before)

    def power(self, element: Any, before: str) -> str:
        base = self._part(element, "e", before)
        below = self._part(element, "sub")
        above = self._part(element, "sup")
        base += lowered(below, before + base)
        return base + power(above)

    def root(self, element: Any, before: str) -> str:
        degree, inner = self._part(element, "deg"), self._part(element, "e")
        return power(degree) + "√" + (inner if inner.isalnum() else f"({inner})")

    def bracketed(self, element: Any, before: str) -> str:
        inner = [self._read(part, "") for part in element if local(part) == "e"]
        properties = next((part for part in element if local(part) == "dPr"), ())
        said = {local(part): next(iter(part.attrib.values()), "") for part in properties}
        return said.get("begChr", "(") + said.get("sepChr", "|").join(inner) + said.get("endChr", ")")


_FORMS: dict[str, Callable[[Formula, Any, str], str]] = {
    "f": Formula.fraction,
    "sSup": Formula.power,
    "sSub": Formula.power,
    "sSubSup": Formula.power,
    "rad": Formula.root,
    "d": Formula.bracketed,
}
