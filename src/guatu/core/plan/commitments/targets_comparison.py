"""How a target compares: the words right before the number and right behind its unit."""

import re
from typing import Final

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.targets_site import Site
from guatu.core.plan.model import Comparison

_NOT: Final = "不(?:得|能|应|可|宜|准|予)?"
_BEFORE: Final = regex(
    rf"(?:(?P<le>≤|<=?|{_NOT}(?:超过|大于|高于|多于|突破|长于|超出|超)|小于|低于|少于|短于|优于"
    r"|(?:控制|限制|压缩|压减|缩短|缩减|缩小|降低|下降|减少|限定|回落|压降|整合|归并|精简)(?:在|到|至|为)|降(?:到|至|为)|减至|最多|至多|最高|最大|最长|上限为?)"
    rf"|(?P<ge>≥|>=?|{_NOT}(?:低于|少于|小于|短于|弱于|低|少)|至少|最少|最低|最小|大于|高于|多于|超过|超|突破|逾|不下"
    r"|达(?:到|至)?|(?:提高|提升|增加|增长|扩大|上升|恢复|发展|壮大|扩展|扩容|拓展|延长|增|提|升)(?:到|至))"
    r"|(?P<about>大约|约|将近|近)"
    r"|(?P<more>(?:增长|提高|提升|增加|上升|增幅|增速|递增|增收|高出|提速|扩大)(?:了|为)?)"
    r"|(?P<base>较|比))"
    r"(?:要|应|须|需|再|有|配备|配置|设置|设|建设|建成|建|安排|完成|开展|组织|选派|确定|明确|培育|打造|:|“|\s)*$"
)
_BEHIND: Final = regex(
    r"\s?(?:\((?:含|含本数|[一-鿿]{1,2})\))?(?:(?P<ge>(?:及|或|\(及\)|\(含\)|含)?以上|\+)|(?P<le>(?:及|或)?以下|以内|之内|内(?![一-鿿])|"
    r"内(?=有公|有一|可达|见)|\(以内\))|(?P<about>左右|上下))"
)
_WITHIN_SIGHT: Final = regex(r"\s?[见有入进][绿园公林景]")
_AHEAD_OF: Final = regex(r"(?<!不)(?<!不[得能应])(?:高于|快于|高出|领先)[^,。;\d]{1,14}$")
_NOT_ABOVE: Final = regex(rf"{_NOT}(?:超过|大于|高于|多于|突破)[^,。;\d]{{1,14}}$")
"""不高于承担额的0.5%: what it is a part of stands between."""
_TOP: Final = regex(
    r"(?:进入|跻身|位居|位列|迈入|挺进|冲刺|冲进|稳居|稳定在|保持在?|力争|争取|确保|居|列)[^,。;对]{0,24}前$"
)
_JUDGED_BY_RANK: Final = regex(r"的|给予|予以|奖|进行|作|分别")
_RANK: Final = regex(r"(?:进入|跻身|位居|位列|迈入|挺进|冲刺|冲进|稳居|居|列)?[^,。;、]{0,6}前$")
DELIVERED: Final = regex(
    r"(?:(?:、[^,。;、\d]{1,10}\d{1,3}(?:分钟|小时|个?工作日|天))+(?:之?内)?|)(?:送达|到达|办结|通达|抵达|处置完?|修复|响应|达到?现场|到场|反馈|审结|出证|"
    r"拿[证地]|接通|接[电水气]|可达|到[户家村]|进村)(?!率)"
)
"""What is to be done in the time before it, without a word of comparison: 24小时送达, 3天办结."""
_LOOSE: Final = regex(r"(?P<ge>至少|不少于|不低于)|(?P<le>最多(?!跑)|不超过)")


class Compared(msgspec.Struct, frozen=True, gc=False):
    """The comparison, where its words end, and whether the plan says one at all (`explicit`)."""

    op: Comparison
    end: int
    explicit: bool
    words_start: int
    """Where the words of comparison begin in `Site.before`; its length where there are none."""
    qualifies: bool = False
    """The comparison stands behind the unit and more words follow: 25人以上自然村."""


def compare(site: Site) -> Compared:
    """The comparison of one amount."""
    amount, before = site.amount, site.before
    if amount.script == "words":
        return Compared("=", amount.end, True, len(before))
    front = _BEFORE.search(before[-16:])
    words_start = max(0, len(before) - 16) + front.start() if front else len(before)
    behind = _BEHIND.match(site.after)
    if behind:
        end = amount.end + behind.end()
        words_start = len(before) if front and front["more"] else words_start
        reaches = behind[0].endswith("内")
        more_follows = not reaches and len(site.tail) > behind.end() and site.tail[behind.end()] not in "、()”)] "
        op: Comparison = ">=" if behind["ge"] else "<=" if behind["le"] else "~"
        if amount.high is not None and op == "~":
            op = "range"
        return Compared(op, end, True, words_start, more_follows)
    if _WITHIN_SIGHT.match(site.after) and site.dimension in ("length", "time"):
        return Compared("<=", amount.end + 2, True, words_start)
    if site.dimension == "time" and site.after.startswith("内"):
        return Compared("<=", amount.end + 1, bool(front), words_start)
    if site.dimension == "time" and amount.high is None and not front and DELIVERED.match(site.after):
        return Compared("<=", amount.end, False, words_start)
    if amount.high is not None:
        return Compared("range", amount.end, bool(front), words_start)
    if site.dimension == "people" and is_rank(site):
        rank = _RANK.search(before)
        return Compared("<=", amount.end, False, rank.start() if rank else words_start)
    return _front(site, front, words_start)


def is_rank(site: Site) -> bool:
    """进入全省前20名, as against 排名前3位的给予表彰."""
    return _TOP.search(site.clause) is not None and not _JUDGED_BY_RANK.match(site.after)


def _front(site: Site, front: re.Match[str] | None, words_start: int) -> Compared:
    amount = site.amount
    if front is None or front["base"]:
        loose = _LOOSE.search(site.before[-14:])
        if loose:
            op: Comparison = ">=" if loose["ge"] else "<="
            return Compared(op, amount.end, True, words_start)
        if site.dimension == "ratio" and _NOT_ABOVE.search(site.before):
            return Compared("<=", amount.end, True, words_start)
        if site.dimension == "ratio" and _AHEAD_OF.search(site.before):
            return Compared(">=", amount.end, True, words_start)
        return Compared(">=" if amount.more else "=", amount.end, False, words_start)
    if front["le"]:
        return Compared("<=", amount.end, True, words_start)
    if front["ge"]:
        return Compared(">=", amount.end, True, words_start)
    if front["about"]:
        return Compared("~", amount.end, False, words_start)
    ratio = site.dimension == "ratio"
    return Compared("+" if ratio else "=", amount.end, ratio, len(site.before))
