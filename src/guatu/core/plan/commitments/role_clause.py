"""The grammar of a role clause: what stands in a bracket or behind a label, read from left to right.

    clause  = part*                       part    = [label] piece (separator piece)*
    piece   = remark | [names] [phrase]   names   = name (和 name | 会同 name | 等部门)*

Names wait until a word says their role: the phrase behind them (县水利局、县财政局负责), else the label in front of
them (责任单位:县水利局). What waits at the end of a part without a label was given no role.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.names import NOBODY, KnownNames
from guatu.core.plan.commitments.role_words import LABEL, ROLE_OF, inner_roles, phrase_at_end
from guatu.core.plan.commitments.units import Place, could_be_unit, is_person, names_of, pieces
from guatu.core.plan.model import Role


class DutyDraft(msgspec.Struct, frozen=True, gc=False):
    """A unit in a role, at working positions."""

    role: Role
    unit: str
    start: int
    end: int


# Behind 下同 stands what holds for the whole plan and names no unit of this task.
_FROM_HERE_ON = regex(r"[,、;。(]? ?(?:以)?下同(?=[,;。)\]\n]|$)")
# 列首位的为牵头单位; 2024年6月底前; 不再单独列出: pieces of a clause that are no names.
_REMARK = regex(
    r"(?:排名|列|排|位列|以|按)?(?:在|名)?(?:首|第一|最前|第1|前列)[^,。;()]{0,8}(?:牵头|主办|主责|责任)|(?:完成)?(?:时限|时间|期限|时间节点)"
    r"|(?:于|在|到|至|每|自)?(?:20\d\d ?[年./-]|[一二三四五六七八九十]{1,3}月|\d{1,2} ?月|\d{4}年|年底|年内|全年|长期|持续|常态|立即)"
    r"|.{0,24}(?:不再|另行|详见|均涉及|单独列|为准|不变)"
)
_MARKED_LEAD = regex(r"\((?:牵头|牵头单位|主办|牵头部门)\)$")
_MARK = regex(
    r"\((?:[^()]*(?:牵头|负责|配合|分工|职责)|(?:责任|分管|牵头|包保|主管)?(?:领导|责任人|负责人|联系人) ?:[^()]*)\)$"
)
_NO_ROLE = regex(r"单位|部门|制|人(?![民社力])|领导|同志|机构")
_NAME_OPENS = regex(r"[县市区省州镇乡各]|国网|中国")
_FIGURE = regex(r"\d")
_JOINED = regex(r"会[同商](?:有关|相关)?|(?:联合|协同)(?=[县市区省各乡镇])")
_PREFIXED = regex(r"(牵头|主办|配合|协办|协助|承办|指导)(?=[县市区省州镇乡各])")
_PREFIXES: dict[str, Role] = {
    "牵头": "lead",
    "主办": "lead",
    "配合": "support",
    "协办": "support",
    "协助": "support",
    "指导": "support",
    "承办": "responsible",
}


class Clause(msgspec.Struct):
    """What a clause says, and how sure it is that it is one."""

    drafts: list[DutyDraft] = []
    labelled: bool = False
    closed: bool = False
    """Its last names have a role of their own."""
    explained: bool = False
    """A role stands before what is to be done: 县财政局负责资金保障."""
    counted: bool = False
    """What stands behind a role is a number of things: 县医院牵头7家."""


def read_clause(norm: str, start: int, end: int, known: KnownNames = NOBODY) -> Clause:
    """Everything that the inside of a bracket or a labelled line says of units."""
    remark = _FROM_HERE_ON.search(norm, start, end)
    end = remark.start() if remark else end
    labels = list(_outside_brackets(norm, start, LABEL.finditer(norm, start, end)))
    clause = Clause()
    _Part(norm, known, clause, None).read(start, labels[0].start() if labels else end)
    stops = [label.start() for label in labels[1:]] + [end]
    for label, stop in zip(labels, stops, strict=False):
        role = ROLE_OF.get(label.lastgroup or "")
        if role is not None:
            clause.labelled = True
            full_stop = _full_stop(norm, label.end(), stop)
            _Part(norm, known, clause, role).read(label.end(), full_stop)
    return clause


def read_roles(norm: str, start: int, end: int, known: KnownNames = NOBODY) -> Iterator[DutyDraft]:
    """All duties that the inside of a bracket or a labelled line names."""
    return iter(read_clause(norm, start, end, known).drafts)


def _outside_brackets(norm: str, start: int, found: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Those that stand in no bracket; the text between is counted once, however many there are."""
    depth = 0
    for match in found:
        depth += norm.count("(", start, match.start()) - norm.count(")", start, match.start())
        start = match.start()
        if depth <= 0:
            yield match


