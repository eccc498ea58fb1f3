"""Finds the element that holds the text of a page.

Text outside links is weighed for every element. From the body down, the child that holds nearly all of the weight is
followed, until the text spreads over several children: that is where the paragraphs of the document stand side by side.
"""

import itertools
from collections.abc import Sequence
from typing import Any

import msgspec

from guatu.adapters.readers.html.meta import is_card
from guatu.adapters.readers.html.tree import DEEPEST, children, is_furniture, is_shown, is_text, text_of, whole_text

_NEARLY_ALL = 0.8
_MARKED = "#UCAP-CONTENT, #zoom, #Zoom, .TRS_Editor, .TRS_UEDITOR, .Custom_UnionStyle, .pages_content"
"""Where the publishing systems of government sites put the text."""
_FAIR_SHARE = 0.3
_TOO_MUCH_TO_DROP = 0.4
"""An element with this share of the page's text is kept whatever it is called."""
_LINKS_OF_A_LIST = 4
_LINKED = 0.7
_LEAVES = frozenset(("p", "span", "font", "a", "b", "strong", "li", "pre", "h1", "h2", "h3"))
_SMALLEST_TABLE = 12
_LAID_OUT = frozenset(("table", "tbody", "tr"))


class Weight(msgspec.Struct):
    """Characters of text below an element: outside links, inside links, and the number of links."""

    text: int = 0
    linked: int = 0
    links: int = 0

    def add(self, other: "Weight") -> None:
        self.text += other.text
        self.linked += other.linked
        self.links += other.links


class Page:
    """A parsed page, each of its elements weighed."""

    def __init__(self, body: Any) -> None:
        self._body = body
        self._weights: dict[int, Weight] = {}
        self._total = self._weigh(body, in_link=False, depth=0).text

    def main(self) -> Any:
        """The innermost element with nearly all of the text, and with the tables beside it."""
        element = self._declared() or self._body
        while True:
            inner = [node for node in children(element) if node.mem_id in self._weights]
            heaviest = max(inner, key=self._text, default=None)
            if heaviest is None or heaviest.tag in _LEAVES or is_data_table(heaviest):
                return element
            if self._text(heaviest) < _NEARLY_ALL * max(1, self._text(element)):
                return element
            if any(node.mem_id != heaviest.mem_id and self._has_table(node) for node in inner):
                return element
            if element.tag in _LAID_OUT and self._has_title(inner, heaviest):
                return element
            element = heaviest

    def _declared(self) -> Any:
        """The element that the publishing system marks as the text, where it holds a fair share of the page."""
        marked = [node for node in self._body.css(_MARKED) if node.mem_id in self._weights]
        heaviest = max(marked, key=self._text, default=None)
        if heaviest is None or self._text(heaviest) < _FAIR_SHARE * self._total:
            return None
        above = heaviest.parent
        beside = [node for node in children(above) if node.mem_id in self._weights and node.mem_id != heaviest.mem_id]
        return above if any(self._has_table(node) for node in beside) else heaviest

    def _has_title(self, inner: Sequence[Any], heaviest: Any) -> bool:
        """Whether words without a link stand before the heaviest part of a layout: a menu would have links."""
        before = itertools.takewhile(lambda node: node.mem_id != heaviest.mem_id, inner)
        weights = [self._weights[node.mem_id] for node in before if not self.is_dropped(node)]
        return any(weight.text and not weight.links for weight in weights)

    def _has_table(self, element: Any) -> bool:
        """Whether an element beside the text holds a table of the document: an annex outside the frame of the text."""
        if self.is_dropped(element) or self._text(element) < _SMALLEST_TABLE:
            return False
        found = [element] if element.tag == "table" else element.css("table")
        return any(
            is_data_table(table) and len(table.css("tr")) > 1 and not is_card(whole_text(table)) for table in found
        )

    def is_dropped(self, element: Any) -> bool:
        """Whether an element is furniture of the site: by its name, or as a list of links."""
        weight = self._weights.get(element.mem_id)
        if weight is None:  # deeper than was weighed
            return False
        if weight.text > _TOO_MUCH_TO_DROP * self._total:
            return False
        links_only = weight.links >= _LINKS_OF_A_LIST and weight.linked > _LINKED * (weight.text + weight.linked)
        return links_only or is_furniture(element)

    def _text(self, element: Any) -> int:
        return self._weights[element.mem_id].text

    def _weigh(self, element: Any, in_link: bool, depth: int) -> Weight:
        weight = Weight()
        for node in children(element):
            if is_text(node):
                length = len(text_of(node).strip())
                weight.add(Weight(linked=length) if in_link else Weight(text=length))
            elif depth >= DEEPEST:
                weight.text += len(str(node.text(deep=True, separator="")))
            elif is_shown(node):
                is_link = node.tag == "a" and "href" in node.attributes
                weight.links += is_link
                weight.add(self._weigh(node, in_link or is_link, depth + 1))
        if is_furniture(element) and depth:
            self._weights[element.mem_id] = weight
            return Weight(0, weight.linked, weight.links) if weight.text < 1000 else weight
        self._weights[element.mem_id] = weight
        return weight


def rows_of(table: Any) -> list[Any]:
    """The rows of a table, without those of tables in its cells."""
    parts = [part for part in children(table) if part.is_element_node]
    inner = [row for part in parts if part.tag in ("thead", "tbody", "tfoot") for row in children(part)]
    return [row for row in (*parts, *inner) if row.tag == "tr"]


def is_data_table(element: Any) -> bool:
    """Whether a table holds data rather than the layout of the page.

    Layout shows in tables inside it that hold most of its words, in rows of one cell, and in one cell that holds most
    of a long text.
    """
    if element.tag != "table":
        return False
    rows = rows_of(element)
    cells = [cell for row in rows for cell in children(row) if cell.tag in ("td", "th")]
    if len(cells) <= len(rows):
        return False
    lengths = [len(whole_text(cell)) for cell in cells]
    # The selector matches the element itself as well, where that lies in a cell.
    inner = [table for table in element.css("td table, th table") if table.mem_id != element.mem_id]
    if 2 * sum(len(whole_text(table)) for table in inner) > sum(lengths):
        return False
    return not (sum(lengths) > 800 and max(lengths) > 0.7 * sum(lengths))
