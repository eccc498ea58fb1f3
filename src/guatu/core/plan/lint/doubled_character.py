"""A character or a phrase typed twice: 市委委, 的的, 街道办办事处.

Chinese doubles characters on purpose (人人, 层层, 实实在在) and by chance, where one word ends and the next begins with
the same character (县|县域, 为|为主, 目的|的). So only grammatical words and the last characters of unit names are
looked at, and a pair is left alone where the second character begins a word that is written so.
"""

from collections.abc import Iterator
from functools import cache

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.kernel.span import Span
from guatu.core.plan.commitments.role_words import CORE, MANNER
from guatu.core.plan.lint.doubled_words import DOUBLED, doubled_words
from guatu.core.plan.lint.lexicon import Lexicon
from guatu.core.plan.lint.view import LintView, shortened

KIND = Kind(
    "plan.doubled-character",
    "error",
    zh="“{text}”中“{twice}”重复，请删去一个",
    en="“{twice}” stands twice in “{text}”: delete one",
)

# For each character: what may follow the pair, because the second one begins a word with it.
_WORD_FOLLOWS = {
    "的": "确士", "了": "解结然之", "和": "谐平美睦合解气", "与": "会时共其", "及": "时格早第其",
    "在": "职建校岗外册线编研地场内家园乡村库籍此于其座", "为": "主民期首止何人了此数政先辅基例准重核",
    "是": "否非", "把": "关握手控脉好守", "被": "征服动告保子害申检", "并": "网联购列重行轨且入发存处举",
    "将": "来军近领", "对": "口方照外接象标手内应策比", "于": "是", "从": "事业严重快优速简紧实而",
    "由": "于来头此", "以": "上下内及人来外后前工奖旧案点其此便", "之": "间后前一中", "其": "他中它余次间实",
    "委": "员托派属机任领党主培", "局": "长党领机属内面部势", "厅": "长级机党领局属", "室": "内外温长",
    "组": "长员织成建合内团", "院": "长士校内外感区系落办", "队": "员长伍部", "司": "长机法",
    "府": "谷", "乡": "有通都镇长级风情土间政党贤愁亲邻道音域内人", "省": "级直委政人长府内外域属会市辖情道厅",
}  # fmt: skip
# What must stand before the second last character: 目的|的 is right.
_WORD_BEFORE = {"的": "目标", "了": "不得完", "在": "实", "和": "和", "是": "是", "之": "之", "组": "小"}
# Characters that end names of units; what begins with the second one stands behind a name that is not over.
_NAME_WORDS = "局厅室组院队司"
_NAME_LAST = "局委厅部府室司署心"
_ROLE_WORDS = {*(word.word for word in CORE), *MANNER} - {"组织", "工作", "办理"}
_NAME_ENDS = regex(rf"[、,。;)\]]|印发|关于|等[部单]|(?:{'|'.join(sorted(_ROLE_WORDS))})")
_STOP = frozenset("、,。;)]")
# 各县|县直 is right; at the beginning of a name nothing stands before, so 县县发改局 is not.
_PLACE_WORD = {"县": "级域城乡区直委政人长府境情内外处属", "市": "级场民容政域区直属委人长县值辖内外府面情", "镇": "长区村政级域街党中直内办属纪人",
"区": "级域直委政人长府内外属块间位县划情"}  # fmt: skip
_UNIT_FOLLOWS = regex(r"[\u4e00-\u9fff]{1,10}[局委办府院会室]")
_OPENINGS = frozenset(["", "、", ",", "。", ";", ":", "(", "[", "\n", " "])
_LOOKED_AT = frozenset([*_WORD_FOLLOWS, *_NAME_LAST, *_PLACE_WORD, *"会办"])
_PAIR = regex(rf"([{''.join(sorted(_LOOKED_AT | DOUBLED))}])\1")
_PHRASE = regex(r"([局委办会组案府室院部司划制度])(?=(?P<gap>[\u4e00-\u9fff]{2,7}?)\1)")
# Words that no sentence has twice in a row; after most others the second begins another word (建设|建设用地).
_WORDS_TWICE = (
    "推进 提高 加强 完善 开展 加快 确保 提升 推动 强化 健全 深化 扩大 促进 进行 做好 抓好 严格 积极 进一步 全面 切实 着力 不断 认真 深入 "
    "继续 持续 我县 我市"
)
_STOPS = [a + b for a in ",、。;:" for b in ",、。;:" if a + b not in ("。:", ":,", "::")]
_AROUND = 5
_Found = tuple[int, int, str]


