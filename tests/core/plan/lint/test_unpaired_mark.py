from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "unpaired_mark",
    reported={
        "a bracket that one of another shape closes": (
            PLAN + "(一)执行通知（青政发〔2024）5号）的要求。\n",
            [
                "plan.unpaired-mark «〔» “执行通知（青政发〔2024）5号”中的 〔 没有配对，请补全或删去",
            ],
        ),
        "a bracket that is not closed": (
            PLAN + "(一)栽植树木(含补植500株。\n",
            [
                "plan.unpaired-mark «(» “(一)栽植树木(含补植500株”中的 ( 没有配对，请补全或删去",
            ],
        ),
        "a quotation mark that was not opened": (
            PLAN + "(一)落实路长制”责任。\n",
            [
                "plan.unpaired-mark «”» “(一)落实路长制”责任。”中的 ” 没有配对，请补全或删去",
            ],
        ),
    },
    left_alone={
        "marks in pairs": PLAN + "(一)落实“路长制”(含“河长制”)责任,执行《绿化条例》。\n",
        "the number of an item": ("青禾县绿化工作方案\n\n一、主要任务\n1)栽植树木。\n2)养护树木。\n"),
        "a title over two lines": ("关于修订《青禾县\n绿化管理办法》的通知\n\n请认真执行。\n"),
    },
)
