from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "numbering_gap",
    reported={
        "a row of a table": (
            "青禾县绿化任务分工表\n\n序号\t任务\t牵头单位\n1\t栽植树木\t县林业局\n2\t养护树木\t县林业局\n4\t保护古树\t县林业局\n",
            [
                "plan.numbering-gap «4» “4”之前缺少编号“3”，请检查是否漏了一项或漏了编号",
            ],
        ),
        "the first item has lost its number": (
            (
                "青禾县绿化工作方案\n\n"
                "一、主要任务\n"
                "栽植树木\n"
                "栽植树木500株。\n"
                "(二)养护树木\n"
                "落实养护责任。\n"
                "(三)保护古树\n"
                "建立古树档案。\n"
            ),
            [
                "plan.numbering-gap «栽植树木» “(二)”之前缺少编号“(一)”，请检查是否漏了一项或漏了编号",
            ],
        ),
        "a number is skipped": (
            (
                "青禾县绿化工作方案\n\n"
                "一、主要任务\n"
                "1.栽植树木。栽植500株。\n"
                "2.养护树木。落实责任。\n"
                "4.保护古树。建立档案。\n"
            ),
            [
                "plan.numbering-gap «4.» “4”之前缺少编号“3”，请检查是否漏了一项或漏了编号",
            ],
        ),
        "a step is skipped inside a paragraph": (
            PLAN + "(一)加强养护。一是浇水。二是施肥。四是修剪。\n",
            [
                "plan.numbering-gap «四是» “四是”之前缺少编号“三是”，请检查是否漏了一项或漏了编号",
            ],
        ),
    },
    left_alone={
        "an item in another style": PLAN + "1.栽树。栽树。\n2.浇水。浇水。\n(3)护林。护林。\n4.修剪。修剪。\n",
        "an item without a mark behind its number": PLAN + "1.栽树。栽树。\n2 浇水。浇水。\n3.护林。护林。\n",
        "figures that are no numbers of a list": PLAN + "1.栽树。栽树。\n2.浇水。浇水。\n12.5亩林地抓紧补植。\n",
        "numbers that run on over the parts": (
            "青禾县绿化工作方案\n\n"
            "一、主要任务\n"
            "(一)栽植\n"
            "1.栽植树木。栽植500株。\n"
            "2.栽植花草。栽植200株。\n"
            "(二)养护\n"
            "3.养护树木。落实责任。\n"
            "4.养护花草。落实责任。\n"
        ),
        "the missing number stands inside the paragraph before": (
            "青禾县绿化工作方案\n\n一、主要任务\n要抓好三项工作:(一)栽植树木。\n(二)养护树木。\n(三)保护古树。\n"
        ),
    },
)
