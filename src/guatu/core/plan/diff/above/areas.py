"""For which place a plan is made, as its issuer or its title says: 青禾县人民政府办公室, 青禾县2026年造林实施方案."""

from typing import Final

from guatu.core.kernel.regex import regex
from guatu.core.plan.diff.likeness import plain
from guatu.core.plan.model import Plan

COUNTRY: Final = "全国"
_NAME: Final = regex(r"[\u4e00-\u9fff]{1,7}?(?:特别行政区|自治[区州县旗]|地区|[省市县区旗盟镇乡](?:[市县])?|街道)")
_OF_ALL: Final = regex(r"国务院|中共中央|中华人民共和国|全国")
# 国家税务总局青禾县税务局 is an office of the county.
_NATIONAL: Final = regex(r"国家[\u4e00-\u9fff]{0,8}?(?:总局|局|委员会|委|部)")
# Words that end like a place and are none: 老旧小区改造, 城市更新, 美丽乡村.
_NO_PLACE: Final = regex(
    r"(?:[城都超股菜夜门全本我各该两]市|[社小园地山校景灌库城市片辖街牧林湖矿院厂楼营学病禁赛新老全本我各该]区|保护区|功能区|示范区"
    r"|[全本我各该郊]县|[城集小村古全本我各]镇|[城水老家下返全本我各]乡)$"
)
_BEHIND_TITLE: Final = regex(
    r"(?:19|20)\d\d|人民政府|关于|[“\"「]|委(?:员会)?办?|[\u4e00-\u9fff]{1,14}(?:局|厅|委|办|院|部)(?:办公室)?关于"
)
_WHOLE: Final = regex(r"(?:全|本|我|该)(?:国|省|自治区|市|州|盟|地区|县|区|旗|镇|乡|街道|域)|辖区内?|全域")
_EACH: Final = regex(r"[各每]")
_PLACE_END: Final = regex(r"(?:[省市县区旗盟州镇乡村]|街道|社区)$")


def area_of(plan: Plan) -> str:
    """The place that a plan is made for; empty where neither an issuer nor a title says it."""
    issuers = (area_of_issuer(document.issuer) for document in plan.documents if document.issuer)
    titles = (area_of_title(document.title) for document in plan.documents)
    return next(filter(None, issuers), "") or next(filter(None, titles), "")


def area_of_issuer(issuer: str) -> str:
    return _leading(plain(issuer))


def area_of_title(title: str) -> str:
    """Only what is followed by what follows a place in a title: its year, its government, 关于."""
    words = plain(title)
    found = _leading(words)
    return found if found == COUNTRY or (found and _BEHIND_TITLE.match(words, len(found))) else ""


def _leading(words: str) -> str:
    """The names of places with which words begin, one inside the other: 南州市青禾县."""
    words = words.removeprefix("中共") if not words.startswith("中共中央") else words
    if _OF_ALL.match(words):
        return COUNTRY
    if national := _NATIONAL.match(words):
        return _leading(words[national.end() :]) or COUNTRY
    end = 0
    while (found := _NAME.match(words, end)) and not _NO_PLACE.search(found[0]):
        end = found.end()
    return words[:end]


def same_area(one: str, other: str) -> bool:
    """Whether two names mean one place: 南州市青禾县 is 青禾县."""
    return bool(one) and bool(other) and (one.endswith(other) or other.endswith(one))


def scope_of(scope: str, area: str) -> str:
    """Where a goal holds: "" for the whole place that the plan is made for and for each of its parts alike."""
    words = plain(scope)
    if not words or _EACH.match(words) or _WHOLE.fullmatch(words) or same_area(words, area):
        return ""
    return words


def is_place(scope: str) -> bool:
    return _PLACE_END.search(scope) is not None and _NO_PLACE.search(scope) is None


def name_of(metric: str, area: str) -> str:
    """The name of an indicator without the place that a plan is made for: 全县绿化率 is 绿化率."""
    words = plain(metric)
    found = _WHOLE.match(words)
    rest = words[found.end() :] if found else words.removeprefix(area)
    return rest.removeprefix("的") if len(rest) > 1 else words
