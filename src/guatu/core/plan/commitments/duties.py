"""Who leads, who is responsible, who supports: read from brackets, labelled lines and sentences."""

import re
from collections.abc import Iterator

import msgspec

from guatu.core.plan.commitments.units import split_units
from guatu.core.plan.model import Role


class DutyDraft(msgspec.Struct, frozen=True, gc=False):
    """A unit in a role, at working positions."""

    role: Role
    unit: str
    start: int
    end: int


# 牵头单位: / 责任部门: / 配合单位及人员: ...
_LEAD_WORD = "牵头(?:责任|负责|实施|领导)?|主责|主办|主管|第一责任|首要责任"
_RESPONSIBLE_WORD = "责任|实施|承办|落实|执行|具体责任|承担|负责|责任落实|组织实施|主体责任|建设|共同责任|项目"
_SUPPORT_WORD = "配合|协办|协同|参与|参加|协助|配合责任|支持|联合|协作|会同|辅助"
_BODY = "(?:单位|部门|处室|科室|机构|主体|局办|乡镇|方)(?:及(?:责任)?人(?:员)?|\\(排名第一的为牵头单位\\)|\\([^()]{0,12}\\))?"
_COLON = "(?: ?:| (?=[\u4e00-\u9fff]))"
LABEL = re.compile(
    rf"(?P<lead>(?:{_LEAD_WORD}){_BODY}{_COLON}|(?:牵头|主办):)"
    rf"|(?P<support>(?:{_SUPPORT_WORD}){_BODY}{_COLON}|(?:配合|协办):)"
    rf"|(?P<responsible>(?:{_RESPONSIBLE_WORD}){_BODY}{_COLON}|(?:责任|承办):)"
    r"|(?P<other>(?:完成(?:时限|时间|日期)|时限|时间(?:节点|要求|进度)|责任(?:领导|人|人员)|牵头领导|分管领导|联系人|责任县领导|工作(?:目标|要求)|目标|资金(?:来源|筹措)?|"
    r"进度(?:安排|要求)?|备注|长期|实施(?:时间|期限|周期)|办理时限|验收标准|包保领导|(?:县|市|区)级(?:责任)?领导) ?:)"
)
# ... 牵头 / ... 按职责分工负责 / ... 配合实施: the role stands behind its units.
_SUFFIX = re.compile(
    r"(?P<lead>(?:分工|共同|联合|分别|统一|具体)?牵头(?:负责|组织|实施|具体|落实|抓总|推进|督办|总体|抓好|指导|协调|办理|制定|开展|总抓|实施)*)"
    r"|(?P<support>(?:积极|密切|共同|协同|做好|予以|全力|依职责|按职责|按照职责)?(?:配合|参与|协助|协同|支持|协办)(?:实施|落实|负责|完成|做好|推进|工作|开展|执行|办理|配合)*)"
    r"|(?P<responsible>(?:(?:按照|依据|根据|按|依)?(?:各自)?(?:职责|职能|职责分工|职能分工|分工|权限)|分工|分别|共同|具体|直接|全面|总体|主要|统筹|组织|联合|各自|属地|等)*"
    r"(?:负责|组织实施|具体实施|组织落实|抓好落实|贯彻落实|分工落实|落实|承办|承担|实施|执行|抓落实|组织)(?:组织|实施|落实|推进|具体|负责|完成|抓好|办理|制定|开展|统筹)*)"
)
# Groups of the patterns above; `other` is a label that names no role.
_ROLES: dict[str | None, Role] = {"lead": "lead", "support": "support", "responsible": "responsible"}
_BRACKET = re.compile(r"[(\[<](?=[^\n]{2})")
_PAIRS = {"(": re.compile(r"[()]"), "[": re.compile(r"[\[\]]"), "<": re.compile(r"[<>]")}
_LONGEST_BRACKET = 1200
_NAMES = r"[\u4e00-\u9fff()、]"
_BY = re.compile(
    rf"(?:由|(?<![\u4e00-\u9fff、()])(?=[县市区省州镇乡]))(?P<unit>{_NAMES}{{2,40}}?)(?:总)?牵头"
    rf"(?:[,;]? ?(?:会同|联合|协同)(?P<others>{_NAMES}{{2,80}}?)(?:等(?:有关|相关)?(?:部门|单位))?"
    r"(?=开展|负责|制定|组织|实施|推进|做好|配合|共同|研究|建立|落实|加强|抓好|对|出台|完善|统筹|[,。;])"
    rf"|[,;] ?(?P<helpers>{_NAMES}{{2,80}}?)(?:等(?:有关|相关)?(?:部门|单位))?(?:协同|密切|积极)?(?:配合|参与|协助)(?=[,。;]))?"
)
_MARKED_LEAD = re.compile(r"\((?:牵头|牵头单位|主办|牵头部门)\)$")
_MARK = re.compile(
    r"\((?:[^()]*(?:牵头|负责|配合|分工|职责)|(?:责任|分管|牵头|包保|主管)?(?:领导|责任人|负责人|联系人) ?:[^()]*)\)$"
)
FIRST_LEADS = re.compile(
    r"(?:列|排|排名|排序|位列)(?:在)?(?:首位?|第一位?|最前|第1位?)[^,。;()]{0,6}(?:的)?(?:单位|部门)?为?(?:牵头|主办|主责)"
)

