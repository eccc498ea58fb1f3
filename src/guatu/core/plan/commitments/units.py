"""A list of units becomes its units, as they are written."""

import re
from collections.abc import Iterator

from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.names import NOBODY, KnownNames

Place = tuple[str, int, int]
"""A name with its position."""

# What names of units end with. After a firm end no name goes on with 和; after the others it may (县学校和社区办).
_FIRM_ENDS = "局 厅 政府 公司 中心 委员会 管委会 办公室 大队 支队 总队 集团 银行 法院 检察院 医院 学校 单位 部门"
_ENDS = "委 办 部 院 府 处 所 站 队 会 社 镇 乡 村 街道 室 组 联 社区 支行 分行 人行 农行 工行 建行 农商行 农发行"
# Ends of names only where a role says that a name stands here (各级, 业主方, 养殖户).
_WEAK_ENDS = "团 行 街 区 县 市 校 机关 机构 企业 专班 小组 司 馆 场 台 网 署 庭 厂 园 级 科 股 者 方 商 户"


def _any(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_OFFICE_END = regex(rf"(?:{_any(_FIRM_ENDS)}|{_any(_ENDS)}|学院|[>)\]])$")
_UNIT_END = regex(rf"(?:{_any(_FIRM_ENDS)}|{_any(_ENDS)}|{_any(_WEAK_ENDS)}|[>)\]])$")
_FIRM_END = regex(rf"(?:{_any(_FIRM_ENDS)}|委[\u4e00-\u9fff]{{2,4}}部)>?$")
_LEVEL = "[县市区省州旗镇乡]"
# 县教体局县卫健局: two offices whose divider was lost.
_SEPARATOR = regex(
    r"(?<=[县市区][\u4e00-\u9fff]{2}局)(?=[县市区][\u4e00-\u9fff]{2,8}局)"
    r"|(?<=[县市区][\u4e00-\u9fff]{3}局)(?=[县市区][\u4e00-\u9fff]{2,8}局)"
    r"|[、,;。\n/|]|(?<=[\u4e00-\u9fff)>])[ \t]+(?=[\u4e00-\u9fff])"
)
_OPEN, _CLOSE = "([<“《", ")]>”》"
# 等部门, 等有关单位 behind a list.
_OTHERS = "(?:\\d{1,2}个?|[二三四五六七八九十]{1,3}个?|有关|相关|其他|多个|省直|县直|市直|区直|各|省级|县级|市级|区级|职能|成员|责任)*"
_KINDS = "(?:部门和单位|单位和部门|部门单位|部门|单位)"
_ETC = regex(rf"等?{_OTHERS}等{_OTHERS}{_KINDS}?$|等{_OTHERS}{_KINDS}?$")
_AND = "以及|[和及与]"
_ETC_AND = regex(rf"等{_OTHERS}{_KINDS}?(?:{_AND})(?=[\u4e00-\u9fff])")
_JOINT = regex(rf"(?:{_AND})(?!其|所属|下属|直属|[二三]级)")
_OPENS_NAME = regex(rf"{_LEVEL}|各|有关|相关|街道|社区|属地|驻|本级|国|中")
_ONE_WITH = ("政府", "人民政府", "党委")
"""各镇党委和政府 are one."""
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯"
    "江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
_PERSON = regex(rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?<![局委办部站所中心镇乡村])")
_LEADING = regex(
    r"^(?:并?由|和|及|以及|与|并|会同|其中|同时|再由|请)(?=[县市区省各国乡镇街驻])|^(?:由|其中|请)|^(?:联合|协同)(?=[县市区省各乡镇])"
)
# A time, a dash or a remark in a list of units is no unit.
_NO_UNIT = regex(
    r"[-/\\*×xX_ ]*$|(?:本|以上|上述)(?:措施|方案|通知|办法|意见|计划|清单|表)"
    r"|(?:持续|长期|常态化?|全年|立即|即时|逐年|分年度)(?:推进|坚持|实施|开展|进行|落实)?$|\d{4}年|\d{1,2}月底?前?$"
    r"|(?:19|20)\d\d[-./]\d|[一二三四五六七八九十〇年]{1,8}月(?:底|末|[一二三四五六七八九十]{1,3}日)?前?$|年底前?$|(?:以)?下同$|同上$|无$"
    r"|(?:首位|排?列?(?:在|名)?(?:首位?|第一位?|最前|第1位?)的?)(?:单位|部门)?(?:为|是)"
)
_LONGEST = 60
_LONGEST_UNIT = 36
_LONGEST_OFFICE = 30


def is_office(unit: str) -> bool:
    """Whether a name shows by its end that it is one, with no role beside it."""
    return ":" not in unit and len(unit) <= _LONGEST_OFFICE and _OFFICE_END.search(unit) is not None


def could_be_unit(unit: str) -> bool:
    return 2 <= len(unit) <= _LONGEST_UNIT and bool(_UNIT_END.search(unit)) and ("," not in unit) and (":" not in unit)


def split_units(norm: str, start: int, end: int, known: KnownNames = NOBODY) -> Iterator[Place]:
    """Names of units in `norm[start:end]` with their positions; `等部门` is dropped, brackets are kept whole."""
    for at, stop in pieces(norm, start, end, known):
        if not is_person(norm, at, stop):
            yield from names_of(norm, at, stop, known)


def is_person(norm: str, start: int, end: int) -> bool:
    """县水利局 王一平: a person behind an office and a blank."""
    return norm[start - 1 : start] in (" ", "\t") and _PERSON.fullmatch(norm, start, end) is not None


def names_of(norm: str, start: int, end: int, known: KnownNames = NOBODY) -> Iterator[Place]:
    """The names in one piece between separators: several where 和, 等和 or nothing at all joins them."""
    for at, stop in _joined(norm, start, end, known):
        name = norm[at:stop]
        lead = _LEADING.match(name)
        if lead:
            at += lead.end()
            name = name[lead.end() :]
        etc = None if known.is_name(at, stop) else _ETC.search(name)
        if etc and etc.start() >= 2:
            name = name[: etc.start()]
            stop = at + etc.start()
        name = "".join(name.split())
        if name and len(name) <= _LONGEST and not _NO_UNIT.match(name):
            yield name, at, stop


def _joined(norm: str, start: int, end: int, known: KnownNames) -> Iterator[tuple[int, int]]:
    """A、B等和C: C is one of them; 县学校和社区办 is one office as long as no name ends before 和."""
    cuts = [(seam, seam) for seam in known.seams(start, end)]
    cuts += [(m.start(), m.end()) for m in _ETC_AND.finditer(norm, start, end) if not known.inside(m.start())]
    cuts += [m.span() for m in _JOINT.finditer(norm, start + 2, end) if _joins(norm, m, start, end, known)]
    at = start
    for stop, behind in sorted(cuts):
        if stop >= at and norm.count("(", at, stop) == norm.count(")", at, stop):
            yield at, stop
            at = behind
    yield at, end


def _joins(norm: str, joint: re.Match[str], start: int, end: int, known: KnownNames) -> bool:
    """Whether 和 stands between two names and not inside one."""
    at, behind = joint.span()
    if known.inside(at):
        return False
    left, right = norm[start:at], norm[behind:end]
    etc = _ETC.search(right)
    right = right[: etc.start()] if etc and etc.start() >= 2 else right
    if not could_be_unit(right) and not right.endswith(("乡镇", "镇")):
        return False
    if _FIRM_END.search(left) or (left.startswith("各") and not right.startswith(_ONE_WITH)):
        return True
    return bool(_UNIT_END.search(left)) and bool(_OPENS_NAME.match(right))


def pieces(norm: str, start: int, end: int, known: KnownNames = NOBODY) -> Iterator[tuple[int, int]]:
    """Ranges between separators outside brackets and known names, without blanks around them."""
    depth, at = 0, start
    text = norm[start:end]
    cuts = [m.span() for m in _SEPARATOR.finditer(text) if not known.inside(start + m.start())]
    brackets = [(i, 1 if c in _OPEN else -1) for i, c in enumerate(text) if c in _OPEN or c in _CLOSE]
    events = iter([*brackets, (len(text) + 1, 0)])
    position, change = next(events)
    for cut, behind in cuts:
        while position < cut:
            depth = max(0, depth + change)
            position, change = next(events)
        if depth == 0:
            yield from _trimmed(norm, at, start + cut)
            at = start + behind
    yield from _trimmed(norm, at, end)


def _trimmed(norm: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and norm[start] in " \t\n。:.":
        start += 1
    while end > start and norm[end - 1] in " \t\n。.:":
        end -= 1
    if end > start:
        yield start, end
