from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "cut_off",
    reported={
        "a last word that asks for another": (
            PLAN + "(一)栽植树木,考核结果作为年度评价的\n(二)养护树木。落实责任。\n",
            [
                "plan.cut-off «(一)栽植树木,考核结果作为年度评价的» “(一)栽植树木,考核结果作为年度评价的”以“的”结尾，内容不完整，请补全",
            ],
        ),
        "a paragraph that ends with a comma before the next heading": (
            PLAN + ("(一)栽植树木。经县政府同意,\n(二)养护树木。落实养护责任。\n"),
            [
                "plan.cut-off «(一)栽植树木。经县政府同意,» “(一)栽植树木。经县政府同意,”以“,”结尾，内容不完整，请补全",
            ],
        ),
        "a last sentence without an end": (
            PLAN + ("(一)加强领导。为确保完成任务,成立青禾县绿化工作领导小组\n(二)养护树木。落实养护责任。\n"),
            [
                "plan.unfinished-sentence «成立青禾县绿化工作领导小组» “成立青禾县绿化工作领导小组”没有句末标点，内容可能不完整，请检查",
            ],
        ),
    },
    left_alone={
        "units behind a label need no stop": PLAN
        + "(一)栽植树木。栽植500株。责任单位:县林业局、县水利局、县财政局\n(二)养护树木。落实责任。\n",
        "peace ends a sentence too": PLAN + "(一)维护社会稳定,促进家庭和谐,保持气候温和\n(二)养护树木。落实责任。\n",
        "a heading has no full stop": PLAN + ("(一)栽植树木\n栽植树木500株。\n(二)养护树木\n落实养护责任。\n"),
        "a sentence that a bracket of units closes": PLAN
        + ("(一)栽植树木。栽植树木500株(县林业局负责)\n(二)养护树木。落实养护责任。\n"),
        "a signature at the end": PLAN + "(一)栽植树木。请于年底前报送总结。 青禾县林业局\n",
    },
)
