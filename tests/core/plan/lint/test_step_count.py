from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "step_count",
    reported={
        "measures that make up the document": (
            "青禾县支持绿化若干措施\n\n为鼓励绿化,制定如下六条措施。\n一、奖励栽植。每亩奖励100元。\n二、奖励养护。每亩奖励50元。\n三、奖励育苗。每亩奖励80元。\n四、减免费用。减免水费。\n",
            [
                "plan.step-count «六条» 写的是“六条”，后面列了4项，请核对",
            ],
        ),
        "rows of a table": (
            "青禾县绿化任务分工表\n\n本表共列4项任务,由县林业局汇总。\n序号\t任务\t牵头单位\n1\t栽植树木\t县林业局\n2\t养护树木\t县林业局\n3\t保护古树\t县林业局\n",
            [
                "plan.step-count «4项» 写的是“4项”，后面列了3项，请核对",
            ],
        ),
        "fewer steps than announced": (
            PLAN + "(一)抓好三项工作:一是栽植树木。二是养护树木。\n",
            [
                "plan.step-count «三项» 写的是“三项”，后面列了2项，请核对",
            ],
        ),
        "more items than announced": (
            (
                "青禾县绿化工作方案\n\n"
                "一、主要任务\n"
                "重点抓好以下两项工作:\n"
                "(一)栽植树木。\n"
                "(二)养护树木。\n"
                "(三)保护古树。\n"
            ),
            [
                "plan.step-count «两项» 写的是“两项”，后面列了3项，请核对",
            ],
        ),
    },
    left_alone={
        "safeguards are not counted": "青禾县绿化工作方案\n\n重点抓好以下3项工作。\n一、栽植树木\n二、养护树木\n三、保护古树\n四、保障措施\n",
        "as many steps as announced": PLAN + "(一)抓好两项工作:一是栽植树木。二是养护树木。\n",
        "a figure that counts something else": PLAN + "(一)在3个村:一是栽植树木。二是养护树木。\n",
    },
)
