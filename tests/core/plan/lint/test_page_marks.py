from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "page_marks",
    reported={
        "numbers that count through the text and break its words": (
            "1、青禾县绿化工作方案为推动绿化,制定本方案。一、主要任务(一)栽植树木。栽植500\n"
            "2、株。(责任单位:县林业局)(二)养护树木。落实责任。(责任单位:县林业局、县住\n"
            "3、建局)(三)保护古树。建立档案。(责任单位:县林业局)\n",
            [
                "plan.page-marks «1、» 文中有 3 处“1、”“2、”这样的数字是文档分享网站留下的页码，不是编号，已略去；请换用发文单位的原件",
            ],
        ),
    },
    left_alone={
        "items": PLAN
        + "1、栽植树木。栽植500株。(县林业局)\n2、养护树木。落实责任。(县林业局)\n3、保护古树。建立档案。\n",
    },
)
