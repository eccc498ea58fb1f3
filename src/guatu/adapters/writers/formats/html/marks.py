"""What is marked in the text: kind and range, in the order in which the ledger names them."""

from dataclasses import dataclass
from typing import Literal

from guatu.core.kernel.span import Span

Kind = Literal[
    "task", "lead", "responsible", "support", "target", "deadline", "phase", "recurrence",
    "project", "fund", "citation", "error", "warning",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    number: int
    kind: Kind
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


class Marks:
    """All marks of a page; the number of a mark connects its characters with its row."""

    def __init__(self, length: int) -> None:
        self._length = length
        self.all: list[Mark] = []

    def add(self, kind: Kind, span: Span) -> int:
        """The number of a new mark. A span that reaches beyond the text is cut at its end."""
        start = min(span.start, self._length)
        self.all.append(Mark(len(self.all), kind, start, min(span.end, self._length)))
        return self.all[-1].number
