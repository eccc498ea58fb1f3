from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "unit_repeated",
    reported={
        "a list of two": (
            PLAN + "(一)栽植树木。(牵头单位:县林业局;配合单位:县水利局、县水利局)\n",
            [
                "plan.unit-repeated «县水利局» “县水利局”在同一列表中出现两次，请删去一个或改为应列的单位",
            ],
        ),
        "a unit twice in a bracket": (
            PLAN + "(一)栽植树木。(县林业局、县水利局、县财政局、县水利局负责)\n",
            [
                "plan.unit-repeated «县水利局» “县水利局”在同一列表中出现两次，请删去一个或改为应列的单位",
            ],
        ),
        "words before the first and behind the last": (
            PLAN + "(一)栽植树木。由县林业局、县水利局、县林业局分工负责。\n",
            [
                "plan.unit-repeated «县林业局» “县林业局”在同一列表中出现两次，请删去一个或改为应列的单位",
            ],
        ),
    },
    left_alone={
        "two brackets": PLAN + ("(一)栽植树木。(县林业局、县水利局负责)\n(二)养护树木。(县林业局、县水利局负责)\n"),
        "units of several places": PLAN + "(一)栽植树木。(东城区林业局、西城区林业局、北城区林业局负责)\n",
    },
)
