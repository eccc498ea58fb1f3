"""Numbers that are no goals: what exists already, what happened, sizes that qualify a noun, names and structure."""

from collections.abc import Iterable, Iterator
from typing import Final

from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.targets_comparison import Compared, is_rank
from guatu.core.plan.commitments.targets_site import VERB, Site
from guatu.core.plan.model import SectionKind

Block = tuple[int, int, SectionKind]
"""A paragraph: start, end, kind of its section."""

# --- parts of a plan that only report ---------------------------------------------------------------------------------
_MARKER: Final = regex(
    r"\s*(?:(第[一二三四五六七八九十]+[章部])|([一二三四五六七八九十]+、)|(\([一二三四五六七八九十]+\))|(\d+[.、]))"
)
_REPORTING: Final = regex(
    r"\s*(?:分)?(?:[一-鿿]{0,4}(?:发展|工作|建设|现实|产业)基础(?!设)|(?:当前)?(?:基本|总体)(?:情况|现状|县情|市情|区情|镇情)|[一-鿿]{0,6}现状|"
    r"存在(?:的)?(?:主要|突出)?(?:问题|不足|困难|短板)"
    r"|(?:取得的?|主要|工作)(?:成效|成绩|做法|进展)|[一-鿿]{0,6}(?:开展|完成|进展|运行)情况|面临的?(?:形势|挑战|机遇)|[一-鿿]{0,4}背景|[一-鿿\d]{0,8}(?:工作)?回顾)"
)


def goal_paragraphs(norm: str, spans: Iterable[Block]) -> Iterator[Block]:
    """The paragraphs without those under a heading such as 发展基础 or 存在问题, which tell how things are."""
    muted = 0
    for span in spans:
        marker = _MARKER.match(norm, span[0], span[1])
        if marker:
            level = marker.lastindex or 0
            if not muted or level <= muted:
                muted = level if _REPORTING.match(norm, marker.end(), span[1]) else 0
        if not muted:
            yield span


# --- what was or is already -----------------------------------------------------------------------------------------
# The lookahead in front of a long alternation lets most characters of a clause fail at one glance.
_DONE: Final = regex(
    r"(?=[已现原目去上往历近曾此共涉既业实仍尚当以了同前期基占总人位地依下辖])(?:已|现有|现共有|原有|(?<!项)目前(?!期)|(?<![较比])(?:去年|上年)|往年|历年|近年|近[两三四五几\d]{1,"
    r"2}年|曾|此前|共有(?!产权)|现状|涉及|既有(?!住宅|建筑|小区|多层|楼)|业已|实有|[仍尚]有|当前|以来[^,]*的$"
    r"|(?<![为除])了(?![解望])|同期|上一年|前期|期初|基期|占全|共(?:受理|接[待到报]|收到|查处|发生)|总人口|位于|地处|依托|下辖|辖(?!区))"
)
_REPORT: Final = regex(
    r"(?=[截目近以去上“十过前位地据数调结统经])(?:截[至止](?:目前|\d{1,2}[月日])|(?<!项)目前(?!期)|近年来|近[两三四五几\d]{1,2}年来?|以来,|(?<![较比])(?:去年|"
    r"上年)|位于|地处|据[^,。]{0,4}统计|(?:数据|调查|结果|统计)显示|“?十[二三]五”?(?:时期|期间|以来)|过去|(?<!学)前[两三]年|经(?:摸排|排查|统计|调查|测算),)"
)
_AHEAD: Final = regex(
    r"计划|力争|拟|将|确保|争取|到20|到20xx|预计|底前|月前|末前|今年|下一步|目标|要求|预期|规划|“十[四五]五”|\d年(?:内|底|末)"
)
_YEAR: Final = regex(r"20\d\d(?=年)")
_UNTIL: Final = regex(r"截[至止]到?(20\d\d)年(\d{1,2}月)?")
_IN_STOCK: Final = ("现有", "现有的", "原有", "原有的")
_AS_OF: Final = regex(r"截[至止]")
_COUNTED_UP: Final = regex(r"共|累计|已")
_DATED: Final = regex(r"(20\d\d)年(?:[底末初]|全年|上半年|下半年)?,$")
_DUE: Final = regex(
    rf"20\d\d年[^,。;\d]{{0,4}}(?:\d{{1,2}}月[^,。;\d]{{0,3}}|\d{{1,2}}日)*之?前[^,。;]{{0,3}}(?:{VERB})(?![^,。;]*[的了过已])"
)
"""2023年12月底前建成: a limit, even where its year is over."""
_BRACKETS: Final = regex(r"\([^()]*\)")
_OPENED: Final = regex(r"\s*(?:\([一二三四五六七八九十]+\)|\d{1,2}\.)?\s?(20\d\d)年(?:全年|[上下]半年)?(?:以来)?,")
_RISEN: Final = regex(
    r"(?:由|从)[^由从,。;]*\d[^由从,。;]*(?:提高|提升|增加|增长|降低|下降|减少|缩短|压缩|压减|扩大|上升|延长|整合|归并|精简|调整|优化|拓展|扩展|缩减|缩小|恢复|"
    r"[降升增减扩])(?:到|至|为)[^\d,。;]{0,4}$"
)
_ALL_DUE: Final = regex(r"[^,。;]{0,24}(?:[月年底日末]前|年内|期内)(?:全部|全面|一律|基本)")
_CARRIED_OVER: Final = regex(r"[^,。;]{0,24}(?:全部|全面|如期|按期)(?:完工|完成|建成|竣工|投[用产]|通过)")
_AGAINST: Final = regex(r"较|比|基础")
_BASE_VALUE: Final = regex(
    r"(?:由|从|自|较|比|相较于?|在)(?:20\d\d|去|上|当前|目前|现在|现有|现状|原来|原|基期)?[^由从]{0,16}$"
)
_RISES: Final = regex(
    r"(?:左右|以上|以下)?(?:的基础上)?,?(?:逐步|稳步|进一步|再)?(?:提高|提升|增加|增长|降低|下降|减少|缩短|压缩|压减|扩大|上升|延长|整合|归并|精简|调整|优化|拓展|扩展|缩减|缩小|"
    r"恢复|降|升|增|减|扩)(?:到|至|为)"
)
_ON_TOP_OF: Final = regex(r"[^,。;]{0,24}(?:的)?基础上")

