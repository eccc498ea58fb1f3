"""What a target measures, in words that stand alone in a cell of a ledger, and the scope it holds for."""

import re
from typing import Final

import msgspec

from guatu.core.fields.day import IN_WORDS, SIGNED
from guatu.core.kernel.regex import regex
from guatu.core.kernel.units import Dimension
from guatu.core.plan.commitments.targets_comparison import Compared
from guatu.core.plan.commitments.targets_site import VERB, Site
from guatu.core.plan.commitments.times import TIME

WIDTH: Final = 32


class Named(msgspec.Struct, frozen=True, gc=False):
    """The metric of the amount before, from which 9处、650亩 takes its words; `near` where both stand in one sentence,
    `listed` where nothing but the mark of a list stands between."""

    metric: str = ""
    dimension: Dimension = "ratio"
    near: bool = False
    listed: bool = False


_YEARS: Final = r"(?:20\d\d|20xx|xx)年?(?:[-~至到](?:20\d\d|20xx|xx)年?)?"
_LEAD: Final = regex(
    rf"(?:(?:到|至|截[至止]|在|自|从|于|争取)?(?:{SIGNED}|{IN_WORDS})(?:之前|以前|前|期间|起)?"
    r"|(?:用|在|力争)?(?:\d{1,2}|[一两二三四五六七八九十])年(?:之?内|左右(?:的)?时间|的?时间)(?=[一-鿿])"
    r"|\s|[①-⑳]|[(]?[一二三四五六七八九十\d]{1,3}[)、.]|[一二三四五六七八九十]是|其中|另外|此外|同时|再|另"
    rf"|(?:到|至|截[至止]|在|自|从|于|争取)?{_YEARS}(?:[上下]半年|第?[一二三四]季度|年?[底末初])?(?:\d{{1,2}}月)?(?:\d{{1,2}}日|[底末]|"
    rf"[上中下]旬)?(?:之前|以前|前|期间|起|内)?"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|底|末|上旬|中旬|下旬|\d+日)?(?:之前|以前|前)?|[一二三四]季度末?前?|今年|本年度|全年(?=[^龄])|年内|年底前?|"
    r"年末前?|当年(?=[完新实])"
    r"|“?十[三四五六]五”?(?:末|期末|期间|时期)?|力争|争取|确保|保证|努力|实现|推动|推进|促进|促使|使|并|且|要求|要(?!素|道)|应(?![编急用届对收检接种享保纳治])|须|必须|需|逐步|"
    r"全面|进一步|继续|重点(?=[推实建打抓])|计划"
    r"|拟|将|由|分别|基本|严格|原则上|不断|持续|切实|积极|加快|同步|共|累计|完成|做好|达到|主要(?=[^道])|大力|统一(?=[建规])|预计|规划(?=[建新])|有序|科学|合理|稳步|深入|扎实|"
    r"至少|均(?!衡)|通过|以(?!上)|按照"
    r"|按|对(?!口|外)|为|与|和|及|、|,|自行|的(?:比例|标准|要求)|的|在[^,。、]{1,8}[内上中](?=新|建|增|完|打))"
)
_VOID: Final = regex(r"(?:实现|达到|确保|力争|推动|推进|做好|基本|争取|使|突破|再|另|共|分别|累计|同比)+")
_BARE: Final = regex(r"(?:[完新建增成改扩续]|建设|打造)+")
_DATE: Final = regex(rf"(?:{_YEARS}|\d{{1,2}}月)[一-鿿\d]{{0,4}}")
_TAIL: Final = regex(
    r"(?:\s|[“(:=]|总计|合计|共计|累计|不少于|不得|分别|(?<![年人户日月平])均|都|要|(?<![供对效响适反])应|必?须|(?<![急所军刚])需|原则上|力争|争取|确保|保持在?|稳定在|"
    r"维持在|控制在?|实现|基本|最[多少高低大小]|至少"
    r"|(?<![行作])为|(?<=[率比数积额]) ?是|(?<![拥持占国公私现所享具])有|的|(?<!公)共|(?<![节公合签预条集])约|(?<![通发直])达|于|(?<![现存])在|(?<![得直])到|"
    r"可以?|(?<![功性产节智才职效动机潜])能"
    r"|也|全部|各|(?<!均|中|平|优)等|(?<![水])不|按照?|再|仅|(?<!甚)至|、|(?:由|从)(?:20\d\d年|[^\d,、]{0,6}?)的?\d[^,]{0,12}|"
    r"(?<![占百对同环之])(?:比|较)(?:20\d\d年|上年|去年)?(?:同期)?)+$"
)
_SCOPE: Final = regex(
    r"(全(?:县|市|区|镇|乡|省|村|域)|中心城[市区](?:建成区)?|城市?建成区内?|建成区内?|主?城区内?|县城(?:区|内|建成区)?|我[县市区镇乡]|辖区内?|[县市]域内?|各(?:乡镇|镇|乡|"
    r"村|县区?|街道|创建镇)(?:\([^()]{1,8}\))?"
    r"|每(?:个|一)?(?:小组|[大小]?网格|乡镇|行政村|自然村|村|镇|乡|街道|社区|县|区|园区|学校|单位|户|处|所学校|所|座)(?:\([^()]{1,8}\))?)(?:的|"
    r"内(?![涝河部外设湖生燃])|范围内)?(?=[一-鿿A-Za-z0-9]{2,}|$)"
)
_PLACE: Final = regex(
    r"(?![城乡集村各每全]|建制|重点)([一-鿿A-Za-z]{1,6}?(?:镇|乡|街道|园区|开发区|管理区|景区|片区))(?=[一-鿿]{3,})(?![污道级基])"
)
_VERB: Final = regex(VERB)
_FEAST: Final = regex(
    r"(?:国庆节?|中秋节?|春节|元旦|劳动节|主?汛期|入冬|雨季|采暖季|开学|月底|\d\d年)[^,。;、]{0,4}?之?前"
)
_NOUN: Final = regex(
    r"(?:以上|左右|以内|以下)?(?:的)?(?:\([^()]{1,4}\)(?=[一-鿿])|\([台套组部个]\))?((?:\d+(?=小时|分钟|千伏|[AG]|级|度))?(?:\([^()]{1,"
    r"10}\)|“[^“”]{1,14}”|[^,。;:、()\n\t“”《》?!/\d]){1,22})"
)
_NO_NOUN: Final = regex(r"进行|得到|全部|均|要|并|以上|以内|左右|予以|给予|任务|的?标准|的?目标|的?要求|,|,")
_NOUN_END: Final = regex(
    r"进行|作为|开展(?!的)|得到|全部|均(?!衡)|要(?!道)|以及|和(?=[一-鿿]*[个处座])|并(?!网)|任务|目标|用于|以上|为(?!民)|实现|达到|纳入|通过|由|投入|确保|争取|完成|成立|"
    r"参与|与(?=\d)"
)
_ASIDE: Final = regex(r"^\([^()]*\)(?=[一-鿿]{2})")
_NOUN_TAIL: Final = regex(r"(?:\s|的|以及|和|与|及|、|须|应)+$")
_SUFFIX: Final = {
    "area": "面积", "length": "长度", "money": "金额", "people": "人数", "count": "数量", "volume": "容量", "mass": "重量",
    "power": "装机", "times": "次数",
}  # fmt: skip
_ENUMERATION: Final = regex(r"[^、,]*、(?:.*、)*[^、]*?等(?=[^级同])")
_DEPENDENT: Final = regex(
    r"(?:每[个侧处座条]?)?总?(?:规模|建筑面积|占地面积|面积|长度|容量|里程|装机|人数|库容|投资|宽度|高度|厚度|深度|间距|直径|坡度)$"
)
_DONE_WITHIN: Final = regex(r"(?:(?:以|之)?内|(?=[一-鿿]{2,4}(?:[,。;、]|$)))((?:全部)?[一-鿿]{2,4}?)(?=[,。;、]|$)")
_SIZED: Final = regex(r"([^,。;、\d]{0,10}\d+(?:\.\d+)?[万亿]*[一-鿿]{1,3}?(?:以上)?的[^,。;、\d()]{2,14})")
_RULE: Final = regex(r"的?(?:标准|比例|要求)((?:配备|配齐|设置|配置|安排|选派|建设)[^,。;、\d]{1,10})")
_CHANGE: Final = regex(r"(?:(?:较|比)[^,]{0,6}|同比|环比|年均|分别)*(?:增长|下降|提高|提升|降低|减少|增加|上升|压减)")
_LEFT_OVER: Final = regex(r"剩余|余下|其余|新增")
_TOGETHER: Final = ("count", "people", "times")


