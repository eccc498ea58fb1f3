"""Who leads, who is responsible, who supports: read from brackets, labelled lines and sentences."""

import re
from collections.abc import Iterator
from itertools import chain

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.names import NOBODY, KnownNames
from guatu.core.plan.commitments.role_clause import DutyDraft, read_clause, read_roles
from guatu.core.plan.commitments.role_words import CORE, LABEL, ROLE_OF
from guatu.core.plan.commitments.units import could_be_unit, split_units
from guatu.core.plan.model import Role

__all__ = [
    "DutyDraft",
    "DutyText",
    "could_be_unit",
    "duty_texts",
    "read_charged",
    "read_roles",
    "read_sentences",
]

_BRACKET = regex(r"[(\[<](?=[^\n]{2})")
_PAIRS = {"(": regex(r"[()]"), "[": regex(r"[\[\]]"), "<": regex(r"[<>]")}
_LONGEST_BRACKET = 1200
_NAMES = r"(?:(?!由)[\u4e00-\u9fff()、])"
_DO = (
    "开展|负责|制定|组织|实施|推进|做好|配合|共同|研究|建立|落实|加强|抓好|对|出台|完善|统筹|提出|审核|确定|核定|认定|及时|按|根据|抓紧|联合|牵头|编制|起草"
    "|修订|完成|办理|建设|组建|打造|培育|改造|整治|推动|引导|加快|提供|发布|汇总|拟定|审批|督促|指导|协调|适时|尽快"
)
"""What several offices do together, behind the last of their names."""
# Before a name at the beginning of a clause: no letter, no list, and of brackets only the number of an item, (一).
_OPEN = r"(?<![\u4e00-\u9fff、(“])(?<!(?<![一二三四五六七八九十\d])\))"
_ETC = "(?:等(?:有关|相关)?(?:部门|单位))?"
_HELP = rf"(?P<helpers>{_NAMES}{{2,80}}?){_ETC}(?:协同|密切|积极)?(?:配合|参与|参加|协助)(?=[,。;的])"
_BY = regex(
    rf"(?:由|{_OPEN}(?=[县市区省州镇乡]))(?P<unit>{_NAMES}{{2,40}}?)(?:总)?牵头"
    rf"(?:[,;]? ?(?:会同|联合|协同)(?P<others>{_NAMES}{{2,80}}?){_ETC}(?={_DO}|[,。;])|[,;、] ?{_HELP})?"
)
# 由县住建局会同县财政局制定...; 县住建局会同县财政局建设...; 县住建局指导,各乡镇负责.
_TOGETHER = regex(
    rf"(?:由|{_OPEN}(?=[县市区州镇乡]))(?P<unit>{_NAMES}{{2,40}}?)(?:要|应)?会同"
    rf"(?P<others>{_NAMES}{{2,80}}?){_ETC}(?=(?:{_DO})(?!了)|[,。;])"
)
_GUIDED = regex(
    rf"(?:由|(?<![\u4e00-\u9fff、()])(?=[县市区省州]))(?P<helpers>{_NAMES}{{2,40}}?)(?:负责|统一)?指导"
    rf"[,;] ?(?P<doers>{_NAMES}{{2,80}}?)(?:等(?:有关|相关)?(?:部门|单位))?(?:按职责分工|具体|分别|共同)*(?:负责|实施|落实|承担)(?=[,。;一-鿿])"
)
# 由县住建局负责实施; 县财政局、各镇具体负责核查. Who is bare of a name (由专人负责) is none.
_HOW = f"{_ETC}(?:要|应|须)?(?:按职责分工|具体|统一|分别|共同|牵头|组织|全面)*负责(?!人|同志|制|指导)"
_CHARGED = regex(
    rf"(?:由(?=[省市县区州镇乡各国全])|{_OPEN}(?=[省市县区州镇乡各国]))(?P<doers>{_NAMES}{{2,40}}?){_HOW}"
    rf"(?:[,;] ?(?=[省市县区州镇乡各]){_HELP})?"
)
_OPENING = regex(rf"(?=[省市县区州镇乡各国])(?P<doers>{_NAMES}{{2,40}}?){_HOW}(?:[,;] ?(?=[省市县区州镇乡各]){_HELP})?")
# 县发改局、县环境局按照职责分工做好审批.
_BY_DUTY = regex(
    rf"(?:由|{_OPEN})(?=[省市县区州镇乡各])(?P<doers>{_NAMES}{{2,80}}?){_ETC}(?:要|应|须)?"
    r"按照?(?:各自)?(?:工作|部门)?(?:职责|职能)(?:分工)?(?=[\u4e00-\u9fff,])"
)
_ROLE = regex("|".join(word.word for word in CORE))
_OPENS = regex(r"[县市区省州各镇乡]|国网")
_ASIDE = regex(r"含|其中|包括|例?如|即|原|详?见|以下|指|注|不")
_SHORTEST = 4
_BULLETS = "-*·•◆●■▲★☆ >"
# 水利、财政等部门负责: what is called a department is one, however short its name is.
_DEPARTMENTS = regex(r"[\u4e00-\u9fff]{2,8}等[\u4e00-\u9fff\d]{0,4}(?:部门|单位)")
_ABBREVIATED = regex(r"(?!按|依|根据|对|以)[\u4e00-\u9fff]{2,6}")


