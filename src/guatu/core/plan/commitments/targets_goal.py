"""Whether an amount is a goal, by the sort of its unit: rates, counts, times, money, marks."""

from typing import Final

from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.targets_background import is_existing_whole
from guatu.core.plan.commitments.targets_comparison import DELIVERED, Compared
from guatu.core.plan.commitments.targets_money import is_effort, is_outcome
from guatu.core.plan.commitments.targets_site import VERB, Site

_RATE: Final = regex(
    r"(?:率|比例?|比重|占比|份额|覆盖面|合格|达标|水平|程度|系数|指数|满意度|知晓度|依从性|度|成活|完好|增长|增速|增幅|增加|提高|提升|下降|降低|减少|上升|降幅|扩大|压缩|压减|缩减|缩短|"
    r"削减|提速|减|以上|率(?:20\d\d年[底末]?|[一-鿿]{1,5}[区县镇乡村市类级期年底末])|实现|完成|确保|达|占[^,。;]*"
    r"|保持|稳定|维持|为|全部|力争|的|覆盖|(?:^|[、,均])减[一-鿿]{2})(?:均?为|保持在?|稳定在?|维持在?|实现|达|要|均|都|应|基本|分别|[:“=])*\s*$"
)
_RATE_BEHIND: Final = regex(
    r"(?:的)?(?:覆盖|完成|达标|实现|落实|入户|到位|办结|合格|整改|通|建成|纳入|全|以上|安全|无害化|回收|收集|处理)"
)
_SHARE: Final = regex(
    r"补助|补贴|贴息|奖励|报销|承担|分担|配套(?!率|设施)|贷款|利率|权重|考核(?:结果|得?分|总分)|罚|浓度$|投资额|[减退免]税|税率|首付|保费|缴费|出资|自筹|质保金|保证金|保修"
)
_PAID_OUT: Final = regex(r"(?:发放|兑现|到位|落实|享受|覆盖|知晓|执行|签约)率[^,。;\d]{0,4}$")
_CHANGED: Final = regex(r"(?:较|比)[^,。;\d]{1,10}(?:降低|下降|提高|提升|增长|增加|上升)$")
"""贷款融资成本较上年降低0.5个百分点: a change is a goal, whatever it is of."""
_BUILD: Final = regex(
    r"(?:新建|新增|建成|建设|改建|扩建|改造|打造|创建|创成|培育|引进|招聘|聘请|配备|设立|设置|增设|新改建|完成|选派|选聘|明确|确定|推出|申报|争创|评选|选树|组建"
    r"|建立|举办|选定|落实|配置|修建|新设|建好|筹建|建|配|选|聘|至少|不少于|不低于|达到|不超过|增加|提高|增长|缩短|有|选取|推动|支持|促成|扶持|吸引|取缔|:)(?:了|约|有|设|:)?$"
)
_BUILT: Final = regex(rf"[^,]{{0,8}}?(?:{VERB})")
_ABSTRACT: Final = regex(
    r"[^,。;]{0,24}?(?:“|机制|制度|体系|格局|模式|氛围|局面|环境|台账|目标|意见|办法|过程|问题|整体|问卷|周期|层次|台阶|方面|时期|工程体系|共同体|闭环|链条|合力|标准|口径|步调|"
    r"主题|清单|图|网(?![一-鿿])|行动|方案|专班|领导小组|品牌$|月|一流|新)"
)
_ONE_BODY: Final = regex(
    r"(?P<how>[^,。;]{0,24}?)(?:队伍|力量|团队|铁军|骨干|班子|梯队|人才(?!公寓|中心|基地|市场|驿站))(?![一-鿿]{0,4}(?:站|室|营房|基地))"
)
"""打造一支高素质队伍: a body of people that there is one of."""
_SOFT: Final = regex(r"(?<!人)的|[高强精硬优]|专[业兼]化?|过硬|可靠|稳定|现代化|职业化|能打|善[于战]")
_FOUNDED: Final = regex(r"(?:组建|成立|设立|配备|配齐|新建)(?:了|好)?$")
_ROUTINE: Final = regex(r"(?:召开|调度|通报|报告|汇报|上报|报送|研究|研判|会商|总结|听取|碰头|考核|会议)(?:不少于)?$")
"""How a leading group works, which is no goal of the plan."""
_PERIODIC: Final = regex(r"每(?:个|半)?(?:年度?|季度?|月|周|旬|日|天|学期|学年)|定期|一年|半年")
_TIMED: Final = regex(
    r"不(?:得|能|应)?超过|不(?:得|能)?(?:少|低|短|多|大|高)于|至少|最多|最长|控制在|(?:缩短|压缩|压减|缩减|延长|降低|减少|[降缩减])(?:到|至|为)|达到?|≤|≥|<|>|以内|之内|以上"
)
_DAYS: Final = regex(r"天数[^,。;]{0,12}$")
_PER_DAY: Final = ("天", "小时", "个小时", "分钟")
_EVERY: Final = regex(r"每(?:人每)?(?:周|天|日|月|年|学期|学年|季度?)(?:[^,。;、\d]{0,8})$")
_CONTRACT: Final = regex(r"贷款|还款|任期|聘期|有效期|质保")
_COUNTED_FROM: Final = regex(r"(?:印发|发布|下发|结束|验收|公布|公示|实施|之日|收到|完成)[^,。;]{0,8}[后起]$")
_ON_REQUEST: Final = regex(
    r"(?:受理|(?:收到|接到|提交)[^,。;]{0,8}(?:申请|报告|报案|投诉|来信|诉求|举报|咨询|材料|报修|求助|线索))[^,。;]{0,6}(?:之日起|[后後])$"
)
"""自收到申请之日起7个工作日内完成审批: how fast a request is dealt with is a standard, whenever it comes."""
_DONE_WITHIN: Final = regex(
    r"(?:以|之)?内(?!的|将|向|报|上报|报送|提交|提出|形成|召开|告知|通知|由|进行|组织|对|开展|累计|连续|未|不|有|建|新|完成(?![^,。;]{0,6}(?:审批|办理|处置|修复|核查|"
    r"抢修|关阀|控制|识别|核实|整改|化解|响应|救援|转移|疏散|集结)))[一-鿿]{2}"
)
_WITHIN_UNITS: Final = ("分钟", "小时", "个小时", "秒", "工作日", "个工作日", "天", "日")
_SCORED: Final = regex(r"满意|得分|评分|成绩|分值|总分|指数|测评|考核")
_JUDGED: Final = regex(r"的(?!标准|目标)|(?:\([^()]*\))?,?(?:评|定为|为(?:优|良|合|不)|给予|奖|兑现)")
_ENDS: Final = regex(r"\s*(?:$|[,。;:、()!?\n\t”]|\.(?!\d)|的标准|标准|的要求)")
_SHARE_OF: Final = regex(
    r"的[^,。;、\d]{1,12}?(?:实现|达到|完成|建成|开展|覆盖|纳入|得到|通过|参与|参加|接入|具备|拥有|配备|使用|签约|成为|享受|通[^过知]|基本|由|在\d|能)"
)
_SLOGAN: Final = regex(r"[一-鿿]{0,3}[、,][^,。;、\d]{1,6}一[^,。;、\d]{1,2}(?=[、,。;”]|$)")
_NONE_NAMED: Final = regex(r"[一-鿿]{2,}[“”]?$")
_NO_WORDS: Final = regex(
    r"(?:.{0,5}|(?:其中|分别|累计|年均|力争|确保|争取|突破|达到?|实现|完成|[约超:]|到?20\d\d年(?:[底末]|度)?)*)"
)
_FULL: Final = regex(r"(?:实现|达到|完成|确保|推动|做到|推进|力争|基本)[^,。;]{2,}$|[^,。;]{4,}(?:基本)?(?:实现|达到)$")
_SIZE: Final = regex(
    r"(?:占地|面积|宽度?|高度?|深度?|长度?|厚度?|间距|距离|半径|直径|坡度|容量|容积|净高|净宽)(?:约|为|宜为?|应为|在|控制在)?$"
)
_PART: Final = regex(r"[一-鿿]{1,3}[级区镇乡村县市道类期段]")
_NAMED_SO: Final = regex(r"[^“”,。;]{0,4}”[一-鿿]{0,2}(?:村|社区|镇|乡|单位|行动|工程|创建|示范|活动|目标|理念|机制)")
_FIRM: Final = ("goal", "task", "phase")


