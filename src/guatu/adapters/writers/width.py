"""Columns of a terminal: a Chinese character takes two."""

import unicodedata
from functools import lru_cache

_NEVER_FIRST = frozenset("、，。；：！？）》”’〕】%")
"""Signs that a line does not begin with."""
_NO_WIDTH = frozenset(("Mn", "Me", "Cf", "Cc"))


@lru_cache(maxsize=8192)
def _char_width(char: str) -> int:
    if unicodedata.category(char) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def width(text: str) -> int:
    """Columns that `text` takes in a terminal."""
    return len(text) if text.isascii() else sum(map(_char_width, text))


def pad(text: str, columns: int) -> str:
    """`text` filled with blanks up to `columns`."""
    return text + " " * (columns - width(text))


def fold(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`; Latin words and numbers stay whole where they fit."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0
        for piece in _pieces(paragraph, columns):
            size = width(piece)
            if used + size > columns and line:
                lines.append(line.rstrip())
                line, used = "", 0
                piece = piece.lstrip()
                size = width(piece)
            line += piece
            used += size
        lines.append(line.rstrip())
    return lines


def _pieces(text: str, columns: int) -> list[str]:
    """Parts that a line may break between: single wide characters, runs of narrow ones."""
    pieces: list[str] = []
    run = ""
    for char in text:
        narrow = _char_width(char) < 2 and char not in _NEVER_FIRST and char != " "
        if narrow and width(run) + 1 <= columns:
            run += char
            continue
        if run:
            pieces.append(run)
        run = char if narrow else ""
        if char in _NEVER_FIRST and pieces:
            pieces[-1] += char
        elif not narrow:
            pieces.append(char)
    return [*pieces, run] if run else pieces


def cut(text: str, columns: int) -> str:
    """`text` in one line of at most `columns`, with an ellipsis where it was cut."""
    if width(text) <= columns:
        return text
    kept, used = [], 1
    for char in text:
        used += _char_width(char)
        if used > columns:
            break
        kept.append(char)
    return "".join(kept) + "…"
