"""Markdown without the marks that set words off: `**县水利局**` is 县水利局, and what `~~` strikes through is no text.

Marks of emphasis are taken by the rules of CommonMark 0.31 (6.2), but for two of Chinese: a mark may touch a character
on either side, and a single `*` or `_` stays, for 张*、5*3 and blanks to be filled are more frequent than slanting type.
"""

import re
from collections.abc import Iterator

from guatu.adapters.readers.base.places import Piece, Place, Places
from guatu.adapters.readers.base.raised import is_note_mark, lowered, raised
from guatu.adapters.readers.base.remarks import Remarks

_CODE = re.compile(r"^(?:```|~~~)")
_MARK = re.compile(
    r"(?P<code>`[^`\n]+`)"
    r"|(?P<escape>\\(?=[*_~`#>|\\\[\](){}.!+-]))"
    r"|(?P<bold>\*\*(?=[^\s*])(?P<words>(?:[^*\\\n]|\\.|\*(?!\*))+?)(?<!\s)\*\*(?!\*))"
    r"|(?P<under>(?<![\w_])__(?=[^\s_])(?:[^_\n]|_(?!_))+?(?<![\s_])__(?![\w_]))"
    r"|(?P<struck>~~(?=[^\s~])[^~\n]+?(?<!\s)~~|<(?P<tag>del|s|strike)>[^<\n]*</(?P=tag)>)"
    r"|(?P<height><(?P<which>sup|sub)>(?P<letters>[^<\n]*)</(?P=which)>)"
    r"|(?P<note>\[\^[^\]\s]{1,20}\](?!:))"
    r"|(?P<break><br ?/?>)"
)
_NEAR = 20
"""Letters before a raised one among which its base is looked for: a line may have a million."""
_PUNCTUATION = re.compile(r"[、,，;；。.]")
_Cut = tuple[int, int, str]
"""A range of the text and what stands there instead."""


def unmarked(text: str, remarks: Remarks) -> tuple[str, Places]:
    """The text without marks, line for line, and where each of its characters stands in the file."""
    kept: list[str] = []
    starts: list[int] = []
    pieces: list[Piece] = []
    length, fenced, found = 0, False, False
    for number, line in enumerate(text.split("\n"), 1):
        fence = bool(_CODE.match(line.lstrip()))
        fenced ^= fence
        cuts = [] if fenced or fence else list(_cuts(line, number, remarks))
        found = found or bool(cuts)
        at = 0
        for start, end, instead in (*cuts, (len(line), len(line), "\n")):
            starts.append(length)
            pieces.append(Piece(line=number, column=at + 1))
            kept += line[at:start], instead
            length += start - at + len(instead)
            at = end
    if not found:
        return text, Places(text)
    plain = "".join(kept)[:-1]
    return plain, Places(plain, starts, pieces)


def _cuts(line: str, number: int, remarks: Remarks) -> Iterator[_Cut]:
    """What of a line is a mark, from left to right; marks may stand within others."""
    if not any(mark in line for mark in "*_~<\\["):
        return
    waiting = [(0, len(line))]
    cuts: list[_Cut] = []
    while waiting:
        start, end = waiting.pop()
        for match in _MARK.finditer(line, start, end):
            cuts += _cut(match, line)
            _tell(match, line, number, remarks)
            if match["bold"] or match["under"]:
                waiting.append((match.start() + 2, match.end() - 2))
    yield from sorted(cuts)


def _cut(match: re.Match[str], line: str) -> list[_Cut]:
    start, end = match.span()
    before = line[max(0, start - _NEAR) : start].rstrip("*_ ")
    if match["bold"] or match["under"]:
        # 张**、李** has masks, no bold type: nothing that is set off begins with a mark that divides.
        masks = _PUNCTUATION.match(line, start + 2)
        return [] if masks else [(start, start + 2, ""), (end - 2, end, "")]
    if match["height"]:
        letters = match["letters"]
        if match["which"] == "sub":
            return [(start, end, lowered(letters, before))]
        return [(start, end, "" if is_note_mark(letters, before) else raised(letters, before))]
    if match["break"]:
        return [(start, end, " ")]
    return [(start, end, "")] if match["struck"] or match["note"] or match["escape"] is not None else []


def _tell(match: re.Match[str], line: str, number: int, remarks: Remarks) -> None:
    """Words that go with their marks are told; a mark alone is none."""
    place = Place(number, match.start() + 1)
    if match["struck"]:
        remarks.add("read.struck-text", re.sub(r"~~|</?\w+>", "", match[0]), place)
    elif match["note"] or (
        match["which"] == "sup" and is_note_mark(match["letters"], line[max(0, match.start() - _NEAR) : match.start()])
    ):
        remarks.add("read.note-marks", match["letters"] or match[0], place)
