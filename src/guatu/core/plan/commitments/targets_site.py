"""One amount with the words around it, as far as the grammar of targets looks."""

import re
from typing import Final

import msgspec

from guatu.core.kernel.units import Dimension, resolve
from guatu.core.plan.clauses.amounts import Amount
from guatu.core.plan.clauses.breaks import clause_start, sentence_start
from guatu.core.plan.model import SectionKind

_AFTER_WIDTH: Final = 40
_STOP: Final = re.compile(r"[,。;:!?\n\t]|\.(?!\d)")
_LIST_JOINT: Final = "、和及与以并 "

# What a plan does to reach a count: the number behind or before such a verb is the goal.
VERB: Final = (
    "新建|新增|新改建|新改扩建|改建|改造|扩建|续建|重建|建成|建设|建立|打造|创建|创成|培育|培养|引进|引育|招引|实施|完成|招聘|招录|配备|配齐"
    "|设立|设置|增设|栽植|种植|栽种|植树|造林|绿化|修复|治理|整治|拆除|清理|开展|举办|组织|选派|选聘|选树|选择|选取|选定|选出|遴选|推出|推广"
    "|安装|铺设|敷设|更换|更新|购置|采购|配置|升级|提升|发展|认定|申报|争创|命名|评选|培训|转移|安置|搬迁|征迁|征收|收储|办结|落实|储备|谋划"
    "|签约|开工|竣工|投产|投用|布局|布设|划分|组建|成立|划定|抚育|飞播|补植|补栽|疏浚|清淤|硬化|亮化|美化|维修|养护|管护|改厕|供应|供给"
    "|提供|覆盖|惠及|受益|帮扶|救助|资助|发放|接入|开通|通车|贯通|连通|延伸|输送|解决|消除|化解|盘活|处置|腾退|推动|推进|支持|扶持|扩大|增加"
    "|增殖|放流|出栏|存栏|生产|明确|确定|安排|下达|承担|聘请|聘用|回收|流转|复垦|开发|派驻|派出|编制|制定|出台|修订|形成|达标|做好|加强"
    "|实现|确保|力争|争取|保障|提质|整修|加固|处理|修建|兴建|筹建|启动|收集|转运|投放|布放|吸引|带动|促进|服务|巩固|发布|选育|制种|收购"
    "|抽查|检查|走访|巡查|监测|检测|排查|整改|关停|淘汰|取缔|压减|削减|减少|降低|入库|上市|孵化|挂牌|落地|引导|评定|创评|改扩建|新创|新发展|新认定|印发|派发|张贴|宣讲|轮训|录入|绘制|评审|"
    "审计|约谈|演练|摸排|拨打|播放|刊发|刊播"
)
_VERB: Final = re.compile(VERB)


class Site(msgspec.Struct, gc=False):
    """`before` runs from the start of the clause (or the end of the amount before) to the number, `after` from the unit
    on."""

    amount: Amount
    kind: SectionKind
    sentence: str
    """The sentence as far as the clause."""
    clause: str
    """The clause as far as the number."""
    before: str
    before_start: int
    after: str
    tail: str
    """`after` as far as the end of its clause."""
    dimension: Dimension
    written: str
    """The number with its unit."""

    @property
    def has_verb(self) -> bool:
        return _VERB.search(self.clause) is not None


def site_of(norm: str, amount: Amount, kind: SectionKind, floor: int, ceiling: int, previous_end: int) -> Site | None:
    """The amount in its clause; None where its unit is not known."""
    measure = resolve(amount.unit)
    if measure is None:
        return None
    clause_at = clause_start(norm, amount.start, floor)
    before_at = clause_at
    if previous_end > clause_at:
        before_at = previous_end
    while before_at < amount.start and norm[before_at] in _LIST_JOINT:
        before_at += 1
    after = norm[amount.end : min(ceiling, amount.end + _AFTER_WIDTH)]
    stop = _STOP.search(after)
    return Site(
        amount=amount,
        kind=kind,
        sentence=norm[sentence_start(norm, clause_at, floor) : clause_at] if clause_at > floor else "",
        clause=norm[clause_at : amount.start],
        before=norm[before_at : amount.start],
        before_start=before_at,
        after=after,
        tail=after[: stop.start()] if stop else after,
        dimension=measure.dimension,
        written=norm[amount.start : amount.end],
    )
