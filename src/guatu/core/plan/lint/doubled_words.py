"""Words in which a character typed twice shows: 财政政局, 水利利局, 定期期.

Names of departments and words of plans, each with one of its characters doubled. Where the doubled form can come about
at the seam of two words (财政|政策, 工作|作风), what may follow is listed, or the word is left out.
"""

from collections.abc import Iterable, Iterator
from functools import cache

_DEPARTMENTS = (
    "发展改革 发展和改革 教育 体育 科技 科学技术 工业和信息化 工信 经信 公安 民政 司法 财政 人力资源 自然资源 生态环境 住房城乡建设 住建 "
    "城市管理 交通运输 交通 水利 水务 农业农村 农业 商务 文化 文旅 旅游 卫生健康 卫健 退役军人 应急管理 应急 审计 市场监督管理 市场监管 "
    "统计 医疗保障 医保 林业 园林 数据 大数据 机关事务 信访 行政审批 政务服务 税务 气象 供电 供水 通信 邮政 消防 检察 供销 党校 编办 "
    "组织 宣传 统战 政法 妇联 残联 工商联 公司 人社 扶贫 粮食 水电 地震 档案 广电 法院 党委 县委 市委 区委 政府 乡村振兴"
)
# What ends the name of a unit; behind the last character of a department one of these stands.
_UNIT_ENDS = "局委厅部办院会站社"
_CLOSES = ("、", ",", "。", ";", ")", "]", "\n", "牵头", "负责", "配合")
_OPENS = frozenset("省市县区州旗镇乡、,。;:([\n ")
# At the beginning of a name the first of these may be the end of a place: 东城|城市管理局, 白水|水利局, 市|市场监管局.
_PLACE_ENDS = frozenset("市城水林区乡县镇村")
# Words of plans, and the characters that may follow the doubled last one because it begins another word with them.
_WORDS = {
    "严格": "局式言调外律", "定期": "限间货望盼末初待内", "信用": "地水电户工人途品餐于以好足能量房", "规范": "围本例文畴",
    "加快": "速捷递餐", "推动": "力员作态工植物漫画产向用机能车摇", "健全": "面县市区国部程体年镇乡省村力民员过新局覆域链日天",
    "完善": "后于待意治用款", "提升": "级学温降值旗华", "落实": "施际现效行名干绩验事体物践战习惠", "巩固": "定体废有化",
    "强化": "解工肥学纤妆石验粪", "确保": "护障证持留洁险健安卫管存暖密育供价税", "深入": "户学住股口境库场河职伍围网选园",
    "积极": "大其少端为致力", "统筹": "备资集措建款划", "督促": "进成销使", "督导": "向致航师游入引员演", "考核": "心算实查定减准酸发电对武",
    "协调": "度查整研解动控配剂派节用", "监督": "促导查办察战", "宣传": "统播染承媒达递真授", "建立": "足即项法案体场意功面",
    "开展": "示览现会望开馆演位销", "安排": "水查污放队名序除涝班列", "组织": "布造物女", "保障": "碍", "及时": "间代限候常段期长时尚效速机刻",
}  # fmt: skip

# Characters that one of the words doubles.
DOUBLED = frozenset(_DEPARTMENTS) - {" "} | {word[-1] for word in _WORDS}


@cache
def _names() -> dict[str, list[tuple[str, int]]]:
    """By the doubled character: departments with their first or another character doubled, and where in the name."""
    table: dict[str, list[tuple[str, int]]] = {"公": [("公公司", 0)]}
    for name in _DEPARTMENTS.split():
        for index in range(name[0] in _PLACE_ENDS, len(name)):
            table.setdefault(name[index], []).append((name[: index + 1] + name[index:], index))
    return table


@cache
def _words() -> dict[str, list[tuple[str, str]]]:
    """By their last character: words, and what may follow when it is doubled."""
    table: dict[str, list[tuple[str, str]]] = {}
    for word, follows in _WORDS.items():
        table.setdefault(word[-1], []).append((word, follows))
    return table


def doubled_words(norm: str, pairs: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    """Start, end and character of each pair that shows by its word; `pairs` are positions of equal neighbours."""
    names, words = _names(), _words()
    for at in pairs:
        character = norm[at]
        if any(_in_name(norm, at, form, index) for form, index in names.get(character, ())) or any(
            _in_word(norm, at, word, follows) for word, follows in words.get(character, ())
        ):
            yield at, at + 2, character


def _in_name(norm: str, at: int, form: str, index: int) -> bool:
    start = at - index
    if start < 0 or not norm.startswith(form, start) or not _is_unit(norm, start + len(form)):
        return False
    return index > 0 or form == "公公司" or norm[start - 1 : start] in _OPENS


def _in_word(norm: str, at: int, word: str, follows: str) -> bool:
    following = norm[at + 2 : at + 3]
    return norm.startswith(word, at + 1 - len(word)) and following not in (*follows, norm[at], "")


def _is_unit(norm: str, at: int) -> bool:
    """Whether the name of a unit ends here, with or without the character that ends such names."""
    return norm[at : at + 1] in [*_UNIT_ENDS] or norm.startswith((*_CLOSES, "公司", "中心", "管理", "服务", "事务"), at)
