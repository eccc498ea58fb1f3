"""Targets: every quantified goal that a plan sets, told apart from what it reports, cites or merely numbers."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from guatu.core.kernel.units import resolve
from guatu.core.plan.clauses.amounts import scan
from guatu.core.plan.commitments.targets_background import (
    Block,
    goal_paragraphs,
    happened,
    is_aside,
    is_base_value,
    is_existing_whole,
    is_quoted,
    is_structure,
    qualifies,
)
from guatu.core.plan.commitments.targets_comparison import Compared, compare
from guatu.core.plan.commitments.targets_metric import Named, metric_of
from guatu.core.plan.commitments.targets_money import is_outcome
from guatu.core.plan.commitments.targets_shared import Shared, joins, shared_names
from guatu.core.plan.commitments.targets_site import VERB, Site, site_of
from guatu.core.plan.model import BaseQuantity, Comparison, SectionKind


class TargetDraft(msgspec.Struct, frozen=True):
    """A target in working positions, not yet tied to a task or a deadline."""

    start: int
    end: int
    metric: str
    scope: str | None
    op: Comparison
    value: float | int | list[float | int]
    unit: str
    quantity: BaseQuantity | None


_RATE: Final = re.compile(
    r"(?:率|比例?|比重|占比|份额|覆盖面|合格|达标|水平|程度|系数|指数|满意度|知晓度|依从性|度|成活|完好|增长|增速|增幅|增加|提高|提升|下降|降低|减少|上升|降幅|扩大|压缩|压减|缩减|缩短|削减|提速|减|以上|实现|完成|确保|达|占[^,。;]*"
    r"|保持|为|全部|力争|的|覆盖)(?:均?为|保持|实现|达|要|均|都|应|基本|分别|[:“=])*\s*$"
)
_RATE_BEHIND: Final = re.compile(
    r"(?:的)?(?:覆盖|完成|达标|实现|落实|入户|到位|办结|合格|整改|通|建成|纳入|全|以上|安全|无害化|回收|收集|处理)"
)
_SHARE: Final = re.compile(
    r"补助|补贴|贴息|奖励|报销|承担|分担|配套(?!率|设施)|贷款|利率|权重|考核(?:结果|得?分|总分)|罚|浓度$|投资额|[减退免]税|税率|首付|保费|缴费|出资|自筹"
)
_BUILD: Final = re.compile(
    r"(?:新建|新增|建成|建设|改建|扩建|改造|打造|创建|创成|培育|引进|招聘|聘请|配备|设立|设置|增设|新改建|完成|选派|选聘|明确|确定|推出|申报|争创|评选|选树|组建"
    r"|建立|举办|选定|落实|配置|修建|新设|建好|筹建|建|配|选|聘|至少|不少于|不低于|达到|不超过|增加|提高|增长|缩短|有|选取|推动|支持|促成|扶持|吸引|取缔|:)(?:了|约|有|设|:)?$"
)
_BUILT: Final = re.compile(rf"[^,]{{0,8}}?(?:{VERB})")
_ABSTRACT: Final = re.compile(
    r"[^,。;]{0,24}?(?:“|机制|制度|体系|格局|模式|氛围|局面|环境|台账|目标|意见|办法|过程|问题|整体|问卷|周期|层次|台阶|方面|时期|工程体系|共同体|闭环|链条|合力|标准|口径|步调|主题|清单|图|网(?![一-鿿])|行动|方案|专班|领导小组|品牌$|月|一流|新)"
)
_PERIODIC: Final = re.compile(r"每(?:个|半)?(?:年度?|季度?|月|周|旬|日|天|学期|学年)|定期|一年|半年")
_TIMED: Final = re.compile(
    r"不(?:得|能|应)?超过|不(?:得|能)?(?:少|低|短|多|大|高)于|至少|最多|最长|控制在|(?:缩短|压缩|压减|缩减|延长|降低|减少)(?:到|至|为)|达到?|≤|≥|<|>|以内|之内|以上"
)
_COUNTED_FROM: Final = re.compile(r"(?:印发|发布|下发|结束|验收|公布|公示|实施|之日|收到|完成|接到)[^,。;]{0,8}[后起]$")
_DONE_WITHIN: Final = re.compile(
    r"(?:以|之)?内(?!的|将|向|报|上报|报送|提交|提出|形成|召开|告知|通知|由|进行|组织|对|开展|累计|连续|未|不|有|建|新|完成(?![^,。;]{0,6}(?:审批|办理|处置|修复|核查|抢修)))[一-鿿]{2}"
)
_WITHIN_UNITS: Final = ("分钟", "小时", "个小时", "秒", "工作日", "个工作日", "天", "日")
_SCORED: Final = re.compile(r"满意|得分|评分|成绩|分值|总分|指数|测评|考核")
_ENDS: Final = re.compile(r"\s*(?:$|[,。;:、()!?\n\t”]|的标准|标准|的要求)")
_NONE_NAMED: Final = re.compile(r"[一-鿿]{2,}[“”]?$")
_FULL: Final = re.compile(r"(?:实现|达到|完成|确保|推动|做到|推进|力争|基本)[^,。;]{2,}$")
_JOINT: Final = re.compile(r"[^,。;:、\d]{0,20}?(?:、|(?:以及|和|与|及)(?=\d))")
_NEARBY: Final = 40
"""Characters over which one amount still speaks for the next."""
_FIRM: Final = ("goal", "task", "phase")
_ASIDE_GOAL: Final = re.compile(r"\([^()]{0,4}(?:新建|新增|建成|完成|改造|其中|含|包括)")
_OBJECT: Final = re.compile(r"(?:对|将|把|整合|依托|在|巩固|针对|利用|盘活|围绕|借助|提升)")
_NEW_START: Final = re.compile(r"[。;\n]|[,、]新|计划|力争|拟|将|确保|到20|[\d季年月底末]前")
_STARTED: Final = re.compile(rf"[,、][^,、]{{0,6}}?(?:{VERB})")


def find_targets(norm: str, raw: str, spans: Sequence[Block], year: int | None = None) -> list[TargetDraft]:
    """The targets of one document.

    `spans` are its paragraphs in reading order with the kind of their section, in positions of `norm`. `year` is the year
    of the plan where it is known: what an earlier year brought is background.
    """
    found: list[TargetDraft] = []
    for start, end, kind in goal_paragraphs(norm, spans):
        found.extend(_Paragraph(norm, raw, start, end, kind, year).targets())
    return found


class _Paragraph:
    """The amounts of one paragraph, each judged with what was found before it."""

    def __init__(self, norm: str, raw: str, start: int, end: int, kind: SectionKind, year: int | None) -> None:
        self.norm, self.raw, self.start, self.end, self.kind, self.year = norm, raw, start, end, kind, year
        self.previous_end = start
        self.named = Named()
        self.shared = Shared([], "=", 0)
        self.accepted_end = -1
        self.past_end = -1

    def targets(self) -> list[TargetDraft]:
        found: list[TargetDraft] = []
        for amount in scan(self.norm, self.raw, self.start, self.end):
            site = site_of(self.norm, amount, self.kind, self.start, self.end, self.previous_end)
            if site is None:
                continue
            compared = compare(site)
            if self._is_shared(site):
                self._share(found, site, compared)
            elif self._wanted(site, compared):
                self.shared = Shared(shared_names(site.before), compared.op, len(found))
                found.append(self._draft(site, compared))
                self.previous_end = self._next_start(compared.end)
            elif site.dimension != "time" and self.norm[compared.end : compared.end + 1] == "、":
                self.previous_end = compared.end
        return found

    def _is_shared(self, site: Site) -> bool:
        between = self.norm[self.accepted_end : site.amount.start][:4] if self.shared.names else ""
        return len(self.shared.names) > 1 and joins(between)

    def _share(self, found: list[TargetDraft], site: Site, compared: Compared) -> None:
        """The next of several values behind one 分别; a word of comparison behind the last one holds for all."""
        group = self.shared
        if compared.end > site.amount.end:
            group.op = compared.op
            for at in range(group.first, len(found)):
                found[at] = msgspec.structs.replace(found[at], op=group.op)
        group.names.pop(0)
        draft = self._draft(site, compared)
        found.append(msgspec.structs.replace(draft, op=group.op, metric=group.names[0], scope=None))
        self.previous_end = compared.end

    def _next_start(self, at: int) -> int:
        """Where the words of the next amount may begin: behind the noun that still belongs to this one (3个甲、2个乙)."""
        joint = _JOINT.match(self.norm, at, min(at + 24, self.end))
        return joint.end() if joint else at

    def _wanted(self, site: Site, compared: Compared) -> bool:
        if self._is_past(site, compared):
            self.past_end = -1 if _OBJECT.match(site.clause) else compared.end
            return False
        self.past_end = -1
        quoted = is_quoted(self.norm, site.amount.start, self.start)
        if quoted and not _quotes_a_rule(site, compared):
            return False
        if is_aside(self.norm, site.amount.start, self.start) and not (compared.explicit or self._breaks_down(site)):
            return False
        if is_base_value(site) or is_structure(site) or qualifies(site, compared):
            return False
        continues = self._continues(site)
        return _is_goal(site, compared, continues)

    def _is_past(self, site: Site, compared: Compared) -> bool:
        if happened(site, self.year):
            return True
        if (
            self.past_end < 0
            or (compared.explicit and compared.op != "+")
            or site.amount.start - self.past_end >= _NEARBY
        ):
            return False
        between = self.norm[self.past_end : site.amount.start]
        if _NEW_START.search(between):
            return False
        return site.dimension == "ratio" or not _STARTED.search(between)

    def _breaks_down(self, site: Site) -> bool:
        """(其中企业2200户、个体工商户3800户): the brackets split what was just counted."""
        at = site.amount.start
        opened = self.norm.rfind("(", max(self.start, at - 60), at)
        return bool(_ASIDE_GOAL.match(self.norm, opened))

    def _continues(self, site: Site) -> bool:
        if self.accepted_end < 0 or site.amount.start - self.accepted_end >= _NEARBY:
            return False
        between = self.norm[self.accepted_end : site.amount.start]
        return "其中" in between or ("。" not in between and "\n" not in between)

    def _previous(self, site: Site) -> Named:
        if not self._continues(site):
            return Named()
        near = ";" not in self.norm[self.accepted_end : site.amount.start]
        return Named(self.named.metric, self.named.dimension, near)

    def _draft(self, site: Site, compared: Compared) -> TargetDraft:
        amount = site.amount
        previous = self._previous(site)
        metric, scope = metric_of(site, compared, previous)
        if self.shared.names and self.accepted_end < site.before_start:
            metric = self.shared.names[0].removeprefix(scope or "")
        if not metric.startswith(previous.metric) or not previous.metric:
            self.named = Named(metric, site.dimension)
        self.accepted_end = compared.end
        start = site.before_start + len(site.before) - len(site.before.lstrip())
        value: float | int | list[float | int] = amount.value
        quantity = None
        if amount.high is not None:
            value = [amount.value, amount.high]
        else:
            measure = resolve(amount.unit)
            quantity = BaseQuantity(measure.in_base(amount.value), measure.base) if measure else None
        return TargetDraft(
            min(start, amount.start), compared.end, metric, scope, compared.op, value, amount.unit, quantity
        )


def _quotes_a_rule(site: Site, compared: Compared) -> bool:
    """“每500人配备1名”, “零新增”: a rule in quotation marks, not the name of something (“最多跑一次”)."""
    if site.amount.script == "arabic":
        return compared.explicit or _BUILD.search(site.before) is not None
    return site.amount.script == "words"


def _is_goal(site: Site, compared: Compared, continues: bool) -> bool:
    amount = site.amount
    if amount.script == "words":
        return _is_goal_in_words(site)
    if site.dimension == "time":
        return _is_time_limit(site, compared)
    if site.dimension == "score":
        return compared.explicit and bool(_SCORED.search(site.clause))
    if site.dimension == "money":
        return _is_outcome(site)
    if amount.unit in ("%", "‰", "个百分点", "百分点", "倍"):
        return _is_rate(site, compared)
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
    rest = site.after[compared.end - site.amount.end :]
    if compared.explicit and _TIMED.search(site.before[-10:]) and _ENDS.match(rest):
        return True
    return (
        site.amount.unit in _WITHIN_UNITS
        and not _COUNTED_FROM.search(site.before)
        and bool(_DONE_WITHIN.match(site.after))
    )


def _is_outcome(site: Site) -> bool:
    """Money that the plan wants earned, produced or invested by others; what it spends itself is a fund."""
    words = site.before if len(site.before) > 5 else site.sentence[-30:] + site.before
    return is_outcome(words)


def _is_rate(site: Site, compared: Compared) -> bool:
    if compared.explicit:
        return not (compared.op == "~" and not site.before)
    if _SHARE.search(site.clause):
        return False
    return bool(_RATE.search(site.before)) or (site.amount.value == 100 and bool(_RATE_BEHIND.match(site.after)))


def _is_spelled_count(site: Site, compared: Compared, continues: bool) -> bool:
    if is_existing_whole(site) or (site.dimension == "times" and not compared.explicit):
        return False
    if _ABSTRACT.match(site.after) or (len(site.before) < 4 and _ENDS.match(site.after) and not continues):
        return False
    if compared.explicit or _BUILD.search(site.before):
        return True
    if len(site.before) >= 4 and site.amount.unit != "项" and _ENDS.match(site.after) and _BUILT.match(site.before):
        return True
    return continues and not site.before


def _is_count(site: Site, compared: Compared, continues: bool) -> bool:
    if compared.explicit and not compared.qualifies:
        return True
    if is_existing_whole(site):
        return False
    if site.dimension == "times" and site.amount.value == 1 and _PERIODIC.search(site.clause):
        return False
    return site.kind in _FIRM or continues or site.has_verb
