"""The forms that lines of a document's frame have: titles, numbers, offices, dates, heads of annexes.

Each word stands with a line in which it is read; patterns are built from the tables.
"""

import re
from datetime import date
from typing import Final

import msgspec

from guatu.core.fields.day import read_day
from guatu.core.kernel.regex import regex

STRONG_TITLES: Final = {
    "方案": "青禾县绿化工作方案",
    "计划": "青禾县三年行动计划",
    "规划": "青禾县水利发展规划",
    "意见": "关于加强养护的实施意见",
    "通知": "关于印发工作方案的通知",
    "办法": "青禾县考核办法",
    "要点": "2024年工作要点",
    "细则": "考核实施细则",
    "措施": "支持企业发展若干措施",
    "预案": "防汛应急预案",
}
"""Words that end a title and hardly anything else: what follows them may be the first sentence."""
_TITLES: Final = STRONG_TITLES | {
    "规定": "河道管理规定",
    "纲要": "五年规划纲要",
    "清单": "重点任务清单",
    "分工": "重点工作任务分工",
    "分解": "《政府工作报告》重点任务分解",
    "决定": "关于表彰先进的决定",
    "制度": "会议制度",
    "标准": "建设标准",
    "表": "任务分工表",
    "公告": "征收公告",
    "通告": "禁渔通告",
    "批复": "关于规划的批复",
    "函": "关于征求意见的函",
    "指南": "申报指南",
    "条例": "保护条例",
    "安排": "2024年工作安排",
    "任务书": "目标任务书",
    "责任书": "目标责任书",
    "行动": "百日攻坚行动",
    "章程": "协会章程",
    "总结": "2023年工作总结",
    "报告": "政府工作报告",
    "汇报": "工作情况汇报",
    "台账": "问题整改台账",
}
_ANNEX_TITLES: Final = {
    "名单": "领导小组成员名单",
    "名录": "古树名录",
    "目录": "申报材料目录",
    "一览": "重点项目一览",
    "说明": "指标说明",
    "解释": "名词解释",
    "指标": "考核指标",
    "样式": "标牌样式",
    "样本": "合同样本",
    "模板": "报告模板",
    "格式": "材料格式",
    "承诺书": "企业承诺书",
    "申请书": "资金申请书",
    "流程": "办理流程",
    "图": "项目分布图",
    "项目": "2024年重点项目",
}
"""Words that end the title of an annex, where the label 附件 stands before them."""
OPEN_ENDS: Final = {
    "关于": "青禾县人民政府关于",
    "印发": "青禾县人民政府关于印发",
    "性": "…引导性",
    "年": "青禾县2024年",
    "和": "…道路和",
    "与": "…道路与",
    "、": "…道路、",
    "的": "…关于加强养护的",
    "及": "…道路及",
}
"""Ends that no title has: the next line goes on with it."""


def _any(words: dict[str, str]) -> str:
    return "|".join(map(re.escape, words))


STRONG_TITLE_WORDS: Final = _any(STRONG_TITLES)
_TAIL: Final = r"(?:\([^()]{1,20}\)|》|\[[^\]]{1,12}\])?$"
_TITLE_END: Final = regex(rf"(?:{_any(_TITLES)}){_TAIL}")
_ANNEX_TITLE_END: Final = regex(rf"(?:{_any(_TITLES | _ANNEX_TITLES)}){_TAIL}")
DOC_NO: Final = regex(r"[\u4e00-\u9fff]{2,12}\[ ?(?:19|20)\d\d ?\] ?第?\d{1,4} ?号")
ISSUER: Final = regex(r"[\u4e00-\u9fff()、 ]{3,60}(?:府|室|局|委|会|部|厅|院|办|处|中心|公司|组|党委|处)$")
_DATE: Final = regex(r"\(?(?P<day>[^()年]{4} ?年[^()]{2,9}日)(?:印发)?\)?$")
_LETTER_FOR_ZERO: Final = str.maketrans("OＯ", "〇〇")
LONGEST_TITLE: Final = 80

# 附件1 / 附件: / 附件1:任务分工表 / 附件1 任务分工表 / 附表2 / 附1 / (附件一)
_NUMBER: Final = r"[一二三四五六七八九十]{1,3}|\d{1,3}(?:-\d{1,2})?"
_ANNEX: Final = regex(
    rf"[(\[]?(?P<label>附 {{0,4}}(?:(?P<what>[件表录图]) {{0,3}})?(?:(?P<no>{_NUMBER})|\((?P<inner>{_NUMBER})\))?)"
    r"(?:[)\]]|(?P<sign> ?[:.、] ?| +)|(?=[\u4e00-\u9fff《])|$) ?(?P<title>.*)$"
)
ANNEX_LABEL: Final = regex(rf"[(\[]?附 {{0,4}}[件表录图] {{0,3}}(?:{_NUMBER})?[:)\]]?")
_IN_SENTENCE: Final = regex(r"[。;,!?]|^(?:见|所|中|为|内|的|里|列|和|与|及|是|包括)")


_WITHOUT_SIGNS: Final = str.maketrans("", "", " ()")
_LABEL_WORD: Final = regex(r"^附[件表录图]?")


class AnnexLine(msgspec.Struct, frozen=True):
    """A line that begins with the label of an annex."""

    label: str
    """附件1, 附表2, 附1: without blanks."""
    number: str
    sign: str
    """What parts label and title; empty where nothing does."""
    title: str
    title_at: int
    """Where the title begins in the line."""


def is_title(text: str) -> bool:
    """Whether a line could be the title of a document, or its last line."""
    return len(text) <= LONGEST_TITLE and bool(_TITLE_END.search(text)) and "。" not in text and ";" not in text


def is_annex_title(text: str) -> bool:
    """Whether a line could be the title of an annex: it ends as one, and is no sentence."""
    return 2 <= len(text) <= LONGEST_TITLE and bool(_ANNEX_TITLE_END.search(text)) and not _IN_SENTENCE.search(text)


def is_phrase(text: str) -> bool:
    """Whether the words behind a label could be a title at all: they are no sentence and do not go on with one."""
    return 2 <= len(text) <= LONGEST_TITLE and not _IN_SENTENCE.search(text)


def annex_line(text: str) -> AnnexLine | None:
    """The line as the head of an annex or an entry of the list of annexes; None where it begins with no label."""
    match = _ANNEX.match(text)
    number = match and (match["no"] or match["inner"] or "")
    if match is None or not (match["what"] or number or (match["sign"] or "").strip() == ":"):
        return None
    label = match["label"].translate(_WITHOUT_SIGNS)
    sign, title = (match["sign"] or "").strip() or (" " if match["sign"] else ""), match["title"].strip()
    return AnnexLine(label, number or "", sign, title, match.start("title"))


def annex_number(label: str) -> str:
    """1 of 附件1 and of 附表1; empty where the label has no number."""
    return _LABEL_WORD.sub("", label)


def date_line(text: str) -> str | None:
    """ISO date of a line that is nothing but a date."""
    match = _DATE.fullmatch(text) if "年" in text else None
    day = read_day(match["day"].translate(_LETTER_FOR_ZERO)) if match else None
    return day.isoformat() if isinstance(day, date) else None