def metric_of(site: Site, compared: Compared, previous: Named) -> tuple[str, str | None]:
    """Metric and scope of one target."""
    subject, scope = _subject(site, compared)
    if site.amount.script == "words":
        metric = _in_words(site, subject, previous)
    elif site.dimension == "ratio" and site.amount.unit != "倍":
        metric = _ratio(site, compared, subject, previous)
    elif site.tail.startswith("见"):
        metric = (subject or previous.metric.partition("见")[0]) + site.tail[:2]
    elif site.dimension == "time":
        metric = _timed(site, subject)
    else:
        metric = _counted(site, compared, subject, previous)
    return _fit(metric) or site.amount.unit, scope


def _subject(site: Site, compared: Compared) -> tuple[str, str | None]:
    """The words before the number without date, modality and comparison; and the scope that stood in front of them."""
    words = _TAIL.sub("", _strip_lead(_outside(site.before[: compared.words_start])))
    if site.amount.unit == "" and words + "比" in site.before:
        words += "比"
    scope = None
    found = _SCOPE.match(words) or (None if _VERB.match(words) else _PLACE.match(words))
    if found:
        scope, words = found[1], _strip_lead(words[found.end() :].lstrip("的内"))
    return ("" if _VOID.fullmatch(words) else words), scope


_BEHIND_WITHIN: Final = regex(r"(?:以|之)?内([\u4e00-\u9fff]{2,16})")