# --- sizes that qualify ---------------------------------------------------------------------------------------------
_EXTENT: Final = regex(
    r"(?:的)?(?:范围|半径|区域(?!性)|缓冲|口径|可视|服务圈|生活圈|圈|辐射|高程|海拔|等级|级|线(?!以)|服务|深|外(?:的)?|覆盖率|以?外|宽的|长的|高的|纵深)"
)
_TERRITORY: Final = regex(
    r"(?:(?<!建筑)总面积|幅员(?:面积)?|(?:国土|耕地|辖区)面积|(?:常住|户籍|老年|流动|农业|城镇|总)人口|机动车保有量|公路总里程|人口密度|海拔|年(?:均)?降[水雨]量|无霜期|"
    r"年均气温)(?:约|为|达|是|超|近|共)?$"
)
_SIZES: Final = ("length", "area", "time", "mass", "power", "volume")
_MORE_COUNTED: Final = regex(r"[^,。;]{0,16}?\d+(?:\.\d+)?[余多]?[万]?[个家处座所户名条项辆台]")
_COUNTED_BEFORE: Final = regex(r"\d+[个处座所条栋间块片]$")
_CAPACITY: Final = regex(r"[日年](?:均?处理|均?供水?|产)(?:能力|规模|量)?$")
_VESSEL: Final = ("升", "毫升", "l", "ml")
_HELD_BY: Final = frozenset(("l", "升", "ml", "毫升", "包", "片", "袋", "瓶", "盒", "支", "粒"))
_OF_A_THING: Final = regex(r"的?[\u4e00-\u9fff]")
_HOLDS: Final = regex(r"[一-鿿]{0,6}[桶箱罐瓶壶袋](?![装])")
_SIZED_BY: Final = regex(r"[一-鿿]{1,4}?(?:及|或)?以[上下]的[一-鿿]")
_EARNERS: Final = regex(
    r"(?:以上|级)?(?:的|[一-鿿]{0,4}?(?:企业|项目|村(?!集体)|园区|集群|产业|品牌|强镇|单品|市场|商户|合作社|产品|基地|平台|主体))"
)
_EXCEEDS: Final = regex(r"(?:超过?|达到?|突破|不低于|不少于|在)$")
_BUILT_OF_SIZE: Final = regex(r"(?:消除|新建|建设|建成|改造|打造|创建|实施|培育|扩建|改建|建)$")
_ADJACENT_VERB: Final = regex(
    rf"(?:{VERB}|达到?|不低于|不少于|为|是|设|建|配|种|至少|≥|超过|突破|约|有|:)(?:了|一批|约|各|年|全(?:县|市|区|镇|省))?$"
)

