"""What the look of letters on a page says: struck through, raised, lowered; by a tag, a style or a rule for a class."""

import re
from typing import Any

from guatu.adapters.readers.base.raised import fraction, power
from guatu.adapters.readers.html.tree import attribute, children, is_text, text_of

_STRUCK_TAGS = frozenset(("del", "s", "strike"))
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,200}line-through", re.IGNORECASE)
_HEIGHT = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_RULE = re.compile(r"\.([\w-]{1,80})\s*\{([^{}]{1,2000})\}")
_DEEPEST = 40


class Looks:
    """The looks that the style sheets in a page give to classes. Those that hide are left alone: pages show what such
    a class hides as soon as somebody opens a menu."""

    def __init__(self, sheets: str) -> None:
        self._of = {name: rule for name, rule in _RULE.findall(sheets) if _STRUCK.search(rule) or _HEIGHT.search(rule)}

    def style(self, element: Any) -> str:
        """The declarations for an element, its own before those of its classes."""
        named = (self._of.get(name, "") for name in attribute(element, "class").split()) if self._of else ()
        return ";".join((attribute(element, "style"), *named))

    def is_struck(self, element: Any) -> bool:
        return element.tag in _STRUCK_TAGS or bool(_STRUCK.search(self.style(element)))

    def height(self, element: Any) -> str:
        """`super`, `sub`, or nothing where the letters stand on the line."""
        if element.tag in ("sup", "sub"):
            return "super" if element.tag == "sup" else "sub"
        found = _HEIGHT.search(self.style(element))
        return found[1].lower() if found else ""


def formula(element: Any, depth: int = 0) -> str:
    """MathML in one line: fractions with a stroke, powers raised, all else letter by letter."""
    parts: list[str] = []
    for node in children(element):
        if is_text(node):
            parts.append(text_of(node).strip())
        elif node.tag not in ("annotation", "annotation-xml") and depth < _DEEPEST:
            parts.append(formula(node, depth + 1))
    parts = [part for part in parts if part]
    if element.tag == "mfrac" and len(parts) == 2:
        return fraction(parts[0], parts[1], "")
    if element.tag == "msup" and len(parts) == 2:
        return parts[0] + power(parts[1])
    return "".join(parts)