def _timed(site: Site, subject: str) -> str:
    """小微企业15个工作日内接电, 收到申请之日起7个工作日内完成审批: what is to be done in time."""
    behind = _BEHIND_WITHIN.match(site.tail)
    if behind and (not subject or subject.endswith("之日起")):
        return _strip_lead(behind[1])
    done = _DONE_WITHIN.match(site.tail)
    return subject + done[1] if done else subject


def _counted(site: Site, compared: Compared, subject: str, previous: Named) -> str:
    behind = "" if _names_the_next(site, compared, subject) else _noun_behind(site, compared)
    bare = len(subject) < 2 or _BARE.fullmatch(subject) is not None
    if behind and (site.dimension in _TOGETHER or bare or _LEFT_OVER.search(subject)):
        return _joined(subject, behind, previous)
    if behind and subject.endswith("规模"):
        return subject[:-2] + behind + "规模"
    if bare:
        return _inherited(site, previous) or subject
    if previous.metric and _DEPENDENT.fullmatch(subject):
        return _DEPENDENT.sub("", previous.metric) + subject
    verb = _BUILT.match(previous.metric)
    if verb and not set(verb[1]) & set(subject) and _goes_on_a_list(site, subject, previous):
        return verb[1] + subject
    part = site.dimension == previous.dimension and _is_part(site, subject, previous)
    return f"{previous.metric}({subject})" if part else _collapse(subject)


def _goes_on_a_list(site: Site, subject: str, previous: Named) -> bool:
    """修建沟渠45公里、机耕道28公里: another thing under the same verb, and no share of what was counted."""
    return (
        previous.listed
        and previous.dimension == site.dimension
        and not _VERB.search(subject)
        and not _DATE.fullmatch(subject)
        and not _DEPENDENT.fullmatch(subject)
        and "其中" not in site.clause
        and "(" not in site.clause
    )


def _names_the_next(site: Site, compared: Compared, subject: str) -> bool:
    """建成敬老院8所幸福院60个: without a mark between, what follows belongs to the next number."""
    verb = _VERB.match(subject)
    named = len(subject) - (verb.end() if verb else 0) >= _SHORTEST_NOUN and not site.before.rstrip().endswith("的")
    return named and _NEXT.match(site.tail, max(0, compared.end - site.amount.end)) is not None


_NEXT: Final = regex(r"(?!的|比例)[\u4e00-\u9fff]{2,12}\d+(?:\.\d+)?[万亿]?[\u4e00-\u9fff]")
_SHORTEST_NOUN: Final = 2
_BUILT: Final = regex(rf"({VERB})[\u4e00-\u9fff]{{2}}")


def _is_part(site: Site, subject: str, previous: Named) -> bool:
    """其中2024年60个, 干管24公里: a share of what was counted before."""
    if not previous.metric or _VERB.match(subject) or subject[-1] in "率比":
        return False
    if _DATE.fullmatch(subject) or ("其中" in site.clause + site.sentence[-50:] and len(subject) <= 8):
        return True
    return len(subject) <= 3 and _VERB.match(previous.metric.lstrip("一二三两年每")) is not None


def plain(words: str) -> str:
    """Words of a metric without date, modality and what only leads over to the number."""
    return _fit(_TAIL.sub("", _strip_lead(words)))


def _strip_lead(text: str) -> str:
    while True:
        found = _limit_at(text) or _LEAD.match(text)
        if not found:
            return text
        if found.end() == len(text):
            return "" if text.endswith(("前", "底", "末", "内", ".", "、", ")")) else text
        text = text[found.end() :]


def _limit_at(text: str) -> re.Match[str] | None:
    """A time limit with which words begin: 第二季度末前完成改造, 24时前建成. None for a time that names what follows."""
    found = _FEAST.match(text) or TIME.match(text)
    if found is None or found.end() == len(text):
        return None
    if text[: found.end()].endswith(("前", "底", "末")):
        return found
    parts = found.groupdict()
    dated = parts.get("p6") or parts.get("p8") or parts.get("m1")
    return found if dated and _VERB.match(text, found.end()) else None