_REMARK = re.compile(
    r"[,;。] ?(?:(?:列|排|位列)[^,;。()]{0,16}(?:牵头|主办|主责)[^,;。()]{0,8})?(?:[,、;]? ?(?:以)?下同)?$"
    # A time limit behind the units: (A牵头,B配合;2024年10月底前).
    r"|[,;。] ?(?:于|在)?(?:20\d\d[年./-]|[一二三四五六七八九十]{1,3}月|\d{1,2}月|年底|长期|持续|常态)[^,;。()]{0,14}$"
)


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


def duty_texts(norm: str, start: int, end: int) -> Iterator[DutyText]:
    """Brackets and labelled lines with units inside one paragraph."""
    at, found = start, False
    while (opening := _BRACKET.search(norm, at, end)) is not None:
        close = bracket_end(norm, opening.start(), end)
        if close < 0:
            close = _unclosed(norm, opening.start(), end)
        inside = _without_remark(norm, opening.end(), close - 1)
        if close > 0 and _names_roles(norm, opening.end(), inside):
            found = True
            alone = not norm[start : opening.start()].strip() and not norm[close:end].strip(" 。")
            yield DutyText(opening.start(), close, opening.end(), inside, alone)
            at = close
        else:
            at = opening.end()
    if not found:
        yield from _labelled_line(norm, start, end)


def _without_remark(norm: str, start: int, end: int) -> int:
    """End of a bracket's units, before a remark on their order (列第一位的为牵头单位, 下同)."""
    remark = _REMARK.search(norm, start, end)
    return remark.start() if remark else end


def _unclosed(norm: str, start: int, end: int) -> int:
    """A bracket that was never closed reaches to the end of its paragraph when units stand in it."""
    if end - start > 300 or not LABEL.match(norm, start + 1, end):
        return -1
    return end + 1


def _labelled_line(norm: str, start: int, end: int) -> Iterator[DutyText]:
    """责任单位:A、B as a line, or as the last sentence of a paragraph."""
    label = LABEL.match(norm, start, end)
    if label:
        if label.lastgroup != "other" or _next_label(norm, label.end(), end):
            yield DutyText(start, end, start, end, True)
        return
    last = norm.rfind("。", start, end - 1)
    for at in (last + 1, norm.rfind(" ", start, end) + 1):
        label = LABEL.match(norm, at, end) if at > start else None
        if label and label.lastgroup != "other":
            yield DutyText(at, end, at, end, False)
            return


def _next_label(norm: str, start: int, end: int) -> bool:
    return any(m.lastgroup != "other" for m in LABEL.finditer(norm, start, end))


_ROLE_END = re.compile(r"(?:牵头|负责|配合|实施|落实|参与|协助|承办|组织|协办|支持|执行|推进|完成)[。.;, ]*$")
_SENTENCE = re.compile(r"[。!?]")


