"""Heads and signatures that lost their line breaks: title, number, addressee, notice, issuer and date on one line.

What stood on lines of its own is told by its form (a title ends as titles do, a number has its brackets) and stands
apart by blanks. A sentence with a blank in it has no such parts and stays whole.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.forms import ANNEX_LABEL, DOC_NO, ISSUER, STRONG_TITLE_WORDS, date_line, is_title
from guatu.core.plan.outline.model import Block, Range

_PIECE: Final = regex(r"[^ ]+")
_ADDRESSEE: Final = regex(r"[^。;:]{3,120}:$")
_ADDRESSED: Final = regex(r"各|县|市|区|乡|镇|街道|单位|部门|公司")
_FEWEST_PARTS: Final = 2
_SHORTEST_TITLE: Final = 8
# 青禾县绿化工作方案为推动绿化,制定本方案。 A title that lost even the blank before the first sentence.
_RUN_ON: Final = regex(
    rf"(?P<title>[^。;:,、\n]{{5,60}}?(?:{STRONG_TITLE_WORDS}))(?=(?:为了?(?!主|准|依据|基础)|根据|按照|依据)[^。\n]{{2,200}}[,。])"
)

_TITLE_BEFORE_NUMBER: Final = regex(
    rf"[\u4e00-\u9fff]*(?:{STRONG_TITLE_WORDS}|决定|公告|通告|函|批复)(?=[\u4e00-\u9fff])"
)
_ADDRESSEE_BEHIND: Final = regex(r"[^。;:\n]{0,8}[各县市区乡镇][^。;:\n]{2,100}:")
# …不留死角。 牵头单位:镇农业办 完成时限:3月底前 Labels that stood on lines below the text of their item.
_ROLE: Final = (
    r"(?:(?:牵头|责任|配合|主办|协办|承办|实施|整改)(?:单位|部门|领导)|责任人|(?:完成|整改|办结)(?:时限|时间|期限)) ?:"
)
_LABEL: Final = regex(rf" (?<=[。)!;] ) *(?={_ROLE})")
# 牵头单位:县商务局责任单位:县文旅局 Labels whose lines were joined without a blank; those in brackets stay there.
_JOINED: Final = regex(rf"[()]|(?P<label>(?<=[。!\u4e00-\u9fff)]){_ROLE})")
# …印发给你们。青禾县人民政府办公室2024年2月4日 An office and a day behind a sentence, and no limit (2月4日前).
_SIGNED: Final = regex(
    r"(?<=[。)!])[\u4e00-\u9fff]{2,20}(?:府|室|局|委|会|部|厅|办)(?P<day>20\d\d年\d{1,2}月\d{1,2}日)(?![前起止至到底内之以,。;、])"
)


def apart(norm: str, blocks: Sequence[Block]) -> list[Block]:
    """The same paragraphs, with heads and signatures taken apart; what bears a number keeps it."""
    found: list[Block] = []
    for at, block in enumerate(part for whole in blocks for part in _without_blanks(norm, whole)):
        if norm.find(" ", block.start, block.end) < 0:
            found += _without_run_on(norm, block) if at == 0 else (block,)
        elif block.marker is None:
            found += _head(norm, block, opens=at == 0)
        else:
            found += _closed(norm, block)
    return found


def _has_day(norm: str, block: Block) -> bool:
    """Most paragraphs have none, and looking for its last character costs nothing."""
    return norm.find("日", block.start, block.end) >= 0


def _without_blanks(norm: str, block: Block) -> Iterator[Block]:
    """A paragraph parted around a signature, a number and those addressed, where no blanks part them."""
    cuts = _around_number(norm, block) if block.marker is None else []
    for signed in _SIGNED.finditer(norm, block.start, block.end) if _has_day(norm, block) else ():
        cuts += [signed.start(), signed.start("day"), signed.end()]
    labelled = _LABEL.search(norm, block.start, block.end)
    cuts = sorted({*cuts, *([labelled.end()] if labelled else _joined_labels(norm, block))})
    marker, glued, start = block.marker, block.glued, block.start
    for cut in cuts:
        if start < cut < block.end:
            yield Block(start, cut, marker, glued)
            marker, glued, start = None, True, cut
    yield Block(start, block.end, marker, glued)


def _joined_labels(norm: str, block: Block) -> list[int]:
    """Where labels begin that stand behind a sentence and right behind one another's units."""
    found: list[int] = []
    if norm.count(":", block.start, block.end) < _FEWEST_PARTS:
        return found
    depth = 0
    for match in _JOINED.finditer(norm, block.start, block.end):
        if match["label"] is None:
            depth += 1 if match[0] == "(" else -1
        elif depth <= 0 and (found or norm[match.start() - 1] in "。!)"):
            found.append(match.start())
    return found if len(found) > 1 else []