def _outside(text: str) -> str:
    """The text behind the last bracket that is not closed."""
    text = _ASIDE.sub("", text.rstrip("“"))
    for left, right in (("(", ")"), ("《", "》")):
        at = text.rfind(left)
        if at > text.rfind(right):
            text = text[at + 1 :]
    if text.count("“") > text.count("”"):
        text = text[text.rfind("“") + 1 :]
    return text.lstrip("”)》.、 ")


def _noun_behind(site: Site, compared: Compared) -> str:
    rule = _RULE.match(site.tail, max(0, compared.end - site.amount.end))
    if rule:
        return rule[1]
    if compared.end > site.amount.end and not compared.qualifies:
        return ""
    sized = _SIZED.match(site.tail)
    if sized:
        return sized[1]
    found = _NOUN.match(site.tail, max(0, compared.end - site.amount.end))
    if not found or _NO_NOUN.match(found[1]):
        return ""
    words = found[1]
    stop = _NOUN_END.search(words)
    if stop and stop.start() >= 2:
        words = words[: stop.start()]
    return _NOUN_TAIL.sub("", words)


def _in_words(site: Site, subject: str, previous: Named) -> str:
    """辍学率为零, 违建零增长, 卫生室全覆盖, 产值翻一番."""
    subject = subject or previous.metric or _before_the_clause(site)
    if site.written.startswith("零"):
        return subject + site.written[1:]
    return subject + "覆盖" if site.written == "全覆盖" else subject


def _ratio(site: Site, compared: Compared, subject: str, previous: Named) -> str:
    found = _NOUN.match(site.tail, max(0, compared.end - site.amount.end))
    behind = found[1].strip(" 的") if found and (compared.end == site.amount.end or compared.qualifies) else ""
    if behind and (len(subject) <= 4 or compared.qualifies) and not _NO_NOUN.match(behind):
        return subject + behind + ("" if "率" in behind else "比例")
    known = previous.metric or _before_the_clause(site)
    if _CHANGE.fullmatch(subject):
        return _unchanged(known) + subject
    return subject if len(subject) >= 2 else known


def _unchanged(metric: str) -> str:
    """收入年均增长 becomes 收入."""
    parts = list(_CHANGE.finditer(metric))
    return metric[: parts[-1].start()] if parts and parts[-1].end() == len(metric) else metric


def _joined(subject: str, behind: str, previous: Named) -> str:
    """新建3个污水处理项目: the verb before, the noun behind."""
    if len(subject) < 2:
        verb = _VERB.match(previous.metric) if previous.near else None
        return (verb[0] if verb else subject) + behind
    *listed, last = subject.split("、")
    if _LEFT_OVER.match(last):
        subject = last
    elif listed:
        head = listed[0]
        verbs = [found.end() for found in _VERB.finditer(head)]
        subject = head[: verbs[-1]] if verbs else ""
    verbs = [found.start() for found in _VERB.finditer(subject)]
    if verbs and len(subject) > 10:
        subject = subject[verbs[-1] :]
    return subject + behind


def _inherited(site: Site, previous: Named) -> str:
    known = _unchanged(previous.metric) or _before_the_clause(site)
    suffix = "" if previous.dimension in ("ratio", site.dimension) else _SUFFIX.get(site.dimension, "")
    return known if not suffix or known.endswith(suffix) else known + suffix


_WITHIN: Final = regex(
    r"^(?:[^,。;\d]{0,20}?(?:之日起|后|起))?(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})"
    r"(?:个?工作日|日|天|个月|年|周)(?:之|以)?内"
)
"""自印发之日起60个工作日内: when, not what."""


def _before_the_clause(site: Site) -> str:
    """The words of the clause before, where this one has none of its own."""
    parts = [part for part in re.split("[,:、。;]", site.sentence) if part]
    told = _WITHIN.sub("", parts[-1]) if parts else ""
    words = re.sub(r"\d+(?:\.\d+)?[万亿]?[个处条座家名户项%‰]?", "", told)
    return _TAIL.sub("", _strip_lead(words))


def _collapse(subject: str) -> str:
    """栽植甲、乙、丙等乔木 becomes 栽植乔木."""
    found = _ENUMERATION.match(subject)
    if not found:
        return subject
    rest = subject[found.end() :]
    if rest[:1].isdigit():
        again = _VERB.search(rest)
        return rest[again.start() :] if again else rest
    verb = _VERB.match(subject)
    return (verb[0] if verb else "") + rest if rest else subject


def _fit(words: str) -> str:
    words = words.strip()
    if words.count("“") != words.count("”"):
        words = words.replace("“", "").replace("”", "")
    if len(words) <= WIDTH:
        return words
    last = words[-WIDTH:]
    cut = max(last.find("、"), last.find("的"))
    return last[cut + 1 :] if 0 <= cut < WIDTH // 2 else last
