"""Numbers that are the terms of a relief or a grant, or say for whom a rule holds: no goals of the plan.

Each expression stands with a sentence in which it is read.
"""

from typing import Final

from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.targets_comparison import Compared
from guatu.core.plan.commitments.targets_site import Site

_RELIEFS: Final = {
    r"贴息|[免减]征|减免|免收|税前|加计|摊销|扣除": "贴息期限不超过1年。",
    r"稳岗返还|裁员率": "对裁员率不超过20%的企业返还稳岗资金。",
}
"""Money that is granted or let go. A delay (延期缴纳最长不超过3个月) grants none: its limit is a standard."""
_RELIEF: Final = regex("|".join(_RELIEFS))
_PROMISED: Final = regex(r"确保|力争|争取|努力")
_PERIOD: Final = ("年", "个月", "月", "天", "日", "周年", "%")
_GRANTED: Final = regex(
    r"(?:的)?(?:标准|比例|额度)?[^,。;\d]{0,6}?(?:给予|予以|进行|享受)?(?:的)?[^,。;\d]{0,4}?"
    r"(?:补助|补贴|贴息|奖励|奖补|返还|资助|配套|扣除|摊销|支付|收取|缴纳|征收|计提|提取|减免|减征|加班工资)"
)
"""按实际利率的50%给予贴息; 享受不超过95%的补贴."""
_RATED: Final = regex(r"(?:按|按照|以)[^,。;\d]{0,24}$|享受[^,。;\d]{0,6}$")
_FOR_WHOM: Final = regex(
    r"(?:\((?:含|不含)[^()]{0,4}\)|\(含\)|,?含)?的(?:[,、。;:)]"
    r"|[^,。;]{0,14}?(?:给予|予以|可以?|不得|应|准予|按|进行|免|停止|禁止|必须|一律|纳入)"
    r"|[^,。;、]{0,12},[^,。;]{0,4}(?:给予|予以|可|按|应|不得))"
)
"""体温超过37.3度的,应…; 开展业务超过20笔(含)的机构,按…: a condition."""
_CONDITIONAL: Final = regex(
    r"^(?:\d{1,2}[.、]|\([^()]{1,3}\))? *(?:对|凡|如|若|当|因|符合)|(?:达到|超过|不足|满|在|为)[^,。;\d]{0,4}$|不(?:超过|足)[^,。;\d]{0,10}$"
)
_ASKED: Final = regex(r"是否")
_DEFINED: Final = regex(r"是指|^指|[:,]指")
_OLD: Final = regex(r"(?:由|从)[^,。;\d]{0,20}$")
_TO_NEW: Final = regex(
    r"[^,。;\d]{1,16}(?:扩大|提高|提升|增加|增长|降低|下降|减少|缩短|压缩|延长|拓展|调整)(?:到|至|为)"
)
_BATCHES: Final = regex(r"批次?|阶段|步(?!道|行)|组(?!织)|层次|档")
_PARTED: Final = regex(r"分$")
_CLOCK: Final = regex(r"(?:月|:)$")
_EACH_TIME: Final = regex(r"每[^,。;\d]{1,8}$")
_PAID_EACH: Final = regex(r"[^。;]{0,40}(?:给予|予以|补助|补贴|奖励)")


def is_term(site: Site, compared: Compared) -> bool:
    """Whether an amount is a term, a condition, a question or an old value rather than something to reach."""
    rest = site.after[compared.end - site.amount.end :]
    return (
        _is_relief(site)
        or _is_granted(site, rest)
        or _is_condition(site, compared, rest)
        or _ASKED.search(site.clause) is not None
        or _DEFINED.search(site.clause) is not None
        or _is_old(site)
        or _is_manner(site)
    )


def _is_relief(site: Site) -> bool:
    """How long or how far something is granted; what stands in the clause before counts where this one says nothing."""
    if site.amount.unit not in _PERIOD:
        return False
    words = site.clause if len(site.before) > _SHORT else site.sentence[-_FAR:] + site.clause
    return _RELIEF.search(words) is not None and _PROMISED.search(site.clause) is None


_SHORT: Final = 9
_FAR: Final = 24


def _is_granted(site: Site, rest: str) -> bool:
    if site.amount.unit in ("%", "‰"):
        return _GRANTED.match(rest) is not None and _RATED.search(site.before) is not None
    return _EACH_TIME.search(site.before) is not None and site.amount.value == 1 and bool(_PAID_EACH.match(site.after))


def _is_condition(site: Site, compared: Compared, rest: str) -> bool:
    if not compared.explicit or _FOR_WHOM.match(rest) is None:
        return False
    return _CONDITIONAL.search(site.clause) is not None


def _is_old(site: Site) -> bool:
    return _OLD.search(site.before) is not None and _TO_NEW.match(site.after) is not None


def _is_manner(site: Site) -> bool:
    """分3个批次; 2月10起; 9:00起."""
    if site.amount.unit == "起":
        return _CLOCK.search(site.before) is not None
    return _PARTED.search(site.before) is not None and _BATCHES.match(site.after) is not None
