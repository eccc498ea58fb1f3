"""What a rule may look at, and the ways of reporting that rules share."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar, cast

import msgspec

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.kernel.span import Span
from guatu.core.plan.commitments.tables import TableReading
from guatu.core.plan.model import Document
from guatu.core.plan.outline.model import Outline
from guatu.core.plan.source.reading import Reading

Made = TypeVar("Made")

_PLAN_TITLE = regex(
    r"(?:(?<!组建)(?<!设置)(?<!比选)方案|计划|规划|要点|任务分解表?|分工表?|任务清单|任务书|若干措施)[\s]*(?:[(（][^()（）]*[)）])?$"
)
_NO_PLAN = ("notice", "report", "other")


def is_plan(document: Document) -> bool:
    """Whether a document sets tasks by its title; what only informs, answers or regulates need have no units or
    targets."""
    return document.kind not in _NO_PLAN and bool(_PLAN_TITLE.search("".join(document.title.split())))


class Place(msgspec.Struct, frozen=True):
    """A place in working positions, with what the message says of it."""

    start: int
    end: int
    params: dict[str, str] = {}


class LintView:
    """One compiled file as the rules see it.

    `documents` and `tables` stand in the order of `outline.documents`; their spans are spans of the source,
    the positions of `reading` and `outline` are working positions.
    """

    def __init__(
        self,
        reading: Reading,
        outline: Outline,
        documents: Sequence[Document],
        tables: Sequence[Sequence[TableReading]],
    ) -> None:
        self.reading = reading
        self.outline = outline
        self.documents = documents
        self.tables = tables
        self._made: dict[Callable[[LintView], object], object] = {}

    @property
    def norm(self) -> str:
        return self.reading.norm

    @property
    def raw(self) -> str:
        return self.reading.raw

    def span(self, start: int, end: int) -> Span:
        """Source span of the working range `[start, end)`."""
        return self.reading.source_span(start, end)

    def at(self, kind: Kind, start: int, end: int, **params: object) -> Finding:
        """A finding of `kind` at the working range `[start, end)`."""
        return kind.at(self.span(start, end), **params)

    def once(self, make: "Callable[[LintView], Made]") -> Made:
        """What `make` makes of this view, made once for all rules."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast("Made", self._made[make])

    def folded(self, kind: Kind, places: Iterable[tuple[str, Place]]) -> Iterator[Finding]:
        """One finding for each key, at its first place; its message says how many more there are.

        A message that folds has `{more_zh}` and `{more_en}` at its end.
        """
        first: dict[str, Place] = {}
        count: dict[str, int] = {}
        for key, place in places:
            first.setdefault(key, place)
            count[key] = count.get(key, 0) + 1
        for key, place in first.items():
            more = count[key] - 1
            zh = f"（另有 {more} 处）" if more else ""
            en = f" ({more} more)" if more else ""
            yield self.at(kind, place.start, place.end, **place.params, more_zh=zh, more_en=en)


def shortened(text: str, limit: int = 24) -> str:
    """`text` in one line, cut in the middle where it is longer than a message should quote."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 8]}…{line[-7:]}"
