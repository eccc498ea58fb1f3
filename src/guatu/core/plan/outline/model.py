"""The outline: documents, their paragraphs and their numbered items. Positions are working positions of the Reading."""

from typing import Literal

import msgspec

from guatu.core.plan.model import DocumentKind, SectionKind

MarkerKind = Literal["章", "节", "条", "一、", "(一)", "1.", "1.1", "(1)", "1)", "①", "一是", "项"]


class Marker(msgspec.Struct, frozen=True, gc=False):
    """The number in front of an item: `(三)` is kind `(一)`, value 3, label `(三)`; the label is half-width."""

    kind: MarkerKind
    value: int
    label: str
    start: int
    end: int
    """Where the item's own words begin."""


class Block(msgspec.Struct, frozen=True, gc=False):
    """A paragraph, or the part of one that begins with a heading glued to the text before (`glued`)."""

    start: int
    end: int
    marker: Marker | None = None
    glued: bool = False


class Node(msgspec.Struct):
    """A numbered item with what stands below it."""

    marker: Marker
    path: tuple[str, ...]
    blocks: list[Block]
    """Its own paragraphs, the first with the marker; not those of its children."""
    title: str = ""
    title_start: int = 0
    title_end: int = 0
    headed: bool = False
    """Its first words are a heading, told apart from the text that follows."""
    kind: SectionKind = "other"
    named: bool = False
    """Its title says what it is for; other titles name a field of work."""
    is_task: bool = False
    in_task_part: bool = False
    cited: bool = False
    """It is nothing but the name of a document on which the item above is based."""
    children: list["Node"] = []
    parent: "Node | None" = None

    @property
    def start(self) -> int:
        return self.marker.start

    @property
    def own_end(self) -> int:
        """End of its own paragraphs."""
        return self.blocks[-1].end

    @property
    def end(self) -> int:
        """End of its subtree."""
        last: Node = self
        while last.children:
            last = last.children[-1]
        return max(self.own_end, last.own_end)


Range = tuple[int, int]
"""Working positions, first and behind the last."""


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row of a table: a range for each of its columns, empty where nothing stands of its own."""

    cells: tuple[Range, ...]
    covering: tuple[Range, ...] = ()
    """As `cells`, with the whole merged cell at each place that it covers; () where nobody says what is merged, so that
    an empty cell may be part of the one above."""

    @property
    def start(self) -> int:
        return min(start for start, _ in self.cells)

    @property
    def end(self) -> int:
        return max(end for _, end in self.cells)

    def seen(self, column: int) -> Range:
        """What a reader sees in a column: its cell, or the merged cell that covers it. Empty beyond the last."""
        cells = self.covering or self.cells
        return cells[column] if column < len(cells) else (self.end, self.end)


class Table(msgspec.Struct, frozen=True):
    """A table, whatever drew it: tabs, bars, cells one a line, or cells that a reader handed over."""

    start: int
    end: int
    rows: tuple[Row, ...]
    head_rows: int = 0
    """How many rows its format calls heads; 0 where it does not say."""

    @property
    def width(self) -> int:
        return max(len(row.cells) for row in self.rows)


class OutlineDocument(msgspec.Struct):
    """One plan of the file."""

    start: int
    end: int
    blocks: list[Block]
    title: str = ""
    title_start: int = 0
    title_end: int = 0
    annex: str | None = None
    kind: DocumentKind = "plan"
    roots: list[Node] = []
    tables: list[Table] = []
    doc_no: str | None = None
    issuer: str | None = None
    date: str | None = None
    year: int | None = None
    """The year the plan is for: of its title, else of its date, else of its covering notice."""
    lead_span: tuple[int, int] | None = None
    """The line `(X牵头)` under the title."""
    independent: bool = False
    """It is no annex and not what the document before it issues: another document in the same file."""
    listed: list[Block] = []
    """The paragraphs that list its annexes."""

    def nodes(self) -> list[Node]:
        """All numbered items in reading order."""
        found: list[Node] = []
        stack = list(reversed(self.roots))
        while stack:
            node = stack.pop()
            found.append(node)
            stack.extend(reversed(node.children))
        return found


class Outline(msgspec.Struct):
    documents: list[OutlineDocument]
    collection: bool = False
    """Several plans of different issuers in one file."""
    readable: bool = True
    """The text is Chinese that makes sense; else nothing is looked for in it."""