def quotes_a_rule(site: Site, compared: Compared) -> bool:
    """“每500人配备1名”, “零新增”: a rule in quotation marks, not the name of something (“最多跑一次”)."""
    if site.amount.script == "arabic":
        return compared.explicit or _BUILD.search(site.before) is not None
    return site.amount.script == "words" and not _NAMED_SO.match(site.after)


def is_goal(site: Site, compared: Compared, continues: bool) -> bool:
    amount = site.amount
    if amount.script == "words":
        return _is_goal_in_words(site)
    if site.dimension == "time":
        return _is_time_limit(site, compared)
    if site.dimension == "score":
        judged = compared.op == "<=" or _JUDGED.match(site.after, compared.end - amount.end)
        return compared.explicit and not judged and bool(_SCORED.search(site.clause))
    if site.dimension == "money":
        return _is_outcome(site)
    if amount.unit in ("%", "‰", "个百分点", "百分点", "倍"):
        return _is_rate(site, compared, continues)
    if amount.script == "chinese" and site.dimension in ("count", "people", "times"):
        return _is_spelled_count(site, compared, continues)
    return _is_count(site, compared, continues)


def _is_goal_in_words(site: Site) -> bool:
    if site.amount.unit == "倍":
        return len(site.before) >= 2
    if site.amount.unit == "%":
        return bool(_FULL.search(site.before))
    return bool(_NONE_NAMED.search(site.before)) if site.after[:1] != "容" else False


