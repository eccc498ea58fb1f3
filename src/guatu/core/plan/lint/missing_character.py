"""A character that was lost: 事一议 for 一事一议, 提服务能力 for 提高服务能力.

Found where what is left is no word: a fixed phrase of four characters without one of them, a morpheme that never
stands alone, 起点 as an adverb without its 高.
"""

from collections.abc import Iterator
from functools import cache

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.lexicon import Lexicon
from guatu.core.plan.lint.view import LintView, shortened

KIND = Kind(
    "plan.missing-character",
    "error",
    zh="“{text}”疑缺字，是否应为“{right}”?",
    en="“{text}” seems to lack a character; “{right}” perhaps?",
)

# Phrases of which no three characters make other words in a row.
_PHRASES = """
一事一议 自下而上 实事求是 因地制宜 与时俱进 循序渐进 以点带面 群策群力 真抓实干 再接再厉 按部就班 攻坚克难 常抓不懈
刻不容缓 众志成城 家喻户晓 喜闻乐见 奖优罚劣 优胜劣汰 有条不紊 井然有序 举一反三 查漏补缺 雷厉风行 一以贯之 持之以恒 久久为功
善作善成 蹄疾步稳 守正创新 移风易俗 见义勇为 防微杜渐 未雨绸缪 防患未然 居安思危 安居乐业
率先垂范 以身作则 政令畅通 步调一致 有的放矢 精益求精 一丝不苟 兢兢业业 任劳任怨 砥砺前行 埋头苦干 招才引智 筑巢引凤 绿水青山
不折不扣 义不容辞 责无旁贷 迫在眉睫 一目了然 一视同仁 一如既往 齐心协力 万众一心 相辅相成 相得益彰 取长补短 扬长避短 多措并举
有章可循 违法必究 执法必严 群测群防 挂图作战 齐抓共管
"""
# What is left is right in these.
_WORDS = frozenset(["实事是", "攻克难", "抓实干", "真实干", "查漏补"])
_ENDS = frozenset(",、。;:)”\n")
# 提 stands alone only before what is put forward, and in slogans of three characters (提品质、抓长效).
_LONE_VERB = regex(
    r"提(?<=[,、。;(]提|固提|断提|力提|面提|步提|实提)"
    r"(?=[“《]|(?:综合|服务|城乡|农村|基层|乡村|公共|治理|管理|行政|质量|品质|水平|能力|效率|效能|办学|整体|产业|群众)(?![、,。;”)]|建议|意见|案))"
)
_LONE_MORPHEME = regex(r"效(?<=[、,。;以为]效)(?=[、,。;])")
_ADVERB = regex(r"起点(?<=[^高新低同为的是一交零]起点)(?=编制|谋划|布局|、标准)")


def check(view: LintView) -> Iterator[Finding]:
    norm = view.norm
    seen = 0
    for start, end, phrase in _broken_phrases(norm):
        if start >= seen:
            yield view.at(KIND, start, end, text=norm[start:end], right=phrase)
            seen = end
    for pattern, right in ((_LONE_VERB, "提高、提升"), (_LONE_MORPHEME, "高效"), (_ADVERB, "高起点")):
        for match in pattern.finditer(norm):
            text = norm[max(0, match.start() - 2) : match.end() + 4]
            yield view.at(KIND, *match.span(), text=shortened(text), right=right)


@cache
def _fragments() -> Lexicon[tuple[int, str]]:
    """Each phrase without one character, with the index of the missing one."""
    table: dict[str, tuple[int, str]] = {}
    for phrase in _PHRASES.split():
        for index in range(4):
            fragment = phrase[:index] + phrase[index + 1 :]
            if fragment not in _WORDS:
                table.setdefault(fragment, (index, phrase))
    return Lexicon(table)


def _broken_phrases(norm: str) -> Iterator[tuple[int, int, str]]:
    for start, end, (index, phrase) in _fragments().find(norm):
        if norm.startswith(phrase, start) or norm.startswith(phrase, start - 1):
            continue
        if index == 0 and norm[start - 1 : start] not in _OPENINGS:
            continue
        if index == 3 and end < len(norm) and norm[end] not in _ENDS:
            continue
        yield start, end, phrase


_OPENINGS = frozenset(["", ",", "、", "。", ";", ":", "(", "“", "\n", " "])
