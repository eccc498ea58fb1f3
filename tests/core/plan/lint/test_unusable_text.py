import pytest

from guatu.core.plan.compiler import compile_text
from tests.core.plan.lint.cases import PLAN, rule_cases

MESSAGE = "plan.unusable-text «» 正文大多不是能读的中文（编码错误、扫描识别失败或是外文），没有从中编出任务和指标，请换用可以复制文字的原件"
WHOLE = "青禾县绿化工作方案\n一、主要任务\n(一)栽植树木。2024年底前栽植500株,成活率达到90%。(责任单位:县林业局)\n" * 4
BROKEN = {
    "one encoding read as another": WHOLE.encode("utf-8").decode("gbk", "replace"),
    "an encoding read as if it were Latin": WHOLE.encode("gbk").decode("latin-1"),
    "a scan that failed": "一 ,. 乀 口 l1 冫 亻 .. 丶 。 几 : 卜 匚 |l 丨 ; 」 县 亠 勹 戈 . 彐\n1、阝 月 乂 | . 厶 又 寸 氵 辶 宀 纟 l I 0\n"
    * 4,
    "another language": "Plan of the county\n1. Plant 500 trees by the end of 2024.\n2. Build 3 stations.\n" * 4,
    "characters that were lost": WHOLE.translate({ord(c): "\ufffd" for c in set(WHOLE) if "\u4e00" <= c <= "\u9fff"}),
}

test_is_reported, test_is_left_alone = rule_cases(
    "unusable_text",
    reported={name: (text, [MESSAGE]) for name, text in BROKEN.items()},
    left_alone={
        "a plan": WHOLE,
        "a few words": PLAN,
        "nothing": "",
        "a plan with a table of figures": WHOLE + "年份\t数量\n" + "2024\t12.5\n" * 400,
        "a plan with one broken page": WHOLE * 8 + BROKEN["a scan that failed"],
    },
)


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_nothing_is_made_of_scraps(text: str) -> None:
    plan = compile_text(text).plan
    assert [finding.code for finding in plan.findings] == ["plan.unusable-text"]
    assert not any(d.tasks or d.targets or d.deadlines for d in plan.documents)
    assert plan.coverage.numbered_items == plan.coverage.as_other
