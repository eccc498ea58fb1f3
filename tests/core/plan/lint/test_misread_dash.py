from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "misread_dash",
    reported={
        "between two dates": (
            PLAN + "(一)栽植树木(2024年3月1日一4月30日)。\n",
            [
                "plan.misread-dash «一» “3月1日一4月30”中的“一”应为“—”",
            ],
        ),
        "in a chain of links": (
            PLAN + "(一)落实“村收集—镇转运一县处理”机制。\n",
            [
                "plan.misread-dash «一» “-镇转运一县处理””中的“一”应为“—”",
            ],
        ),
    },
    left_alone={
        "the number one": PLAN + "(一)落实一村一品、一事一议,实行每户一档。\n",
        "a dash": PLAN + "(一)栽植树木(2024年3月1日—4月30日)。\n",
    },
)