def check(view: LintView) -> Iterator[Finding]:
    for start, end, twice in view.once(_places):
        around = view.raw[max(0, start - _AROUND) : end + _AROUND]
        yield view.at(KIND, start, end, text=shortened(around), twice=twice)


def doubled_places(view: LintView) -> list[Span]:
    """Where something stands twice, for rules that would find the same in another way."""
    return [view.span(start, end) for start, end, _ in view.once(_places)]


def _places(view: LintView) -> list[_Found]:
    norm = view.norm
    return sorted({*_characters(norm), *_words(norm), *_phrases(norm), *_stops(norm)})


def _characters(norm: str) -> Iterator[_Found]:
    pairs = [match.start() for match in _PAIR.finditer(norm)]
    for at in pairs:
        if norm[at] in _LOOKED_AT and any(
            is_wrong(norm, norm[at], at, at + 2) for is_wrong in (_word, _name, _place, _fixed)
        ):
            yield at, at + 2, norm[at]
    yield from doubled_words(norm, pairs)


def _word(norm: str, character: str, start: int, end: int) -> bool:
    """A grammatical word, or the last character of a unit that ends here."""
    follows = _WORD_FOLLOWS.get(character)
    if (
        follows is None
        or norm[end : end + 1] in [*follows]
        or norm[start - 1 : start] in [*_WORD_BEFORE.get(character, "")]
    ):
        return False
    return character not in _NAME_WORDS or _NAME_ENDS.match(norm, end) is not None


def _name(norm: str, character: str, start: int, end: int) -> bool:
    if character == "会":
        return norm[end : end + 1] in _STOP
    return character in _NAME_LAST and _NAME_ENDS.match(norm, end) is not None


def _place(norm: str, character: str, start: int, end: int) -> bool:
    words = _PLACE_WORD.get(character)
    if words is None or norm[start - 1 : start] not in _OPENINGS or _UNIT_FOLLOWS.match(norm, end) is None:
        return False
    return norm[end] not in words


def _fixed(norm: str, character: str, start: int, end: int) -> bool:
    """街道办|办事处 is one name twice; N个乡|乡村振兴… lacks what is counted."""
    if character == "办":
        return norm.startswith(("事处", "公室"), end)
    return (
        character == "乡"
        and norm[start - 1 : start] in ("个", "和", "、")
        and norm.startswith(("村振兴", "村建设"), end)
    )


def _words(norm: str) -> Iterator[_Found]:
    yield from _twice().find(norm)


@cache
def _twice() -> Lexicon[str]:
    table = {word + word: word for word in _WORDS_TWICE.split()}
    return Lexicon(table | {"人民政政府": "政", "自然资源资源": "资源"})


def _phrases(norm: str) -> Iterator[_Found]:
    """自然资源局自然资源局: three and more characters twice in a row, the last of them one that ends names."""
    for match in _PHRASE.finditer(norm):
        end = match.start() + 1
        length = match.end("gap") - end + 1
        phrase = norm[end - length : end]
        if norm.startswith(phrase, end) and _HAN.fullmatch(phrase):
            yield end - length, end + length, phrase


def _stops(norm: str) -> Iterator[_Found]:
    for stops in _STOPS:
        at = norm.find(stops)
        while at >= 0:
            if norm[at - 1 : at] not in _MARKS and norm[at + 2 : at + 3] not in _MARKS:
                yield at, at + 2, stops[0]
            at = norm.find(stops, at + 2)


_HAN = regex(r"[\u4e00-\u9fff]{3,8}")
_MARKS = frozenset(",、。;:")
