"""What a writer is given."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from guatu.adapters.writers.words import word
from guatu.core.kernel.span import Span
from guatu.core.plan.model import Plan
from guatu.core.plan.source.reading import Lines

Language = Literal["zh", "en"]
ELLIPSIS = "…"


class Place(Protocol):
    """Where a character stands in the file it came from; what the format does not have is None."""

    @property
    def page(self) -> int | None: ...
    @property
    def paragraph(self) -> int | None: ...
    @property
    def sheet(self) -> str | None: ...

    def label(self, language: Language, /) -> str:
        """The place as a clerk would say it: page, paragraph, cell, line - whatever the file has."""


class Places(Protocol):
    """The places of all characters of a text."""

    def at(self, position: int, /) -> Place: ...


@dataclass(frozen=True, slots=True)
class Ledger:
    """A compiled plan with the text it was compiled from."""

    plan: Plan
    text: str
    language: Language = "zh"
    places: Places | None = None
    """The places in the file; without them lines of `text` are named."""
    other_messages: Sequence[str] = ()
    """The messages of the findings in the other language, one for each; empty where there are none."""
    _lines: list[Lines] = field(default_factory=list, repr=False, compare=False)

    def quote(self, span: Span, most: int = 32_000) -> str:
        """The characters of a span, as they stand in the text, cut with an ellipsis after `most`."""
        quoted = span.text(self.text).strip()
        return quoted if len(quoted) <= most else quoted[: most - 1] + ELLIPSIS

    def line_and_column(self, position: int) -> tuple[int, int]:
        """Line and column of the text, both from 1."""
        if not self._lines:
            self._lines.append(Lines(self.text))
        return self._lines[0].at(position)

    def place(self, span: Span) -> str:
        """Where a span begins, in words; in a plain text the line, without the column."""
        found = self.places.at(span.start) if self.places else None
        if found is None or (found.page is None and found.paragraph is None and found.sheet is None):
            return word("place.line", self.language, n=self.line_and_column(span.start)[0])
        return found.label(self.language)
