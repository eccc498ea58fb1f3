"""The words that say what a unit is to a task, each with a sentence that shows it.

A test reads every sentence and finds in it what stands beside it: L leads, R is responsible, S supports. The patterns
of the grammar are built from these tables, so a word is added here and nowhere else.
"""

import re
from collections.abc import Iterable

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.model import Role
from guatu.core.plan.source.anchored import Anchored


class RoleWord(msgspec.Struct, frozen=True):
    """A word behind units that gives them a role."""

    word: str
    role: Role
    example: str
    gives: str
    inner: bool = False
    """Another list of units may follow it without a mark, or what they are to do."""


CORE = (
    RoleWord("牵头", "lead", "(县水利局牵头,各镇配合)", "L县水利局 S各镇", inner=True),
    RoleWord("为牵头单位", "lead", "(县水利局为牵头单位,县财政局为责任单位)", "L县水利局 R县财政局"),
    RoleWord("为责任单位", "responsible", "(县水利局、各镇为责任单位)", "R县水利局 R各镇"),
    RoleWord("为配合单位", "support", "(县水利局负责,各镇为配合单位)", "R县水利局 S各镇"),
    RoleWord("为主", "lead", "(县水利局为主,县财政局配合)", "L县水利局 S县财政局"),
    RoleWord("主责", "lead", "(县公安局主责,各镇协助)", "L县公安局 S各镇"),
    RoleWord("主办", "lead", "(县文旅局主办,县教体局协办)", "L县文旅局 S县教体局"),
    RoleWord("主抓", "lead", "(县林业局主抓,各乡镇落实)", "L县林业局 R各乡镇"),
    RoleWord("总抓", "lead", "(县农业农村局总抓,各镇实施)", "L县农业农村局 R各镇"),
    RoleWord("配合", "support", "(县水利局负责,县财政局积极配合)", "R县水利局 S县财政局", inner=True),
    RoleWord("参与", "support", "(县水利局牵头,县供电公司参与)", "L县水利局 S县供电公司", inner=True),
    RoleWord("协助", "support", "(县公安局负责,各村协助)", "R县公安局 S各村", inner=True),
    RoleWord("协同", "support", "(县公安局负责,县交通局协同推进)", "R县公安局 S县交通局"),
    RoleWord("协办", "support", "(县民政局承办,县残联协办)", "R县民政局 S县残联"),
    RoleWord("支持", "support", "(县科技局负责,县财政局支持)", "R县科技局 S县财政局"),
    RoleWord("指导", "support", "(县住建局指导,各乡镇负责落实)", "S县住建局 R各乡镇"),
    RoleWord("督导", "support", "(县教体局督导,各学校落实)", "S县教体局 R各学校"),
    RoleWord("监督", "support", "(各镇实施,县审计局监督)", "R各镇 S县审计局"),
    RoleWord("负责", "responsible", "(县水利局、县财政局按职责分工负责)", "R县水利局 R县财政局", inner=True),
    RoleWord("承办", "responsible", "(县人社局承办)", "R县人社局"),
    RoleWord("承担", "responsible", "(县供水公司具体承担)", "R县供水公司"),
    RoleWord("落实", "responsible", "(各乡镇人民政府抓好落实)", "R各乡镇人民政府"),
    RoleWord("实施", "responsible", "(县住建局、县城管局组织实施)", "R县住建局 R县城管局"),
    RoleWord("执行", "responsible", "(各执法单位分别执行)", "R各执法单位"),
    RoleWord("统筹", "responsible", "(县委农办统筹,各镇落实)", "R县委农办 R各镇"),
    RoleWord("组织", "responsible", "(县文旅局统一组织)", "R县文旅局"),
)

_MANNER = """
分工 共同 联合 分别 分头 统一 具体 直接 全面 总体 主要 各自 属地 积极 密切 主动 全力 全程 做好 抓好 予以 同步
按照 依据 根据 按 依 职责 职能 权限 工作职责 部门职责 任务分工 工作 推进 抓总 督办 协调 办理 制定 开展 完成 贯彻 抓
"""
MANNER = tuple(_MANNER.split())
"""How they are to do it: before the word or behind it."""

# A word of manner alone gives no role; these say that those who stand before share what the label says.
SHARED = ("分工", "职责", "职能")

# 党组织, 社会组织: what ends so is a unit.
_ORGANISATIONS = ("党", "委", "社会", "群团", "经济", "基层", "合作", "行业", "自治", "民间")