# --- names and structure --------------------------------------------------------------------------------------------
_STRUCTURE: Final = regex(
    r"(?:重点|主要|关键|核心|专项|具体|突出|基本|大|特色|主攻|工作|保障|支撑|主导|子|分|成员|相关|有关|市直|县直|责任|职能|牵头|配合|省级|市级|行政|城市"
    r"|一级|二级|三级)*(?:方面|环节|领域|层面|维度|阶段|步骤|原则|要求|问题(?![^,。;]{0,14}(?:整改|整治|化解|解决|销号|清零|见底))|部门|单位|小组|工作组|专班|方向|要素|机制|"
    r"制度|体系|能力|行动|任务|措施|指标|目标|程序"
    r"|专项(?!规划)|类别|档次|等级|层次|层级|意识|自信|维护|清单|一体化|坚持|结合|统一|转变|文件|方案|通知|意见|规定|办法|政策|条款|内容|要点|事项|工作|过程|关口|短板"
    r"|乡镇(?:\([^()]*\)(?![一-鿿]{3})|人民政府)|关系|作用|优势|建议|举措|抓手|平台、|重点(?![一-鿿])|关键(?![一-鿿])|模块|板块|系统\b|系列|中心任务|大类|小类|大项|"
    r"字|百分百|确保|到位|必须|严禁|不准)"
)
_ACTOR: Final = regex(
    r"[一-鿿()]{0,14}?(?:要(?!求)|应(?!急|用|.尽)|须|负责|牵头|配合|为成员|参会|(?:成员|代表)参加|任副?(?:组长|总?指挥|主任))"
)
_PENALTY: Final = regex(
    r"扣[^,。;\d]{0,12}的$|扣$|扣减$|扣除$|(?<!增)加$|(?<![取获])得$|(?<![累合共总])计$|满分|权重|分值(?!占)|每(?:发现|出现|少|低|高|增加|减少|缺|超过?|差|"
    r"有|提高|下降|漏|缺少|降低|低于|高于|逾期|延迟|滞后|推迟)[^,。;]{0,6}$"
)
_RANKED: Final = regex(r"(?<![底末月日年之以])前$|(?:排名|排序|[、和及,]|^)后$")
_PER_SHARE: Final = regex(r"每(?:隔)?$|逐$|连续$|按$|相当于$|满$|年满$|未满$|不满$")
_CONDITION: Final = regex(
    r"(?:以[上下])?的?,?(?:倒?扣(?:减|除|\d)|不得分|约谈|通报批评|问责|一票否决|取消[^,。;]{0,6}资格)"
    r"|(?:以[上下])?(?:的(?:乡镇|县|区|单位|部门|村|企业|地方)[^,。;]{0,4},(?:扣|约谈|通报|给予|不予|取消)|时(?![间限速段效长])|的(?:除外|情况|情形|[一-鿿]{1,"
    r"8}?(?:不得|不予|禁止|严禁|可申|给予|予以)))"
)
_ONE_EACH: Final = regex(r"[^,。;()]{1,40}的[^,。;、()]{0,8}(?:机制|制度|模式|体系)")
"""1名县领导、1个单位、1个专班的推进机制: how it is to be done."""
_SORT: Final = regex(r"[一-鿿](?:方面|领域|环节|层面|门类|类别|类型|板块|类)(?:共|有|计|各)?$")
"""知识产权方面5项, 发改类3项: how many of a list stand under each of its heads."""
_LISTED_UNITS: Final = ("项", "个", "条", "件", "点", "款", "类", "种")
_IN_A_NAME: Final = regex(
    r"(?:论坛|会(?=[,。;、:”’)》\s]|$|品牌|活动)|沙龙|峰会|讲坛|大讲堂|榜(?!样)|智库|俱乐部|朋友圈|计划(?=[,。;、”’)》]|$))"
)
"""企业家50人论坛: the number is part of a name."""
_MODEL: Final = regex(r"(?:乡镇|镇|乡|村|社区|街道|县|市|地区|地|单位|部门)[^,。;]{0,8}?(?:经验|做法|模式(?!创新))")
_ELIGIBLE: Final = regex(r"(?:申报|申请|准入|参评|享受|补助|奖励|扶持|支持)(?:条件|对象|范围)(?:为|是)?:")
_WHOLE: Final = regex(
    r"(?:全(?:县|市|区|镇|乡|省|国|村|部|体|域)|辖区?|下辖|所辖|所有|以上|上述|这|该|其他|其余|其它|另外|剩余的|等)$"
)
_WHOLE_GOAL: Final = regex(
    rf"{VERB}|实现|完成|确保|推动|达到|覆盖|解决|输送|延伸|推进|打造|建设|建成|选|新|创建|巩固|供|投放|将"
)
_AROUND: Final = regex(r"[\d.、()一二三四五六七八九十]*(?:重点|主要)?(?:围绕|聚焦|瞄准|针对|立足)")
_ALL_OF_THEM: Final = regex(
    r"全部|均(?!衡)|通过|达到|完成|实现|达标|应.尽.|逐[一户村校个]|普遍|免费|(?:稳定|正常|投入)运[行转营]|销号|清零"
)
_THROUGHOUT: Final = regex(
    r"[^,。;]{0,12}(?:(?:全面|全域|全部|普遍)(?:推[行开广]|铺开|实施|建立|启动|开展|落地)|全覆盖)"
)
_PLACED: Final = regex(r"(?:^|[^存现])在(?!20|\d)")
_PLACE_NOUN: Final = regex(
    r"(?:重点|试点|示范|建制|行政|自然|贫困|脱贫|中心)?(?:乡镇|镇|村|社区|县|市|街道|地区|区域|点位|路段|园区|片区|区)"
)


