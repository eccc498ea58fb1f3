"""Heads and signatures that lost their line breaks: title, number, addressee, notice, issuer and date on one line.

What stood on lines of its own is told by its form (a title ends as titles do, a number has its brackets) and stands
apart by blanks. A sentence with a blank in it has no such parts and stays whole.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from guatu.core.plan.outline.forms import ANNEX_LABEL, DOC_NO, ISSUER, STRONG_TITLE_WORDS, date_line, is_title
from guatu.core.plan.outline.model import Block

_PIECE: Final = re.compile(r"[^ ]+")
_ADDRESSEE: Final = re.compile(r"[^。;:]{3,120}:$")
_ADDRESSED: Final = re.compile(r"各|县|市|区|乡|镇|街道|单位|部门|公司")
_FEWEST_PARTS: Final = 2
_SHORTEST_TITLE: Final = 8
# 青禾县绿化工作方案为推动绿化,制定本方案。 A title that lost even the blank before the first sentence.
_RUN_ON: Final = re.compile(
    rf"(?P<title>[^。;:,、\n]{{5,60}}?(?:{STRONG_TITLE_WORDS}))(?=(?:为了?(?!主|准|依据|基础)|根据|按照|依据)[^。\n]{{2,200}}[,。])"
)


def apart(norm: str, blocks: Sequence[Block]) -> list[Block]:
    """The same paragraphs, with heads and signatures taken apart; what bears a number keeps it."""
    found: list[Block] = []
    for at, block in enumerate(blocks):
        if block.marker is None:
            found += _head(norm, block, opens=at == 0)
        else:
            found += _signed(norm, block)
    return found


def _head(norm: str, block: Block, *, opens: bool) -> Iterator[Block]:
    pieces = [match.span() for match in _PIECE.finditer(norm, block.start, block.end)]
    kinds = [_kind(norm, pieces, i) for i in range(len(pieces))]
    if sum(kind is not None for kind in kinds) < _FEWEST_PARTS or len(pieces) == sum(
        kind in ("date", "issuer") for kind in kinds
    ):
        yield from _without_run_on(norm, block) if opens else (block,)
        return
    start, before = block.start, ""
    for i in range(1, len(pieces) + 1):
        if i < len(pieces) and not (kinds[i] or kinds[i - 1]):
            continue
        end = pieces[i - 1][1]
        # The title of the page above the title of the document.
        if norm[start:end] != before:
            yield Block(start, end)
        before = norm[start:end]
        start = pieces[i][0] if i < len(pieces) else end


def _kind(norm: str, pieces: Sequence[tuple[int, int]], i: int) -> str | None:
    """What part of a head stands between two blanks; None for what is part of a sentence."""
    text = norm[slice(*pieces[i])]
    behind = norm[slice(*pieces[i + 1])] if i + 1 < len(pieces) else ""
    if DOC_NO.fullmatch(text):
        return "number"
    if len(text) >= _SHORTEST_TITLE and is_title(text) and "," not in text:
        return "title"
    if _ADDRESSEE.match(text) and _ADDRESSED.search(text):
        return "addressee"
    if date_line(text):
        return "date"
    if ISSUER.fullmatch(text) and (date_line(behind) or (behind.startswith("关于") and is_title(behind))):
        return "issuer"
    return "annex" if ANNEX_LABEL.fullmatch(text) else None


def _without_run_on(norm: str, block: Block) -> Iterator[Block]:
    match = _RUN_ON.match(norm, block.start, block.end)
    if match:
        yield Block(block.start, match.end())
        yield Block(match.end(), block.end)
    else:
        yield block


def _signed(norm: str, block: Block) -> Iterator[Block]:
    """An item with the issuer and the date behind its last sentence."""
    pieces = _last_pieces(norm, block)
    if len(pieces) < 3 or norm[pieces[0][1] - 1] not in "。)]!" or not _is_signature(norm, *pieces[1:]):
        yield block
        return
    yield Block(block.start, pieces[0][1], block.marker, block.glued)
    yield Block(*pieces[1])
    yield Block(*pieces[2])


def _is_signature(norm: str, office: tuple[int, int], day: tuple[int, int]) -> bool:
    return date_line(norm[slice(*day)]) is not None and ISSUER.fullmatch(norm, *office) is not None


_LONGEST_SIGNATURE: Final = 90


def _last_pieces(norm: str, block: Block) -> list[tuple[int, int]]:
    start = max(block.marker.end if block.marker else block.start, block.end - _LONGEST_SIGNATURE)
    return [match.span() for match in _PIECE.finditer(norm, start, block.end)][-3:]
