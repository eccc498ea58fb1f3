"""A place in a text."""

import msgspec


class Span(msgspec.Struct, frozen=True, array_like=True, order=True, gc=False):
    """Half-open range `[start, end)` in code points of the text that the reader produced."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span [{self.start}, {self.end}) is not a range")

    def __contains__(self, position: int) -> bool:
        return self.start <= position < self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def text(self, whole: str) -> str:
        """The characters of `whole` that this span covers."""
        return whole[self.start : self.end]