def happened(site: Site, year: int | None) -> bool:
    """The clause, or the report that its sentence begins with, tells what is or was."""
    if "未" in site.clause:
        return False
    risen = _RISEN.search(site.clause)
    told = site.clause[: risen.start()] if risen else site.clause
    if _DONE.search(told) and not (told.endswith(_IN_STOCK) and _ALL_DUE.match(site.tail)):
        return True
    if _ON_TOP_OF.match(site.after):
        return True
    if year is not None and _past_year(site, told, year):
        return True
    return _reports(site.sentence + told, year)


def opens_report(site: Site, year: int | None) -> bool:
    """截至去年底, ...: all of the sentence is told, up to the next word that looks ahead."""
    opened = _OPENED.match(site.sentence) if year is not None else None
    if opened and year is not None and int(opened[1]) < year:
        return True
    return _AS_OF.search(site.sentence + site.clause) is not None


def _reports(told: str, year: int | None) -> bool:
    until = _UNTIL.search(told)
    if until is not None:
        counted = _COUNTED_UP.search(told, until.end()) is not None
        return int(until[1]) < year or (until[2] is not None and counted) if year is not None else counted
    report = _REPORT.search(told)
    return report is not None and not _AHEAD.search(told, report.end())


def is_territory(site: Site, compared: Compared) -> bool:
    """全县总面积1860平方公里: land, people and stock without a word of comparison or of doing."""
    return not compared.explicit and not site.has_verb and _TERRITORY.search(site.before) is not None


def looks_ahead(words: str) -> bool:
    return _AHEAD.search(words) is not None


def _past_year(site: Site, clause: str, year: int) -> bool:
    dated = _DATED.search(site.sentence) or _OPENED.match(site.sentence)
    if dated and _AHEAD.search(site.sentence, dated.end()):
        dated = None
    if _DUE.search(clause):
        return False
    named = _YEAR.findall(_BRACKETS.sub("", clause) if ")" in clause else clause) or ([dated[1]] if dated else [])
    return bool(named) and int(named[-1]) < year and not _AGAINST.search(clause) and not _CARRIED_OVER.match(site.tail)


def is_base_value(site: Site) -> bool:
    """由85%提高到95%: the first of the two."""
    return bool(_RISES.match(site.after)) and bool(_BASE_VALUE.search(site.before))