def _around_number(norm: str, block: Block) -> list[int]:
    """…的通知青政办发〔2024〕9号各乡镇人民政府:… is parted before and behind the number and behind those addressed."""
    number = DOC_NO.search(norm, block.start, block.end)
    title = _TITLE_BEFORE_NUMBER.match(norm, number.start(), number.end()) if number else None
    if number is None or title is None or not is_title(norm[block.start : title.end()]):
        return []
    addressed = _ADDRESSEE_BEHIND.match(norm, number.end(), block.end)
    return [title.end(), number.end(), *([addressed.end()] if addressed else [])]


def _head(norm: str, block: Block, *, opens: bool) -> Iterator[Block]:
    pieces = [match.span() for match in _PIECE.finditer(norm, block.start, block.end)]
    kinds = [_kind(norm, pieces, i) for i in range(len(pieces))]
    parts = len(kinds) - kinds.count(None)
    if opens and kinds[0] == "title" and len(pieces) > 1 and "。" in norm[pieces[1][0] : block.end]:
        parts += 1
    if parts < _FEWEST_PARTS or set(kinds) <= {"date", "issuer"}:
        yield from _without_run_on(norm, block) if opens else (block,)
    else:
        yield from _parted(norm, pieces, kinds)


def _parted(norm: str, pieces: Sequence[Range], kinds: Sequence[str | None]) -> Iterator[Block]:
    """A paragraph for each part of a head, and for what stands between two of them."""
    start, before = pieces[0][0], ""
    for i in range(1, len(pieces) + 1):
        if i < len(pieces) and not (kinds[i] or kinds[i - 1]):
            continue
        end = pieces[i - 1][1]
        # The title of the page above the title of the document.
        if norm[start:end] != before:
            yield Block(start, end)
        before = norm[start:end]
        start = pieces[i][0] if i < len(pieces) else end


def _kind(norm: str, pieces: Sequence[Range], i: int) -> str | None:
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


def _closed(norm: str, block: Block) -> Iterator[Block]:
    """An item with the issuer, the date or the head of an annex behind its last sentence."""
    start = block.marker.end if block.marker else block.start
    pieces = [match.span() for match in _PIECE.finditer(norm, start, block.end)]
    kinds = [_kind(norm, pieces, i) for i in range(len(pieces))]
    first = next((i for i in range(1, len(pieces)) if _closes(norm, pieces[i - 1], kinds, i)), None)
    if first is None:
        yield block
        return
    yield Block(block.start, pieces[first - 1][1], block.marker, block.glued)
    yield from _parted(norm, pieces[first:], kinds[first:])


def _closes(norm: str, before: Range, kinds: Sequence[str | None], i: int) -> bool:
    """A signature, or the label of an annex, right behind the end of a sentence."""
    signed = kinds[i] == "issuer" and kinds[i + 1 : i + 2] == ["date"]
    # Signature and annex stand behind the last entry of the list of annexes as well.
    ended = norm[before[1] - 1] in "。)]!" or kinds[i - 1] in ("title", "date")
    return ended and (signed or kinds[i] in ("date", "annex"))
