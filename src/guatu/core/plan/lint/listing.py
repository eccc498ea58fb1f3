"""Lists inside a sentence: where their items begin and end."""

from guatu.core.kernel.regex import regex

_OPENING = "([《“‘<"
_CLOSING = ")]》”’>"
_MARKS = regex(r"[()\[\]《》“”‘’<>、,;]")
_JOINED = regex(r"以及|[和与及]")


def split_list(norm: str, start: int, end: int, separators: str) -> list[tuple[int, int]]:
    """Items of the list in `[start, end)`; separators inside brackets and quotation marks separate nothing."""
    items, at, depth = [], start, 0
    for match in _MARKS.finditer(norm, start, end):
        mark = match[0]
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and mark in separators:
            items.append((at, match.start()))
            at = match.end()
    items.append((at, end))
    return [(a, b) for a, b in items if norm[a:b].strip()]


def joined_more(norm: str, items: list[tuple[int, int]]) -> int:
    """How many items more there may be, where 和, 与 or 及 may join two in one."""
    return sum(len(_JOINED.findall(norm, a + 1, b)) for a, b in items)


def closing_bracket(norm: str, start: int, limit: int) -> int:
    """Position of the round bracket that closes the one at `start`, within `limit` characters; -1 where there
    is none."""
    depth = 0
    for match in _ROUND.finditer(norm, start, start + limit):
        depth += 1 if match[0] == "(" else -1
        if depth == 0:
            return match.start()
    return -1


_ROUND = regex(r"[()]")