def _names_roles(norm: str, start: int, end: int) -> bool:
    label = LABEL.match(norm, start, end)
    if label:
        return label.lastgroup != "other" or _next_label(norm, label.end(), end)
    if end - start < 4 or not _ROLE_END.search(norm, max(start, end - 12), end):
        return "、" in norm[start:end] and bool(LABEL.search(norm, start, end))
    if _SENTENCE.search(norm, start, end - 1) or "《" in norm[start:end]:
        return False
    drafts = list(read_roles(norm, start, end))
    return bool(drafts) and sum(could_be_unit(d.unit) for d in drafts) * 2 >= len(drafts)


_UNIT_END = re.compile(
    r"(?:局|委|办|部|厅|院|府|处|所|站|队|会|社|团|行|镇|乡|村|街|区|县|市|校|公司|中心|单位|部门|机关|机构|企业|街道|大队|支队|总队|专班|小组|学校|医院|集团|银行|法院|办公室|[>"
    r")\]]|司|馆|场|组|台|网|署|庭|厂|园|联|专班|级|科|股|室|者|方|网|台|商|会所|户)$"
)


def could_be_unit(unit: str) -> bool:
    return 2 <= len(unit) <= 36 and bool(_UNIT_END.search(unit)) and ("," not in unit)


def read_roles(norm: str, start: int, end: int) -> Iterator[DutyDraft]:
    """All duties that the inside of a bracket or a labelled line names."""
    labels = [m for m in LABEL.finditer(norm, start, end) if not _nested(norm, start, m.start())]
    first = labels[0].start() if labels else end
    if first > start:
        yield from _by_suffix(norm, start, first, None)
    stops = [label.start() for label in labels[1:]] + [end]
    for label, stop in zip(labels, stops, strict=False):
        role = _ROLES.get(label.lastgroup)
        if role is not None:
            yield from _by_suffix(norm, label.end(), stop, role)


def _by_suffix(norm: str, start: int, end: int, role: Role | None) -> Iterator[DutyDraft]:
    """Units followed by their role; what no role follows has the role of the label, if there is one."""
    at = start
    for match in _SUFFIX.finditer(norm, start, end):
        if not _ends_list(norm, match, start, end, labelled=role is not None):
            continue
        yield from _units(norm, at, match.start(), _ROLES[match.lastgroup])
        at = match.end()
    if role is not None:
        yield from _units(norm, at, end, role)


def _ends_list(norm: str, match: re.Match[str], start: int, end: int, *, labelled: bool) -> bool:
    """A role word ends its list of units; inside a name (组织部, 实施局) or in a remark on a unit, 县水利局(牵头), not."""
    if _nested(norm, start, match.start()):
        return False
    if match.end() >= end or norm[match.end()] in ",;、。 .)]:":
        return True
    if labelled:
        return False
    word = match[0]
    return word not in ("组织", "实施", "落实", "执行", "支持", "承担", "参与") and not norm.startswith(
        ("单位", "部门", "制", "人", "领导"), match.end()
    )


def _nested(norm: str, start: int, at: int) -> bool:
    """Whether `at` stands in a bracket that opens behind `start`."""
    return norm.count("(", start, at) > norm.count(")", start, at)


def _units(norm: str, start: int, end: int, role: Role) -> Iterator[DutyDraft]:
    for name, at, stop in split_units(norm, start, end):
        mark = _MARKED_LEAD.search(name) or _MARK.search(name)
        if mark is None:
            yield DutyDraft(role, name, at, stop)
            continue
        own = "lead" if _MARKED_LEAD.search(name) else role
        yield DutyDraft(own, name[: mark.start()], at, norm.rindex("(", at, stop))


def read_sentences(norm: str, start: int, end: int) -> Iterator[DutyDraft]:
    """由X牵头, 会同Y开展 and 县X牵头, Y、Z配合 inside a sentence."""
    for match in _BY.finditer(norm, start, end):
        roles: tuple[tuple[str, Role], ...] = (("unit", "lead"), ("others", "support"), ("helpers", "support"))
        for group, role in roles:
            for name, at, stop in split_units(norm, *match.span(group)) if match[group] else ():
                if could_be_unit(name):
                    yield DutyDraft(role, name, at, stop)
