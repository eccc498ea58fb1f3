from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "date_impossible",
    reported={
        "a day that the month does not have": (
            PLAN + "(一)栽植树木。6月31日前完成。\n",
            [
                "plan.date-impossible «6月31日» “6月31日”不是有效的日期或时段，请核对",
            ],
        ),
        "29 February of a common year": (
            PLAN + "(一)栽植树木。2023年2月29日前完成。\n",
            [
                "plan.date-impossible «2023年2月29日» “2023年2月29日”不是有效的日期或时段，请核对",
            ],
        ),
        "a thirteenth month": (
            PLAN + "(一)栽植树木。13月底前完成。\n",
            [
                "plan.date-impossible «13月» “13月”不是有效的日期或时段，请核对",
            ],
        ),
        "an interval that ends before it begins": (
            PLAN + "(一)栽植树木。2024年9月1日—2024年6月30日完成。\n",
            [
                "plan.date-impossible «2024年9月1日—2024年6月30日» “2024年9月1日—2024年6月30日”不是有效的日期或时段，请核对",
            ],
        ),
    },
    left_alone={
        "29 February of a leap year": PLAN + "(一)栽植树木。2024年2月29日前完成。\n",
        "an interval over the new year": PLAN + "(一)栽植树木。2024年11月1日—3月31日完成。\n",
        "a number of months": PLAN + "(一)栽植树木。用15个月完成。\n",
    },
)