class Label(msgspec.Struct, frozen=True):
    """A word in front of units; with 单位, 部门 and the like behind it and a colon."""

    word: str
    role: Role | None
    """None: what follows it are persons, times and other things, not units."""
    example: str
    gives: str


LABELS = (
    Label("牵头(责任)", "lead", "牵头(责任)单位:县水利局", "L县水利局"),
    Label("责任(牵头)", "lead", "责任(牵头)单位:县水利局;配合单位:各镇", "L县水利局 S各镇"),
    Label("牵头责任", "lead", "牵头责任单位:县水利局;配合单位:各镇", "L县水利局 S各镇"),
    Label("牵头负责", "lead", "牵头负责单位:县水利局", "L县水利局"),
    Label("牵头实施", "lead", "牵头实施单位:县水利局", "L县水利局"),
    Label("牵头领导", "lead", "牵头领导机构:县委农办", "L县委农办"),
    Label("牵头", "lead", "(牵头:县水利局;配合:县财政局)", "L县水利局 S县财政局"),
    Label("主责", "lead", "主责部门:县公安局", "L县公安局"),
    Label("主办", "lead", "主办单位:县文旅局", "L县文旅局"),
    Label("主管", "lead", "主管部门:县商务局", "L县商务局"),
    Label("第一责任", "lead", "第一责任单位:县应急局", "L县应急局"),
    Label("首要责任", "lead", "首要责任单位:县应急局", "L县应急局"),
    Label("配合责任", "support", "配合责任单位:县财政局", "S县财政局"),
    Label("配合", "support", "配合单位及人员:县财政局", "S县财政局"),
    Label("协办", "support", "(承办:县人社局;协办:县工会)", "R县人社局 S县工会"),
    Label("协同", "support", "协同部门:县审计局", "S县审计局"),
    Label("参与", "support", "参与单位:县供电公司", "S县供电公司"),
    Label("参加", "support", "参加单位:各中小学校", "S各中小学校"),
    Label("协助", "support", "协助单位:县气象局", "S县气象局"),
    Label("支持", "support", "支持单位:县农商银行", "S县农商银行"),
    Label("联合", "support", "联合单位:县妇联", "S县妇联"),
    Label("协作", "support", "协作单位:县团委", "S县团委"),
    Label("会同", "support", "会同部门:县财政局", "S县财政局"),
    Label("辅助", "support", "辅助单位:县档案馆", "S县档案馆"),
    Label("指导", "support", "指导单位:县教体局;实施单位:各学校", "S县教体局 R各学校"),
    Label("监督", "support", "监督单位:县审计局", "S县审计局"),
    Label("具体责任", "responsible", "具体责任单位:县水库中心", "R县水库中心"),
    Label("共同责任", "responsible", "共同责任单位:各镇", "R各镇"),
    Label("主体责任", "responsible", "主体责任单位:各镇", "R各镇"),
    Label("责任落实", "responsible", "责任落实单位:县林业局", "R县林业局"),
    Label("责任", "responsible", "责任单位:县水利局、各乡镇", "R县水利局 R各乡镇"),
    Label("组织实施", "responsible", "组织实施单位:县住建局", "R县住建局"),
    Label("实施", "responsible", "实施主体:各乡镇人民政府", "R各乡镇人民政府"),
    Label("承办", "responsible", "承办单位:县民政局", "R县民政局"),
    Label("落实", "responsible", "落实单位:县交通局", "R县交通局"),
    Label("执行", "responsible", "执行单位:县城管局", "R县城管局"),
    Label("承担", "responsible", "承担单位:县供水公司", "R县供水公司"),
    Label("对接", "responsible", "对接部门:县科技局;联系人:李明", "R县科技局"),
    Label("经办", "responsible", "经办机构:县社保中心", "R县社保中心"),
    Label("受理", "responsible", "受理部门:县市场监管局", "R县市场监管局"),
    Label("负责", "responsible", "(负责部门:县住建局;适用范围:所有园区)", "R县住建局"),
    Label("建设", "responsible", "建设单位:县城投公司", "R县城投公司"),
    Label("项目", "responsible", "项目单位:县水投集团", "R县水投集团"),
)