def nested(norm: str, start: int, at: int) -> bool:
    """Whether `at` stands in a bracket that opens behind `start`."""
    return norm.count("(", start, at) > norm.count(")", start, at)


def _full_stop(norm: str, start: int, end: int) -> int:
    """End of the sentence that a label opens."""
    at = norm.find("。", start, end)
    while at >= 0 and nested(norm, start, at):
        at = norm.find("。", at + 1, end)
    return at if at >= 0 else end


class _Part:
    """A label with its names, or the names before the first label."""

    def __init__(self, norm: str, known: KnownNames, clause: Clause, role: Role | None) -> None:
        self.norm, self.known, self.clause, self.role = norm, known, clause, role
        self.waiting: list[Place] = []
        self.helpers: list[Place] = []
        self.joined = False

    def read(self, start: int, end: int) -> None:
        for at, stop in pieces(self.norm, start, end, self.known):
            if self.known.is_name(at, stop):
                self._wait(at, stop)
            elif not _REMARK.match(self.norm, at, stop) and not is_person(self.norm, at, stop):
                self._piece(at, stop)
        if self.role is not None or self.helpers:
            self._give(self.role or "lead")
        elif self.clause.drafts and all(could_be_unit(name) for name, _, _ in self.waiting):
            # 县水利局牵头,县财政局、县审计局: those behind have no role of their own and answer with the lead.
            self._give("responsible")

    def _piece(self, start: int, end: int) -> None:
        prefix = _PREFIXED.match(self.norm, start, end)
        if prefix and could_be_unit(self.norm[prefix.end() : end]) and not phrase_at_end(self.norm, start, end):
            self._give(self.role)
            self.role, start = _PREFIXES[prefix[1]], prefix.end()
        phrase = phrase_at_end(self.norm, start, end)
        stop = phrase.start if phrase else end
        start, told = self._inner(start, stop)
        if told:
            return
        self._wait(start, stop)
        if phrase is not None:
            self._give(phrase.role or self.role or "responsible")
            self.clause.closed = True

    def _inner(self, start: int, end: int) -> tuple[int, bool]:
        """Roles inside the piece: A局负责B公司, A局负责资金. Where the rest begins, and whether the rest is no name."""
        for at, behind, role in inner_roles(self.norm, start, end):
            if not self._is_role(start, at, behind, end):
                continue
            self._wait(start, at)
            self._give(role)
            self.clause.closed = True
            start = behind
            if behind < end and not could_be_unit(self.norm[behind:end]):
                self.clause.explained = True
                self.clause.counted |= _FIGURE.search(self.norm, behind, end) is not None
                return end, True
        return start, False

    def _is_role(self, start: int, at: int, behind: int, end: int) -> bool:
        if at == start or nested(self.norm, start, at) or self.known.inside(at) or _NO_ROLE.match(self.norm, behind):
            return False
        if behind >= end or not could_be_unit(self.norm[start:at].removesuffix("等")):
            return False
        return self.role is None or _NAME_OPENS.match(self.norm, behind) is not None

    def _wait(self, start: int, end: int) -> None:
        """The names of a piece, on both sides of 会同."""
        for joint in _JOINED.finditer(self.norm, start, end):
            if not nested(self.norm, start, joint.start()) and not self.known.inside(joint.start()):
                self._names(start, joint.start())
                self.joined = True
                start = joint.end()
        self._names(start, end)

    def _names(self, start: int, end: int) -> None:
        if end > start:
            self.clause.closed = False
            (self.helpers if self.joined else self.waiting).extend(names_of(self.norm, start, end, self.known))

    def _give(self, role: Role | None) -> None:
        """Gives a role to all that wait; who is joined by 会同 helps the one before it."""
        if role is not None:
            leads = self.joined and self.waiting and self.role is None
            for place in self.waiting:
                self.clause.drafts.append(_draft("lead" if leads else role, place, self.norm))
            for place in self.helpers:
                self.clause.drafts.append(_draft("support", place, self.norm))
        self.waiting, self.helpers, self.joined = [], [], False


def _draft(role: Role, place: Place, norm: str) -> DutyDraft:
    """A duty; a mark in brackets behind the name is no part of it: 县水利局(牵头), 县水利局(责任领导:王平)."""
    name, at, stop = place
    mark = _MARKED_LEAD.search(name) or _MARK.search(name)
    if mark is None:
        return DutyDraft(role, name, at, stop)
    own: Role = "lead" if _MARKED_LEAD.search(name) else role
    return DutyDraft(own, name[: mark.start()], at, norm.rindex("(", at, stop))