def bracket_end(norm: str, start: int, limit: int) -> int:
    """Position behind the bracket that opens at `start`; -1 where it does not close before `limit`."""
    opening = norm[start]
    depth = 0
    for match in _PAIRS[opening].finditer(norm, start, min(limit, start + _LONGEST_BRACKET)):
        depth += 1 if match[0] == opening else -1
        if depth == 0:
            return match.end()
    return -1


class DutyText(msgspec.Struct, frozen=True, gc=False):
    """A piece of text that names units in roles: a bracket, or a labelled line."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    alone: bool
    """It is a paragraph of its own."""


def duty_texts(norm: str, start: int, end: int, known: KnownNames = NOBODY) -> Iterator[DutyText]:
    """Brackets and labelled lines with units inside one paragraph."""
    at, found = start, False
    while (opening := _BRACKET.search(norm, at, end)) is not None:
        close = bracket_end(norm, opening.start(), end)
        if close < 0:
            close = _unclosed(norm, opening.start(), end)
        if close > 0 and _names_roles(norm, opening.end(), close - 1, known):
            found = True
            alone = not norm[start : opening.start()].strip() and not norm[close:end].strip(" 。")
            yield DutyText(opening.start(), close, opening.end(), close - 1, alone)
            at = close
        else:
            at = opening.end()
    if not found:
        yield from _labelled_line(norm, start, end)


def _unclosed(norm: str, start: int, end: int) -> int:
    """A bracket that was never closed reaches to the end of its paragraph when units stand in it."""
    if end - start > 300 or not LABEL.match(norm, start + 1, end):
        return -1
    return end + 1


def _labelled_line(norm: str, start: int, end: int) -> Iterator[DutyText]:
    """责任单位:A、B as a line, or as the last sentence of a paragraph."""
    while start < end and norm[start] in _BULLETS:
        start += 1
    label = LABEL.match(norm, start, end)
    if label:
        if label.lastgroup in ROLE_OF or _next_label(norm, label.end(), end):
            yield DutyText(start, end, start, end, True)
        return
    last = norm.rfind("。", start, end - 1)
    for at in (last + 1, norm.rfind(" ", start, end) + 1):
        while start < at < end and norm[at] in _BULLETS:
            at += 1
        label = LABEL.match(norm, at, end) if at > start else None
        if label and (label.lastgroup in ROLE_OF or _next_label(norm, label.end(), end)):
            yield DutyText(at, end, at, end, False)
            return


def _label_behind_a_mark(norm: str, start: int, end: int) -> bool:
    """2024年6月底前;责任单位:县水利局."""
    labels = LABEL.finditer(norm, start, end)
    return any(m.lastgroup in ROLE_OF and ("、" in norm[start:end] or norm[m.start() - 1] in ";,。 ") for m in labels)


def _next_label(norm: str, start: int, end: int) -> bool:
    return any(m.lastgroup in ROLE_OF for m in LABEL.finditer(norm, start, end))


_SENTENCE = regex(r"[。!?]")


def _names_roles(norm: str, start: int, end: int, known: KnownNames) -> bool:
    label = LABEL.match(norm, start, end)
    if label:
        return label.lastgroup in ROLE_OF or _next_label(norm, label.end(), end)
    if _label_behind_a_mark(norm, start, end):
        return True
    if end - start < _SHORTEST or not _ROLE.search(norm, start, end) or "《" in norm[start:end]:
        return False
    if _ASIDE.match(norm, start):
        return False
    clause = read_clause(norm, start, end, known)
    if not clause.drafts or clause.counted or _SENTENCE.search(norm, start, clause.drafts[-1].end):
        return False
    units = sum(could_be_unit(d.unit) or known.is_name(d.start, d.end) for d in clause.drafts)
    if clause.closed and _DEPARTMENTS.search(norm, start, end):
        return all(_ABBREVIATED.fullmatch(d.unit) or could_be_unit(d.unit) for d in clause.drafts)
    if clause.closed and not clause.explained:
        return units * 2 >= len(clause.drafts)
    return units == len(clause.drafts) and _OPENS.match(clause.drafts[0].unit) is not None


_SENTENCE_ROLES: dict[str, Role] = {
    "unit": "lead",
    "others": "support",
    "helpers": "support",
    "doers": "responsible",
}


_SAID = (("牵头", _BY), ("会同", _TOGETHER), ("指导", _GUIDED))
"""The word that each manner of naming units in a sentence has: most paragraphs have none of them."""


def read_sentences(norm: str, start: int, end: int, known: KnownNames = NOBODY) -> Iterator[DutyDraft]:
    """由X牵头, 会同Y开展; 县X牵头, Y、Z配合; 由X会同Y制定; X指导, Y负责 inside a sentence."""
    for word, pattern in _SAID:
        if norm.find(word, start, end) >= 0:
            yield from _said(pattern, norm, start, end, known)


def read_charged(norm: str, start: int, end: int, known: KnownNames = NOBODY) -> Iterator[DutyDraft]:
    """由X负责, X负责Y, X、Y按职责分工 inside a sentence: said in passing, so that its item need be no task of its own."""
    if norm.find("负责", start, end) >= 0:
        opens = _OPENING.match(norm, start, end)
        for match in chain([opens] if opens else [], _CHARGED.finditer(norm, opens.end() if opens else start, end)):
            yield from _bare(norm, match, known)
    if norm.find("职责", start, end) >= 0:
        for match in _BY_DUTY.finditer(norm, start, end):
            yield from _bare(norm, match, known)


def _bare(norm: str, match: re.Match[str], known: KnownNames) -> Iterator[DutyDraft]:
    """The units of each group of a match, where all that stands in the group are names."""
    for group, written in match.groupdict().items():
        names = list(split_units(norm, *match.span(group), known)) if written else []
        if all(_is_bare(name) or known.is_name(at, stop) for name, at, stop in names):
            yield from (DutyDraft(_SENTENCE_ROLES[group], name, at, stop) for name, at, stop in names)


_MORE_THAN_A_NAME = regex(r"[的要应须对在把将]|会同")
_LONGEST_BARE = 18


def _is_bare(name: str) -> bool:
    """Whether words are a name and nothing else: 各企业要明确专人负责 has a sentence before the word."""
    return len(name) <= _LONGEST_BARE and could_be_unit(name) and _MORE_THAN_A_NAME.search(name) is None


def _said(pattern: re.Pattern[str], norm: str, start: int, end: int, known: KnownNames) -> Iterator[DutyDraft]:
    for match in pattern.finditer(norm, start, end):
        found: list[DutyDraft] = []
        names = 0
        for group, written in match.groupdict().items():
            for name, at, stop in split_units(norm, *match.span(group), known) if written else ():
                names += 1
                if could_be_unit(name) or known.is_name(at, stop):
                    found.append(DutyDraft(_SENTENCE_ROLES[group], name, at, stop))
        # Without 由 a sentence may only tell what offices did: then something that is no name stands among them.
        if pattern is not _TOGETHER or norm[match.start()] == "由" or len(found) == names:
            yield from found