def _is_time_limit(site: Site, compared: Compared) -> bool:
    if site.amount.unit in ("年", "周年") and site.amount.value > 100:
        return False
    if site.amount.unit == "岁":
        return compared.explicit and "寿命" in site.before
    if site.amount.unit == "年一遇":
        return compared.explicit
    if _DAYS.search(site.clause):
        return True
    if site.amount.unit in _PER_DAY and site.kind in _FIRM and _EVERY.search(site.before) and _ENDS.match(site.after):
        return True
    if _CONTRACT.search(site.clause):
        return False
    if site.amount.unit in _WITHIN_UNITS and DELIVERED.match(site.after):
        return not _counts_from_an_event(site)
    rest = site.after[compared.end - site.amount.end :]
    if compared.explicit and _TIMED.search(site.before[-10:]) and _ENDS.match(rest):
        return True
    return (
        site.amount.unit in _WITHIN_UNITS and not _counts_from_an_event(site) and bool(_DONE_WITHIN.match(site.after))
    )


def _counts_from_an_event(site: Site) -> bool:
    """方案印发后30日内 is a limit of the plan, and no standard."""
    return _COUNTED_FROM.search(site.before) is not None and _ON_REQUEST.search(site.before) is None


def _is_outcome(site: Site) -> bool:
    """Money that the plan wants earned, produced or invested by others; what it spends itself is a fund."""
    words = site.before if not _NO_WORDS.fullmatch(site.before) else site.sentence[-30:] + site.before
    if is_outcome(words) or is_outcome(site.before):
        return True
    return is_effort(site.sentence[-30:] + site.clause if _NO_WORDS.fullmatch(site.before) else site.before)


def _is_rate(site: Site, compared: Compared, continues: bool) -> bool:
    if compared.explicit:
        return not (compared.op == "~" and not site.before)
    if _SHARE.search(site.clause) and not (_PAID_OUT.search(site.before) or _CHANGED.search(site.before)):
        return False
    if not site.before and site.kind in _FIRM and _SHARE_OF.match(site.after):
        return True
    if continues and _PART.fullmatch(site.before):
        return True
    return bool(_RATE.search(site.before)) or (site.amount.value == 100 and bool(_RATE_BEHIND.match(site.after)))


def _is_spelled_count(site: Site, compared: Compared, continues: bool) -> bool:
    if is_existing_whole(site) or (site.dimension == "times" and not compared.explicit):
        return False
    if site.amount.value == 1 and (_SLOGAN.match(site.after) or _is_one_body(site)):
        return False
    if _ABSTRACT.match(site.after) or (len(site.before) < 4 and _ENDS.match(site.after) and not continues):
        return False
    if compared.explicit or _BUILD.search(site.before):
        return True
    if len(site.before) >= 4 and site.amount.unit != "项" and _ENDS.match(site.after) and _BUILT.match(site.before):
        return True
    return continues and not site.before


def _is_one_body(site: Site) -> bool:
    """建设一支专业化队伍 wishes how people be; 组建一支应急救援队伍 founds something that can be counted."""
    body = _ONE_BODY.match(site.after)
    return body is not None and (not _FOUNDED.search(site.before) or _SOFT.search(body["how"]) is not None)


def _is_count(site: Site, compared: Compared, continues: bool) -> bool:
    if compared.explicit and not compared.qualifies:
        return True
    if is_existing_whole(site):
        return False
    if site.dimension == "times" and site.amount.value == 1 and _PERIODIC.search(site.clause):
        return _ROUTINE.search(site.before) is None
    if site.amount.high is not None and _SIZE.search(site.before):
        return True
    return site.kind in _FIRM or continues or site.has_verb
