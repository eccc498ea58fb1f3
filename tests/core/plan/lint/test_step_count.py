from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "step_count",
    reported={
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
        "as many steps as announced": PLAN + "(一)抓好两项工作:一是栽植树木。二是养护树木。\n",
        "a figure that counts something else": PLAN + "(一)在3个村:一是栽植树木。二是养护树木。\n",
    },
)