def qualifies(site: Site, compared: Compared) -> bool:
    """A size that tells which things are meant: 25人以上自然村, 500米范围内, 年产值500万元以上企业10家.

    Right behind a count it tells how large each one is to be (1个800平方米以上的活动中心): a standard, so a goal.
    """
    if site.amount.unit in ("%", "‰"):
        return False
    if _is_strength(site, compared) or (
        site.amount.unit in _VESSEL and not compared.explicit and _HOLDS.match(site.after)
    ):
        return True
    if site.dimension in _SIZES and _COUNTED_BEFORE.search(site.clause):
        return site.amount.unit in _VESSEL and not compared.explicit
    if site.dimension in _SIZES and (
        _EXTENT.match(site.after) or _EXTENT.match(site.after, compared.end - site.amount.end)
    ):
        return True
    if site.dimension == "money" and _EARNERS.match(site.after) and _EXCEEDS.search(site.before):
        return True
    if site.dimension == "people" and _SIZED_BY.match(site.after):
        return True
    if not compared.qualifies or site.dimension == "count":
        return False
    rest = site.after[compared.end - site.amount.end :]
    if _CAPACITY.search(site.before):
        return True
    if compared.op != "~" and (_MORE_COUNTED.match(rest) or _is_size(site)):
        return True
    return not _ADJACENT_VERB.search(site.before)


def _is_strength(site: Site, compared: Compared) -> bool:
    """用1000mg/L的含氯消毒液, 20克/包复合肥: how strong or heavy a thing is that is used."""
    _, slash, below = site.amount.unit.partition("/")
    told = bool(slash) and site.dimension == "mass" and below.lower() in _HELD_BY and not compared.explicit
    return told and _OF_A_THING.match(site.after) is not None


def _is_size(site: Site) -> bool:
    """新建25人以上自然村的道路: nobody builds persons."""
    return site.amount.unit not in ("名", "位") and _BUILT_OF_SIZE.search(site.before) is not None


def is_structure(site: Site) -> bool:
    """Parts of a document, an organisation or a rubric: 4个阶段, 16个部门, 扣3分."""
    return bool(
        (site.dimension != "times" and _STRUCTURE.match(site.after))
        or (site.amount.value == 1 and site.amount.unit in ("名", "个", "位") and _ONE_EACH.match(site.after))
        or (site.before.endswith("由") and "组成" in site.tail)
        or _PENALTY.search(site.before)
        or (site.before[-1:] in ("前", "后") and _RANKED.search(site.before) and not is_rank(site))
        or _PER_SHARE.search(site.before)
        or (site.dimension == "time" and site.before.endswith("近"))
        or _MODEL.match(site.after)
        or _CONDITION.match(site.after)
        or _ELIGIBLE.search(site.sentence)
        or (site.amount.unit in _LISTED_UNITS and _SORT.search(site.before))
        or (site.dimension == "people" and _IN_A_NAME.match(site.after))
    )


def is_existing_whole(site: Site) -> bool:
    """全县12个乡镇, 28家卫生院要加强...: things that are there, named by their number."""
    if _AROUND.match(site.clause) and not _chosen(site):
        return True
    if _ACTOR.match(site.after) and site.dimension in ("count", "people"):
        return True
    if _WHOLE.search(site.before) and not _WHOLE_GOAL.search(site.clause) and not _ALL_OF_THEM.search(site.tail):
        return True
    return (
        bool(_PLACED.search(site.clause))
        and bool(_PLACE_NOUN.match(site.after))
        and not _chosen(site)
        and not _THROUGHOUT.match(site.tail)
    )


def _chosen(site: Site) -> bool:
    return bool(_ADJACENT_VERB.search(site.before))


def is_quoted(norm: str, at: int, floor: int) -> bool:
    """The number stands in quotation marks or in the title of a document."""
    low = max(floor, at - 60)
    return norm.rfind("“", low, at) > norm.rfind("”", low, at) or norm.rfind("《", low, at) > norm.rfind("》", low, at)


def is_aside(norm: str, at: int, floor: int) -> bool:
    """The number stands in brackets."""
    low = max(floor, at - 60)
    return norm.rfind("(", low, at) > norm.rfind(")", low, at)