_BODY = "(?:单位|部门|处室|科室|股室|机构|主体|局办|乡镇|方)(?:及(?:责任)?人(?:员)?|\\(排名第一的为牵头单位\\)|\\([^()]{0,12}\\))?"
_ALONE = ("牵头", "主办", "配合", "协办", "责任", "承办")
"""Labels that do without 单位: 牵头:县水利局."""
_NO_UNITS = "".join(f"(?<!{word})" for word in ("单位", "部门", "处室", "科室", "股室", "机构", "主体", *_ALONE))
_LEVEL = "[县市区省州镇乡]"


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _of(role: Role) -> str:
    return _any(label.word for label in LABELS if label.role == role)


def _alone(role: Role) -> str:
    return _any(label.word for label in LABELS if label.role == role and label.word in _ALONE)


_ROLES: tuple[Role, ...] = ("lead", "support", "responsible")
# 第一责任单位:, 市级牵头单位:, 主要配合部门:
_WHICH = "(?:第[一二三]|主要|具体|直接|共同|联合|工作|任务|[省市县区镇乡村]级|[省市县区]直)?"
_FIRST = "第主具直共联工任省市县区镇乡村时责牵分包备" + "".join(sorted({label.word[0] for label in LABELS}))
# Where the colon was forgotten, a whole name shows that a label stands before it: 责任单位县水利局.
_NAME_FOLLOWS = f"(?=(?:{_LEVEL}|各)[\u4e00-\u9fff]{{1,12}}(?:[局委办部]|政府|中心|乡镇|街道|公司)(?:[、,;。)\\]]|$))"
_COLON = f"(?:(?:为|是)? ?:| (?=[\u4e00-\u9fff])|(?:为|是)?{_NAME_FOLLOWS})"
LABEL = Anchored(
    # A label begins with the first character of one, or opens the text, the line or the clause.
    f"[\u4e00-\u9fff](?:(?<=[{_FIRST}])|(?<=[;,。、( \\n\\[].)|(?<!(?s:..)))",
    "|".join(f"(?P<{role}>{_WHICH}(?:{_of(role)}){_BODY}{_COLON}|(?:{_alone(role)}):)" for role in _ROLES)
    # 完成时限:, 责任领导:, 适用范围: whatever else has a colon begins something that is no unit.
    + rf"|(?:^|(?<=[;,。、( \n\[]))(?P<other>[\u4e00-\u9fff]{{1,10}}{_NO_UNITS}(?:\([^()\n]{{0,12}}\))? ?:)"
    + r"|(?P<other_inside>(?:时限|时间|责任(?:领导|人|人员)|(?:牵头|分管|包保|县)领导|联系人|备注) ?:)",
)
ROLE_OF: dict[str, Role] = {role: role for role in _ROLES}

_ROLE = {word.word: word.role for word in CORE}
_NO_ORGANISATION = "".join(f"(?<!{word})" for word in _ORGANISATIONS) + "组织(?=牵头|配合|负责|$)"
_PHRASE = regex(
    f"(?:{_any(w for w in (*_ROLE, *MANNER) if w != '组织')}|{_NO_ORGANISATION}|组织(?=实施|落实|开展|推进|协调|执行|建设|完成))+$"
)
_CORE = regex(_any(_ROLE))
_SHARED = regex("|".join(SHARED))
_INNER = regex(_any(word.word for word in CORE if word.inner))
_PHRASE_WIDTH = 24
_PRECEDENCE: tuple[Role, ...] = ("lead", "support", "responsible")


class Phrase(msgspec.Struct, frozen=True):
    """Words of role at the end of a piece; `role` is None where they only say that those before share it."""

    start: int
    role: Role | None


def phrase_at_end(norm: str, start: int, end: int) -> Phrase | None:
    """按职责分工负责, 积极配合: the words of role with which `norm[start:end]` ends."""
    found = _PHRASE.search(norm[max(start, end - _PHRASE_WIDTH) : end])
    if found is None:
        return None
    at = end - len(found[0])
    roles = {_ROLE[word] for word in _CORE.findall(found[0])}
    if not roles:
        return Phrase(at, None) if _SHARED.search(found[0]) else None
    return Phrase(at, next(role for role in _PRECEDENCE if role in roles))


def inner_roles(norm: str, start: int, end: int) -> list[tuple[int, int, Role]]:
    """Words of role inside a piece, which end one list of units there: A局负责B公司."""
    return [(m.start(), m.end(), _ROLE[m[0]]) for m in _INNER.finditer(norm, start, end)]
