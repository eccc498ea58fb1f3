"""What a target measures, in words that stand alone in a cell of a ledger, and the scope it holds for."""

import re
from typing import Final

from guatu.core.plan.commitments.targets_comparison import Compared
from guatu.core.plan.commitments.targets_site import VERB, Site

WIDTH: Final = 32

_LEAD: Final = re.compile(
    r"(?:\s|其中|一是|二是|三是|四是|五是|六是|七是|八是|九是|十是|另外|此外|同时|[(]?[一二三四五六七八九十\d]{1,3}[)、.]|[①-⑳]"
    r"|(?:到|至|截至|截止|在|自|从|于|争取)?(?:20\d\d|20xx|xx)年?(?:[-~至到](?:20\d\d|20xx|xx)年?)?(?:上半年|下半年|年?底|年?末|年初)?(?:之前|以前|前|期间|起|内)?"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|底|末|上旬|中旬|下旬|\d+日)?(?:之前|以前|前)?|今年|本年度|全年|年内|年底前?|年末|当年"
    r"|“?十[三四五六]五”?(?:末|期末|期间|时期)?|每年|力争|争取|确保|保证|努力|实现|推动|推进|促进|促使|使|并|且|要求|要|应|须|必须|需|逐步|全面|进一步|继续|重点|计划"
    r"|拟|将|由|分别|基本|严格|原则上|不断|持续|切实|积极|加快|同步|共|完成|做好|达到|新(?=新建)|主要|大力|统一|预计|规划|有序|科学|合理|稳步|深入|扎实|至少|均|通过|以|按照|按|对|为|与|和|及|、|,)"
)
_TAIL: Final = re.compile(
    r"(?:\s|总计|合计|共计|累计|不少于|不得|分别|均|都|要|应|须|需|原则上|力争|争取|确保|保持在?|稳定在|维持在|控制|保持|为|是|有|的|共|约|数量|达|于|在|到|可|能|也|全部|各|每年|每|等|不|:|“|按照?|再|仅|至|=|\()+$"
)
_SCOPE: Final = re.compile(
    r"(全(?:县|市|区|镇|乡|省|村|域)|中心城[市区]|城市?建成区内?|建成区内?|主?城区内?|县城(?:区|内|建成区)?|我[县市区镇乡]|辖区内?|[县市]域内?|各(?:乡镇|镇|乡|村|县区?|街道)(?:\([^()]{1,8}\))?"
    r"|每(?:个|一)?(?:小组|乡镇|行政村|自然村|村|镇|乡|街道|社区|县|区|园区|学校|单位|户|处|所|座)(?:\([^()]{1,8}\))?)(?:的|内|范围内)?(?=[一-鿿A-Za-z]{2,})"
)
_PLACE: Final = re.compile(r"([一-鿿A-Za-z]{1,6}?(?:镇|乡|街道|园区|开发区|管理区|景区|片区))(?=[一-鿿]{3,})")
_VERB: Final = re.compile(VERB)
_NOUN: Final = re.compile(
    r"(?:以上|左右|以内|以下)?(?:的)?((?:\([^()]{1,10}\)|“[^“”]{1,14}”|[^,。;:、()\n\t“”《》?!\d]){1,22})"
)
_NOUN_END: Final = re.compile(
    r"进行|作为|开展(?!的)|得到|全部|均(?!衡)|要(?!道)|以及|和(?=[一-鿿]*[个处座])|并(?!网)|任务|目标|,|用于|以上|为(?!民)|实现|达到|纳入|通过|由|建成|投入|确保|争取|完成|成立|参与|与(?=\d)|[,。]"
)
_SUFFIX: Final = {
    "area": "面积", "length": "长度", "money": "金额", "people": "人数", "count": "数量", "volume": "容量", "mass": "重量", "power": "装机", "times": "次数",
}  # fmt: skip
_ENUMERATION: Final = re.compile(r"[^、,]*、(?:.*、)*[^、]*?等(?=[^级同])")


def _strip_lead(text: str) -> str:
    while True:
        found = _LEAD.match(text)
        if not found or found.end() == len(text):
            return text
        text = text[found.end() :]


def _outside(text: str) -> str:
    """The text behind the last bracket or quotation mark that is not closed."""
    for left, right in (("“", "”"), ("(", ")"), ("《", "》")):
        at = text.rfind(left)
        if at > text.rfind(right):
            text = text[at + 1 :] if left != "“" else text
    return text.lstrip("”)》.、 ")


def _subject(site: Site, compared: Compared) -> str:
    words = _outside(site.before[: compared.words_start])
    return _TAIL.sub("", _strip_lead(words))


def _noun_behind(site: Site, compared: Compared) -> str:
    if compared.end > site.amount.end and not compared.qualifies:
        return ""
    found = _NOUN.match(site.tail, compared.end - site.amount.end)
    if not found:
        return ""
    words = found[1]
    stop = _NOUN_END.search(words)
    if stop and stop.start() >= 2:
        words = words[: stop.start()]
    return _TAIL.sub("", words.strip(" 的"))


def _collapse(subject: str) -> str:
    """栽植甲、乙、丙等乔木 becomes 栽植乔木."""
    found = _ENUMERATION.match(subject)
    if not found:
        return subject
    rest = subject[found.end() :]
    verb = _VERB.match(subject)
    return (verb[0] if verb else "") + rest if rest else subject


def _last_verb_phrase(subject: str) -> str:
    verbs = [found.start() for found in _VERB.finditer(subject)]
    return subject[verbs[-1] :] if verbs and len(subject) > 8 else subject


def _fit(words: str) -> str:
    if len(words) <= WIDTH:
        return words
    last = words[-WIDTH:]
    cut = max(last.find("、"), last.find("的"))
    return last[cut + 1 :] if 0 <= cut < WIDTH // 2 else last


def metric_of(site: Site, compared: Compared, previous: str) -> tuple[str, str | None]:
    """Metric and scope; `previous` is the metric of the amount before in the same sentence, from which 9处、650亩 takes its words."""
    subject = _subject(site, compared)
    scope = None
    found = _SCOPE.match(subject) or (None if _VERB.match(subject) else _PLACE.match(subject))
    if found:
        scope, subject = found[1], subject[found.end() :].lstrip("的内")
    behind = _noun_behind(site, compared)
    if site.amount.script == "words" and site.amount.unit == "":
        behind = ""
    if behind and site.dimension == "ratio" and site.amount.unit != "倍":
        subject = subject + behind + "比例" if not subject or len(subject) <= 4 else subject
    elif behind and (site.dimension in ("count", "people", "times") or not subject):
        subject = _last_verb_phrase(subject) + behind
    if len(subject) < 2:
        inherited = _SUFFIX.get(site.dimension, "")
        subject = previous if previous.endswith(inherited) else previous + inherited
    return _fit(_collapse(subject)) or site.amount.unit, scope
